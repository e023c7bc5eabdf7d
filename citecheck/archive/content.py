"""What a payload says: its content coding undone, its text decoded, what a reader sees of a page."""

import re
import zlib

from citecheck.model import Exchange
from citecheck.nesting import flattened
from citecheck.patterns import regex

HTML = frozenset(("text/html", "application/xhtml+xml"))

_DECODED_BYTES = 64 * 1024 * 1024
_PAGE_CHARS = 8 * 1024 * 1024
_CHARSET = regex(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_CHARSET = regex(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_TITLE = regex(r"<title[^>]*>(.{0,600}?)</title", re.IGNORECASE | re.DOTALL)
_BLOCK = regex(
    r"<(?=/?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main"
    r"|nav|ol|option|p|pre|section|table|td|th|tr|ul)\b)",
    re.IGNORECASE,
)
_UNSEEN = ["script", "style", "noscript", "template", "svg", "head"]
_BREAK = "\x1e"


def media_type(content_type: str | None) -> str:
    """Without parameters, lower case."""
    return (content_type or "").partition(";")[0].strip().lower()


def plain(payload: bytes, coding: str | None) -> bytes:
    """The payload with gzip or deflate undone. Raises ValueError when it is coded otherwise or broken."""
    coding = (coding or "").strip().lower()
    if coding in ("", "identity"):
        return payload
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"coded as {coding}")
    window = 31 if "gzip" in coding else 15 if payload[:1] and payload[0] & 0x0F == 8 else -15
    try:
        return zlib.decompressobj(window).decompress(payload, _DECODED_BYTES)
    except zlib.error as error:
        raise ValueError(str(error)) from error


def markup(data: bytes, content_type: str | None) -> str:
    """Bytes as text, by their mark or the charset that header or markup name, else UTF-8."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-8-sig" if data[0] == 0xEF else "utf-16", "replace")
    named = _CHARSET.search(content_type or "") or None
    meta = None if named else _META_CHARSET.search(data[:2048])
    label = named[1] if named else meta[1].decode() if meta else "utf-8"
    try:
        return data.decode(
            "cp1252" if label.lower() in ("iso-8859-1", "latin1", "ascii", "us-ascii") else label, "replace"
        )
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def title(page: str) -> str | None:
    """Of a page's markup, in one line."""
    found = _TITLE.search(page[: 1 << 18])
    return " ".join(found[1].split()) or None if found else None


def text(page: str) -> str:
    """What a reader sees of a page's markup: a line a paragraph, blanks collapsed."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_BLOCK.sub(f"{_BREAK}<", flattened(page[:_PAGE_CHARS])))
    tree.strip_tags(_UNSEEN)
    body = tree.body
    lines = body.text().split(_BREAK) if body else ()
    return "\n".join(" ".join(line.split()) for line in lines if line and not line.isspace())


def text_of(exchange: Exchange) -> str | None:
    """The readable text of the page that an exchange brings; None for what is no page or cannot be decoded."""
    content_type = exchange.header("content-type")
    media = media_type(content_type)
    if media not in HTML and media != "text/plain":
        return None
    try:
        page = markup(plain(exchange.body, exchange.header("content-encoding")), content_type)
    except ValueError:
        return None
    return (text(page) if media in HTML else page.strip()) or None
