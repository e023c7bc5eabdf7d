"""A sentence as words, with every outlet's name as one of them."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from citecheck.extractor.folding import fold
from citecheck.model import Outlet, OutletKind, Position

# A word may hold hyphens, apostrophes and stops ("state-run", "O'Brien", "U.S"); other signs stand alone.
_WORD = r"[^\W_]+(?:['’.&-][^\W_]+)*|[^\s\w]|_+"
# Not words: URLs, and what makes a word a link in Markdown.
_LINK = re.compile(r"\]\([^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)|\b(?:https?://|www\.)[^\s)\]]+|[\[\]]")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_new = tuple.__new__
STOPS = frozenset(".!?;:")
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
    is_capital: bool = False
    is_word: bool = True

    @property
    def is_possessive(self) -> bool:
        """The "'s" behind a name, or a word that ends so: "Russia's"."""
        return self.low in ("'s", "'") or (len(self.low) > 2 and self.low.endswith(("'s", "s'")))


def words_of(text: str, names: Sequence[Name], elisions: frozenset[str] = frozenset()) -> list[Word]:
    """The words of `text`; `names` ascend and do not overlap; "l'agence" is two where `elisions` hold "l"."""
    words: list[Word] = []
    place = 0
    pattern = _word(elisions)
    folded = fold(text)
    for name in names:
        _add_plain(words, text, folded, place, name.start, pattern)
        seen = text[name.start : name.end]
        words.append(Word(seen, folded[name.start : name.end], name.start, name.end, name, seen[:1].isupper()))
        place = name.end
        possessive = _POSSESSIVE.match(text, place)
        if possessive:
            end = possessive.end()
            words.append(Word(text[place:end], folded[place:end], place, end, is_word=False))
            place = end
    _add_plain(words, text, folded, place, len(text), pattern)
    return words


@cache
def _word(elisions: frozenset[str]) -> re.Pattern[str]:
    elided = "|".join(sorted(elisions, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:(?i:{elided})['’])|{_WORD}" if elided else _WORD)


def _add_plain(words: list[Word], text: str, folded: str, start: int, end: int, pattern: re.Pattern[str]) -> None:
    """Add the words between two names."""
    take = words.append
    may_link = "]" in text or "://" in text or "www." in text
    while start < end:
        link = _LINK.search(text, start, end) if may_link else None
        stop = link.start() if link else end
        for match in pattern.finditer(text, start, stop):
            first, last = match.span()
            seen = match[0]
            head = seen[0]
            # In half the time of Word(…): a long article has hundreds of thousands.
            take(_new(Word, (seen, folded[first:last], first, last, None, head.isupper(), head.isalnum())))
        start = link.end() if link else end


def phrase(words: Sequence[Word]) -> str:
    """The words in lower case, a blank between."""
    return " ".join([word.low for word in words])


def low_at(words: Sequence[Word], place: int) -> str:
    """The word at `place` in lower case, nothing where the sentence has none."""
    return words[place].low if 0 <= place < len(words) else ""


def squeezed(text: str) -> str:
    """`text` with every run of blanks as one."""
    return _BLANK.sub(" ", text).strip()
