"""URLs that the end of a line breaks in two: whether the next line, or its first word, goes on with one."""

import re

from citecheck.extractor import dates
from citecheck.patterns import regex

_URL_AT_END = regex(r"(?P<open><)?(?:https?|ftp)://[^\s<>\"“”]+\Z", re.IGNORECASE)
_FIRST = regex(r"[^\s<>\"“”]+>?")
_JOINT = regex(r"[/?&=%_#+~]\Z")
"""Where a program that folds lines breaks a URL, other than behind a hyphen."""
_PATH = regex(
    r"[\w%~-][/?=&%#_][\w%]|[\w-]\.(?:[a-z]{2,5}|\d)\b|\A[\w%~-]+/\Z|\w-\w|[a-zA-Z]\d|\d[a-zA-Z]", re.IGNORECASE
)
"""What no word of a sentence has, and paths have."""
_QUERY = regex(r"[\w%~-][/=&%?][\w%]|[\w-]\.(?:x?html?|php|aspx?|pdf|jsp|cfm)\b", re.IGNORECASE)
"""Signs so strong that they tell a path even behind a word that is broken anywhere."""
_SCHEME = regex(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_WHOLE_LINE = regex(r"[\w\-./%=&?#~+,:;@!]{2,}(?<![.,:;!?])")
_IN_URL = regex(r"[-/_=&%]|[a-z]\d|\d[a-z]|\.s?html?\Z")
_LEAST_CHARS = 40
"""Characters of a line that may have been too narrow for its URL."""


def continues(before: str, after: str, width: int, line_chars: int | None = None) -> bool:
    """Whether `after` begins with the rest of a URL that ends `before`, in a text wrapped at `width` columns.

    `line_chars` is the length of the line where `before` is more than one: a URL may take several.

    A URL in angle brackets goes on to its bracket (RFC 3986, appendix C). Another one only where the line is full and
    what follows is plainly a path and no word of the sentence.
    """
    url = _URL_AT_END.search(before)
    first = _FIRST.match(after)
    if not url or not first or _SCHEME.match(after):
        return False
    rest = first[0]
    if url["open"]:
        return rest.endswith(">") or rest == after
    rest = rest.rstrip(".,;:!?)")
    if before.endswith("-"):
        return False  # joined as any word is
    chars = len(before) if line_chars is None else line_chars
    if chars + len(rest) < width:
        return False  # there was room for it
    if _JOINT.search(before):
        return _PATH.search(rest) is not None
    return chars >= width and _QUERY.search(rest) is not None


def ends_with(line: str, following: str) -> bool:
    """Whether the URL that ends `line` ends with all of the line below: in lists of URLs, which are no sentences.

    So weaker signs tell it than within a sentence, and the text's width need not be known.
    """
    rest = following.strip()
    before, _, url = line.rstrip().rpartition(" ")
    if not _WHOLE_LINE.fullmatch(rest) or "://" in rest or len(line.rstrip()) < _LEAST_CHARS or dates.heading(rest):
        return False
    return ("://" in url or not before) and (url[-1] in "-/_=&?%" or _IN_URL.search(rest) is not None)
