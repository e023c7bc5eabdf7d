"""Days that open no section: the line under a text's title that says when it was published."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from citecheck.extractor import dates
from citecheck.extractor.cues import LANGUAGES, cues
from citecheck.extractor.dates import Heading
from citecheck.extractor.readers.pages import BULLET, is_live, words
from citecheck.model import Block, BlockKind

_BYLINE_WORDS = 12
_DATE_WORDS = 7
"""A line of a day alone has no more words."""


def says(blocks: Iterable[Block]) -> bool:
    """Whether a text stands there."""
    return any(block.kind not in (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.BYLINE) for block in blocks)


def is_dateline(line: Block, lead: Sequence[Block], below: Sequence[Block]) -> bool:
    """Whether the one day of a text, `line`, only dates it: it stands under nothing but a title and who wrote it."""
    above = [block.text for block in lead if block.kind is not BlockKind.HEADING]
    if not above and lead and len(line.text.split()) <= _DATE_WORDS:
        is_briefing = any(map(_lists, below))
        return not is_briefing and not is_live(*(block.text for block in lead))
    if len(above) != 1 or len(above[0].split()) > _BYLINE_WORDS or above[0].endswith((".", "!", "?", ":")):
        return False
    capitals = sum(word[:1].isupper() for word in above[0].split())
    return (
        above[0].lower().startswith(_bylines()) or capitals * 3 >= len(above[0].split()) * 2
    )  # "DW with AFP, Reuters"


def dates_all(heading: Heading, below: Sequence[Block]) -> bool:
    """Whether the first of several days dates the text: it tells the year and has no text of its own."""
    return bool(heading.year) and (not says(below) or _states(below[0].text))


def stated(blocks: Iterable[Block]) -> date | None:
    """The day that a line of the text states: "Stand: 3. Juni 2024"."""
    lines = (block.text[mark.offset : mark.offset + dates.HEADING_CHARS] for block in blocks for mark in block.marks)
    return next((day for day in map(dates.full_date, filter(_states, lines)) if day), None)


def _states(line: str) -> bool:
    return line.lstrip("*_").lower().startswith(words()["stated"])


def _lists(block: Block) -> bool:
    """Whether the block is an item of a list, or its lines hold some."""
    return block.kind is BlockKind.ITEM or any(
        BULLET.match(block.text[mark.offset : mark.offset + 4]) for mark in block.marks
    )


@cache
def _bylines() -> tuple[str, ...]:
    return tuple(f"{word} " for code in LANGUAGES for word in cues(code).bylines)
