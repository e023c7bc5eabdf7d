"""Sitemaps and feeds: the pages that a sitemap names, the entries of an RSS, Atom or JSON feed as documents."""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any, NamedTuple
from xml.etree import ElementTree  # entities are refused before parsing

import msgspec

from citecheck.errors import ExtractError
from citecheck.extractor import urls
from citecheck.extractor.sources import media
from citecheck.model import Source
from citecheck.patterns import regex

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MEDIA_RSS = "{http://search.yahoo.com/mrss"
_OFFERED = frozenset({"related", "via", "enclosure"})
"""Relations of Atom links that a reader may follow, beside the entry's own page."""
_PLAIN = frozenset({"text", "text/plain"})
_ENTITY = regex(rb"<!ENTITY", re.IGNORECASE)
_SITEMAP_LINE = regex(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


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
        address = entry.address
        head = f"<title>{escape(entry.title)}</title>"
        if entry.base and (entry.is_base_told or not address):
            head += f'<base href="{escape(entry.base)}">'
        if address:
            head += f'<link rel="canonical" href="{escape(address)}">'
        if entry.published:
            head += f'<meta property="article:published_time" content="{escape(entry.published)}">'
        if entry.publisher:
            head += f'<meta property="og:site_name" content="{escape(entry.publisher)}">'
        head += "".join(f'<link rel="related" href="{escape(each)}">' for each in dict.fromkeys(entry.further) if each)
        page = f"<!doctype html><html><head>{head}</head><body>\n{entry.content}\n</body></html>"
        name = address or f"{source.name}#{number}"
        note = f"lines are those of the entry's own text, taken out of the feed {source.name}"
        yield Source(name, page.encode("utf-8", "replace"), media.HTML, notes=(*source.notes, note))


def _own_address(source: Source, said: str) -> str:
    """What the feed's relative URLs are resolved against: where it was fetched, else what it says."""
    return source.address or (source.name if "://" in source.name else said)


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
    """In HTML."""
    base: str = ""
    """What its relative URLs are resolved against, where that is known."""
    is_base_told: bool = False
    """The entry itself says so; else it is the feed's, and the entry's own page goes before."""
    further: tuple[str, ...] = ()
    """What a feed reader offers beside its text: enclosures, pictures, what it is about."""


def _parsed(source: Source) -> ElementTree.Element:
    if _ENTITY.search(source.data.replace(b"\0", b"")):  # UTF-16, too
        raise ExtractError(
            f"{source.name}: declares XML entities, which are not expanded; name its pages", about=source.name
        )
    try:
        return ElementTree.fromstring(source.data)  # noqa: S314  # no entity to expand, as just checked
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        why = "; ".join((f"is not well-formed XML: {error}", *source.notes))
        raise ExtractError(f"{source.name}: {why}", about=source.name) from error


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (child for child in element if _name(child) == name and not child.tag.startswith(_MEDIA_RSS))


def _first(element: ElementTree.Element, *names: str) -> ElementTree.Element | None:
    """The first child that holds something, of the first of the names that there is."""
    every = (child for name in names for child in _children(element, name))
    return next((child for child in every if len(child) or (child.text and child.text.strip())), None)


def _child_text(element: ElementTree.Element, *names: str) -> str:
    child = _first(element, *names)
    return "" if child is None else _markup(child) if len(child) else (child.text or "").strip()


def _markup(element: ElementTree.Element) -> str:
    """What the element holds, as HTML."""
    parts = (ElementTree.tostring(each, encoding="unicode", method="html") for each in element)
    return escape(element.text or "") + "".join(parts)


def _xml_entries(source: Source) -> Iterator[_Entry]:
    root = _parsed(source)
    channel = next(_children(root, "channel"), root)
    publisher = _child_text(channel, "title")
    is_atom = _name(root) == "feed"
    home = _own_address(source, "" if is_atom else _child_text(channel, "link"))
    for entry in (*_children(root, "item"), *_children(channel, "item"), *_children(root, "entry")):
        hrefs = [(each.get("rel", "alternate"), each.get("href", "")) for each in _children(entry, "link")]
        shown = next((href for rel, href in hrefs if rel == "alternate" and href), "")
        body = _first(entry, "encoded", "content", "description", "summary")
        base, is_told = _base(home, root, entry)
        within, is_told_within = _base(base, body)
        link = _child_text(entry, "link") or shown
        yield _Entry(
            _child_text(entry, "title"),
            _at(link, base) or _absolute(_child_text(entry, "guid", "id")),
            _iso(_child_text(entry, "published", "date", "pubdate", "updated")),
            publisher,
            _content(body, is_atom=is_atom),
            within,
            is_told or is_told_within,
            (*(_at(href, base) for rel, href in hrefs if rel in _OFFERED), *_enclosed(entry)),
        )


def _base(home: str, *elements: ElementTree.Element | None) -> tuple[str, bool]:
    """What URLs in the innermost element are resolved against, and whether one of the elements says so."""
    told = [base for each in elements if each is not None and (base := each.get(_BASE))]
    for each in told:
        home = urls.resolve(each, home or None) or home
    return home, bool(told)


def _at(written: str, base: str) -> str:
    """The address as written, or what a relative one names."""
    return written if not written or "://" in written else urls.resolve(written, base or None) or ""


def _absolute(name: str) -> str:
    """An entry's name where that is an address, which it need not be."""
    return name if "://" in name else ""


def _content(body: ElementTree.Element | None, *, is_atom: bool) -> str:
    if body is None:
        return ""
    if len(body):
        return _markup(body)
    text = (body.text or "").strip()
    return escape(text) if is_atom and body.get("type", "text") in _PLAIN else text


def _enclosed(entry: ElementTree.Element) -> Iterator[str]:
    """The sounds and pictures of an entry."""
    for each in entry.iter():
        if each.tag == "enclosure" or each.tag.startswith(_MEDIA_RSS):
            yield each.get("url", "").strip()


def _json_entries(source: Source) -> Iterator[_Entry]:
    try:
        feed: Any = msgspec.json.decode(source.data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ExtractError(f"{source.name}: is not valid JSON: {error}", about=source.name) from error
    feed = feed if isinstance(feed, dict) else {}
    top = _strings(feed)
    home = _own_address(source, top.get("home_page_url") or top.get("feed_url", ""))
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            said = _strings(item)
            files = item.get("attachments")
            files = (
                [_strings(each).get("url", "") for each in files if isinstance(each, dict)]
                if isinstance(files, list)
                else []
            )
            further = (*(said.get(key, "") for key in ("external_url", "image", "banner_image")), *files)
            content = (
                said.get("content_html") or f"<p>{escape(said.get('content_text') or said.get('summary') or '')}</p>"
            )
            yield _Entry(
                said.get("title", ""),
                _at(said.get("url", ""), home) or _absolute(said.get("id", "")),
                said.get("date_published", ""),
                top.get("title", ""),
                content,
                home,
                further=tuple(further),
            )


def _strings(said: dict[str, Any]) -> dict[str, str]:
    return {key: value for key, value in said.items() if isinstance(value, str)}
