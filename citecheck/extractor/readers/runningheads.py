"""Running heads and page feet of a text copied out of pages: lines that come again on every page, with its number."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from citecheck.extractor import dates
from citecheck.extractor.readers.pages import Line, words
from citecheck.patterns import regex

_LONGEST = 200
_FRACTION = regex(r"(?:\s|\A)(?P<number>\d{1,4})\s?/\s?(?P<of>\d{1,4})\s*\Z")
_SHEET = regex(r"\s*(?P<number>\d{1,4})\s(?:of|von|sur|de|di|van|из|z|av|af)\s(?P<of>\d{1,4})(?=\s{2}|\s*\Z)")
"""As Firefox counts the sheets at their feet: "1 of 2      20/11/2024, 18:40". """
_ALONE = regex(r"\W{0,4}(?P<number>\d{1,4})\W{0,4}")
_PRINTED = regex(r"https?://\S+\s+#\s?/")
"""What browsers print at a page's foot: the page's address and "1/3"."""
_FEWEST_ALONE = 3
"""So many lines that are nothing but a number, each one more than the last, count the pages."""
_NEAR_LINES = 2


def furniture(lines: Sequence[Line]) -> frozenset[int]:
    """The indices of the lines that belong to the pages and not to the text.

    A line with a page's number, which goes up by one from place to place, and what comes again beside such lines in
    the same words.
    """
    numbered: dict[str, list[tuple[int, int]]] = defaultdict(list)
    same: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        text = line.text.strip()
        if not text or len(text) > _LONGEST:
            continue
        for match in _numbers(text):
            of = match.groupdict().get("of") or ""
            numbered[f"{text[: match.start('number')]}#{text[match.end('number') :]}{of}"].append(
                (index, int(match["number"]))
            )
            break
        else:
            same[text].append(index)
    found = {index for key, places in numbered.items() if _counts(key, places) for index, _ in places}
    pages = max((len(places) for key, places in numbered.items() if _counts(key, places)), default=0)
    if pages:
        found.update(_beside(found, same, lines, max(2, pages - 1)))
    return frozenset(found)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    if not any(map(str.isdecimal, text)) or dates.heading(text):
        return
    for pattern in (_page(), _FRACTION, _SHEET):
        match = pattern.search(text)
        if match:
            yield match
    alone = _ALONE.fullmatch(text)
    if alone:
        yield alone


def _counts(key: str, places: Sequence[tuple[int, int]]) -> bool:
    """Whether the numbers are those of pages that follow one another."""
    if any(after[1] != before[1] + 1 for before, after in pairwise(places)):
        return False
    if _PRINTED.match(key):
        return True
    is_alone = not re.search(r"\w", key)
    return len(places) >= (_FEWEST_ALONE if is_alone else 2)


def _beside(found: set[int], same: dict[str, list[int]], lines: Sequence[Line], often: int) -> Iterator[int]:
    """Lines in the same words on nearly every page, near its number; the first may stand at the head of the text."""
    for text, places in same.items():
        if len(places) < often or lines[places[0]].ends_sentence or not re.search(r"\w", text):
            continue
        if all(_is_near(index, found, lines) for index in places[1:]):
            yield from places


def _is_near(index: int, found: set[int], lines: Sequence[Line]) -> bool:
    for step in (-1, 1):
        at, seen = index + step, 0
        while 0 <= at < len(lines) and seen < _NEAR_LINES and abs(at - index) <= 3 * _NEAR_LINES:
            if at in found:
                return True
            seen += not lines[at].is_blank
            at += step
    return False


@cache
def _page() -> re.Pattern[str]:
    said = "|".join(map(re.escape, words()["page"]))
    return re.compile(
        rf"(?<!\w)(?:{said})\.?\s?(?P<number>\d{{1,4}})(?:\s?(?:/|of|von|de|sur|di|van|из|z)\s?(?P<of>\d{{1,4}}))?(?!\w)",
        re.IGNORECASE,
    )
