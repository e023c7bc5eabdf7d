"""Who writes the entries of a live blog: lines that are only a name."""

from collections.abc import Iterator, Sequence

from bs4.element import Tag as Element

from citecheck.extractor.readers.html.flow import Flow
from citecheck.extractor.readers.html.labels import is_name
from citecheck.extractor.readers.html.tree import elements_in
from citecheck.model import BlockKind

TOP_BLOCKS = 6
"""Time, heading and writer of an entry are among so many of its first blocks."""


def writers(flow: Flow, body: Element, entries: Sequence[tuple[int, int]]) -> frozenset[str]:
    """Lines at the top of entries (first block, block after the last) that name who writes.

    A line that may be a name is one beside a portrait of that name, above a byline, or where titles are headings.
    """
    tops = [index for first, after in entries for index in range(first, min(after, first + TOP_BLOCKS))]
    has_titles = any(index in flow.levels and flow.blocks[index].kind is BlockKind.HEADING for index in tops)
    portraits = frozenset(_portraits(body))
    return frozenset(
        text
        for index in tops
        if is_name(text := flow.blocks[index].text)
        and (has_titles or text in portraits or _is_above_byline(flow, index))
    )


def _portraits(body: Element) -> Iterator[str]:
    for image in elements_in(body):
        if image.name == "img" and image.has_attr("alt"):
            yield " ".join(str(image["alt"]).split())


def _is_above_byline(flow: Flow, index: int) -> bool:
    return index + 1 < len(flow.blocks) and flow.blocks[index + 1].kind is BlockKind.BYLINE
