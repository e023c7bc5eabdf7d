"""What kind of text some bytes are: by their content first, by their name second."""

import re
from pathlib import PurePath

from citecheck.extractor.encodings import unmarked_wide
from citecheck.patterns import regex
from citecheck.settings import ReadAs

TEXT, MARKDOWN, HTML, CSS = "text/plain", "text/markdown", "text/html", "text/css"
PDF, MAIL, NOTEBOOK = "application/pdf", "message/rfc822", "application/x-ipynb+json"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RST, ASCIIDOC = "text/x-rst", "text/asciidoc"
SITEMAP, FEED, JSON_FEED, ROBOTS = (
    "application/sitemap+xml",
    "application/feed+xml",
    "application/feed+json",
    "text/robots",
)

PACKED = frozenset({PDF, DOCX, MAIL, NOTEBOOK})
"""What holds much beside its text: its readers take what is text out of it, within limits of their own."""

FORCED = {ReadAs.HTML: HTML, ReadAs.MARKDOWN: MARKDOWN, ReadAs.TEXT: TEXT}
"""What `--as` may say."""

BY_NAME = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".mdx": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".css": CSS,
    ".pdf": PDF,
    ".docx": DOCX,
    ".ipynb": NOTEBOOK,
    ".eml": MAIL,
    ".rst": RST,
    ".adoc": ASCIIDOC,
    ".asciidoc": ASCIIDOC,
}
"""What a folder gives, by the end of the name. A file named outright is read whatever its name."""

_HEAD_BYTES = 4096
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xff\xfe", b"\xfe\xff")
_XML_ROOT = regex(
    rb"(?:(?><\?xml[^>]*+>)|(?><!--.*?-->)|(?><!DOCTYPE[^>\[]*+(?:\[.*?\]\s*+)?>)|\s++)*+<(?:\w+:)?(\w+)",
    re.DOTALL | re.IGNORECASE,
)
"""Nothing is tried twice: the comments at the head of a text would take years."""
_ROOTS = {
    b"html": HTML,
    b"urlset": SITEMAP,
    b"sitemapindex": SITEMAP,
    b"rss": FEED,
    b"feed": FEED,
    b"rdf": FEED,
}
_TAG = regex(rb"<[a-zA-Z!/][^<]*>")
_MARKDOWN = regex(rb"^#{1,6} \S|^---\s*$|\]\([^)\s]+\)|^\[[^\]]+\]: \S|\*\*\S", re.MULTILINE)
_SURE_MARKDOWN = regex(
    rb"^(?P<heading>#{1,6} \S)|(?P<link>\[[^\]\n]+\]\((?:https?:/)?/[^)\s]+\))|^(?P<definition>\[[^\]\n]+\]: https?:)"
    rb"|\A(?P<front>---\s*\n\w+:)|(?P<strong>\*\*[^*\s][^*\n]*\*\*)",
    re.MULTILINE,
)
"""Of what has no name, as standard input, two of these tell it."""
_FRAGMENT = regex(
    rb"<(p|div|h[1-6]|ul|ol|table|article|section|main|header|body|head|figure|blockquote)\b[^<>]*>(?=.*?(?:</\1>|<a\s[^<>]*href))",
    re.DOTALL | re.IGNORECASE,
)
"""Markup without its beginning, as it is cut out of a page."""
_HEADER = regex(rb"([A-Za-z][A-Za-z-]*):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_MAIL_HEADERS = frozenset(
    {b"from", b"to", b"subject", b"date", b"mime-version", b"received", b"message-id", b"return-path"}
)
_FEWEST_HEADERS = 3
_ROBOTS = regex(rb"^(?:user-agent|sitemap)\s*:", re.IGNORECASE | re.MULTILINE)


def media_of(data: bytes, name: str, declared: str | None = None) -> str:
    """The media type of a source: what its bytes show, else what its name ends in, else what a server declared."""
    head = data[:_HEAD_BYTES]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    is_wide = b"\0" in head[:64] and (data.startswith(_MARKS) or unmarked_wide(data))
    narrow = (head.replace(b"\0", b"") if is_wide else head).lstrip()
    called = BY_NAME.get(suffix_of(name))
    named = called or _declared(declared)
    shown = _shown(narrow, data, name) or _shown_otherwise(narrow, named)
    return shown or (MARKDOWN if called is None and named in (None, TEXT) and _is_markdown(narrow) else named or TEXT)


def _shown_otherwise(head: bytes, named: str | None) -> str | None:
    """What the beginning shows against the name: markup that is called a text, Markdown that is called a page."""
    if named == HTML and not _TAG.search(head):
        return MARKDOWN if _MARKDOWN.search(head) else None
    if named in (None, TEXT) and _FRAGMENT.match(head):
        return HTML
    return None


def _is_markdown(head: bytes) -> bool:
    return len({match.lastgroup for match in _SURE_MARKDOWN.finditer(head)}) > 1


def suffix_of(name: str) -> str:
    """The end of a file's name or of a URL's path, in lower case."""
    path = name.partition("?")[0].partition("#")[0] if "://" in name else name
    return PurePath(path).suffix.lower()


def _shown(head: bytes, data: bytes, name: str) -> str | None:
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX if b"word/" in data else None
    if head.startswith(b"<"):
        if head[:14].lower() == b"<!doctype html":
            return HTML
        root = _XML_ROOT.match(head)
        # A declaration that outruns what is looked at belongs to XML, which is refused with what it declares.
        if b"<!ENTITY" in head and not root:
            return FEED
        if root and (head[:5].lower() == b"<?xml" or root[1].lower() in _ROOTS):
            return _ROOTS.get(root[1].lower())
        return None
    if head.startswith(b"{"):
        if b"jsonfeed.org/version" in head:
            return JSON_FEED
        is_notebook = b'"nbformat"' in data[-_HEAD_BYTES:] or b'"nbformat"' in head
        return NOTEBOOK if is_notebook and b'"cells"' in data else None
    if name.rpartition("/")[2].lower() == "robots.txt" and _ROBOTS.search(head):
        return ROBOTS
    return MAIL if _is_mail(head) else None


def _is_mail(head: bytes) -> bool:
    seen: set[bytes] = set()
    position = 0
    while match := _HEADER.match(head, position):
        seen.add(match[1].lower())
        position = match.end()
    return len(seen & _MAIL_HEADERS) >= _FEWEST_HEADERS and b"from" in seen


def _declared(content_type: str | None) -> str | None:
    kind = (content_type or "").partition(";")[0].strip().lower()
    match kind:
        case "application/xhtml+xml" | "text/html":
            return HTML
        case "text/markdown" | "text/x-markdown":
            return MARKDOWN
    return kind if kind in BY_NAME.values() else None
