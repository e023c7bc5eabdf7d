"""Which of the languages that have cues a text is in, told by its small words."""

from collections import Counter
from collections.abc import Sequence

from citecheck.extractor.cues import LANGUAGES, cues
from citecheck.patterns import regex

_FEWEST_TELLING = 3
_SURELY_TELLING = 12
# Of the words; on pages of newsrooms 0.08 at least in the language itself, 0.02 at most in others.
_LEAST_SHARE = 0.05
# A declared language has this share of the small words at least that the best one has.
_TEMPLATES = 3
_SAMPLE_CHARS = 20_000
_WORD = regex(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """The language of `text` among those that have cues, by its small words; English when it cannot be told."""
    return _best(_words_of(text))[0]


def detected_language(text: str, declared: str | None = None) -> str | None:
    """The same; None when too few of its words tell: Norwegian has an Italian "alla" now and then.

    What the page declares (ISO 639-1, a region behind it) holds, unless it is a template's: "en" above a Spanish text.
    """
    words = _words_of(text)
    code = (declared or "").lower().partition("-")[0]
    if declared and code not in LANGUAGES:
        return declared
    best, telling = _best(words)
    if telling < max(_FEWEST_TELLING if declared is None else _SURELY_TELLING, _LEAST_SHARE * len(words)):
        return declared
    return declared if declared and _score(Counter(words), code) * _TEMPLATES > telling else best


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text[:_SAMPLE_CHARS].lower())


def _best(words: Sequence[str]) -> tuple[str, int]:
    """The language most of whose small words there are, and how many."""
    counts = Counter(words)
    scores = {code: _score(counts, code) for code in LANGUAGES}
    best = max(LANGUAGES, key=lambda code: scores[code])
    return best, scores[best]


def _score(counts: Counter[str], code: str) -> int:
    return sum(counts[word] for word in cues(code).function_words)
