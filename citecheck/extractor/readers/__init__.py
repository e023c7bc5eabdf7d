"""Bytes to blocks: one module a format, each giving a Reading."""

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.readers.postponed import postpone
from citecheck.model import Block, Box

if TYPE_CHECKING:
    from citecheck.extractor.dates import Signature


class PageLink(NamedTuple):
    """A URL of the list at a page's foot."""

    url: str
    line: int
    column: int
    page: int


class Anchor(NamedTuple):
    """A URL that the markup of a source carries."""

    url: str
    origin: str
    """How: `a`, `img`, `iframe`, …"""
    line: int
    column: int | None
    """Where the URL begins."""
    text: str = ""
    block: int | None = None
    """The index of the block that it stands in; None: in the furniture of the page."""
    start: int | None = None
    """Where its words begin in the block's text; None when it has none."""
    end: int = 0
    page: int = 1
    stands_for: str = ""
    """What it resolves to, where it is none by itself: a www host, a DOI, an arXiv id."""
    box: Box | None = None
    """Of a PDF: where on the page it begins."""
    kept_url: str | None = None
    """Robust Links: where the page is kept as it was cited …"""
    kept_on: date | None = None
    """… and of which day."""


class Stamp(NamedTuple):
    """A day, a time of day (HH:MM) or both, as the markup gives them to an entry."""

    day: date | None = None
    time: str | None = None


class Signer(NamedTuple):
    """Whose post is set into the text, as its signature or its address says."""

    handle: str
    """Without `@`."""
    line: int
    column: int


class Reading(NamedTuple):
    """What a reader makes of a source: its text as blocks in order, and what stood beside the text."""

    blocks: tuple[Block, ...]
    page_links: tuple[PageLink, ...] = ()
    signatures: "tuple[Signature, ...]" = ()
    """Of the posts set into the text; they are no part of the blocks."""
    guessed_pages: frozenset[int] = frozenset()
    """Pages that may begin elsewhere: what shows their beginning could also be the text's own."""
    margins: tuple[str, ...] = ()
    """Running heads and page feet; they are no part of the blocks."""
    title: str | None = None
    notes: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] | None = None
    """The links of the markup, in the order of the source; None where a URL is only in the words."""
    within: tuple[Anchor, ...] = ()
    """The links to places in the source itself, where it names no other base."""
    stamps: Mapping[int, Stamp] = {}
    """By index of block: the entries of a live blog that the markup dates. They open sections."""
    signers: Mapping[int, Signer] = {}
    """By index of block: whose post it is."""
    is_live: bool = False
    """The source says that it is a live blog: its headings open sections even when they tell no time."""
    may_lose_links: bool = False
    """Pages of the source may have lost their links: one that shows none tells nothing."""
    language: str | None = None
    published: date | None = None
    modified: date | None = None
    """The day of its last change."""
    publisher: str | None = None
    """As the source says it."""
    address: str | None = None
    """The source's own URL, as it says."""
    base: str | None = None
    """What its relative URLs are resolved against, where it says so."""
    canonical: str | None = None
    """What they are resolved against where there is no such base and no file that they name."""
    neighbours: Mapping[str, str] = {}
    """The local files that relative URLs name."""


class Reader(Protocol):
    """Bytes to a Reading; `declared` is the encoding that a server names, `allowance` what the reading may cost."""

    def __call__(self, data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading: ...


_MODULES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/x-ipynb+json": "notebook",
    "message/rfc822": "mail",
    "text/x-rst": "rst",
    "text/asciidoc": "asciidoc",
}


def reader_of(media: str) -> Reader:
    """The reader for a media type; what has none of its own is read as plain text.

    Its module, and with it the libraries that it needs, is imported with the first source.
    """
    postpone("soupsieve", "charset_normalizer")
    module = import_module(f"{__name__}.{_MODULES.get(media, 'text')}")
    reader: Reader = module.read
    return reader
