"""Outlets that neither the registry nor a word beside them tells: names that stand where only an outlet can.

"…, Quaywatch reported.", "told QNA", "пишет «Причал»": what was found so once is an outlet in the whole text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from citecheck.extractor.cues import Cues, Sure, peoples
from citecheck.extractor.folding import fold
from citecheck.extractor.namesakes import is_homonym, is_namesake
from citecheck.extractor.outlets import Registry
from citecheck.extractor.words import Sentence
from citecheck.patterns import regex

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĬĮİĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁІЇЄҐ"
_WORD = rf"(?:St\. )?[{_UPPER}][\w&’'-]*(?:\.[a-z]{{2,6}}\b)?"
_NAME = rf"(?P<name>{_WORD}(?: (?:(?:of|de|di|del|da|la|le|al) )?{_WORD}){{0,3}})"
_ARTICLE = r"(?:(?:the|le|la|les|el|los|il|lo|der|die|das|dem|de|het|o|a) |l[’'])"
_LATIN = r"[A-Z][\w.&’'-]*\b"
# An article written large within a sentence is part of a name: "according to The Harbour", "según El Muelle".
_TITLED = regex(
    r" (?P<name>(?:(?:The|Le|La|Les|El|Los|Las|Il|Lo|Die|Der|Das|De|Het|O|A|Os|As) |L[’'])"
    rf"{_WORD}(?: (?:(?:of|de|del|di|du|da|das|des|do|dos) |(?:d|dell)[’'])?{_WORD}){{0,3}})"
)
_LONGEST_CUE = 40
_ACRONYM = regex(rf"[{_UPPER}]{{3,6}}(?:-?TV)?")
_NAME_BEFORE = regex(rf"([{_UPPER}][\w.-]*) $")
_LINKS = frozenset(
    [
        *("a", "al", "d", "da", "de", "del", "della", "des", "di", "do", "du", "el", "het"),
        *("il", "l", "la", "las", "le", "les", "los", "o", "of", "os", "the", "van"),
    ]
)
# Directly behind a name, or the last of up to four words of what it is said to be: ", a Dutch security firm".
_BESIDE = regex(r"(?:['’]s)? \w+|, (?:an?|the|une?|eine?|un[ao]?|uma?|een) (?:[\w-]+ ){0,4}[\w-]+")
# What an outlet reported: a sentence, or when; "Amazon reported a loss" tells of a company.
_TOLD = (
    r"(?=[.,:;]| that\b| on\b| in\b| how\b| (?:late|earlier|last|this|citing|quoting|exclusively|separately)\b| [A-Z])"
)
# Behind a name that is whole: "told Quaywatch on Monday", not "told Quaywatch readers".
_CLOSED = r"(?= (?:on|in|that|this|last|earlier|by|via|over|show|shows|suggest|reveal)\b|[.,:;“”])"
# The same behind "told the …", which no person is called.
_CLOSED_THE = (
    r"(?= (?:a|about|after|an|and|at|before|during|from|he|her|his|how|if|it|of|she|the|their|there|they|we|what|when|"
    rf"while|why|yesterday)\b|\"|$|{_CLOSED[3:]}"
)
_MOST = 200
"""Names looked at in one text; a bound, so that a text of nothing else stays linear."""


def guessed(sentences: Iterable[Sentence], registry: Registry, cues: Cues) -> frozenset[str]:
    """The names of outlets that the sentences of one text tell so, the registry's left out."""
    whole = "\n" + "\n".join(each.text for each in sentences if not each.is_embed)
    found: set[str] = set()
    asked: set[str] = set()
    tried: set[tuple[str, bool]] = set()
    for name, is_bold in _candidates(whole, cues):
        if name in asked or len(asked) == _MOST or (name, is_bold) in tried or not _may_name(name, cues):
            continue
        tried.add((name, is_bold))
        if not is_bold:
            asked.add(name)
        is_free = _ACRONYM.fullmatch(name) or not (
            _is_familys(name, whole, cues) or (not is_bold and next(_places(name.lower(), whole), None) is not None)
        )
        is_free = is_free and not _is_companys(name, whole, cues)
        is_new = not registry.named(name) and all(is_namesake(name, each, cues) for each in registry.find(name))
        if is_free and is_new:
            asked.add(name)
            found.add(name)
    return frozenset(found)


def _candidates(whole: str, cues: Cues) -> Iterator[tuple[str, bool]]:
    """Names that stand where outlets do, and whether that is enough; else no family may be called so."""
    hits = _leading(cues.sure).find_matches_as_indexes(fold(whole), overlapping=True)
    places = sorted({start for _, start, _ in hits})
    found = [(pattern.finditer(whole), is_bold) for pattern, is_bold in _beside_verb(cues.sure)]
    led = _behind_cue(cues.sure, cues.has_capital_nouns) if places else ()
    found += [(_matches(pattern, whole, places), is_bold) for pattern, is_bold in led]
    for matches, is_bold in found:
        told: set[str] = set()
        for match in matches:
            if match["name"] in told:
                continue
            behind = whole[match.end() : match.end() + 24].lstrip(' ”“»"').split(" ", 1)[0].lower()
            if behind not in cues.media and not is_homonym(whole, *match.span("name"), cues):
                told.add(match["name"])
                yield _trimmed(match["name"], cues), is_bold
    cued = cues.before - cues.before_staff
    for match in _TITLED.finditer(whole):
        before = whole[max(0, match.start() - _LONGEST_CUE) : match.start()].lower().split()[-3:]
        if not before:
            continue
        before[-1] = cues.plain(before[-1])
        is_headed = len(before) > 1 and before[-2] in cues.heads.get(before[-1], ())
        is_told = before[-1] in cues.inverted and match["name"].count(" ") > 1 and cues.is_verb_first
        after = whole[match.end() : match.end() + _LONGEST_CUE].split(" ", 2)
        is_telling = len(after) > 1 and after[0] == "" and after[1] in cues.sure.says  # "and The Quay reported"
        if is_headed or is_told or is_telling or any(" ".join(before[-size:]) in cued for size in (1, 2, 3)):
            yield match["name"], False


@cache
def occurrences(names: frozenset[str]) -> re.Pattern[str]:
    """A pattern that finds the names as whole words."""
    # What may not stand before is asked behind the first letter: a search jumps from one of these to the next.
    whole = (
        rf"{re.escape(each[0])}(?<![\w@#-].){re.escape(each[1:])}" for each in sorted(names, key=len, reverse=True)
    )
    return re.compile(rf"(?:{'|'.join(whole)})(?![\w-])(?! [{_UPPER}])")


def _matches(pattern: re.Pattern[str], whole: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` finds, looked for only where it may begin."""
    done = 0
    for place in places:
        match = pattern.match(whole, place) if place >= done else None
        if match:
            done = match.end()
            yield match


class _Led(NamedTuple):
    """A pattern that begins with one of the cues, and goes on behind a blank with the `name`."""

    cues: frozenset[str]
    rest: str
    is_bold: bool
    flag: str = ""
    """ "i" where the cues count in any case."""


@cache
def _beside_verb(sure: Sure) -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple((re.compile(pattern), is_bold) for pattern, is_bold in _spelt_beside_verb(sure))


@cache
def _behind_cue(sure: Sure, has_capital_nouns: bool) -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple(
        (re.compile(rf"(?<!\w)(?{each.flag}:{_listed(each.cues)}) {each.rest}"), each.is_bold)
        for each in _led(sure, has_capital_nouns)
        if each.cues
    )


@cache
def _leading(sure: Sure) -> AhoCorasick:
    """Finds the cues with which those patterns begin: once for all, five times as fast as each for itself."""
    listed = {fold(cue) for each in _led(sure, has_capital_nouns=False) for cue in each.cues}
    return AhoCorasick(sorted(listed), matchkind=MatchKind.Standard)


def _spelt_beside_verb(sure: Sure) -> Iterator[tuple[str, bool]]:
    if sure.says:
        verb = rf"(?:has |had |also |first |later )*(?:{_listed(sure.says)})\b{_TOLD}"
        yield rf"(?:,[”’\"]? |a(?<!\wa)s |A(?<!\wA)s ){_ARTICLE}?{_NAME}(?: in {_WORD})? {verb}", True
        yield rf"(?:\n|\. |and |And )(?:The )?(?P<name>{_WORD})(?:,? and [A-Z][\w ]{{2,24}})? {verb}(?! that\b)", False
    if sure.staff:
        acronym = rf"[{_UPPER}](?<!\w[{_UPPER}])[{_UPPER}]{{2,5}}(?:-?TV)?"
        yield rf"(?P<name>{acronym}) (?:{_listed(sure.staff)})\b", True


def _led(sure: Sure, has_capital_nouns: bool) -> Iterator[_Led]:
    acronym, named = rf"(?P<name>{_ACRONYM.pattern})", rf"(?P<name>{_WORD}){_CLOSED}"
    several = rf"the (?P<name>{_WORD}(?: (?:of (?:the )?)?{_WORD})"
    either = sure.before | sure.quoted_before
    quoted = rf"(?P<name>{_WORD}(?: [\w-]+){{0,2}})" if sure.is_latin else _NAME  # "«Новая газета»"
    yield _Led(sure.acronym_before, rf"{_ARTICLE}?{acronym}\b", True)
    yield _Led(sure.told, rf"{several}{{0,4}}){_CLOSED_THE}", False)
    yield _Led(sure.told, rf"(?P<name>{_WORD} \d{{1,2}})\b", False)
    yield _Led(sure.told, named, False)
    yield _Led(sure.the_before, rf"{several}{{1,4}})", False)
    yield _Led(sure.kept, named, False)
    yield _Led(either, rf"{_ARTICLE}?[„“«\"‹](?:{quoted})[“”»\"›]", True, "i")
    if sure.is_latin:
        yield _Led(either, rf"(?P<name>{_LATIN}(?: {_LATIN}){{0,3}})", True, "i")
    yield _Led(sure.before, rf"{_ARTICLE}?{acronym if has_capital_nouns else _NAME}\b", True, "i")


def _listed(words: Iterable[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))


def _trimmed(name: str, cues: Cues) -> str:
    """Without a possessive, and without the words of a title or nation that stand before it."""
    name = re.sub(r"[’'](?:s)?$", "", name)
    words = name.split(" ")
    while len(words) > 1 and words[-1].lower() in cues.not_names - cues.editions:
        words.pop()  # "told the Argus Monday"
    skipped = cues.not_names | cues.articles | peoples().adjectives
    while words and (words[0].lower() in skipped or words[0].endswith(("'s", "’s"))):
        owner = words.pop(0).lower()
        if owner.endswith(("'s", "’s")) and owner[:-2] not in peoples().places:
            return ""  # "Sports Illustrated's Pat Roe"
    return " ".join(words)


def _may_name(name: str, cues: Cues) -> bool:
    low = name.lower().removeprefix("the ")
    words = set(re.split(r"[ '’]", low)) - _LINKS
    known, first = peoples(), low.split(" ")[0]
    return not (
        len(low) < 3
        or first in cues.namesakes.honorifics
        or (first in known.given_names and low.split(" ")[-1] not in cues.outlet_endings)
        or low.removesuffix("s").rpartition("-")[2] in known.adjectives  # "told African-Americans"
        or low in known.places
        or low in known.institutions
        or any(low.startswith(each) and len(low) - len(each) < 4 for each in _inflected())
        or words & (cues.speakers.officials | cues.bodies)
        or words & ((cues.not_names | cues.speakers.nobody | cues.account_kinds) - cues.editions - cues.outlet_endings)
        or words <= cues.media
        or (" " not in low and low.endswith(cues.qualifier_endings))
        or low in known.adjectives
    )


@cache
def _inflected() -> tuple[str, ...]:
    """The institutions whose names take endings."""
    return tuple(each for each in peoples().institutions if "а" <= each[0] <= "я")


def _is_familys(name: str, whole: str, cues: Cues) -> bool:
    """Whether somebody is called so: another name or a title stands before it anywhere."""
    small = cues.not_names | cues.articles | cues.qualifiers | peoples().adjectives
    for place in _places(name, whole):
        before = _NAME_BEFORE.search(whole, max(0, place - 30), place)
        if before and (before[1].lower().rstrip(".") in cues.namesakes.honorifics or before[1].lower() not in small):
            return True
    return False


def _is_companys(name: str, whole: str, cues: Cues) -> bool:
    """As in "the security firm Quaywall", "researchers at Quaywall", "Quaywall, a startup": no newsroom."""
    if not cues.sure.companies:
        return False
    for place in _places(name, whole):
        before = whole[max(0, place - 30) : place].lower().split()[-2:]
        if before[-1:] and before[-1] not in cues.person_of:
            del before[0:-1]  # of "researchers at Quaywall" both
        behind = _BESIDE.match(whole, place + len(name))
        if cues.sure.companies & {*before, *(behind[0].lower().replace(",", " ").split() if behind else ())}:
            return True
    return False


def _places(word: str, whole: str) -> Iterator[int]:
    """Where a whole word stands; `str.find` is far faster here than a pattern."""
    place = whole.find(word)
    while place >= 0:
        end = place + len(word)
        if not whole[place - 1 : place].isalnum() and not whole[end : end + 1].isalnum():
            yield place
        place = whole.find(word, end)
