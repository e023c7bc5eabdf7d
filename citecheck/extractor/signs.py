"""Outlets that only signs set off: in brackets, behind a dash, in a byline, under a picture."""

from collections.abc import Sequence
from itertools import pairwise

from citecheck.extractor.cues import Cues
from citecheck.extractor.groups import Group
from citecheck.extractor.strengths import Ground
from citecheck.extractor.words import Word, WordList, low_at
from citecheck.model import OutletKind, Place, Strength
from citecheck.patterns import regex

_LONGEST_BYLINE = 14
_LONGEST_PERSON = 6
_LONGEST_DATELINE = 10
_LONGEST_CAPTION = 12
_DASHES = frozenset("—–-")
_ENDS_OF_TITLES = _DASHES | {":"}
_OPENING_QUOTES = frozenset("“„\"«‘'")
_CLOSES = ("", *".!?…”\"’'»")
_SQUARE_CLOSE = regex(r"\.?\](?:\([^\s()]*\))?\]?[\s.]*$")


def set_off(words: WordList, group: Group, cues: Cues) -> Ground | None:
    """As in "(Reuters)" behind a sentence, "MOSCOW (AP) —", "Jo Doe/TASS" under a picture, "… – RIA".

    Or what they tell follows: "Reuters: …", "Jo Doe, Reuters: …".
    """
    if words[0].low in cues.bylines and group.start and _is_byline(words, cues):
        return Ground(Strength.EXPLICIT, words[0].low, Place.BYLINE)
    before, after = low_at(words, group.start - 1), low_at(words, group.end)
    if before == "(" and after == ")":
        return _bracketed(words, group, cues)
    if _is_in_square_brackets(words, group):
        return Ground(Strength.EXPLICIT, "[]", Place.PARENTHETICAL)
    if _is_caption(words, group, cues):
        return Ground(Strength.WEAK, low_at(words, 0), Place.PHOTO)
    if before == "/" and group.start > 2 and is_ended(words, group.end):
        if words[group.start - 2].is_capital and words[group.start - 3].is_capital:
            return Ground(Strength.WEAK, "/", Place.PHOTO)
        return None
    if group.start == 1 and after == ":" and words[0].low in cues.before and is_ended(words, group.end):
        return Ground(Strength.EXPLICIT, words[0].low)  # "From Reuters:", and what it says follows
    if _is_quoting(words, group, cues):
        return Ground(Strength.EXPLICIT, ":")
    is_told_behind = after == ":" and group.end + 1 < len(words) and not group.names[0].is_ambiguous
    if is_told_behind and (group.start == 0 or (before == "," and _is_person(words[: group.start - 1]))):
        return Ground(Strength.EXPLICIT, ":", Place.HEADLINE)
    is_host = not group.names[0].outlets and "." in words[group.end - 1].text  # "Its servers are: quay.example"
    if before in _ENDS_OF_TITLES and group.start > 3 and is_ended(words, group.end) and not is_host:
        return Ground(Strength.EXPLICIT, before, Place.HEADLINE)
    return None


def _is_quoting(words: Sequence[Word], group: Group, cues: Cues) -> bool:
    """As in "A headline — AP: “…”", "From NYT's Jo Doe:": behind a dash, and their words follow."""
    before = low_at(words, group.start - 1)
    if before not in _DASHES and (group.start != 1 or before not in cues.before_staff):
        return False
    place = group.end
    while group.is_possessive and place < len(words) and _may_sign(words[place], cues):
        place += 1
    if low_at(words, place) != ":":
        return False
    return is_ended(words, place) or words[place + 1].text in _OPENING_QUOTES


def _may_sign(word: Word, cues: Cues) -> bool:
    return word.is_capital or word.text == "," or word.low in cues.conjunctions


def _is_person(words: Sequence[Word]) -> bool:
    return len(words) < _LONGEST_PERSON and all(word.is_capital or word.text == "." for word in words)


def _is_in_square_brackets(words: WordList, group: Group) -> bool:
    """As in "… said. [Reuters]", which may be a link: alone in the brackets, behind a sentence."""
    start, end = words[group.start].start, words[group.end - 1].end
    return (
        words.text[start - 1 : start] == "["
        and words.text[:start].rstrip("[ ")[-1:] in _CLOSES
        and _SQUARE_CLOSE.match(words.text, end) is not None
    )


def _is_caption(words: Sequence[Word], group: Group, cues: Cues) -> bool:
    """As in "Photo: Jo Doe/Independent Record via AP": the outlet closes a line that says what it is."""
    if words[0].low in cues.captions and low_at(words, 1) == "via" and group.start == 2:
        return True  # "Image via quay.example"
    if low_at(words, group.start - 1) == "via" and any(word.text in "/©" for word in words[: group.start]):
        return True  # "Jo Doe / Pool via Reuters"
    if not is_ended(words, group.end):
        return False
    if low_at(words, group.start - 1) == "via" and low_at(words, group.end) != ".":  # "Lower Quay Police via AP"
        small = cues.articles | cues.prepositions | cues.conjunctions
        return all(word.is_capital or not word.is_word or word.low in small for word in words[: group.start - 1])
    near = words[max(0, group.start - _LONGEST_CAPTION) : group.start]
    return any(word.low in cues.captions and behind.text in ":/©" for word, behind in pairwise(near)) or any(
        word.text == "©" for word in near
    )


def _is_byline(words: Sequence[Word], cues: Cues) -> bool:
    """As in "Par Le Figaro et AFP": nothing but names, in a short line."""
    small = (cues.articles, cues.conjunctions, cues.bylines, cues.prepositions, cues.media)
    return len(words) <= _LONGEST_BYLINE and all(
        word.name or word.is_capital or word.text in ",/|&." or any(word.low in each for each in small)
        for word in words
    )


def _bracketed(words: Sequence[Word], group: Group, cues: Cues) -> Ground | None:
    open_at, close_at = group.start - 1, group.end
    is_named = all(word.is_capital and not word.name for word in words[:open_at])
    if open_at in (2, 3) and is_named and is_ended(words, close_at + 1):
        return Ground(Strength.WEAK, "()", Place.PHOTO)  # "Jo Doe (Reuters)"
    # "LISBOA, 03 nov (Lusa) –": a place and perhaps a day.
    is_head = all(word.is_capital or not word.text[:1].isalpha() or len(word.text) < 5 for word in words[:open_at])
    behind = close_at + 2 if low_at(words, close_at + 1) == "." else close_at + 1
    is_place = open_at <= _LONGEST_DATELINE and (words[0].is_capital or not open_at) and is_head
    if low_at(words, behind) in _DASHES and is_place:
        return Ground(Strength.EXPLICIT, "()", Place.DATELINE)
    previous = words[open_at - 1] if open_at else None
    if previous and previous.is_capital and words[group.start].low in cues.captions:
        return None  # "Jo Doe (Bild)": what he made
    if previous and previous.is_capital and _is_canton(words[group.start], cues):
        return None  # "Domdidier (FR)"
    if previous and previous.is_word and not group.names[0].outlets:
        return None  # "the pilots' association (GPDA)": what it is called for short
    is_gloss = previous is not None and (previous.name is not None or (previous.is_capital and previous.low[-1] != "."))
    if is_ended(words, close_at + 1) and not (is_gloss and previous and previous.name):
        return Ground(Strength.EXPLICIT, "()", Place.PARENTHETICAL)
    if is_gloss:  # "told the German Press Agency (dpa) that"
        is_agency = previous is not None and previous.name is None and previous.low in cues.media
        return Ground(Strength.EXPLICIT, "()") if is_agency else None
    return Ground(Strength.EXPLICIT, "()", Place.PARENTHETICAL)


def _is_canton(word: Word, cues: Cues) -> bool:
    """Two letters that are a paper's at most where another language is spoken."""
    outlets = word.name.outlets if word.name and len(word.text) == 2 else ()
    homes = {each.country.lower() for each in outlets if each.country and each.kind is not OutletKind.WIRE}
    return bool(homes) and homes.isdisjoint(cues.countries)


def is_ended(words: Sequence[Word], place: int) -> bool:
    return place + 3 >= len(words) and not any(word.is_word for word in words[place:])
