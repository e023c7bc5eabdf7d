"""Outlets that neither the registry nor a word beside them tells: names that stand where only an outlet can.

"…, Quaywatch reported.", "told QNA", "пишет «Причал»": what was found so once is an outlet in the whole text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from citecheck.extractor.cues import Cues, Sure, peoples
from citecheck.extractor.outlets import Registry
from citecheck.extractor.words import Sentence

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĬĮİĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁІЇЄҐ"
_WORD = rf"[{_UPPER}][\w&’'-]*(?:\.[a-z]{{2,6}}\b)?"
_NAME = rf"(?P<name>{_WORD}(?: (?:(?:of|de|di|del|da|la|le|al) )?{_WORD}){{0,3}})"
_ACRONYM = re.compile(rf"[{_UPPER}]{{3,6}}(?:-?TV)?")
_NAME_BEFORE = re.compile(rf"[{_UPPER}][\w.’-]* $")
# What an outlet reported: a sentence, or when; "Amazon reported a loss" tells of a company.
_TOLD = (
    r"(?=[.,:;]| that\b| on\b| in\b| how\b| (?:late|earlier|last|this|citing|quoting|exclusively|separately)\b| [A-Z])"
)
_MOST = 200
"""Names looked at in one text; a bound, so that a text of nothing else stays linear."""


def guessed(sentences: Iterable[Sentence], registry: Registry, cues: Cues) -> frozenset[str]:
    """The names of outlets that the sentences of one text tell so, the registry's left out."""
    whole = "\n" + "\n".join(each.text for each in sentences if not each.is_embed)
    found: set[str] = set()
    asked: set[str] = set()
    for pattern, is_bold in _patterns(cues):
        for match in pattern.finditer(whole):
            name = _trimmed(match["name"], cues)
            behind = whole[match.end() : match.end() + 24].lstrip(' ”“»"').split(" ", 1)[0].lower()
            if name in asked or behind in cues.media or len(asked) == _MOST or not _may_name(name, cues):
                continue
            if not is_bold:
                asked.add(name)
            if (is_bold or _may_stand_alone(name, whole)) and not registry.named(name) and not registry.find(name):
                asked.add(name)
                found.add(name)
    return frozenset(found)


@cache
def occurrences(names: frozenset[str]) -> re.Pattern[str]:
    """A pattern that finds the names as whole words."""
    listed = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w@#-])(?:{listed})(?![\w-])(?! [{_UPPER}])")


@cache
def _compiled(sure: Sure, titles: bool) -> list[tuple[str, bool]]:
    articles = r"(?:(?:the|le|la|les|el|los|il|lo|der|die|das|dem|de|het|o|a) |l[’'])?"
    listed = {
        key: "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))
        for key in ("says", "staff")
        if (words := getattr(sure, key))
    }
    found: list[tuple[str, bool]] = []
    if "says" in listed:
        verb = rf"(?:has |had |also |first |later )*(?:{listed['says']})\b{_TOLD}"
        found += [
            (rf"(?:,[”’\"]? |a(?<!\wa)s |A(?<!\wA)s ){articles}{_NAME} {verb}", True),
            (rf"(?:\n|\. |and |And )(?:The )?(?P<name>{_WORD})(?:,? and [A-Z][\w ]{{2,24}})? {verb}", False),
        ]
    if sure.acronym_before:
        found.append((rf"{_any_of(sure.acronym_before)} {articles}(?P<name>{_ACRONYM.pattern})\b", True))
    if "staff" in listed:
        acronym = rf"[{_UPPER}](?<!\w[{_UPPER}])[{_UPPER}]{{2,5}}(?:-?TV)?"
        found.append((rf"(?P<name>{acronym}) (?:{listed['staff']})\b", True))
    quoted = rf"[„“«\"‹](?:{_NAME})[“”»\"›]"
    if sure.quoted_before:
        found.append((rf"{_any_of(sure.quoted_before, in_any_case=True)} {articles}{quoted}", True))
    if sure.before:
        plain = _NAME if not titles else rf"(?P<name>{_ACRONYM.pattern})\b"
        found += [
            (rf"{_any_of(sure.before, in_any_case=True)} {articles}{quoted}", True),
            (rf"{_any_of(sure.before, in_any_case=True)} {articles}{plain}", True),
        ]
    if sure.told:
        found.append((rf"{_any_of(sure.told)} {articles}{_NAME}(?= (?:on|in|that|this|last|earlier)\b|[.,“])", False))
    return found


def _any_of(phrases: Iterable[str], *, in_any_case: bool = False) -> str:
    """A pattern for one of the phrases, at the beginning of a word.

    Each alternative begins with a plain letter, so that a search jumps from one such letter to the next: five times as
    fast as asking at every character whether a word begins there.
    """
    rests: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        for first in dict.fromkeys((phrase[0].lower(), phrase[0].upper()) if in_any_case else phrase[0]):
            rests.setdefault(first, []).append(re.escape(phrase[1:]))
    flag = "i" if in_any_case else ""
    return "(?:" + "|".join(rf"{first}(?<!\w{first})(?{flag}:{'|'.join(rest)})" for first, rest in rests.items()) + ")"


def _patterns(cues: Cues) -> list[tuple[re.Pattern[str], bool]]:
    return [(re.compile(pattern), is_bold) for pattern, is_bold in _compiled(cues.sure, cues.has_capital_nouns)]


def _trimmed(name: str, cues: Cues) -> str:
    """Without a possessive, and without the words of a title or nation that stand before it."""
    name = re.sub(r"[’'](?:s)?$", "", name)
    words = name.split(" ")
    skipped = cues.not_names | cues.articles | peoples().adjectives | cues.qualifiers
    while words and words[0].lower() in skipped:
        words.pop(0)
    return " ".join(words)


def _may_name(name: str, cues: Cues) -> bool:
    low = name.lower().removeprefix("the ")
    words = set(low.replace("’", "'").split(" "))
    known = peoples()
    return not (
        len(low) < 3
        or low in known.places
        or low in known.institutions
        or words & cues.speakers.officials
        or words & (cues.not_names | cues.speakers.nobody | cues.media | cues.account_kinds)
        or (len(words) == 1 and low.endswith(cues.qualifier_endings))
        or low in known.adjectives
    )


def _may_stand_alone(name: str, whole: str) -> bool:
    """One word that is not somebody's family name: no other name stands before it anywhere."""
    if " " in name:
        return False
    if _ACRONYM.fullmatch(name):
        return True
    if any(True for _ in _places(name.lower(), whole)):
        return False
    return not any(_NAME_BEFORE.search(whole, max(0, place - 30), place) for place in _places(name, whole))


def _places(word: str, whole: str) -> Iterator[int]:
    """Where a whole word stands; `str.find` is far faster here than a pattern."""
    place = whole.find(word)
    while place >= 0:
        end = place + len(word)
        if not whole[place - 1 : place].isalnum() and not whole[end : end + 1].isalnum():
            yield place
        place = whole.find(word, end)
