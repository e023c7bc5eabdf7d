"""Paragraphs that a reader has already told apart, to a Reading: lines and columns count those of their own text."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from citecheck.extractor import urls
from citecheck.extractor.inventory import words
from citecheck.extractor.inventory.carried import Inventory
from citecheck.extractor.readers import Anchor
from citecheck.extractor.readers.prose import Places, Prose
from citecheck.model import Block, BlockKind


class Run(NamedTuple):
    """A part of a paragraph, linked or not."""

    text: str
    url: str = ""


class Paragraph(NamedTuple):
    kind: BlockKind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def within(found: Inventory, source: str, places: Places) -> tuple[Anchor, ...]:
    """The links of a page to places in itself; none where its base makes them lead elsewhere."""
    inner = () if found.base else found.within
    return tuple(Anchor(each.url, each.origin, *places[each.offset], words(source, each)) for each in inner)


def assembled(paragraphs: Sequence[Paragraph]) -> tuple[tuple[Block, ...], tuple[Anchor, ...]]:
    """The blocks and links; each paragraph is a line of the source, a line break within it another."""
    places = Places("\n".join(each.text for each in paragraphs))
    prose = Prose(places)
    linked: list[tuple[str, int]] = []
    offset = 0
    for paragraph in paragraphs:
        for run in paragraph.runs:
            if run.url:
                prose.open_link(offset)
                linked.append((run.url, offset))
            prose.add(run.text, offset)
            if run.url:
                prose.close_link()
            offset += len(run.text)
        prose.close(paragraph.kind)
        offset += 1
    anchors: list[Anchor] = []
    for url, key in linked:
        words = prose.links[key]
        line, column = places[key]
        block = min(words.block, len(prose.blocks) - 1) if words.text else None
        anchors.append(Anchor(url, "a", line, column, words.text, block, words.start, words.end))
    anchors += bare(prose.blocks, anchors)
    return tuple(prose.blocks), tuple(sorted(anchors, key=lambda each: (each.line, each.column or 0)))


def bare(blocks: Sequence[Block], anchors: Iterable[Anchor]) -> list[Anchor]:
    """The URLs in the words of the blocks that are not the words of a link."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for each in anchors:
        if each.block is not None and each.start is not None:
            spans.setdefault(each.block, []).append((each.start, each.end))
    found: list[Anchor] = []
    for index, block in enumerate(blocks):
        for url in urls.find(block.text):
            if not any(start <= url.start < end for start, end in spans.get(index, ())):
                origin = "embed" if block.kind is BlockKind.EMBED else "bare"
                mark = block.mark(url.start)
                place = block.position(url.start)
                found.append(Anchor(url.url, origin, *place, "", index, url.start, url.end, mark.page, url.stands_for))
    return found
