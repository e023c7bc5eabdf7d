"""What a sentence puts at stake, and whether words label an outlet as a state's: by the lists of words.toml."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from citecheck.patterns import regex
from citecheck.tables import table

_YEAR_OR_DAY = regex(
    # A year, a clock time and a day beside its month say when, not how many.
    r"\b(?:1[89]|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|"
    r"\b\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)
_DIGITS = regex(r"(?<![\w-])\d")


class Stake(StrEnum):
    """What an editor worries about in a claim that nobody stands for, the worst first."""

    CASUALTIES = "casualties"
    ACCUSATIONS = "accusations"
    NUMBERS = "numbers"
    OTHER = "other"


STAKE_MEANS: Mapping[Stake, str] = {
    Stake.CASUALTIES: "on the dead or hurt",
    Stake.ACCUSATIONS: "that accuses",
    Stake.NUMBERS: "with a number",
    Stake.OTHER: "",
}


def stake(text: str) -> Stake:
    """The worst that a sentence puts at stake."""
    lowered = text.lower()
    for each in (Stake.CASUALTIES, Stake.ACCUSATIONS):
        if _pattern("stakes", each.value).search(lowered):
            return each
    if _DIGITS.search(_YEAR_OR_DAY.sub(" ", text)) or _pattern("stakes", "numbers").search(lowered):
        return Stake.NUMBERS
    return Stake.OTHER


def state_label(qualifiers: Iterable[str]) -> str | None:
    """The qualifier that calls an outlet a state's, if one does."""
    return next((each for each in qualifiers if _pattern("labels", "state_run").fullmatch(each.lower())), None)


@cache
def _pattern(kind: str, key: str) -> re.Pattern[str]:
    words = table(Path(__file__).with_name("words.toml"))[kind][key]
    forms = (re.escape(word).replace(r"\*", r"\w*") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{'|'.join(forms)})(?!\w)")
