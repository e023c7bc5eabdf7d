"""A sentence as words, with every outlet's name as one of them."""

import re
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from msgspec import Struct

from citecheck.extractor.folding import fold
from citecheck.model import Outlet, OutletKind, Position
from citecheck.patterns import regex

# A word may hold hyphens, apostrophes and stops ("state-run", "O'Brien", "U.S"); other signs stand alone.
_WORD = r"[^\W_]+(?:['’.&-][^\W_]+)*|[^\s\w]|_+"
# Not words: URLs, and what makes a word a link in Markdown.
_LINK = regex(r"\]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)|\b(?:https?://|www\.)[^\s)\]]+|[\[\]]")
_POSSESSIVE = regex(r"['’]s?(?!\w)")
_KEPT_TOKENS, _KEPT_CHARS = 50_000, 100
"""How many words the vocabulary holds, of how many characters."""
STOPS = frozenset(".!?;:")


class Sentence(NamedTuple):
    """A claim's text, where each of its characters stands, and whether it is another's post."""

    text: str
    position: Callable[[int], Position]
    is_embed: bool = False


class Name(Struct, frozen=True, gc=False):
    """An outlet's name in a sentence."""

    start: int
    end: int
    outlets: tuple[Outlet, ...] = ()
    """Whom it may mean; none for a name that the registry does not know."""
    is_ambiguous: bool = False
    is_account: bool = False

    @property
    def is_organisation(self) -> bool:
        return bool(self.outlets) and self.outlets[0].kind is OutletKind.ORGANISATION

    @property
    def is_wire(self) -> bool:
        return bool(self.outlets) and self.outlets[0].kind is OutletKind.WIRE

    @property
    def is_broadcaster(self) -> bool:
        return bool(self.outlets) and self.outlets[0].kind is OutletKind.BROADCASTER


class Word(Struct, frozen=True, gc=False):
    """A Struct: a long article has hundreds of thousands, made and read in half the time of a tuple with names."""

    text: str
    low: str
    start: int
    end: int
    name: Name | None = None
    is_capital: bool = False
    is_word: bool = True

    @property
    def is_possessive(self) -> bool:
        """The "'s" behind a name, or a word that ends so: "Russia's"."""
        return self.low in ("'s", "'") or (len(self.low) > 2 and self.low.endswith(("'s", "s'")))


class WordList(list[Word]):
    """The words of a sentence, in its order."""

    text: str
    named: list[int]
    """The places of outlets' names."""
    lows: frozenset[str]
    """All of them in lower case: what a rule needs and these lack, it need not look for word by word."""

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Those written large, in lower case; the first word and the names of outlets left out."""
        return frozenset(word.low for word in self[1:] if word.is_capital and not word.name)


def words_of(text: str, names: Sequence[Name], elisions: frozenset[str] = frozenset()) -> WordList:
    """The words of `text`; `names` ascend and do not overlap; "l'agence" is two where `elisions` hold "l"."""
    words = WordList()
    words.text, words.named = text, []
    place = 0
    vocabulary = _vocabulary(elisions)
    for name in names:
        _add_plain(words, text, place, name.start, vocabulary)
        seen = text[name.start : name.end]
        words.named.append(len(words))
        words.append(Word(seen, fold(seen), name.start, name.end, name, seen[:1].isupper()))
        place = name.end
        possessive = _POSSESSIVE.match(text, place)
        if possessive:
            end = possessive.end()
            words.append(Word(text[place:end], fold(text[place:end]), place, end, is_word=False))
            place = end
    _add_plain(words, text, place, len(text), vocabulary)
    words.lows = frozenset([word.low for word in words])
    return words


_Seen = tuple[str, str, int, int, bool, bool]
"""A word of a token: its text, in lower case too, where it begins and ends there, whether it is a capital, a word."""


class _Vocabulary(dict[str, list[_Seen]]):
    """What stands between two blanks, as words whose places count from there: a text says most of it many times."""

    def __init__(self, elisions: frozenset[str]) -> None:
        elided = "|".join(sorted(elisions, key=len, reverse=True))
        self._word = re.compile(rf"(?<!\w)(?:(?i:{elided})['’])|{_WORD}" if elided else _WORD)

    def __missing__(self, token: str) -> list[_Seen]:
        folded = fold(token)
        words: list[_Seen] = []
        for match in self._word.finditer(token):
            (start, end), seen = match.span(), match[0]
            words.append((seen, folded[start:end], start, end, seen[0].isupper(), seen[0].isalnum()))
        if len(token) <= _KEPT_CHARS:
            if len(self) >= _KEPT_TOKENS:
                self.clear()
            self[token] = words
        return words


_vocabulary = cache(_Vocabulary)


def _add_plain(words: list[Word], text: str, start: int, end: int, vocabulary: _Vocabulary) -> None:
    """Add the words between two names."""
    take = words.append
    may_link = "]" in text or "://" in text or "www." in text
    while start < end:
        link = _LINK.search(text, start, end) if may_link else None
        for token in text[start : link.start() if link else end].split(" "):
            for seen, low, begin, close, is_capital, is_word in vocabulary[token]:
                take(Word(seen, low, start + begin, start + close, None, is_capital, is_word))
            start += len(token) + 1
        start = link.end() if link else end


def phrase(words: Sequence[Word]) -> str:
    """The words in lower case, a blank between."""
    return " ".join([word.low for word in words])


def low_at(words: Sequence[Word], place: int) -> str:
    """The word at `place` in lower case, nothing where the sentence has none."""
    return words[place].low if 0 <= place < len(words) else ""


def squeezed(text: str) -> str:
    """`text` with every run of blanks as one."""
    return " ".join(text.split())
