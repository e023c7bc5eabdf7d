"""A sentence as words, with every outlet's name as one of them."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from citecheck.extractor.folding import fold
from citecheck.model import Outlet, OutletKind, Position

# A word may hold hyphens, apostrophes and stops ("state-run", "O'Brien", "U.S"); other signs stand alone.
_WORD = r"[^\W_]+(?:['’.&-][^\W_]+)*|[^\s\w]|_+"
# Not words: URLs, and what makes a word a link in Markdown.
_LINK = re.compile(r"\]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)|\b(?:https?://|www\.)[^\s)\]]+|[\[\]]")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_BLANK = re.compile(r"\s+")


class Sentence(NamedTuple):
    """A claim's text, where each of its characters stands, and whether it is another's post."""

    text: str
    position: Callable[[int], Position]
    is_embed: bool = False


class Name(NamedTuple):
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


class Word(NamedTuple):
    text: str
    low: str
    start: int
    end: int
    name: Name | None = None

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_possessive(self) -> bool:
        """The "'s" behind a name, or a word that ends so: "Russia's"."""
        return self.low in ("'s", "'") or (len(self.low) > 2 and self.low.endswith(("'s", "s'")))

    @property
    def is_word(self) -> bool:
        return self.text[:1].isalnum()


def words_of(text: str, names: Sequence[Name], elisions: frozenset[str] = frozenset()) -> list[Word]:
    """The words of `text`; `names` ascend and do not overlap; "l'agence" is two where `elisions` hold "l"."""
    words: list[Word] = []
    place = 0
    pattern = _word(elisions)
    for name in names:
        words += _plain(text, place, name.start, pattern)
        seen = text[name.start : name.end]
        words.append(Word(seen, fold(seen), name.start, name.end, name))
        place = name.end
        possessive = _POSSESSIVE.match(text, place)
        if possessive:
            words.append(Word(possessive.group(), fold(possessive.group()), place, possessive.end()))
            place = possessive.end()
    words += _plain(text, place, len(text), pattern)
    return words


@cache
def _word(elisions: frozenset[str]) -> re.Pattern[str]:
    elided = "|".join(sorted(elisions, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:(?i:{elided})['’])|{_WORD}" if elided else _WORD)


def _plain(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Word]:
    for link in (*_LINK.finditer(text, start, end), None):
        for match in pattern.finditer(text, start, link.start() if link else end):
            seen = match.group()
            yield Word(seen, fold(seen), match.start(), match.end())
        start = link.end() if link else end


def phrase(words: Sequence[Word]) -> str:
    """The words in lower case, a blank between."""
    return " ".join(word.low for word in words)


def squeezed(text: str) -> str:
    """`text` with every run of blanks as one."""
    return _BLANK.sub(" ", text).strip()
