"""The type of a source: by content first, by name second."""

import pytest

from citecheck.extractor import extract, typed
from citecheck.extractor.sources import media
from citecheck.model import Source
from citecheck.settings import LimitSettings


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"plain", "a", media.TEXT),
        (b"plain", "a.MD", media.MARKDOWN),
        (b"# x", "page.mdx", media.MARKDOWN),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "a.txt", media.HTML),
        ("<html>".encode("utf-16"), "a", media.HTML),
        ("<html><p>x</p>".encode("utf-16-le"), "a", media.HTML),
        ("<html><p>x</p>".encode("utf-16-be"), "a", media.HTML),
        (b"<div align=center>", "README.md", media.MARKDOWN),
        (b"<div align=center>\n<a href=x>x</a></div>", "README.md", media.MARKDOWN),
        (b"<p>Cut out of <a href='/x'>a page", "a.txt", media.HTML),
        (b"<ul><li>x</li></ul>", "notes", media.HTML),
        (b"<p> is what a paragraph begins with.", "a.txt", media.TEXT),
        (b"<jane@lark.example> wrote", "a.txt", media.TEXT),
        (b"# Flood\n\nSee [the Lark](https://lark.example/).", "a.html", media.MARKDOWN),
        (b"# Flood\n\nSee [the Lark](https://lark.example/).", "-", media.MARKDOWN),
        (b"# Flood\n\nSee [the Lark](https://lark.example/).", "a.txt", media.TEXT),
        (b"[a](https://a.example/) and [b](https://b.example/)", "-", media.TEXT),
        (b"---\ntitle: Flood\n---\n\n**Rain** fell.", "https://a.example/flood", media.MARKDOWN),
        (b"Words and nothing else.", "a.html", media.HTML),
        (b"%PDF-1.7", "a.txt", media.PDF),
        (b"PK\x03\x04....word/document.xml", "a", media.DOCX),
        (b'<?xml version="1.0"?><!-- x --><rss version="2.0">', "feed", media.FEED),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a.xml", media.FEED),
        (b"<urlset>", "sitemap", media.SITEMAP),
        (b'<?xml version="1.0"?><sm:sitemapindex>', "x", media.SITEMAP),
        (b'<?xml version="1.0"?><html>', "x", media.HTML),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "x", media.JSON_FEED),
        (b'{"cells": [], "nbformat": 4}', "x.json", media.NOTEBOOK),
        (b"Received: from x\r\n by y\r\nFrom: a@b.example\r\nSubject: s\r\n\r\nHi", "x", media.MAIL),
        (b"User-agent: *\nSitemap: https://a.example/s.xml\n", "https://a.example/robots.txt", media.ROBOTS),
        (b"Subject: a line\nof prose", "x.txt", media.TEXT),
        (b"x", "https://a.example/page.html?q=1.pdf#x", media.HTML),
    ],
)
def test_what_a_source_is(data: bytes, name: str, expected: str) -> None:
    assert media.media_of(data, name) == expected


def test_what_a_server_declares_counts_where_nothing_else_tells() -> None:
    assert media.media_of(b"<p>x", "https://a.example/", "text/html; charset=utf-8") == media.HTML
    assert media.media_of(b"# x", "https://a.example/a.md", "text/html") == media.MARKDOWN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_wide_text_without_its_mark_is_read(encoding: str) -> None:
    data = "<html><p>Zürich, says <a href='https://lark.example/'>the Lark</a></p>".encode(encoding)
    source = typed(Source("a.html", data), LimitSettings())
    document = extract(source)
    assert [(link.url, link.line, link.column) for link in document.links] == [("https://lark.example/", 1, 32)]
    assert document.notes == (f"the text has no byte order mark: it was read as {encoding}, by its NULs",)
