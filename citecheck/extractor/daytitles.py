"""Titles that name their days behind the same words: "What happened on Friday, May 3", "Posted 5:21 p.m. ET, May 3"."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from citecheck.extractor import dates
from citecheck.extractor.dates import Heading
from citecheck.model import Block, BlockKind
from citecheck.patterns import regex

_FEWEST = 2
"""A single title that ends with a day may tell of it, not open it."""
_MOST_WORDS = 6
_NUMBER = regex(r"\d+")


def day_titles(blocks: Sequence[Block]) -> dict[int, Heading]:
    """By index of block, the day of each such heading."""
    return alike((index, block.text) for index, block in enumerate(blocks) if block.kind is BlockKind.HEADING)


def alike(titles: Iterable[tuple[int, str]], most_words: int = _MOST_WORDS) -> dict[int, Heading]:
    """By index of title, the day of each that shares the words before it with another of another day or hour."""
    found: dict[str, dict[int, Heading]] = defaultdict(dict)
    for index, title in titles:
        if len(title) <= dates.HEADING_CHARS:
            words, day = _parted(title, most_words)
            if day:
                found[words][index] = day
    return {
        index: day
        for same in found.values()
        if len({(day.month, day.day, day.time) for day in same.values()}) >= _FEWEST
        for index, day in same.items()
    }


def _parted(title: str, most_words: int) -> tuple[str, Heading | None]:
    """The words before the day that a title ends with, numbers all alike, and the day with its weekday and hour."""
    written = dates.first_day(title)
    if written is None or title[written.end :].strip(" .:)"):
        return "", None
    words = title[: written.end].split()
    for count in range(1, min(most_words, len(words) - 1) + 1):
        day = dates.heading(" ".join(words[count:]))
        if day:
            return _NUMBER.sub("0", " ".join(words[:count]).casefold()), day
    return "", None
