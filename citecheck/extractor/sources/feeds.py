"""Sitemaps and feeds: the pages that a sitemap names, the entries of an RSS, Atom or JSON feed as documents."""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any, NamedTuple
from xml.etree import ElementTree  # entities are refused before parsing

import msgspec

from citecheck.errors import ExtractError
from citecheck.extractor.sources import media
from citecheck.model import Source

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Sitemap(NamedTuple):
    """`pages` to read, and further `sitemaps` that name more."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


def sitemap(source: Source) -> Sitemap:
    """What a sitemap, a sitemap index or a robots.txt names. Raises ExtractError for what is not well-formed."""
    if source.media == media.ROBOTS:
        return Sitemap(sitemaps=tuple(_SITEMAP_LINE.findall(source.data.decode("utf-8", "replace"))))
    root = _parsed(source)
    found = tuple(
        location for entry in root if _name(entry) in ("url", "sitemap") if (location := _child_text(entry, "loc"))
    )
    return Sitemap(sitemaps=found) if _name(root) == "sitemapindex" else Sitemap(pages=found)


def entries(source: Source) -> Iterator[Source]:
    """The entries of a feed, each an HTML document of its own that is named after its page.

    Raises ExtractError for a feed that is not well-formed.
    """
    found = _json_entries(source) if source.media == media.JSON_FEED else _xml_entries(source)
    for number, entry in enumerate(found, 1):
        address = entry.address if "://" in entry.address else ""
        head = f"<title>{escape(entry.title)}</title>"
        if address:
            head += f'<link rel="canonical" href="{escape(address)}">'
        if entry.published:
            head += f'<meta property="article:published_time" content="{escape(entry.published)}">'
        if entry.publisher:
            head += f'<meta property="og:site_name" content="{escape(entry.publisher)}">'
        page = f"<!doctype html><html><head>{head}</head><body>\n{entry.content}\n</body></html>"
        name = address or f"{source.name}#{number}"
        note = f"lines are those of the entry's own text, taken out of the feed {source.name}"
        yield Source(name, page.encode("utf-8", "replace"), media.HTML, notes=(note,))


def _iso(written: str) -> str:
    """The day of RSS ("Mon, 05 Feb 2024 06:00:00 +0100") as the others write it."""
    try:
        return parsedate_to_datetime(written).isoformat()
    except (ValueError, TypeError, IndexError):
        return written


class _Entry(NamedTuple):
    title: str
    address: str
    published: str
    publisher: str
    content: str


def _parsed(source: Source) -> ElementTree.Element:
    if _ENTITY.search(source.data):
        raise ExtractError(
            f"{source.name}: declares XML entities, which are not expanded; name its pages", about=source.name
        )
    try:
        return ElementTree.fromstring(source.data)  # noqa: S314  # no entity to expand, as just checked
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ExtractError(f"{source.name}: is not well-formed XML: {error}", about=source.name) from error


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (child for child in element if _name(child) == name)


def _child_text(element: ElementTree.Element, *names: str) -> str:
    """The text of the first child of the first of the names that there is; that of an XHTML child with its markup."""
    for name in names:
        for child in _children(element, name):
            if len(child):
                return "".join(ElementTree.tostring(each, encoding="unicode", method="html") for each in child)
            if child.text and child.text.strip():
                return child.text.strip()
    return ""


def _xml_entries(source: Source) -> Iterator[_Entry]:
    root = _parsed(source)
    channel = next(_children(root, "channel"), root)
    publisher = _child_text(channel, "title")
    for entry in (*_children(root, "item"), *_children(channel, "item"), *_children(root, "entry")):
        link = _child_text(entry, "link") or next(
            (
                each.get("href", "")
                for each in _children(entry, "link")
                if each.get("rel", "alternate") == "alternate" and each.get("href")
            ),
            _child_text(entry, "guid", "id"),
        )
        content = _child_text(entry, "encoded", "content", "description", "summary")
        is_plain = any(each.get("type", "html") == "text" for each in (*_children(entry, "content"),))
        yield _Entry(
            _child_text(entry, "title"),
            link,
            _iso(_child_text(entry, "published", "date", "pubdate", "updated")),
            publisher,
            escape(content) if is_plain else content,
        )


def _json_entries(source: Source) -> Iterator[_Entry]:
    try:
        feed: Any = msgspec.json.decode(source.data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ExtractError(f"{source.name}: is not valid JSON: {error}", about=source.name) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            said = {key: value for key, value in item.items() if isinstance(value, str)}
            content = (
                said.get("content_html") or f"<p>{escape(said.get('content_text') or said.get('summary') or '')}</p>"
            )
            yield _Entry(
                said.get("title", ""),
                said.get("url") or said.get("id", ""),
                said.get("date_published", ""),
                str(feed.get("title") or ""),
                content,
            )
