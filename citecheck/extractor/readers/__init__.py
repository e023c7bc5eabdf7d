"""Bytes to blocks: one module a format, each giving a Reading."""

from typing import NamedTuple

from citecheck.extractor.dates import Signature
from citecheck.model import Block


class PageLink(NamedTuple):
    """A URL of the list at a page's foot."""

    url: str
    line: int
    column: int
    page: int


class Reading(NamedTuple):
    """What a reader makes of a source: its text as blocks in order, and what stood beside the text."""

    blocks: tuple[Block, ...]
    page_links: tuple[PageLink, ...] = ()
    signatures: tuple[Signature, ...] = ()
    """Of the posts set into the text; they are no part of the blocks."""
    title: str | None = None
    notes: tuple[str, ...] = ()
