"""An hour at the beginning of a paragraph: "18.40 Uhr: Water stands in the streets." """

from collections.abc import Iterator
from itertools import islice

from bs4.element import Tag as Element

from citecheck.extractor import dates
from citecheck.extractor.readers.html.elements import elements
from citecheck.extractor.readers.html.labels import label
from citecheck.extractor.readers.html.tree import Words, text_of
from citecheck.extractor.readers.prose import SENTENCE_END
from citecheck.patterns import regex

_RUN_IN = regex(r"\s*(\S[^\n:–—|]{1,18}(?::\d\d[^\n:–—|]{0,14})?)(?::\s|\s-\s|\s?[–—|]\s?)\s*(?=\S)")
"""An hour and what parts it from the text that it stands before."""
_BRACKETED = regex(r"\s*([\[(]\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?|\s?Uhr)?[\])])\s*(?=\S)")
_TEXT_CHARS = 30
"""So much behind an hour is a text; less may be a name."""
_MOST_SIBLINGS = 20
_DIGIT = regex(r"\d")
_HOUR_CHARS = 40
"""More than the longest of either; without a digit in them no hour is looked for."""


def run_in(text: str) -> int:
    """How much of a paragraph's beginning is an hour before its text: "18.40 Uhr: Water stands in the streets." """
    if not _DIGIT.search(text.lstrip()[:_HOUR_CHARS]):
        return 0
    match = _BRACKETED.match(text) or _RUN_IN.match(text)
    if not match or not dates.hour(match[1]) or dates.hour(text):
        return 0
    return match.end(1)


def is_before_text(element: Element) -> bool:
    """Whether a text follows the element in its line, rather than a name or another time."""
    said = "".join(_behind(element)).strip()
    return not tells_time(said) and (len(said) > _TEXT_CHARS or (" " in said and SENTENCE_END.search(said) is not None))


def tells_time(text: str) -> bool:
    """Whether a line tells a day or an hour."""
    return bool(dates.heading(text) or label(text))


def _behind(element: Element) -> Iterator[str]:
    """The next texts of the line that an element stands in."""
    for each in islice(element.next_siblings, _MOST_SIBLINGS):
        if isinstance(each, Words):
            yield str(each)
        elif isinstance(each, Element):
            if each.name == "br" or each.name not in elements().inline:
                return
            yield text_of(each)
