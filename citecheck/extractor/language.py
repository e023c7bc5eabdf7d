"""Which of the languages that have cues a text is in, told by its small words."""

import re
from collections import Counter
from collections.abc import Sequence

from citecheck.extractor.cues import LANGUAGES, cues

_FEWEST_TELLING = 3
# Of the words; on pages of newsrooms 0.08 at least in the language itself, 0.02 at most in others.
_LEAST_SHARE = 0.05
_SAMPLE_CHARS = 20_000
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """The language of `text` among those that have cues, by its small words; English when it cannot be told."""
    return _best(_words_of(text))[0]


def detected_language(text: str) -> str | None:
    """The same; None when too few of its words tell: Norwegian has an Italian "alla" now and then."""
    words = _words_of(text)
    best, telling = _best(words)
    return best if telling >= max(_FEWEST_TELLING, _LEAST_SHARE * len(words)) else None


def _words_of(text: str) -> list[str]:
    return _WORD.findall(text[:_SAMPLE_CHARS].lower())


def _best(words: Sequence[str]) -> tuple[str, int]:
    """The language most of whose small words there are, and how many."""
    counts = Counter(words)
    scores = {code: sum(counts[word] for word in cues(code).function_words) for code in LANGUAGES}
    best = max(LANGUAGES, key=lambda code: scores[code])
    return best, scores[best]
