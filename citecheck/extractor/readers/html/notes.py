"""Notes of an HTML text: a raised number behind a sentence, and elsewhere in the page the links that it leads to."""

from collections.abc import Sequence

from bs4.element import Tag as Element
from msgspec.structs import replace

from citecheck.extractor.readers import Anchor
from citecheck.extractor.readers.html.elements import elements
from citecheck.extractor.readers.html.flow import Flow
from citecheck.extractor.readers.prose import Linked
from citecheck.model import BlockKind

_MOST_BLOCKS = 4
"""A note of more blocks is a part of the text."""


def laid_to_marks(flow: Flow, body: Element, anchors: Sequence[Anchor]) -> list[Anchor]:
    """The links, those of a note laid to the words that bear its mark, the first where there are several."""
    if not flow.marks:
        return list(anchors)
    named = {str(each.get("id")): each for each in body.find_all(id=True)}
    marked: dict[int, Linked] = {}
    for offset, name in flow.marks.items():
        mark, note = flow.links.get(offset), named.get(name)
        while note is not None and note.name in elements().inline:
            note = note.parent  # the number itself, which leads back
        if mark is None or mark.start is None or note is None or id(note) not in flow.starts:
            continue
        first = flow.starts[id(note)]
        after = max(flow.ends.get(id(note), 0), first + 1)
        if after - first <= _MOST_BLOCKS and after <= len(flow.blocks) and not first <= mark.block < after:
            for index in range(first, after):
                marked.setdefault(index, mark)
    for index in marked:
        flow.blocks[index] = replace(flow.blocks[index], kind=BlockKind.REFERENCE)
    return [
        each._replace(block=mark.block, start=max(0, (mark.start or 0) - 1), end=mark.end)
        if each.end and each.block is not None and (mark := marked.get(each.block))
        else each
        for each in anchors
    ]
