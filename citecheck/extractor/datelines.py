"""Days that open no section: the line that says when a text was published, the days of what it tells."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from citecheck.extractor import dates
from citecheck.extractor.cues import LANGUAGES, cues
from citecheck.extractor.dates import Heading
from citecheck.extractor.furniture import says_nothing
from citecheck.extractor.readers import Reading
from citecheck.extractor.readers.pages import BULLET, is_live, words
from citecheck.model import Block, BlockKind
from citecheck.patterns import regex

_BYLINE_WORDS = 12
_DATE_WORDS = 7
"""A line of a day alone has no more words."""
_SENTENCE_END = regex(r"[.!?…。！？:]['\"’”»)]*(?:\s?[\[(][^\[\]()]{1,40}[\])])*\s*\Z")
_NAME_CHARS = 120
"""A line of fewer characters that ends no sentence only names something."""
_MOST_LATE_DAYS = 1
"""A live blog may have been announced so long before its first entry."""
_WEEK_DAYS = 7
_FEWEST_TURNS = 4
"""Of so many steps from day to day one goes the other way where they follow no order."""
_MOST_YEARS = 3
"""No text is kept up for longer."""


def says(blocks: Iterable[Block]) -> bool:
    """Whether a text stands there."""
    return any(block.kind not in (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.BYLINE) for block in blocks)


def is_dateline(line: Block, lead: Sequence[Block], below: Sequence[Block], *, is_told: bool) -> bool:
    """Whether the one day of a text, `line`, only dates it: it stands under nothing but a title and who wrote it, or
    is the day of publication, which the source tells besides.
    """
    above = [block.text for block in lead if block.kind is not BlockKind.HEADING and not says_nothing(block)]
    if (is_told or (not above and lead)) and len(line.text.split()) <= _DATE_WORDS:
        is_briefing = any(map(_lists, below))
        return not is_briefing and not is_live(*(block.text for block in lead))
    if len(above) != 1 or len(above[0].split()) > _BYLINE_WORDS or above[0].endswith((".", "!", "?", ":")):
        return False
    capitals = sum(word[:1].isupper() for word in above[0].split())
    return (
        above[0].lower().startswith(_bylines()) or capitals * 3 >= len(above[0].split()) * 2
    )  # "DW with AFP, Reuters"


def is_posted(heading: Heading, lead: Sequence[Block], below: Sequence[Block]) -> bool:
    """Whether the one day of a text, with its year, says when the page was posted, whose menus stand above.

    A live blog, or a briefing whose day heads a list of what happened, may have one day as well; the hour besides it
    tells a page's.
    """
    told = [block for block in below if says([block]) and _is_said(block)]
    is_briefing = sum(map(_lists, told)) * 2 > len(told)
    is_stamp = heading.time is not None or not is_live(*(block.text for block in lead))
    return says(lead) and not is_briefing and is_stamp


def are_posted(lines: Sequence[Block], headings: Sequence[Heading | None]) -> bool:
    """Whether days, each alone on its line with its year, are those of a copied page and of what it leads to.

    They jump to and fro, or each has its hour and a week goes by between them; a blog's and a timeline's follow.
    """
    told = [each for each in headings if each and each.year]
    if len(told) < len(headings) or any(len(line.text.split()) > _DATE_WORDS for line in lines):
        return False
    days = [day for each in told if (day := dates.day_of(each.year or 0, each.month, each.day))]
    steps = [(two - one).days for one, two in pairwise(days)]
    if not steps:
        return False
    back, on = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    is_sparse = all(each.time for each in told) and abs(sum(steps)) > _WEEK_DAYS * len(steps)
    return min(back, on) * _FEWEST_TURNS >= len(steps) or is_sparse


def dates_all(heading: Heading, below: Sequence[Block]) -> bool:
    """Whether the first of several days dates the text: it tells the year and has no text of its own."""
    return bool(heading.year) and (not says(below) or states(below[0].text))


def are_events(days: Sequence[date], reading: Reading) -> bool:
    """Whether days are of what a text tells rather than of its parts: all to come, or of decades."""
    written = max(filter(None, (reading.published, reading.modified)), default=date.max)
    is_ahead = bool(days) and (min(days) - written).days > _MOST_LATE_DAYS
    return is_ahead or (bool(days) and max(days).year - min(days).year > _MOST_YEARS)


def are_said(sections: Iterable[Sequence[Block]]) -> bool:
    """Whether half of the sections or more say something; the dates of a tour only name where it comes."""
    said = [any(map(_is_said, blocks)) for blocks in sections]
    return sum(said) * 2 >= len(said)


def _is_said(block: Block) -> bool:
    return block.kind is BlockKind.EMBED or len(block.text) > _NAME_CHARS or bool(_SENTENCE_END.search(block.text))


def stated(blocks: Iterable[Block]) -> date | None:
    """The day that a line of the text states: "Stand: 3. Juni 2024"."""
    lines = (block.text[mark.offset : mark.offset + dates.HEADING_CHARS] for block in blocks for mark in block.marks)
    return next((day for day in map(dates.full_date, filter(_tells, lines)) if day), None)


def _tells(line: str) -> bool:
    """Whether a line states a day: "Stand: 3. Juni 2024", "3 giugno 2024 Aggiornato alle 17:12"."""
    folded = line.lower()
    return states(line) or (
        len(line) < _NAME_CHARS and any(f" {each} " in folded for each in words()["stated"]) and line[:1].isdigit()
    )


def states(line: str) -> bool:
    """Whether a line says that it tells when a text was written: "Stand:", "Aggiornato alle"."""
    return line.lstrip("*_").lower().startswith(words()["stated"])


def _lists(block: Block) -> bool:
    """Whether the block is an item of a list, or its lines hold some."""
    return block.kind is BlockKind.ITEM or any(
        BULLET.match(block.text[mark.offset : mark.offset + 4]) for mark in block.marks
    )


@cache
def _bylines() -> tuple[str, ...]:
    return tuple(f"{word} " for code in LANGUAGES for word in cues(code).bylines)
