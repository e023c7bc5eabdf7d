"""The links of a text, as its markup, its words and its page lists carry them; laying.py tells what they belong to."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from citecheck.extractor import urls
from citecheck.extractor.neighbours import is_relative
from citecheck.extractor.outlets import Registry
from citecheck.extractor.readers import PageLink, Reading
from citecheck.model import Block, BlockKind, Link
from citecheck.patterns import regex

_ANCHOR = regex(r"(!?)\[([^\[\]]{0,300})\]\(<?\Z")
_ANCHOR_CHARS = 305


class Placed(NamedTuple):
    """A link with the indices of the section and of the statement it belongs to."""

    link: Link
    section: int | None
    statement: int | None


def found_in(blocks: Iterable[Block], registry: Registry) -> Iterator[tuple[Link, Block]]:
    """The URLs in the words of the blocks, without ids, each with its block."""
    for block in blocks:
        for found in urls.find(block.text):
            anchor = _anchor(block.text, found.start)
            mark = block.mark(found.start)
            link = Link(
                id="",
                url=found.url,
                target=urls.target_of(found.stands_for or found.url),
                origin=_origin(block, anchor),
                line=mark.line,
                column=mark.column + found.start - mark.offset,
                text=anchor[2] if anchor else "",
                outlet=_outlet(found.stands_for or found.url, registry),
                page=mark.page,
            )
            yield link, block


def listed(page_links: Iterable[PageLink], registry: Registry) -> Iterator[Link]:
    """The links of the page lists, without ids."""
    for each in page_links:
        yield Link(
            id="",
            url=each.url,
            target=urls.target_of(each.url),
            origin="footnote",
            line=each.line,
            column=each.column,
            outlet=_outlet(each.url, registry),
            page=each.page,
        )


def carried(reading: Reading, registry: Registry) -> Iterator[Link | None]:
    """The links of the markup, without ids, in its order; None for a relative URL that nothing tells the base of."""
    for each in reading.anchors or ():
        url = each.stands_for or each.url
        target = urls.resolve(url, reading.base) or reading.neighbours.get(url)
        if target is None and is_relative(url):
            yield None
            continue
        target = target or urls.as_written(url)
        yield Link(
            id="",
            url=each.url,
            target=target,
            origin=each.origin,
            line=each.line,
            column=each.column,
            text=each.text,
            outlet=_outlet(target, registry),
            page=each.page,
            box=each.box,
            kept_url=each.kept_url,
            kept_on=each.kept_on,
        )


def unplaced(reading: Reading, registry: Registry) -> list[Placed]:
    """Every link of the text in the order of the source, laid to nothing."""
    found = [*(link for link, _, _ in of_text(reading, registry)), *listed(reading.page_links, registry)]
    return [Placed(link, None, None) for link in sorted(found, key=place)]


def of_text(reading: Reading, registry: Registry) -> Iterator[tuple[Link, Block | None, tuple[int, int] | None]]:
    """The links of the markup, or of a source without markup those in its words, each with its block and where in the
    source its words stand; without a block is what belongs to the page's furniture."""
    if reading.anchors is None:
        yield from ((link, block, place(link)) for link, block in found_in(reading.blocks, registry))
        return
    for anchor, link in zip(reading.anchors, carried(reading, registry), strict=True):
        if link is None:
            continue
        block = None if anchor.block is None else reading.blocks[anchor.block]
        if block is None or anchor.start is None:
            yield link, block, None
        else:
            is_bare = anchor.end == 0  # it is a part of the words themselves
            yield link, block, place(link) if is_bare else block.position(anchor.start)


def place(link: Link) -> tuple[int, int]:
    """Where a link stands, as a key to sort by."""
    return link.line, link.column or 0


def _anchor(text: str, start: int) -> re.Match[str] | None:
    """The words of the Markdown link whose URL begins at `start`."""
    if text[max(0, start - 1) : start] not in ("(", "<"):
        return None
    return _ANCHOR.search(text[max(0, start - _ANCHOR_CHARS) : start])


def _origin(block: Block, anchor: re.Match[str] | None) -> str:
    if block.kind is BlockKind.EMBED:
        return "embed"
    if block.kind is BlockKind.REFERENCE:
        return "footnote"
    if anchor is None:
        return "bare"
    return "img" if anchor[1] else "a"


def _outlet(url: str, registry: Registry) -> str | None:
    outlet = registry.of_url(url)
    return outlet.name if outlet else None
