"""Addresses in strange hands: what was an article is now an advertisement for bets or pills."""

from collections import Counter
from functools import cache

from citecheck.fetcher.evidence import Evidence, path_words
from citecheck.fetcher.markers import markers
from citecheck.fetcher.wording import FIRST_UNSPACED, by_script, first_of
from citecheck.patterns import regex

_WORD = regex(r"[^\W_]{3,}")
_LEAST_SHARE = 0.035
_LEAST_KINDS = 2
_SHARE_UNNAMED = 0.1
_KINDS_UNNAMED = 4
_WORDS_LOOKED_AT = 3000
_CHARS_LOOKED_AT = 20_000


def hijacked(evidence: Evidence) -> str | None:
    """What shows that the page is no longer its owner's, in words, or None.

    Many words of that trade, a title that sells it, and nothing of what the address itself speaks of.
    """
    table = markers().hijack
    if evidence.page is None or not evidence.page.is_html:
        return None
    title = first_of(table.titles, " | ".join(evidence.titles))
    in_title = {word for line in evidence.titles for word in of_trade(line)}
    if not (title or in_title):
        return None
    words = _WORD.findall(evidence.words)[:_WORDS_LOOKED_AT]
    found = Counter(of_trade(evidence.words[:_CHARS_LOOKED_AT]))
    count = sum(max(1, len(word) // 4) if word[0] >= FIRST_UNSPACED else 1 for word in words)
    is_named = title or len(in_title) >= _LEAST_KINDS
    share, kinds = (_LEAST_SHARE, _LEAST_KINDS) if is_named else (_SHARE_UNNAMED, _KINDS_UNNAMED)
    if not words or found.total() / count < share or len(found) < kinds:
        return None
    promised = _promised(evidence)
    if promised & table.words or len(promised & set(words)) * 2 > len(promised) > 0:
        return None
    some = ", ".join(word for word, _ in found.most_common(4))
    return f"the page advertises something else than its address promises: “{title or some}”"


def of_trade(text: str) -> list[str]:
    """The words of that trade in `text` (made plain), whatever number they end in, as of `slot88`."""
    table = markers().hijack.words
    words = (word if word in table else word.rstrip("0123456789") for word in _WORD.findall(text))
    found = [word for word in words if word in table]
    return found if text.isascii() else found + [word for word in _unspaced() for _ in range(text.count(word))]


@cache
def _unspaced() -> tuple[str, ...]:
    """Those of tongues that set no blanks between words."""
    return by_script(markers().hijack.words)[1]


def _promised(evidence: Evidence) -> set[str]:
    """The words of the path as written, and those of that trade in the name of the host."""
    path = [word for segment in path_words(evidence.asked) for word in _WORD.findall(segment) if not word.isdigit()]
    host = evidence.asked.host
    return {*path, *(word for word in markers().hijack.words if word in host)}
