"""Verbs of telling beside an outlet: where they stand, and whether the outlet speaks of its own affairs."""

from collections.abc import Sequence

from citecheck.extractor.cues import Cues, first_words
from citecheck.extractor.groups import Group
from citecheck.extractor.words import Word, low_at, phrase

_NEAR_REACH = 5
_TOLD_REACH = 10
_SOURCE_REACH = 9
_OWN_REACH = 7


def verb_at(words: Sequence[Word], place: int, cues: Cues) -> str | None:
    """The verb of telling that begins at `place`, adverbs and times before it passed over."""
    first = place
    while place < len(words) and place - first < 7:
        low = words[place].low
        if low in first_words(cues.has_it) and phrase(words[place : place + 3]) in cues.has_it:
            return low
        if low in cues.be:
            told = _first_to(words, place, cues)
            if told:
                return told
            at = place + 2 if low_at(words, place + 1) in cues.auxiliaries | cues.be else place + 1
            behind = low_at(words, at)
            is_told = behind in cues.hears and low_at(words, at + 1) != "to"
            return f"{low} {behind}" if behind in cues.goes_on or is_told else None
        if low in cues.says:
            return low
        if low in cues.does:
            return None if _is_show(words, place, cues) else low
        if not (low in cues.auxiliaries or low.endswith("ly") or low.isdigit()):
            return None
        place += 1
    return None


def _is_show(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """As in "O aired the debate": what it shows is not what it says."""
    shown = {word.low for word in words[place + 1 : place + 1 + _OWN_REACH]}
    return low_at(words, place) in cues.airs and shown.isdisjoint(cues.spoken)


def _first_to(words: Sequence[Word], place: int, cues: Cues) -> str | None:
    """As in "was the first outlet to report"."""
    for at in range(place + 1, min(place + 6, len(words) - 1)):
        if words[at].low == "to" and "first" in [word.low for word in words[place + 1 : at]]:
            return words[at + 1].low if words[at + 1].low in cues.first_to else None
    return None


def verb_before(words: Sequence[Word], start: int, cues: Cues, *, is_wire: bool = False) -> str | None:
    """The verb before a subject; where verbs come first, with a time between: "informó este lunes EFE".

    Who is somebody's spokesman, "sagte eine Sprecherin der ARD", and told nobody, is rarely a wire's.
    """
    if not cues.is_verb_first:
        verb = low_at(words, start - 1)
        return verb if verb in cues.inverted else None
    if low_at(words, start - 1) in cues.prepositions:
        return None
    is_told = low_at(words, start) in (cues.datives if is_wire else cues.datives - cues.genitives)
    reach = _TOLD_REACH if is_wire and is_told else _NEAR_REACH
    for word in reversed(words[max(0, start - reach) : start]):
        if word.low in cues.inverted:
            return word.low
        is_staff = word.low in cues.staff and not is_told
        if not word.is_word or word.name or word.low in cues.breaks or is_staff:
            return None
    return None


def verb_before_clause(words: Sequence[Word], place: int, cues: Cues) -> str | None:
    """As in "The Economist surmises that": any verb, told by the clause behind it."""
    while low_at(words, place) in cues.auxiliaries:
        place += 1
    if place + 1 >= len(words) or words[place + 1].low not in cues.clauses:
        return None
    verb = words[place]
    if not verb.is_word or verb.is_capital or verb.low in cues.own.decides or verb.low.isdigit():
        return None
    small = (cues.prepositions, cues.conjunctions, cues.articles, cues.breaks, cues.be, cues.media)
    return None if any(verb.low in each for each in small) else verb.low


def verb_behind_source(words: Sequence[Word], place: int, cues: Cues) -> str | None:
    """As in "Reuters со ссылкой на дипломатов сообщает": a source of the outlet's own between."""
    if not cues.is_verb_first or not any(phrase(words[place : place + span]) in cues.before for span in (3, 2, 1)):
        return None
    for word in words[place : place + _SOURCE_REACH]:
        if word.low in cues.says:
            return word.low
        if not word.is_word or word.low in cues.breaks:
            return None
    return None


def is_own_affair(words: Sequence[Word], place: int, verb: str, group: Group, cues: Cues) -> bool:
    """As in "The BBC said it would close its office": the outlet speaks of itself."""
    last = verb.rpartition(" ")[2]
    at = place
    while words[at].low != last:
        at += 1
    if low_at(words, at + 1) in cues.own.selves:
        return True
    spans = (2,) if group.names[0].is_organisation else (2, 4)  # these do speak in statements
    if last in first_words(cues.own.does) and any(phrase(words[at : at + each]) in cues.own.does for each in spans):
        return True
    if verb not in cues.own.says or group.names[0].is_organisation:
        return False
    if cues.is_verb_first:  # "TVN anunció la salida de su presidente"
        return not cues.own.words.isdisjoint(word.low for word in words[at + 1 : at + _OWN_REACH])
    behind = [word.low for word in words[at + 1 : at + 6]]
    if behind and behind[0] in cues.prepositions:
        return False  # "O said on its website"
    if behind[1:2] and behind[1] in cues.be and any(low[0].isdigit() for low in behind):
        return any(low.endswith(cues.participle_endings) for low in behind)  # "O said it was at least 40"
    behind = [low for low in behind if low not in cues.auxiliaries]
    return bool(behind) and behind[0] in cues.own.words
