"""Where a character of a text stands: line and column, also through a decoded part of it or counted in bytes."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, repeat
from operator import add, index

from msgspec import Struct

from citecheck.model import Position
from citecheck.patterns import regex

_LINE_END = regex(r"\r\n?|\n")
_SPLIT_CHARS = 1 << 20
"""Splitting is three times as fast as looking for ends, and takes more memory."""


class Lines:
    """The lines of a text, ended by LF, CRLF or a lone CR."""

    def __init__(self, text: str) -> None:
        self.starts: Sequence[int]
        """The offset of each line's first character, and last one beyond the text's end."""
        if "\r" in text or len(text) > _SPLIT_CHARS:
            from array import array  # late: most texts are short

            starts = array("q", [0])
            starts.extend(match.end() for match in _LINE_END.finditer(text))
            starts.append(len(text) + 1)
            self.starts = starts
        else:
            self.starts = list(accumulate(map(add, map(len, text.split("\n")), repeat(1)), initial=0))

    def position(self, offset: int) -> Position:
        """1-based line and column, in code points, of the character at `offset`."""
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)


class Excerpt(Struct, frozen=True):
    """A part of a text, decoded; it knows where each of its characters stands in that text."""

    text: str
    starts: Sequence[int]
    """Ascending offsets in `text`, the first 0: from each on, the source runs on unbroken …"""
    places: Sequence[int]
    """… at this offset of the source."""

    def place(self, offset: int) -> int:
        """The offset in the source of the character at `offset` of the excerpt."""
        index = bisect_right(self.starts, offset) - 1
        return self.places[index] + offset - self.starts[index]


class _Utf8:
    """Offsets of any text: where every so many characters begin is known, the rest is counted."""

    _STRIDE = 256

    def __init__(self, text: str) -> None:
        self._text = text
        sizes = (len(text[at : at + self._STRIDE].encode()) for at in range(0, len(text), self._STRIDE))
        self._starts = [0, *accumulate(sizes)][:-1]

    def __call__(self, offset: int) -> int:
        chunk = max(0, bisect_right(self._starts, offset) - 1)
        at = chunk * self._STRIDE
        rest = offset - self._starts[chunk]
        return at + len(self._text[at : at + self._STRIDE].encode()[:rest].decode("utf-8", "ignore"))


def code_points(text: str) -> Callable[[int], int]:
    """From an offset in the text as UTF-8 to one in code points."""
    return index if text.isascii() else _Utf8(text)  # every character is one byte: they are the same
