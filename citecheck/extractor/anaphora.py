"""Outlets named again by other words, and what of the text before is needed to tell which."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from citecheck.extractor.cues import Again, Cues, last_words
from citecheck.extractor.verbs import verb_at
from citecheck.extractor.words import STOPS, Name, Word, WordList, phrase
from citecheck.model import Outlet, OutletKind

# Sentences back that "the agency" reaches.
_REACH = 3
_LONGEST_PHRASE = 3
# Names looked back at in one sentence; a bound, so that endless ones stay linear.
_MOST_NAMED = 8
# Spoken of whoever spoke last, be it an outlet or not.
_ITS_WORDS = frozenset({"report", "article", "investigation"})


class Named(Struct, frozen=True, gc=False):
    """An outlet or organisation that a sentence names as a source."""

    offset: int
    outlet: Outlet | None
    text: str


class Echo(Struct, frozen=True, gc=False):
    """An outlet named again, and the words that do it."""

    offset: int
    text: str
    cue: str
    named: Named


class Memory:
    """What an update has said so far, for the sentences behind."""

    def __init__(self, cues: Cues, guessed: frozenset[str] = frozenset()) -> None:
        self._cues = cues
        self.guessed = guessed
        """Outlets that the registry does not know, told by other sentences."""
        self.in_full: tuple[Outlet, ...] = ()
        """Outlets that the text names in full anywhere."""
        self.country: str | None = None
        """Where most of those are at home."""
        self.surnames: frozenset[str] = frozenset()
        """Names of outlets that somebody in the text has too."""
        self.initials: frozenset[str] = frozenset()
        """Acronyms that the text explains to be somebody else's."""
        self.full_names: dict[str, Outlet] = {}
        """Outlets named unambiguously so far, the latest last."""
        self.person: tuple[str, bool] | None = None
        """Who spoke last, and whether it was an official."""
        self._recent: list[tuple[list[Named], WordList]] = []
        self._last: Named | None = None
        """The last source of the last sentence, when it was an outlet."""

    def resolved(self, name: Name, text: str) -> Outlet | None:
        """Whom a name means here, an ambiguous one or a short one: the outlet named in full; None when that is open."""
        if not name.outlets:
            return self.shortened(text)
        if not name.is_ambiguous:
            return name.outlets[0]
        known = [outlet for outlet in name.outlets if outlet.name in self.full_names]
        if known:
            latest = list(self.full_names)
            return max(known, key=lambda outlet: latest.index(outlet.name))
        later = [outlet for outlet in name.outlets if outlet in self.in_full]
        if len(later) == 1:
            return later[0]
        if shortened := self.shortened(text):
            return shortened
        at_home = [
            outlet for outlet in name.outlets if outlet.country and outlet.country.lower() in self._cues.countries
        ]
        near = at_home if len(name.outlets) > 1 else name.outlets
        if len(near) > 1:
            near = [outlet for outlet in near if outlet.country == self.country]
        return near[0] if len(near) == 1 else None

    def shortened(self, text: str) -> Outlet | None:
        """The one outlet of those given in full whose name ends so: "the Post-Gazette" is Pittsburgh's."""
        short = f" {text.removeprefix('The ').removeprefix('the ')}"
        # "The Times" is not the Sunday Times, whatever else it is.
        found = [each for each in self.in_full if each.name.endswith(short) and f"Sunday{short}" not in each.name]
        return found[0] if len(found) == 1 else None

    def is_known(self, name: Name) -> bool:
        """Whether the text has named one of those in full before."""
        return any(outlet.name in self.full_names for outlet in name.outlets)

    def hold(self, outlet: Outlet) -> None:
        """Keep that `outlet` was named in full."""
        self.full_names.pop(outlet.name, None)
        self.full_names[outlet.name] = outlet

    def close_sentence(self, words: WordList, named: Sequence[Named], last: Named | None) -> None:
        """Keep what a sentence named; `last` is its last source, None when that was no outlet."""
        self._recent = [*self._recent[1 - _REACH :], (list(named[-_MOST_NAMED:]), words)]
        self._last = last

    def last_source(self) -> Named | None:
        return self._last

    def meant(self, noun: str, kinds: frozenset[OutletKind], here: Sequence[Named], words: WordList) -> Named | None:
        """The outlet that "the `noun`" means: the last of such a kind, when nothing else could be meant.

        `here` are those that the sentence itself has named before. Another of that noun among the capitals of the
        sentence or of those on the way ("the Drug Enforcement Agency") makes it uncertain.
        """
        for named, seen in [(here, words), *reversed(self._recent)]:
            fitting = {each.outlet.name if each.outlet else each.text: each for each in named if _fits(each, kinds)}
            if len(fitting) > 1:
                return None
            if fitting:
                return next(iter(fitting.values()))
            # Where every noun is written large, that tells nothing.
            if not self._cues.has_capital_nouns and noun.rpartition(" ")[2] in seen.capitals:
                return None
        return None


def _fits(named: Named, kinds: frozenset[OutletKind]) -> bool:
    return OutletKind.ORGANISATION not in kinds if named.outlet is None else named.outlet.kind in kinds


def echoes(words: WordList, here: Sequence[Named], memory: Memory, is_alone: bool, cues: Cues) -> list[Echo]:
    """The places where a sentence names an outlet of before again; `is_alone`: nobody else speaks in it."""
    found: list[Echo] = []
    for place, word in enumerate(words) if not words.lows.isdisjoint(_heads(cues.again)) else ():
        if cues.again.determiners and word.low not in cues.again.determiners:
            continue
        before = bisect_left(here, word.start, key=lambda each: each.offset)
        echo = _noun(words, place, here[max(0, before - _MOST_NAMED) : before], memory, cues)
        if echo:
            found.append(echo)
    tail = _tail(words, memory, cues) if is_alone else None
    return [*found, tail] if tail else found


def _noun(words: WordList, place: int, here: Sequence[Named], memory: Memory, cues: Cues) -> Echo | None:
    """As in "the news site argued", "told the paper", "the agency's Jo Doe reported".

    A language without articles has the noun at `place` itself.
    """
    first = place + 1 if cues.again.determiners else place
    nouns = _nouns(cues.again)
    for span in range(_LONGEST_PHRASE, 0, -1):
        run = words[first : first + span]
        noun = phrase(run).removesuffix("'s")
        kinds = nouns.get(noun)
        if not kinds or len(run) < span or any(_is_named_so(word, cues) for word in run[0 if place else 1 :]):
            continue
        if _is_named(words, first + span, cues):
            return None  # "la agencia de noticias palestina Wafa"
        cue = _cue(words, place, first + span, run[-1].is_possessive, cues)
        if cue is None:
            return None
        named = memory.last_source() if noun in _ITS_WORDS and not here else memory.meant(noun, kinds, here, words)
        if named is None or not _fits(named, kinds):
            return None
        return Echo(words[place].start, phrase(words[place : first + span]), cue, named)
    return None


def _is_named_so(word: Word, cues: Cues) -> bool:
    """Whether the noun is a name, or a part of one."""
    return word.name is not None or (word.is_capital and not cues.has_capital_nouns)


def _is_named(words: Sequence[Word], after: int, cues: Cues) -> bool:
    """Whether the name follows, perhaps behind adjectives: no outlet of before is meant."""
    if not cues.is_kind_first:
        return False
    while after < len(words) and (
        words[after].low in cues.qualifiers
        or words[after].low.endswith(cues.qualifier_endings)
        or not words[after].is_word
    ):
        if words[after].text in STOPS | {","}:
            return False
        after += 1
    return after < len(words) and (words[after].name is not None or words[after].is_capital)


def _cue(words: Sequence[Word], place: int, after: int, is_possessive: bool, cues: Cues) -> str | None:
    """The verb behind the phrase, the name of who works there passed over, or the words before it."""
    while is_possessive and after < len(words) and words[after].is_capital:
        after += 1
    spans = (phrase(words[max(0, place - size) : place]) for size in (2, 1))
    return verb_at(words, after, cues) or next((said for said in spans if said in cues.again.before), None)


@cache
def _nouns(again: Again) -> dict[str, frozenset[OutletKind]]:
    """The kinds of outlets that each noun may mean."""
    listed = {
        OutletKind.WIRE: again.wire,
        OutletKind.NEWSPAPER: again.newspaper,
        OutletKind.MAGAZINE: again.magazine,
        OutletKind.BROADCASTER: again.broadcaster,
        OutletKind.SITE: again.site,
        OutletKind.ORGANISATION: again.organisation,
    }
    found = {
        noun: frozenset(kind for kind, nouns in listed.items() if noun in nouns)
        for noun in frozenset[str]().union(*listed.values())
    }
    return found | dict.fromkeys(again.any, frozenset(OutletKind) - {OutletKind.ORGANISATION})


@cache
def _heads(again: Again) -> frozenset[str]:
    """The last words of those nouns, in the genitive too."""
    heads = last_words(frozenset(_nouns(again)))
    return heads | {f"{head}'s" for head in heads}


def _tail(words: Sequence[Word], memory: Memory, cues: Cues) -> Echo | None:
    """As in "…, it added." at the end of a sentence in which nobody else speaks, behind one that an outlet carried."""
    named = memory.last_source()
    end = len(words)
    while end and not words[end - 1].is_word:
        end -= 1
    if named is None or end < 4 or words[end - 3].is_word or words[end - 1].low not in cues.again.pronoun_says:
        return None
    word = words[end - 2]
    return Echo(word.start, word.text, words[end - 1].low, named) if word.low in cues.again.pronouns else None
