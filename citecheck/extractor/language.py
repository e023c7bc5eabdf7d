"""Which of the languages that have cues a text is in, told by its small words."""

import re
from collections import Counter

from citecheck.extractor.cues import LANGUAGES, cues

_FEWEST_TELLING = 3
# Of the words; on pages of newsrooms 0.08 at least in the language itself, 0.02 at most in others.
_LEAST_SHARE = 0.05
_SAMPLE_CHARS = 20_000
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """The language of `text` among those that have cues, by its small words; English when it cannot be told."""
    scores = _scores(text)
    return max(LANGUAGES, key=lambda code: scores[code])


def detected_language(text: str) -> str | None:
    """The same; None when too few of its words tell: Norwegian has an Italian "alla" now and then."""
    best = language_of(text)
    fewest = max(_FEWEST_TELLING, _LEAST_SHARE * len(_WORD.findall(text[:_SAMPLE_CHARS])))
    return best if _scores(text)[best] >= fewest else None


def _scores(text: str) -> dict[str, int]:
    """By language, how many of the small words are its own."""
    counts = Counter(word for word in _WORD.findall(text[:_SAMPLE_CHARS].lower()))
    return {code: sum(counts[word] for word in cues(code).function_words) for code in LANGUAGES}
