"""The URLs of a JSON-LD block: every value that is an absolute URL from end to end, but for the vocabulary's own."""

import json
import re
from collections.abc import Iterator

from citecheck.extractor.inventory.carriers import carriers
from citecheck.extractor.inventory.css import Reference

_STRING = re.compile(r'"((?:[^"\\]|\\[\s\S])*+)"?(\s*+:)?')
_ABSOLUTE = re.compile(r"(?:https?|ftp):(?:\\?/){2}[^\s]+", re.IGNORECASE)


def references(block: str) -> Iterator[Reference]:
    """The URLs of a block, in order; a block that is not valid JSON gives what can be read of it."""
    key = ""
    for match in _STRING.finditer(block):
        if match[2]:
            key = match[1]
        elif _ABSOLUTE.fullmatch(match[1]) and key not in carriers().vocabulary_keys:
            yield Reference(match.start(1), _unescaped(match[0]))


def _unescaped(string: str) -> str:
    string = string.rstrip(": \t\r\n")
    try:
        value = json.loads(string, strict=False)
    except ValueError:
        value = string[1:-1]
    return str(value)
