"""Who the owner of an account is said to be: "@ReaHolt" is the spokeswoman Rea Holt, as another sentence has it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from citecheck.extractor.names import account_likeness
from citecheck.patterns import regex

_NAME = regex(r"[^\W\d_]{2,}")
_SURELY_THE_OWNER = 3.0
_NEAR_WORDS = 4
_MOST_SENTENCES = 100
"""A name that stands in more sentences is looked up in so many."""


class People:
    """The sentences of a text by the names in them."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._sentences = tuple(sentences)
        self._described: dict[str, frozenset[str]] = {}

    def described(self, account: str) -> frozenset[str]:
        """The words, in lower case, that stand beside the name of the account's owner anywhere in the text."""
        if account not in self._described:
            self._described[account] = frozenset(self._words_beside(account))
        return self._described[account]

    def _words_beside(self, account: str) -> Iterable[str]:
        letters = re.sub(r"[\W\d_]", "", account).lower()
        parts = {letters[i:j] for i in range(len(letters)) for j in range(i + 3, len(letters) + 1)}
        for index in sorted({index for part in parts for index in self._by_name.get(part, ())}):
            words = _NAME.findall(self._sentences[index])
            if account_likeness(account, words, {}) < _SURELY_THE_OWNER:
                continue
            place = next(n for n, word in enumerate(words) if word.lower() in parts)
            beside = words[max(0, place - _NEAR_WORDS) : place] + words[place + 1 : place + 1 + _NEAR_WORDS]
            yield from (word.lower() for word in beside if word.lower() not in parts)

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, sentence in enumerate(self._sentences):
            for name in {word.lower() for word in _NAME.findall(sentence) if word[0].isupper()}:
                if len(found[name]) < _MOST_SENTENCES:
                    found[name].append(index)
        return found
