"""The URLs of a JSON-LD block: values that are absolute URLs from end to end, and those in texts for the reader."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from citecheck.extractor.inventory.carriers import carriers
from citecheck.extractor.inventory.css import Reference
from citecheck.extractor.inventory.places import Excerpt
from citecheck.patterns import regex

_STRING = regex(r'"((?:[^"\\]|\\[\s\S])*+)"?(\s*+:)?')
_ABSOLUTE = regex(r"(?:https?|ftp)://[^\s]+", re.IGNORECASE)
_ESCAPE = regex(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[\s\S]")
_TEXTS = frozenset({"articleBody"})
"""Keys of what a reader sees on the page: running text, or HTML."""


class Text(NamedTuple):
    """A string of the block: its key and its words, which know where they stand."""

    key: str
    words: Excerpt


def references(block: str) -> Iterator[Reference]:
    """The URLs of a block, in order; a block that is not valid JSON gives what can be read of it."""
    for key, match in strings(block):
        value = _unescaped(match[0]) if "\\" in match[1] else match[1]
        if _ABSOLUTE.fullmatch(value) and key not in carriers().vocabulary_keys:
            yield Reference(match.start(1), value)


def texts(block: str, keys: frozenset[str] = _TEXTS) -> Iterator[Text]:
    """The strings that stand under the keys, in order, escapes undone; those of the texts that a reader sees."""
    if any(key in block for key in keys):
        for key, match in strings(block):
            if key in keys:
                yield Text(key, excerpt(block, *match.span(1)))


def strings(block: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The strings that are values, each with the last key before it."""
    key = ""
    for match in _STRING.finditer(block):
        if match[2]:
            key = match[1]
        else:
            yield key, match


def excerpt(block: str, start: int, end: int) -> Excerpt:
    """What stands between the quotes of a string, escapes undone."""
    pieces: list[str] = []
    starts, places = [0], [start]
    done, length = start, 0
    for match in _ESCAPE.finditer(block, start, end):
        pieces.append(block[done : match.start()])
        length += match.start() - done
        character = _unescaped(f'"{match[0]}"')
        for offset, place in ((length, match.start()), (length + len(character), match.end())):
            if offset > starts[-1]:
                starts.append(offset)
                places.append(place)
            else:
                places[-1] = place
        pieces.append(character)
        length += len(character)
        done = match.end()
    pieces.append(block[done:end])
    return Excerpt("".join(pieces), starts, places)


def _unescaped(string: str) -> str:
    string = string.rstrip(": \t\r\n")
    try:
        value = json.loads(string, strict=False)
    except ValueError:
        value = string[1:-1]
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
