"""The phrases that close a credit line, behind the names: "… contributed to this report."."""

import re
from functools import cache

from citecheck.extractor.cues import credit_cues

_LONGEST_CLOSING = 160


@cache
def _closing_words() -> dict[str, set[str]]:
    """What the phrases that close a credit line cannot be without, by the longest word of it."""
    found: dict[str, set[str]] = {}
    for table in credit_cues():
        for phrase in table.closings:
            literal = max(phrase.split("*"), key=len).strip()
            found.setdefault(max(literal.split(), key=len), set()).add(literal)
    return found


@cache
def _closing() -> re.Pattern[str]:
    phrases = {each for table in credit_cues() for each in table.closings}
    listed = "|".join(re.escape(each).replace(r"\*", r"[\w-]+") for each in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"\s(?:{listed})(?:,?\s(?:as did|along with|together with)\s[^.]{{1,80}})?\.?$")


def closing_in(folded: str, begin: int, end: int) -> re.Match[str] | None:
    """The phrase with which the line at `folded[begin:end]` ends, all in lower case; None where it ends with none."""
    begin = max(begin, end - _LONGEST_CLOSING)
    tail = folded[begin:end]
    if not any(map(tail.__contains__, _closing_words())):
        return None
    if any(word in tail and any(each in tail for each in literals) for word, literals in _closing_words().items()):
        return _closing().search(folded, begin, end)
    return None
