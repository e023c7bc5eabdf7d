"""An outlet as the subject of a verb of telling."""

from collections.abc import Sequence

from citecheck.extractor.cues import Cues, peoples
from citecheck.extractor.groups import Group, is_plain_subject, person_start
from citecheck.extractor.strengths import Ground, explicit, weak
from citecheck.extractor.verbs import is_own_affair, verb_at, verb_before, verb_before_clause, verb_behind_source
from citecheck.extractor.words import STOPS, Word, low_at

_APPOSITION_REACH = 16


def inverted(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "…, reports the BBC.": a verb before, a break before that, an end or a time behind."""
    start = person_start(words, group.start, cues)
    verb = verb_before(words, start, cues, is_wire=group.names[0].is_wire)
    if verb is None or group.is_possessive:
        return None
    before = words[start - 2] if start > 1 else None
    after = words[group.end] if group.end < len(words) else None
    is_open = before is None or not before.is_word
    if cues.is_verb_first:
        return explicit(verb)
    is_closed = after is None or not after.is_word or after.low in cues.auxiliaries
    return explicit(verb) if is_open and is_closed else None


def subject(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    if low_at(words, group.start - 1) in cues.before_staff and low_at(words, group.end) in cues.goes_on:
        return explicit(
            f"{low_at(words, group.start - 1)} … {words[group.end].low}"
        )  # "…, with TASS quoting the ministry"
    if not is_plain_subject(words, group, cues) or group.is_possessive:
        return None
    if _is_object(words, group, cues):
        return None
    place = group.end
    if low_at(words, place) == "(":
        place = next((at + 1 for at in range(place, min(place + 8, len(words))) if words[at].text == ")"), place)
    if low_at(words, place) in cues.conjunctions and low_at(words, place + 1) in cues.others:
        place += 2
        while low_at(words, place) in cues.media:
            place += 1
    behind = low_at(words, place)
    if (behind in cues.near or behind in cues.person_of) and place + 1 < len(words) and words[place + 1].is_capital:
        place += 2  # "WFAA-TV in Dallas reported", "La Nación of Argentina published"
    if low_at(words, place) == ",":
        return _apposed(words, place, group, cues)
    if low_at(words, place) in ("which", "who"):
        place += 1
    verb = verb_at(words, place, cues) or verb_behind_source(words, place, cues)
    if verb is None and _is_local_edition(words, place, group, cues):
        place += 1
        verb = verb_at(words, place, cues)
    if verb is None and not group.names[0].is_ambiguous:
        verb = verb_before_clause(words, place, cues)
    if verb is None:
        return None
    return _ground(words, place, verb, group, cues)


def _is_object(words: Sequence[Word], group: Group, cues: Cues) -> bool:
    """As in "Jo Doe, who founded O, tweeted": what was done to it."""
    before = low_at(words, group.start - 1)
    return (
        before.endswith("ed")
        and not before.endswith(cues.qualifier_endings)
        and before not in cues.speakers.says | cues.says
    )


def _is_local_edition(words: Sequence[Word], place: int, group: Group, cues: Cues) -> bool:
    """As in "Politico Florida reported": one more name, and nobody's office."""
    word = words[place] if place < len(words) else None
    if word is None or not word.is_capital or not word.is_word or word.name or group.names[0].is_ambiguous:
        return False
    others = (cues.not_names, cues.speakers.officials, cues.staff, cues.own.has)
    return not any(word.low in each for each in others) and low_at(words, place + 1) in cues.says


def _heads_clause(words: Sequence[Word], group: Group, cues: Cues) -> bool:
    """Whether nothing before has the group for its object: "He left Reuters, sold his flat, published a novel"."""
    before = words[group.start - 1] if group.start else None
    return before is None or not before.is_word or before.low in cues.breaks or before.low in cues.conjunctions


def _ground(words: Sequence[Word], place: int, verb: str, group: Group, cues: Cues) -> Ground | None:
    """The ground that the verb at `place` gives: weak or none when it tells of the outlet itself."""
    is_told = words[group.start].low in cues.datives
    if verb in cues.own.addresses and not is_told and not group.names[0].is_organisation:
        # "Fox told the court": persons do
        return None if group.names[0].is_ambiguous else weak(verb)
    return weak(verb) if is_own_affair(words, place, verb, group, cues) else explicit(verb)


def _apposed(words: Sequence[Word], comma: int, group: Group, cues: Cues) -> Ground | None:
    """As in "Meduza, a Russian news site, reported", "Reuters, however, said", "Civilnet, which said"."""
    first = low_at(words, comma + 1)
    if first == "which":
        verb = verb_at(words, comma + 2, cues)
        if verb:
            return explicit(verb)
    is_opened = first in cues.articles or first in cues.before or first in cues.goes_on or first in ("which", "one")
    is_opened = is_opened or first in peoples().adjectives or words[min(comma + 1, len(words) - 1)].is_possessive
    is_opened = is_opened or first.endswith(cues.participle_endings)
    if group.is_example:
        verb = verb_at(words, comma + 1, cues)
        return explicit(verb) if verb else None
    if not is_opened and not _heads_clause(words, group, cues):
        return None
    for place in range(comma + 2, min(comma + _APPOSITION_REACH, len(words))):
        if words[place].text in STOPS:
            return None
        if words[place].text == ",":
            verb = verb_at(words, place + 1, cues)
            if verb:
                return _ground(words, place + 1, verb, group, cues)
    return None
