"""Two captures of one page, compared by sentence."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from citecheck.patterns import regex

_END = regex(r"[.!?…。！？][\"'”’»)]*(?=\s+[\"'“‘«(]?[^\W_a-z])|\n")


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Sentence(NamedTuple):
    change: Change
    text: str


def sentences(text: str) -> list[str]:
    """The sentences of a page's text; good enough to compare two captures of one page by."""
    ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    pieces = (text[start:end].strip() for start, end in pairwise(ends))
    return [piece for piece in pieces if piece]


def compare(before: str, after: str) -> Iterator[Sentence]:
    """Every sentence of both texts in order: the same, gone since, or new."""
    old, new = sentences(before), sentences(after)
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Sentence(Change.SAME, each) for each in old[start:end])
        else:
            yield from (Sentence(Change.GONE, each) for each in old[start:end])
            yield from (Sentence(Change.NEW, each) for each in new[new_start:new_end])
