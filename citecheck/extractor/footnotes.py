"""The numbers of notes: as a list gives them, and as sentences refer to them."""

import re
from collections.abc import Collection, Iterator, Sequence

from citecheck.extractor.readers.pages import is_list_head
from citecheck.model import Block, Position
from citecheck.patterns import regex

_BULLET = r"\s*(?:[-*•·▪‣◦↑^]\s+)?"
_NUMBER = regex(
    rf"{_BULLET}(?:\[(\d{{1,3}}|[a-z])\]:?|\[\^([\w-]{{1,30}})\]:|\((\d{{1,3}})\)|\^(\d{{1,3}})|([⁰¹²³⁴-⁹]{{1,3}}))(?!\()\s*"
)
_NAMED = regex(r"\s*\[([^\[\]\d^][^\[\]]{1,40})\]:?\s+(?=https?://)")
"""A note that has a name: "[Delta Wire] https://…"."""
_COUNT = regex(rf"{_BULLET}(?:(\d{{1,3}})[.)]\s+|(\d{{1,3}}|[a-z]\)?)\s+(?=https?://))")
_MARKS = regex(
    r"\[\^(?P<name>[\w-]{1,30})\]|\[(?P<said>[^\[\]\d][^\[\]]{1,40})\](?!\()|\[(?P<letter>[a-z])\](?!\()|\[(?P<numbers>\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]|(?<=[^\s\d⁰¹²³⁴-⁹])(?P<raised>[⁰¹²³⁴-⁹]{1,3})"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def begin_of(text: str) -> int:
    """Where the words of a note begin, behind its bullet and its number."""
    match = _NAMED.match(text) or _NUMBER.match(text) or _COUNT.match(text) or re.match(_BULLET, text)
    return match.end() if match else 0


def number_of(text: str) -> str:
    """The number of a note, as the text refers to it: "[3] Reuters, …" → "3"; empty for what is none."""
    named = _NAMED.match(text)
    if named:
        return named[1].lower()
    match = _NUMBER.match(text)
    return (match[match.lastindex or 0] or "").translate(_RAISED) if match else ""


def count_of(text: str) -> str:
    """The number of an item of a list: "3. Reuters, …"; a text may refer to it as to a note."""
    match = _COUNT.match(text)
    return (match[1] or match[2].rstrip(")")) if match else ""


def marks_in(text: str) -> Iterator[str]:
    """The numbers of the notes that a sentence refers to: "so wide.[1][2]" or "so wide¹"."""
    for match in _MARKS.finditer(text):
        named = match["name"] or match["said"] or match["letter"]
        if named:
            yield match["name"] or named.lower()
            continue
        for each in re.split(r"\s?[,;]\s?", match["numbers"] or match["raised"].translate(_RAISED)):
            first, _, last = re.sub(r"\s", "", each.replace("–", "-")).partition("-")
            yield from map(str, range(int(first), min(int(last or first), int(first) + 20) + 1))


def counted(blocks: Sequence[Block], marks: Collection[str]) -> dict[Position, str]:
    """The numbers that a list of notes has lost, by where each begins: the text refers to as many as the list has."""
    lines = [block for block in blocks if not is_list_head(block.text, is_above_list=True)]
    numbers = [str(number) for number in range(1, len(lines) + 1)]
    if len(lines) < 2 or set(numbers) != set(marks):
        return {}
    return {block.position(0): number for block, number in zip(lines, numbers, strict=True)}
