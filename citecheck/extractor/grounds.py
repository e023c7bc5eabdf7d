"""On what ground a sentence gives an outlet as its source: the cue beside the name, and how strong it is."""

from collections.abc import Sequence
from typing import NamedTuple

from citecheck.extractor.cues import Cues, peoples
from citecheck.extractor.groups import Group
from citecheck.extractor.verbs import is_own_affair, verb_at, verb_before, verb_behind_source
from citecheck.extractor.words import Word, low_at, phrase
from citecheck.model import Place, Strength

# "dubbed an “unassailable mountain fortress” by": words between a head and its preposition.
_HEAD_REACH = 9
_NEAR_REACH = 5
_APPOSITION_REACH = 16
_LONGEST_BYLINE = 14
_LONGEST_DATELINE = 10
_DASHES = frozenset("—–-")
_STOPS = frozenset(".!?;:")


class Ground(NamedTuple):
    strength: Strength
    cue: str
    place: Place = Place.INLINE


def ground_of(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """The ground for a group of names, the surest first; None when the names only stand there."""
    return (
        _set_off(words, group, cues)
        or _before(words, group, cues)
        or _behind(words, group, cues)
        or _compound(words, group, cues)
        or _bracket(words, group, cues)
        or _possessive(words, group, cues)
        or _staff(words, group, cues)
        or _report(words, group, cues)
        or _inverted(words, group, cues)
        or _subject(words, group, cues)
    )


def _explicit(cue: str) -> Ground:
    return Ground(Strength.EXPLICIT, cue)


def _weak(cue: str) -> Ground:
    return Ground(Strength.WEAK, cue)


# ---------------------------------------------------------------- set off by signs


def _set_off(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "(Reuters)" behind a sentence, "MOSCOW (AP) —", "Jo Doe/TASS" under a picture, "Reuters: …", "… – RIA"."""
    if words[0].low in cues.bylines and group.start and _is_byline(words, cues):
        return Ground(Strength.EXPLICIT, words[0].low, Place.BYLINE)
    before, after = low_at(words, group.start - 1), low_at(words, group.end)
    if before == "(" and after == ")":
        return _bracketed(words, group)
    if before == "/" and group.start > 2 and _is_ended(words, group.end):
        if words[group.start - 2].is_capital and words[group.start - 3].is_capital:
            return Ground(Strength.WEAK, "/", Place.PHOTO)
        return None
    if group.start == 0 and after == ":" and group.end + 1 < len(words):
        return Ground(Strength.EXPLICIT, ":", Place.HEADLINE)
    if before in _DASHES | {":"} and group.start > 3 and _is_ended(words, group.end):
        return Ground(Strength.EXPLICIT, before, Place.HEADLINE)
    return None


def _is_byline(words: Sequence[Word], cues: Cues) -> bool:
    """As in "Par Le Figaro et AFP": nothing but names, in a short line."""
    small = (cues.articles, cues.conjunctions, cues.bylines, cues.prepositions, cues.media)
    return len(words) <= _LONGEST_BYLINE and all(
        word.name or word.is_capital or word.text in ",/|&." or any(word.low in each for each in small)
        for word in words
    )


def _bracketed(words: Sequence[Word], group: Group) -> Ground | None:
    open_at, close_at = group.start - 1, group.end
    # "LISBOA, 03 nov (Lusa) –": a place and perhaps a day.
    is_head = all(word.is_capital or not word.text[:1].isalpha() or len(word.text) < 5 for word in words[:open_at])
    if low_at(words, close_at + 1) in _DASHES and 0 < open_at <= _LONGEST_DATELINE and words[0].is_capital and is_head:
        return Ground(Strength.EXPLICIT, "()", Place.DATELINE)
    previous = words[open_at - 1] if open_at else None
    is_gloss = previous is not None and (previous.name is not None or (previous.is_capital and previous.low[-1] != "."))
    if _is_ended(words, close_at + 1) and not (is_gloss and previous and previous.name):
        return Ground(Strength.EXPLICIT, "()", Place.PARENTHETICAL)
    return None if is_gloss else Ground(Strength.EXPLICIT, "()", Place.PARENTHETICAL)


def _is_ended(words: Sequence[Word], place: int) -> bool:
    return all(not word.is_word for word in words[place : place + 3]) and place + 3 >= len(words)


# ---------------------------------------------------------------- cues before the name


def _before(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    start = _person_start(words, group.start, cues)
    if start == 0:
        return None
    for span in (4, 3, 2, 1):
        said = phrase(words[max(0, start - span) : start])
        if start >= span and said in cues.before:
            if said in cues.before_staff or (said == "via" and start > 1 and words[start - 2].name):
                break
            if said == "per" and start > 1 and words[start - 2].is_word and not words[start - 2].name:
                break
            return _explicit(said)
    return _headed(words, start, group, cues)


def _person_start(words: Sequence[Word], start: int, cues: Cues) -> int:
    """As in "according to Jo Doe of the Guardian": the cue stands before the person."""
    if start < 2 or words[start - 1].low not in cues.person_of:
        return start
    place = start - 1
    while place and words[place - 1].is_capital and words[place - 1].is_word and start - place < 5:
        place -= 1
    run = {word.low for word in words[place : start - 1]}
    if not run or words[place].low in cues.not_names or run & cues.speakers.officials:
        return start  # "the Ministry of Foreign Affairs"
    return place


def _headed(words: Sequence[Word], start: int, group: Group, cues: Cues) -> Ground | None:
    """As in "an interview with O", "dubbed … by O", "reports, including from O"."""
    preposition = low_at(words, start - 1)
    heads = cues.heads.get(preposition)
    if not heads:
        return None
    staff = low_at(words, group.end) in cues.staff
    near = preposition in cues.near
    for place in range(start - 2, max(-1, start - 2 - (_NEAR_REACH if near and not staff else _HEAD_REACH)), -1):
        word = words[place]
        if word.low in heads or phrase(words[max(0, place - 1) : place + 1]) in heads:
            cue = phrase([word, words[start - 1]]) if place == start - 2 else f"{word.low} … {preposition}"
            return _weak(cue) if _is_purpose(words, place, cues) else _explicit(cue)
        if word.text in _STOPS or word.low in cues.breaks or (near and word.name):
            return None
    return None


def _is_purpose(words: Sequence[Word], head: int, cues: Cues) -> bool:
    """As in "for an article in O": written for it."""
    for place in range(head - 1, max(-1, head - 4), -1):
        if words[place].low in cues.purpose:
            return True
        if words[place].low in cues.articles:
            return low_at(words, place - 1) in cues.purpose
    return False


def _behind(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "dpa zufolge", and "wie die dpa am Montag berichtete"."""
    said = low_at(words, group.end)
    if said in cues.behind:
        return _explicit(said)
    opening = low_at(words, group.start - 1)
    if opening not in cues.as_words:
        return None
    for word in words[group.end : group.end + _HEAD_REACH]:
        if word.low in cues.says | cues.does:
            return _explicit(f"{opening} … {word.low}")
        if word.text in _STOPS or word.low in cues.breaks:
            return None
    return None


def _compound(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "nach dpa-Informationen", "im ARD-Interview"."""
    if group.end < 2 or words[group.end - 2].text != "-":
        return None
    noun = words[group.end - 1].low
    return _explicit(noun) if noun in cues.reports | cues.talks else None


def _bracket(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "zuerst hatte die ARD darüber berichtet": the verb closes the sentence."""
    if not {low_at(words, group.start - 1), low_at(words, group.end)} & cues.bracket_opens:
        return None
    for word in words[group.end : group.end + _APPOSITION_REACH]:
        if word.low in cues.bracket_closes:
            return _explicit(word.low)
        if not word.is_word and word.text in _STOPS | {","}:
            return None
    return None


# ---------------------------------------------------------------- what belongs to the outlet


def _possessive(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "AFP's report found" tells what AFP says, "AFP's Jo Doe said" what Doe says."""
    if not group.is_possessive:
        return None
    for place in range(group.end, min(group.end + 5, len(words))):
        word = words[place]
        if word.low in cues.reports and not (place + 1 < len(words) and words[place + 1].is_capital):
            return _explicit(word.low)
        if word.low in cues.staff:
            return _of_staff(words, place, cues)
        if not _may_modify(word, cues):
            break
    return _weak(low_at(words, group.end))


def _staff(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "BBC Moscow correspondent Jo Doe says" is an affiliation, "an AFP correspondent saw" the outlet itself."""
    if group.is_possessive:
        return None
    for place in range(group.end, min(group.end + 4, len(words))):
        word = words[place]
        if word.low in cues.staff:
            return _of_staff(words, place, cues)
        if not _may_modify(word, cues):
            return None
    return None


def _may_modify(word: Word, cues: Cues) -> bool:
    """Between an outlet and its reporter or report: "AFP war correspondent", not "BBC sacked an editor"."""
    if not word.is_word or word.name or word.low.endswith("ed"):
        return False
    verbal = cues.says | cues.does | cues.auxiliaries | cues.be
    return word.is_capital or word.low not in verbal | cues.articles | cues.not_names | cues.prepositions


def _of_staff(words: Sequence[Word], place: int, cues: Cues) -> Ground:
    role = words[place].low
    while place + 1 < len(words) and words[place + 1].low in cues.staff:
        place += 1
    behind = words[place + 1] if place + 1 < len(words) else None
    if behind and behind.is_capital and behind.is_word and not behind.name:
        return _weak(role)
    after = place + 1
    if low_at(words, after) in cues.prepositions:  # "correspondent in Gaza"
        after += 2
    verb = verb_at(words, after, cues)
    return _explicit(f"{role} {verb}") if verb else _weak(role)


def _report(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "a New York Times investigation", "in a CNN interview"."""
    if group.is_possessive or len(group.names) > 1:
        return None
    for place in range(group.end, min(group.end + 3, len(words))):
        word = words[place]
        if word.is_capital or (not _may_modify(word, cues) and word.low not in cues.reports):
            return None
        if word.low in cues.talks and low_at(words, group.start - 1) in ("in", "on", "to"):
            return _explicit(word.low)
        if word.low in cues.reports:
            behind = low_at(words, place + 1)
            is_verb = place == group.end and word.low == "reports" and _is_plain_subject(words, group, cues)
            if not is_verb and behind not in cues.staff and word.low != "reporting":
                return _explicit(phrase(words[group.end : place + 1]))
            return None
        if word.low in cues.talks:
            return _weak(word.low)
    return None


# ---------------------------------------------------------------- the outlet as the subject


def _inverted(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "…, reports the BBC.": a verb before, a break before that, an end or a time behind."""
    start = _person_start(words, group.start, cues)
    verb = verb_before(words, start, cues)
    if verb is None or group.is_possessive:
        return None
    before = words[start - 2] if start > 1 else None
    after = words[group.end] if group.end < len(words) else None
    is_open = before is None or not before.is_word
    if cues.is_verb_first:
        return _explicit(verb)
    is_closed = after is None or not after.is_word or after.low in cues.auxiliaries
    return _explicit(verb) if is_open and is_closed else None


def _is_plain_subject(words: Sequence[Word], group: Group, cues: Cues) -> bool:
    """No preposition before: "the offices of AFP said" is not AFP speaking."""
    start = _person_start(words, group.start, cues)
    return start == 0 or words[start - 1].low not in cues.prepositions or group.is_example


def _subject(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    if low_at(words, group.start - 1) in cues.before_staff and low_at(words, group.end) in cues.goes_on:
        return _explicit(
            f"{low_at(words, group.start - 1)} … {words[group.end].low}"
        )  # "…, with TASS quoting the ministry"
    if not _is_plain_subject(words, group, cues) or group.is_possessive:
        return None
    place = group.end
    if low_at(words, place) == "(":
        place = next((at + 1 for at in range(place, min(place + 8, len(words))) if words[at].text == ")"), place)
    if low_at(words, place) in cues.conjunctions and low_at(words, place + 1) in cues.others:
        place += 2
        while low_at(words, place) in cues.media:
            place += 1
    if low_at(words, place) == ",":
        return _apposed(words, place, group, cues)
    verb = verb_at(words, place, cues) or verb_behind_source(words, place, cues)
    if verb is None:
        return None
    return _weak(verb) if is_own_affair(words, place, verb, group, cues) else _explicit(verb)


def _apposed(words: Sequence[Word], comma: int, group: Group, cues: Cues) -> Ground | None:
    """As in "Meduza, a Russian news site, reported", "RBC, citing officials, reported", "Civilnet, which said"."""
    first = low_at(words, comma + 1)
    if first == "which":
        verb = verb_at(words, comma + 2, cues)
        if verb:
            return _explicit(verb)
    is_opened = first in cues.articles or first in cues.before or first in cues.goes_on or first in ("which", "one")
    is_opened = is_opened or first in peoples().adjectives or words[min(comma + 1, len(words) - 1)].is_possessive
    if group.is_example:
        verb = verb_at(words, comma + 1, cues)
        return _explicit(verb) if verb else None
    if not is_opened:
        return None
    for place in range(comma + 2, min(comma + _APPOSITION_REACH, len(words))):
        if words[place].text in _STOPS:
            return None
        if words[place].text == ",":
            verb = verb_at(words, place + 1, cues)
            if verb:
                return _explicit(verb)
    return None
