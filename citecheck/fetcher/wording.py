"""The words of pages, made comparable: titles without site names, sentences, lists of phrases."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from ahocorasick_rs import AhoCorasick

from citecheck.patterns import regex

_SEPARATORS = regex(r"\s+[|\-–—·•»›:/~]+\s+|\s*[|｜»•]\s*|·\s+|::|:\s+|\s+[-–—]\s*|(?<=\d)[:\-–—]\s*")
FIRST_UNSPACED = "\u0e00"
"""Thai; the scripts of China, Japan and Korea come after it."""
_ENDS = " \t.,!?;:…。！？、\"'“”«»„‘’()[]|-–—¡¿·•☹😢😞🙁"
_APOSTROPHES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "\u200b": None, "\u00ad": None, "\u0307": None}
)

_CONTRACTIONS = tuple(
    (regex(pattern), whole)
    for pattern, whole in (
        (r"\bcan't\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"(?<=[a-z])n't\b", " not"),
        (r"(?<=[a-z])'ve\b", " have"),
        (r"(?<=[a-z])'re\b", " are"),
        (r"(?<=\bi)'m\b", " am"),
        (r"(?<=[a-z])'s (?=(?:an?|been|gone|missing|moved|no|not|nothing|nowhere|vanished)\b)", " is "),
    )
)


def plain(text: str) -> str:
    """Lower case, straight apostrophes, single blanks; no punctuation at the ends."""
    return " ".join(folded(text).split()).strip(_ENDS)


def folded(text: str) -> str:
    """One spelling for letters of any case and width, and for apostrophes."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)


def uncontracted(text: str) -> str:
    """English without contractions ("the page isn't", "we've lost", "that story's gone"); other texts as they are."""
    if "'" in text:
        for pattern, whole in _CONTRACTIONS:
            text = pattern.sub(whole, text)
    return text.replace("cannot", "can not")


@cache
def _automaton(phrases: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(phrases)


def first_of(phrases: tuple[str, ...], text: str) -> str | None:
    """The first of `phrases` in `text` (both lower case), or None."""
    if not phrases:
        return None
    found = _automaton(phrases).find_matches_as_indexes(text)
    return phrases[found[0][0]] if found else None


def any_of(phrases: tuple[str, ...]) -> str:
    """A regular expression for any of them, the longest first; of none, nothing matches."""
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) or r"(?!)"


def between_borders(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of them, set apart as words in the scripts that do so."""
    spaced, others = by_script(phrases)
    return re.compile(rf"(?<!\w)(?:{any_of(spaced)})(?!\w)|{any_of(others)}")


def by_script(phrases: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those in scripts that set words apart, and the others."""
    spaced: list[str] = []
    others: list[str] = []
    for each in filter(None, phrases):
        (spaced if each[0] < FIRST_UNSPACED else others).append(each)
    return tuple(spaced), tuple(others)


def opens(line: str, phrases: tuple[str, ...], onward: frozenset[str]) -> bool:
    """Whether a line (made plain) is one of `phrases`, or goes on behind it with a word of `onward` or without a blank.

    "This account is private" and "you must log in to read on", but not "this account is private: a study". Scripts
    without blanks tell nothing by them.
    """
    for phrase in phrases:
        if line.startswith(phrase):
            first, _, _ = line[len(phrase) :].lstrip(" ,.;!").partition(" ")
            if not first or first.rstrip(",") in onward or first[0] >= "\u2fff":
                return True
    return False


def is_about(path: str, words: tuple[str, ...]) -> bool:
    """Whether some word of a URL's path begins with one of `words`, and some number in it is one of them.

    "/errors/soft_404", but neither "/terror-trial" nor "/15003.html".
    """
    return _beginnings(words).search(path.lower()) is not None


@cache
def _beginnings(words: tuple[str, ...]) -> re.Pattern[str]:
    numbers = tuple(word for word in words if word.isdecimal())
    letters = tuple(word for word in words if not word.isdecimal())
    return re.compile(rf"(?<![^\W\d_])(?:{any_of(letters)})|(?<!\d)(?:{any_of(numbers)})(?!\d)")


def goes_on(line: str, words: str) -> bool:
    """Whether a line tells, behind a colon, what it has to say of `words`, which end before it; a name is no more."""
    _, found, rest = line.partition(words)
    return bool(found) and re.match(r"\s*:\s*(?!\S+\.\w)[^\W\d]", rest) is not None


def segments(title: str) -> tuple[str, ...]:
    """The parts of a title between bars, dashes and colons, made plain; the whole title first."""
    parts = (plain(part) for part in _SEPARATORS.split(title))
    return tuple(dict.fromkeys(part for part in (plain(title), *parts) if part))
