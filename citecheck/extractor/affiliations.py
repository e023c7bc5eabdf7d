"""What belongs to an outlet: its reports, its talks, the people who work for it."""

from collections.abc import Sequence

from citecheck.extractor.cues import Cues
from citecheck.extractor.groups import Group, is_plain_subject, is_title
from citecheck.extractor.strengths import Ground, explicit, weak
from citecheck.extractor.verbs import verb_at
from citecheck.extractor.words import Word, low_at, phrase

_CUE_REACH = 4
_VERB_REACH = 6


def possessive(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "AFP's report found" tells what AFP says, "AFP's Jo Doe said" what Doe says; "on CNN's “Day”" neither."""
    if not group.is_possessive or (group.end < len(words) and is_title(words, group.end, cues)):
        return None
    for place in range(group.end, min(group.end + 5, len(words))):
        word = words[place]
        is_lone = low_at(words, place + 1) not in cues.staff  # not "O's reporting team"
        if word.low in cues.reports and is_lone and not (place + 1 < len(words) and words[place + 1].is_capital):
            return explicit(word.low)
        if word.low in cues.talks and (verb := verb_at(words, place + 1, cues)):
            return explicit(f"{word.low} {verb}")
        if word.low in cues.staff:
            return _of_staff(words, place, cues)
        if word.low in cues.sure.signed and words[place - 1].is_capital:
            return explicit(word.low)  # "CNBC's Jo Doe reported": in its name
        if word.low in cues.media_heads:  # "Politico's Brussels edition reported"
            verb = verb_at(words, place + 1, cues)
            return explicit(verb) if verb else weak(word.low)
        if not _may_modify(word, cues):
            break
    return weak(low_at(words, group.end))


def staff(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
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


def compound_staff(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "NDR-Sprecher Jo Doe": an affiliation; "ein dpa-Reporter sah" is the outlet itself."""
    last = words[group.end - 1]
    if group.end < 2 or words[group.end - 2].text != "-" or not last.low.endswith(tuple(cues.staff)):
        return None
    behind = words[group.end] if group.end < len(words) else None
    if behind and behind.is_capital and behind.is_word and not behind.name:
        return weak(last.low)
    verb = verb_at(words, group.end, cues)
    return explicit(f"{last.low} {verb}") if verb else weak(last.low)


def staff_before(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "un correspondant de l'AFP a vu", "журналисты «Медузы» нашли": who works there, and a verb behind."""
    place = group.start - 1
    while (low := low_at(words, place)) in cues.prepositions or low in cues.articles:
        place -= 1
    if group.is_possessive:
        return None
    behind = low_at(words, group.end + (low_at(words, group.end) == ","))
    role, before = low_at(words, place), low_at(words, place - 1)  # "editor in chief"
    if (
        behind in cues.sure.signed
        and role in cues.staff
        and place < group.start - 1
        and before not in cues.prepositions
    ):
        return explicit(f"{role} … {behind}")  # "a columnist for O, wrote"
    if role not in cues.witnesses:
        return None
    if low_at(words, place - 2) in cues.own.has:
        return None  # "the union of journalists at O"
    verb = verb_at(words, group.end, cues)
    if verb:
        return explicit(f"{words[place].low} … {verb}")
    told = low_at(words, place - 1)  # "передаёт корреспондент ТАСС"
    return explicit(f"{told} {words[place].low}") if cues.is_verb_first and told in cues.inverted else None


def _may_modify(word: Word, cues: Cues) -> bool:
    """Between an outlet and its reporter or report: "AFP war correspondent", not "BBC sacked an editor"."""
    if not word.is_word or word.name or word.low.endswith("ed"):
        return False
    others = (cues.says, cues.does, cues.auxiliaries, cues.be, cues.articles, cues.not_names, cues.prepositions)
    return word.is_capital or not any(word.low in each for each in others)


def _of_staff(words: Sequence[Word], place: int, cues: Cues) -> Ground:
    role = words[place].low
    while low_at(words, place + 1) in cues.staff | cues.bodies:
        place += 1  # "the Tribune editorial board"
    behind = words[place + 1] if place + 1 < len(words) else None
    if role in cues.figures or (behind and behind.is_capital and behind.is_word and not behind.name):
        return weak(role)
    after = place + 1
    if low_at(words, after) in cues.prepositions:  # "correspondent in Gaza", "journalist in the area"
        after += 3 if low_at(words, after + 1) in cues.articles else 2
    verb = verb_at(words, after, cues)
    return explicit(f"{role} {verb}") if verb and verb not in cues.own.addresses else weak(role)


def report(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    """As in "a New York Times investigation", "in a CNN interview"."""
    if group.is_possessive or len(group.names) > 1:
        return None
    for place in range(group.end, min(group.end + 3, len(words))):
        word = words[place]
        if word.is_capital or (not _may_modify(word, cues) and word.low not in cues.reports):
            return None
        if word.low in cues.talks and low_at(words, group.start - 1) in (*cues.fronted, "during"):
            return explicit(word.low)
        if word.low in cues.reports:
            behind = low_at(words, place + 1)
            is_verb = place == group.end and word.low == "reports" and is_plain_subject(words, group, cues)
            if not is_verb and behind not in cues.staff and word.low != "reporting":
                return explicit(phrase(words[group.end : place + 1]))
            return None
        if word.low in cues.talks:
            said = _cue_before(words, group.start, cues) or _telling(words, place + 1, cues)
            return explicit(f"{word.low} {said}") if said and group.names[0].outlets else weak(word.low)
    return None


def _telling(words: Sequence[Word], place: int, cues: Cues) -> str | None:
    """As in "a survey of public records found"; "an article was published" tells nothing."""
    for word in words[place : place + _VERB_REACH]:
        if not word.is_word or word.low in cues.be:
            return None
        if word.low in cues.says or word.low in cues.does:
            return word.low
    return None


def _cue_before(words: Sequence[Word], start: int, cues: Cues) -> str | None:
    """As in "according to a March Bloomberg article"."""
    for place in range(start, max(0, start - _CUE_REACH), -1):
        for said in (phrase(words[max(0, place - 2) : place]), words[place - 1].low):
            if said in cues.before and said not in cues.before_staff:
                return said
        if not words[place - 1].is_word or words[place - 1].name:
            return None
    return None
