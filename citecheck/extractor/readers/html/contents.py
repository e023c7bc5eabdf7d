"""Lists with hours that are no live blog: its table of contents, and the titles of other articles."""

from collections.abc import Collection, Mapping

from citecheck.extractor.readers.html.flow import Flow
from citecheck.extractor.readers.html.labels import label
from citecheck.model import Block, BlockKind
from citecheck.patterns import regex

TITLE_CHARS = 160
SENTENCE_END = regex(r"[.!?…。！？]['\"’”»)]*(?:\s*[(\[—–][^.!?]{1,40})?\s*\Z")
"""A sign-off may stand behind it: "(PAP)"."""
_LINKED = 0.8


def is_contents(flow: Flow, span: range, listed: Collection[int]) -> bool:
    """Whether the blocks of a span are no more than links to entries of the page, `listed`, and their hours."""
    return any(each in listed for each in span) and not any(
        each not in listed and says(flow.blocks[each]) for each in span
    )


def leads_away(flow: Flow, span: range, linked: Mapping[int, int]) -> bool:
    """Whether they are no more than the linked title of another page, with its hour; `linked` counts characters."""
    said = sum(len(flow.blocks[each].text) for each in span if label(flow.blocks[each].text) is None)
    is_linked = said > 0 and sum(linked.get(each, 0) for each in span) >= _LINKED * said
    return is_linked and not any(says(flow.blocks[each]) for each in span)


def says(block: Block) -> bool:
    """Whether a block holds a sentence, or as many words as one."""
    return block.kind not in (BlockKind.CAPTION, BlockKind.HEADING) and (
        SENTENCE_END.search(block.text) is not None or len(block.text) > TITLE_CHARS
    )
