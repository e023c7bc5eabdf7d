"""Lines that are nothing but a day, an hour or "Analysis", made the headings that they are."""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from citecheck.extractor import dates
from citecheck.extractor.readers import Anchor, Reading
from citecheck.extractor.readers.pages import unedited
from citecheck.model import Block, BlockKind


def headed(reading: Reading) -> Reading:
    """The reading, its paragraphs that are nothing but a day, an hour or "Analysis" made headings; no cells."""
    blocks = [
        replace(block, text=unedited(block.text)) if block.kind is BlockKind.HEADING else block
        for block in reading.blocks
    ]
    anchors = reading.anchors and tuple(
        each._replace(block=None) if _is_edit(each, reading.blocks) else each for each in reading.anchors
    )
    lines = [block.position(0).line for block in blocks]
    beside = {line for line, count in Counter(lines).items() if count > 1}
    dated = tuple(
        replace(block, kind=BlockKind.HEADING)
        if block.kind is BlockKind.PARAGRAPH
        and len(block.text) <= dates.HEADING_CHARS
        and line not in beside
        and (dates.heading(block.text) or _tells_hour(block.text) or dates.heads_analysis(block.text))
        else block
        for block, line in zip(blocks, lines, strict=True)
    )
    return reading._replace(blocks=dated, anchors=anchors)


def _is_edit(anchor: Anchor, blocks: Sequence[Block]) -> bool:
    """Whether the link is a wiki's "[edit]" behind a heading."""
    if anchor.block is None or anchor.start is None:
        return False
    block = blocks[anchor.block]
    return block.kind is BlockKind.HEADING and anchor.start >= len(unedited(block.text))


def _tells_hour(text: str) -> bool:
    return dates.hour_alone(text) is not None and not dates.is_dotted(text)
