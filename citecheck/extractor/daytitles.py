"""Headings that name their days behind the same words: "What happened on Friday, May 3"."""

from collections import defaultdict
from collections.abc import Sequence

from citecheck.extractor import dates
from citecheck.extractor.dates import Heading
from citecheck.model import Block, BlockKind

_FEWEST = 2
"""A single heading that ends with a day may tell of it, not open it."""
_MOST_WORDS = 6


def day_titles(blocks: Sequence[Block]) -> dict[int, Heading]:
    """By index of block, the day of each heading that shares the words before it with another of another day."""
    found: dict[str, dict[int, Heading]] = defaultdict(dict)
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and len(block.text) <= dates.HEADING_CHARS:
            words, day = _parted(block.text)
            if day:
                found[words][index] = day
    return {
        index: day
        for same in found.values()
        if len({(day.month, day.day) for day in same.values()}) >= _FEWEST
        for index, day in same.items()
    }


def _parted(title: str) -> tuple[str, Heading | None]:
    """The words before the day that a title ends with, and the day with its weekday."""
    written = dates.first_day(title)
    if written is None or title[written.end :].strip(" .:)"):
        return "", None
    before = title[: written.start].split()
    weekday = before.pop() if before and dates.is_weekday(before[-1].strip(",.").lower()) else ""
    if not 0 < len(before) <= _MOST_WORDS:
        return "", None
    return " ".join(before).casefold(), dates.heading(f"{weekday} {title[written.start : written.end]}".strip())
