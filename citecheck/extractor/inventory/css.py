"""The URLs of a style sheet: url(…), @import, pictures of image-set(…); comments and other strings left alone."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from citecheck.patterns import regex

_STRING = r"""\"(?:[^"\\\n]|\\[\s\S])*+\"?|'(?:[^'\\\n]|\\[\s\S])*+'?"""
_TOKEN = regex(
    rf"""/\*(?:[\s\S]*?\*/|[\s\S]*)
    |@namespace\b[^;]*+
    |(?:url\(\s*+|@import\s++(?!url\())({_STRING})
    |url\(\s*+((?:[^\s"'()\\]|\\(?:[0-9a-fA-F]{{1,6}}\s?|[\s\S]))*+)
    |({_STRING})(?=\s+(?:[\d.]+(?:x|dpp?x|dpi|dpcm)\b|type\())
    |{_STRING}""",
    re.IGNORECASE | re.VERBOSE,
)
_ESCAPE = regex(r"\\(?:([0-9a-fA-F]{1,6})\s?|(\n)|([\s\S]))")
_LAST_CODE_POINT = 0x10FFFF


class Reference(NamedTuple):
    """A URL at `offset` of the style sheet."""

    offset: int
    url: str


def references(css: str) -> Iterator[Reference]:
    """The URLs that a style sheet loads, in order, escapes undone."""
    for match in _TOKEN.finditer(css):
        quoted, plain = match[1] or match[3], match[2]
        if quoted:
            inner = quoted[1:-1] if len(quoted) > 1 and quoted[-1] == quoted[0] else quoted[1:]
            yield Reference(match.start(match.lastindex or 1) + 1, _unescaped(inner))
        elif plain:
            yield Reference(match.start(2), _unescaped(plain))


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(_character, value) if "\\" in value else value


def _character(match: re.Match[str]) -> str:
    if match[1]:
        code = int(match[1], 16)
        is_character = 0 < code <= _LAST_CODE_POINT and not 0xD800 <= code <= 0xDFFF
        return chr(code) if is_character else "\ufffd"
    return match[3] or ""
