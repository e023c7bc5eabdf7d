"""Outlets named again by other words, and what of the text before is needed to tell which."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from citecheck.extractor.cues import Again, Cues
from citecheck.extractor.grounds import verb_at
from citecheck.extractor.words import Name, Word, phrase
from citecheck.model import Outlet, OutletKind

# Sentences back that "the agency" reaches.
_REACH = 3
_LONGEST_PHRASE = 3
# Spoken of whoever spoke last, be it an outlet or not.
_ITS_WORDS = frozenset({"report", "article", "investigation"})


class Named(NamedTuple):
    """An outlet or organisation that a sentence names as a source."""

    offset: int
    outlet: Outlet | None
    text: str


class Echo(NamedTuple):
    """An outlet named again, and the words that do it."""

    offset: int
    text: str
    cue: str
    named: Named


class Memory:
    """What an update has said so far, for the sentences behind."""

    def __init__(self) -> None:
        self.full_names: dict[str, Outlet] = {}
        """Outlets named unambiguously so far, the latest last."""
        self.person: tuple[str, bool] | None = None
        """Who spoke last, and whether it was an official."""
        self._recent: list[tuple[list[Named], frozenset[str]]] = []
        self._last: Named | None = None
        """The last source of the last sentence, when it was an outlet."""

    def resolved(self, name: Name) -> Outlet | None:
        """Whom a name means here: an ambiguous one the outlet that was named in full; None when that is open."""
        if not name.is_ambiguous:
            return name.outlets[0] if name.outlets else None
        known = [outlet for outlet in name.outlets if outlet.name in self.full_names]
        if known:
            latest = list(self.full_names)
            return max(known, key=lambda outlet: latest.index(outlet.name))
        return name.outlets[0] if len(name.outlets) == 1 else None

    def is_known(self, name: Name) -> bool:
        """Whether the text has named one of those in full before."""
        return any(outlet.name in self.full_names for outlet in name.outlets)

    def hold(self, outlet: Outlet) -> None:
        """Keep that `outlet` was named in full."""
        self.full_names.pop(outlet.name, None)
        self.full_names[outlet.name] = outlet

    def close_sentence(self, words: Sequence[Word], named: Iterable[Named], last: Named | None) -> None:
        """Keep what a sentence named; `last` is its last source, None when that was no outlet."""
        capitals = frozenset(word.low for word in words if word.is_capital and not word.name)
        self._recent = [*self._recent[1 - _REACH :], (list(named), capitals)]
        self._last = last

    def last_source(self) -> Named | None:
        return self._last

    def meant(
        self, noun: str, kinds: frozenset[OutletKind], here: Sequence[Named], words: Sequence[Word]
    ) -> Named | None:
        """The outlet that "the `noun`" means: the last of such a kind, when nothing else could be meant.

        A capitalised noun of that kind ("the Drug Enforcement Agency") on the way makes it uncertain.
        """
        capitals = frozenset(word.low for word in words if word.is_capital and not word.name)
        for named, seen in [(list(here), capitals), *reversed(self._recent)]:
            fitting = {each.outlet.name if each.outlet else each.text: each for each in named if _fits(each, kinds)}
            if len(fitting) > 1:
                return None
            if fitting:
                return next(iter(fitting.values()))
            if noun.rpartition(" ")[2] in seen:
                return None
        return None


def _fits(named: Named, kinds: frozenset[OutletKind]) -> bool:
    return OutletKind.ORGANISATION not in kinds if named.outlet is None else named.outlet.kind in kinds


def echoes(words: Sequence[Word], here: Sequence[Named], memory: Memory, is_alone: bool, cues: Cues) -> list[Echo]:
    """The places where a sentence names an outlet of before again; `is_alone`: nobody else speaks in it."""
    found: list[Echo] = []
    for place, word in enumerate(words):
        if word.low in cues.again.determiners:
            echo = _noun(words, place, [each for each in here if each.offset < word.start], memory, cues)
        elif word.low in cues.again.pronouns and is_alone:
            echo = _pronoun(words, place, memory, cues)
        else:
            continue
        if echo:
            found.append(echo)
    return found


def _noun(words: Sequence[Word], place: int, here: Sequence[Named], memory: Memory, cues: Cues) -> Echo | None:
    """As in "the news site argued", "told the paper", "the agency's Jo Doe reported"."""
    for span in range(_LONGEST_PHRASE, 0, -1):
        run = words[place + 1 : place + 1 + span]
        noun = phrase(run).removesuffix("'s")
        kinds = _kinds(noun, cues.again)
        if not kinds or len(run) < span or any(word.is_capital or word.name for word in run):
            continue
        after = place + 1 + span
        cue = verb_at(words, after, cues)
        if run[-1].is_possessive:
            while after < len(words) and words[after].is_capital:
                after += 1
            cue = verb_at(words, after, cues)
        if cue is None:
            spans = (phrase(words[max(0, place - size) : place]) for size in (2, 1))
            cue = next((said for said in spans if said in cues.again.before), None)
        if cue is None:
            return None
        named = memory.last_source() if noun in _ITS_WORDS and not here else memory.meant(noun, kinds, here, words)
        if named is None or not _fits(named, kinds):
            return None
        return Echo(words[place].start, phrase(words[place : place + 1 + span]), cue, named)
    return None


def _kinds(noun: str, again: Again) -> frozenset[OutletKind]:
    listed = {
        OutletKind.WIRE: again.wire,
        OutletKind.NEWSPAPER: again.newspaper,
        OutletKind.MAGAZINE: again.magazine,
        OutletKind.BROADCASTER: again.broadcaster,
        OutletKind.SITE: again.site,
        OutletKind.ORGANISATION: again.organisation,
    }
    if noun in again.any:
        return frozenset(OutletKind) - {OutletKind.ORGANISATION}
    return frozenset(kind for kind, nouns in listed.items() if noun in nouns)


def _pronoun(words: Sequence[Word], place: int, memory: Memory, cues: Cues) -> Echo | None:
    """As in "…, it added." at the end of a sentence in which nobody else speaks, behind one that an outlet carried."""
    named = memory.last_source()
    verb = words[place + 1].low if place + 1 < len(words) else ""
    is_tail = place > 2 and not words[place - 1].is_word and not any(word.is_word for word in words[place + 2 :])
    if named is None or not is_tail or verb not in cues.again.pronoun_says:
        return None
    return Echo(words[place].start, words[place].text, verb, named)
