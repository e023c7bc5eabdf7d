"""An hour at the beginning of a paragraph: "18.40 Uhr: Water stands in the streets." """

import re

from citecheck.extractor import dates

_RUN_IN = re.compile(r"\s*(\S[^\n:–—|]{1,18}(?::\d\d[^\n:–—|]{0,14})?)(?::\s|\s-\s|\s?[–—|]\s?)\s*(?=\S)")
"""An hour and what parts it from the text that it stands before."""
_BRACKETED = re.compile(r"\s*([\[(]\d{1,2}[:.h]\d\d(?:\s?[ap]\.?m\.?|\s?Uhr)?[\])])\s*(?=\S)")
_DIGIT = re.compile(r"\d")
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
