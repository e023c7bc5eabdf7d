"""Text made alike for comparing, character by character, so that offsets stay true."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from citecheck.patterns import regex

_ALIKE = (("\u00a0", " "), ("\u202f", " "), ("’", "'"), ("‘", "'"), ("ʼ", "'"))
_URL = regex(r"(?:https?://|\bwww\.|\bpic\.twitter\.com/)\S+", re.IGNORECASE)


def fold(text: str) -> str:
    """Lower case, plain blanks and apostrophes, as many characters as `text` has.

    `str.lower` alone makes two of some (İ), and every offset behind them would be wrong.
    """
    lower = text.lower().replace("\n", " ").replace("\t", " ")
    if lower.isascii():
        return lower
    if len(lower) != len(text):
        lower = "".join(low if len(low := each.lower()) == 1 else each for each in text)
        lower = lower.replace("\n", " ").replace("\t", " ")
    for seen, plain in _ALIKE:  # several times faster than str.translate
        lower = lower.replace(seen, plain)
    return lower


def url_spans(text: str) -> list[tuple[int, int]]:
    """Where URLs stand in `text`, in order."""
    if "://" not in text and ".com/" not in (low := text.lower()) and "www." not in low:
        return []
    return [match.span() for match in _URL.finditer(text)]


def is_inside(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether `offset` lies in one of the ascending `spans`."""
    place = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return place >= 0 and offset < spans[place][1]
