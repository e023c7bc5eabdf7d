"""On what ground a sentence gives an outlet as its source: the cue beside the name, and how strong it is."""

from collections.abc import Sequence

from citecheck.extractor.affiliations import compound_staff, possessive, report, staff, staff_before
from citecheck.extractor.cues import NONE, Cues, first_words, last_words
from citecheck.extractor.groups import Group, person_start
from citecheck.extractor.signs import is_ended, set_off
from citecheck.extractor.strengths import Ground, explicit, weak
from citecheck.extractor.subjects import inverted, subject
from citecheck.extractor.words import STOPS, Word, WordList, low_at, phrase

# "dubbed an “unassailable mountain fortress” by": words between a head and its preposition.
_HEAD_REACH = 9
_NEAR_REACH = 5
_BRACKET_REACH = 16
_PARTED_REACH = 7


def ground_of(words: WordList, group: Group, cues: Cues) -> Ground | None:
    """The ground for a group of names, the surest first; None when the names only stand there."""
    if (
        low_at(words, 0) in cues.again.determiners
        and low_at(words, 1) in cues.talks
        and _is_reprint(words, group, cues)
    ):
        return weak(low_at(words, group.start - 1))
    belonging = low_at(words, group.end).removesuffix("'s")
    if belonging in cues.own.has:
        return weak(belonging)
    return (
        set_off(words, group, cues)
        or compound_staff(words, group, cues)
        or _before(words, group, cues)
        or _behind(words, group, cues)
        or _compound(words, group, cues)
        or _bracket(words, group, cues)
        or (_told_behind(words, group, cues) if cues.bracket_closes else None)
        or possessive(words, group, cues)
        or staff(words, group, cues)
        or staff_before(words, group, cues)
        or report(words, group, cues)
        or inverted(words, group, cues)
        or _in_front(words, group, cues)
        or subject(words, group, cues)
    )


def _is_reprint(words: Sequence[Word], group: Group, cues: Cues) -> bool:
    """As in "This article originally appeared on O": where it stood before."""
    return any(word.low in cues.own.reprints for word in words[2 : group.start])


def _before(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    start = _list_start(words, group) or person_start(words, group.start, cues)
    if start == 0:
        return None
    ends_cue = cues.plain(words[start - 1].low) in last_words(cues.before)
    for span in range(min(start, 4), 0, -1) if ends_cue else ():
        said = cues.plain(phrase(words[start - span : start]))
        if said in cues.before:
            if (
                said in cues.before_staff
                or _is_show(words, start - span, cues)
                or (said == "via" and start > 1 and words[start - 2].name)
            ):
                break
            if said == "per" and start > 1 and words[start - 2].is_word and not words[start - 2].name:
                break
            return explicit(said)
    return _headed(words, start, group, cues) or _parted(words, start, cues)


def _list_start(words: Sequence[Word], group: Group) -> int:
    """Where a list begins with names that no registry knows: "reports from Quaywatch, Reuters and AFP"; or 0."""
    place = group.start
    while len(group.names) > 1 and place > 1 and words[place - 1].text == "," and words[place - 2].is_capital:
        place -= 2
        if place and words[place - 1].is_capital:
            return 0  # "according to Jo Doe, Reuters and AFP …"
    return place if place < group.start else 0


def _parted(words: Sequence[Word], start: int, cues: Cues) -> Ground | None:
    """As in "said late this month on O", "wrote Jo Doe in O": a time, a manner or a person parts the two of a cue."""
    preposition = cues.plain(low_at(words, start - 1))
    place = start - 2
    while place >= 0 and start - place < _PARTED_REACH and _may_part(words[place], cues):
        place -= 1
    said = f"{low_at(words, place)} {preposition}"
    return explicit(said) if place < start - 2 and said in cues.before else None


def _may_part(word: Word, cues: Cues) -> bool:
    if not word.is_word or word.name or word.low in cues.breaks or word.low in cues.speakers.says:
        return False
    return word.is_capital or word.low in cues.auxiliaries or word.low.endswith("ly") or word.low.isdigit()


def _headed(words: Sequence[Word], start: int, group: Group, cues: Cues) -> Ground | None:
    """As in "an interview with O", "dubbed … by O", "reports, including from O"."""
    preposition = cues.plain(low_at(words, start - 1))
    heads = cues.heads.get(preposition)
    if not heads:
        return None
    staff = low_at(words, group.end) in cues.staff
    near = preposition in cues.near
    is_aired = group.names[0].is_broadcaster and preposition in cues.fronted  # "a assuré le maire de Lyon sur RTL"
    reach = _HEAD_REACH if not near or staff or is_aired else _NEAR_REACH
    if preposition in cues.fronted and is_ended(words, group.end):
        reach = _BRACKET_REACH  # "said Jo Doe, a baker in Essen, on O."
    done = low_at(words, start - 2)  # "a video, which was challenged by"
    is_done = (
        preposition == "by" and done.endswith("ed") and low_at(words, start - 3) in {"not", *cues.auxiliaries, *cues.be}
    )
    for place in range(start - 2, max(-1, start - 2 - reach), -1):
        word = words[place]
        asked, hyphen, pronoun = word.low.partition("-")  # "assure-t-il au Soir"
        is_asked = (
            hyphen and asked in heads and pronoun.rpartition("-")[2] in cues.speakers.pronouns | cues.again.pronouns
        )
        is_named = word.is_capital and place > 1 and words[place - 1].is_capital and not cues.has_capital_nouns
        if is_named and not words[start - 1].is_capital:
            continue  # "the book Tide Revealed by"
        if _is_show(words, place, cues) or (place < start - 2 and is_done):
            return None
        if is_asked or word.low in heads or phrase(words[max(0, place - 1) : place + 1]) in heads:
            cue = phrase([word, words[start - 1]]) if place == start - 2 else f"{word.low} … {preposition}"
            is_noun = word.low not in cues.speakers.says
            return weak(cue) if is_noun and near and _is_purpose(words, place, cues) else explicit(cue)
        is_break = word.low in cues.breaks and place < start - 2  # "bevestigt dat aan het ANP"
        if word.text in STOPS or is_break or (near and word.name and not word.name.is_ambiguous):
            return None
    return None


def _is_show(words: Sequence[Word], place: int, cues: Cues) -> bool:
    """As in "The play was broadcast on": nobody is told to have said it there."""
    if low_at(words, place) not in cues.airs:
        return False
    near = {word.low for word in words[max(0, place - _HEAD_REACH) : place]}
    return near.isdisjoint(cues.spoken)


def _told_behind(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "heeft aan het ANP laten weten", "In der FAZ heißt es": the verb ends the sentence or opens it with O."""
    heads = cues.heads.get(cues.plain(low_at(words, group.start - 1)))
    said = low_at(words, group.end)
    if not heads or said not in heads or words[group.end].is_capital:
        return None
    is_second = group.start < 3 or not words[group.start - 2].is_word
    is_last = all(not word.is_word for word in words[group.end + 2 : group.end + 5])
    return explicit(said) if is_second or is_last else None


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
    first = low_at(words, group.end)
    for span in (1, 2) if first in first_words(cues.behind) else ():
        said = phrase(words[group.end : group.end + span])
        if said in cues.behind:
            return explicit(said)
    opening = low_at(words, group.start - 1)
    if opening not in cues.as_words or low_at(words, group.start - 2) in cues.as_names:
        return _told(words, group, cues)
    as_says = cues.as_says if not group.is_possessive or _is_name(words, group.end) else NONE  # "as O's slogan puts it"
    for word in words[group.end : group.end + _HEAD_REACH]:
        if word.low in cues.says | as_says or (word.low in cues.does and word.low not in cues.as_says - as_says):
            return explicit(f"{opening} … {word.low}")
        if word.text in STOPS or word.low in cues.breaks:
            return None
    return None


def _is_name(words: Sequence[Word], place: int) -> bool:
    return place < len(words) and words[place].is_capital


def _told(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "wie ein Sprecher dem Spiegel mitteilte": who says it stands between."""
    said = low_at(words, group.end)
    if low_at(words, group.start) not in cues.datives or said not in cues.says | cues.bracket_closes:
        return None
    for word in reversed(words[max(0, group.start - _NEAR_REACH) : group.start]):
        if word.low in cues.as_words:
            return explicit(f"{word.low} … {said}")
        if not word.is_word or word.name:
            return None
    return None


def _compound(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "nach dpa-Informationen", "im ARD-Interview"."""
    if group.end < 2 or words[group.end - 2].text != "-":
        return None
    noun = words[group.end - 1].low
    return explicit(noun) if noun.endswith(tuple(cues.reports | cues.talks)) else None


def _bracket(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "zuerst hatte die ARD darüber berichtet", "hat sie dem Kurier erzählt": the verb closes the sentence."""
    if not cues.bracket_opens:
        return None
    opens = {low_at(words, group.start - 1), low_at(words, group.end)}
    if low_at(words, group.start) in cues.datives - cues.genitives:
        opens |= {word.low for word in words[max(0, group.start - _NEAR_REACH) : group.start]}
    if not opens & cues.bracket_opens:
        return None
    for at, word in enumerate(words[group.end : min(group.end + _BRACKET_REACH, len(words) - 1)], group.end):
        if not word.is_word and word.text in STOPS | {","}:
            return None
        if word.low in cues.bracket_closes and (word.low not in cues.prepositions or not words[at + 1].is_word):
            return explicit(word.low)
    return None


def _in_front(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "In Nieuwsuur zei de minister", "Sunday on CNN's “The Lead”, she said": the place opens the sentence."""
    opening = words[group.start - 1] if group.start else None
    if opening is None or opening.low not in cues.fronted:
        return None
    first = next(word for word in words if word.is_word)
    if not first.is_capital or any(
        word.low not in cues.auxiliaries for word in words[: group.start - 1] if word.is_word
    ):
        return None
    for word in words[group.end : group.end + _BRACKET_REACH]:
        if word.low in cues.speakers.says or (
            cues.is_kind_first and word is words[group.end] and word.low in cues.says
        ):
            return explicit(f"{opening.low} … {word.low}")
        if word.text in STOPS or word.low in cues.breaks:
            return None
    return None
