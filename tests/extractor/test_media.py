"""The type of a source: by content first, by name second."""

import pytest

from citecheck.extractor.sources import media


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"plain", "a", media.TEXT),
        (b"plain", "a.MD", media.MARKDOWN),
        (b"# x", "page.mdx", media.MARKDOWN),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "a.txt", media.HTML),
        ("<html>".encode("utf-16"), "a", media.HTML),
        (b"<div align=center>", "README.md", media.MARKDOWN),
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
