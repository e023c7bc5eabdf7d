"""The names in a list of a sign-off line: which are outlets', and which may be people's."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from citecheck.extractor.cues import LANGUAGES, credit_cues, cues
from citecheck.extractor.folding import fold
from citecheck.extractor.forms import is_outlet_like
from citecheck.extractor.outlets import Mention
from citecheck.extractor.words import Word, words_of
from citecheck.model import AttributionKind, Block, Credit, OutletKind
from citecheck.patterns import regex

LONGEST_NAME = 5
_SHORT_NAME, _FEWEST_KNOWN = 3, 2
_CODE = regex(r"[a-z]{2,4}")
_CAMEL = regex(r"\b(?!(?:Mac|Mc|De|Di|La|Le|Fitz)[A-Z])[^\W\d_][a-zà-ÿ]+[A-Z]|\d")
_NUMBER = regex(r"(?<!\d)\d{1,2}(?!\d)")
_ARTICLES = frozenset(["The", "El", "La", "Los", "Las", "Le", "Les", "L’", "Il", "Der", "Die", "Das", "Het"])


class Part(NamedTuple):
    """One list of the line, by offsets, with how it was announced."""

    start: int
    end: int
    is_people: bool = False
    is_strict: bool = False
    said: str = ""
    """The phrase that announced it."""


@cache
def _staff() -> frozenset[str]:
    """Those who report for the publisher itself."""
    return frozenset[str]().union(*(cues(code).staff for code in LANGUAGES))


@cache
def _separator(said: str) -> re.Pattern[str]:
    """What parts the items; a joint that is a preposition too, as "en" is, only in the language of what was said."""
    joints = {
        each
        for table in credit_cues()
        for each in table.separators
        if each not in prepositions() or said in table.openings | table.people | table.strict
    }
    listed = "|".join(re.escape(each) for each in sorted(joints, key=len, reverse=True))
    return re.compile(rf"[,;/&|、，；]|(?<=\s)(?:{listed})(?=\s)")


def unique(found: Iterable[Credit]) -> tuple[Credit, ...]:
    """The first credit of each outlet, in the order of the text."""
    first = {credit.name: credit for credit in reversed(list(found))}
    return tuple(sorted(first.values(), key=lambda credit: (credit.line, credit.column)))


def is_told(text: str, folded: str, part: Part, mentions: Sequence[Mention]) -> bool:
    """Whether a strict phrase has its list: nothing but known names, or behind "Sources:" some of these among names."""
    if is_all_known(text, folded, part, mentions):
        return True
    if part.said and _is_mostly_known(text, folded, part, mentions):
        return True
    is_set_off = text[: part.start].rstrip().endswith((":", "：")) or re.fullmatch(r"\s*\(.*\)\s*", text, re.DOTALL)
    if not is_set_off:
        return False
    has_known = False
    for start, end in _segments(folded, part, mentions):
        known = [
            each
            for each in _inside(mentions, start, end)
            if not each.is_ambiguous or is_all_known(text, folded, part._replace(start=start, end=end), (each,))
        ]  # a word that names an outlet too, beside others, is that word: "(click on the picture)", in German
        words = words_of(text[start:end], ())
        rest = [word for word in words if word.is_word]
        has_known = has_known or bool(known) or _is_outlet_like(rest)
        if len(rest) > LONGEST_NAME and not known:
            return False
        if len(rest) > 2 * LONGEST_NAME or any(word.low in _saying() for word in rest):
            return False
    return has_known


def _is_mostly_known(text: str, folded: str, part: Part, mentions: Sequence[Mention]) -> bool:
    """Whether a list has several known names, and beside them fewer others, all short."""
    spans = list(_segments(folded, part, mentions))
    known = [part._replace(start=start, end=end) for start, end in spans if _inside(mentions, start, end)]
    others = [words_of(text[start:end], ()) for start, end in spans if not _inside(mentions, start, end)]
    return (
        len(known) >= _FEWEST_KNOWN
        and len(known) > len(others)
        and all(is_all_known(text, folded, each, mentions) for each in known)
        and all(
            0 < len(words) <= _SHORT_NAME and all(word.is_capital or word.low in articles() for word in words)
            for words in others
        )
    )


@cache
def articles() -> frozenset[str]:
    """Of all languages, those that lose their vowel too: "l" of "l'AFP"."""
    return frozenset[str]().union(*(each.articles | each.elisions for each in map(cues, LANGUAGES)))


@cache
def prepositions() -> frozenset[str]:
    """Of all languages."""
    return frozenset[str]().union(*(cues(code).prepositions for code in LANGUAGES))


@cache
def _saying() -> frozenset[str]:
    """What tells a sentence from a list of names."""
    tables = [cues(code) for code in LANGUAGES]
    verbs = frozenset[str]().union(*(each.says | each.auxiliaries | each.be for each in tables))
    return verbs.difference(articles() | prepositions())


def _segments(folded: str, part: Part, mentions: Sequence[Mention]) -> Iterable[tuple[int, int]]:
    """The items of a list, by offsets: split at separators that stand in no name."""
    start = part.start
    for match in _separator(part.said).finditer(folded, part.start, part.end):
        if not any(each.start < match.end() and match.start() < each.end for each in mentions):
            yield start, match.start()
            start = match.end()
    yield start, part.end


def _inside(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    return [each for each in mentions if start <= each.start and each.end <= end]


@cache
def unnamed() -> frozenset[str]:
    """What credit lines call agencies and desks without a name."""
    return frozenset(each for table in credit_cues() for each in table.generic)


def is_list(folded: str, part: Part, mentions: Sequence[Mention]) -> bool:
    """Names, not prose: hardly a word in an item that is no name and no known thing."""
    for start, end in _segments(folded, part, mentions):
        words = re.findall(r"\w+", folded[start:end])
        known = sum(len(re.findall(r"\w+", folded[each.start : each.end])) for each in _inside(mentions, start, end))
        if len(words) - known > 7:
            return False
    return True


def is_all_known(text: str, folded: str, part: Part, mentions: Sequence[Mention]) -> bool:
    """Nothing but registered names, others in the form of outlets', words for outlets and unnamed agencies."""
    media = cues().media | cues().qualifiers | articles()
    for start, end in _segments(folded, part, mentions):
        rest = folded[start:end]
        for each in _inside(mentions, start, end):
            rest = rest.replace(folded[each.start : each.end], " ")
        rest = rest.strip(" .:-")
        if not _staff().isdisjoint(rest.split()) and len(rest.split()) <= LONGEST_NAME:
            continue  # "notre correspondant à Libreville"
        if "/" in folded[part.start : part.end] and _CODE.fullmatch(rest):
            continue  # a colleague's or an agency's sign: "ino/dpa"
        if rest and rest not in unnamed() and not all(word in media for word in re.findall(r"[\w-]+", rest)):
            named = [word for word in words_of(text[start:end], ()) if word.is_word]
            is_beside = bool(_inside(mentions, part.start, part.end)) and not _inside(mentions, start, end)
            if not is_beside or not _is_unknown_outlet(named):
                return False
    return part.end > part.start


def credits_in(block: Block, part: Part, mentions: Sequence[Mention]) -> Iterable[Credit]:
    folded = fold(block.text)
    listed = len(_inside(mentions, part.start, part.end))
    is_at_places = False
    for start, end in _segments(folded, part, mentions):
        known = [each for each in _inside(mentions, start, end) if not _is_title(block.text[start:end], each, start)]
        if known:  # "AFP in Paris and Kyiv"
            behind = folded[known[-1].end : end].split()
            is_at_places = bool(behind) and behind[0] in prepositions()
        for each in known:
            kind = (
                AttributionKind.ORGANISATION if each.outlet.kind is OutletKind.ORGANISATION else AttributionKind.OUTLET
            )
            name = None if each.others else each.outlet.name
            yield Credit(name, _written(block.text, each.start, each.end), *block.position(each.start), kind)
        if not known and (listed or not part.is_people):
            yield from _unknown(block, start, end, 0 if is_at_places else listed, is_people=part.is_people)


def _is_title(item: str, mention: Mention, start: int) -> bool:
    """As in "by Vice President Jo Doe": a word with a capital behind a name that is a word too, and nobody's desk."""
    behind = item[mention.end - start :].split(" ")[1 : LONGEST_NAME + 1]
    is_named = bool(behind) and behind[0][:1].isupper()
    return mention.is_ambiguous and is_named and _staff().isdisjoint(map(str.lower, behind))


def _unknown(block: Block, start: int, end: int, known: int, *, is_people: bool) -> Iterable[Credit]:
    """A name that the registry does not know, when it is clearly an outlet's; among `known` ones one word is enough.

    Where people sign too its form has to tell.
    """
    item = block.text[start:end].strip(" .")
    if item.startswith("-"):
        return  # "ARD-Korrespondentinnen und -Korrespondenten"
    if fold(item) in unnamed():
        return
    if known and _CODE.fullmatch(item) and "/" not in block.text[max(0, start - 1) : end + 1]:
        yield Credit(None, item, *block.position(block.text.index(item, start)))
        return
    words = [word for word in words_of(block.text[start:end], ()) if word.is_word]
    if any(one.low in _staff() and two.low in prepositions() for one, two in pairwise(words)):
        return  # "la corresponsalía en Lima"
    while (
        words and (words[0].low in cues().qualifiers | cues().media or words[0].low in ("the", "a")) and len(words) > 1
    ):
        if words[0].is_capital and _is_outlet_like(words):
            break
        words.pop(0)
    while words and not words[-1].is_capital and words[-1].low in cues().media and len(words) > 1:
        words.pop()
    if not words or len(words) > 6 or not (_is_name(words[0]) or _is_outlet_like(words)):
        return
    seen = _written(block.text, start + words[0].start, start + words[-1].end)
    if fold(seen) in unnamed():
        return
    is_word = len(words) == 1 and (_CAMEL.search(seen) or (known and not is_people))
    has_number = len(words) > 1 and bool(_NUMBER.search(seen))  # "Canal 13 Noticias": nobody is called so
    if _is_outlet_like(words) or is_word or has_number or (_has_article(item) and not is_people):
        yield Credit(None, seen, *block.position(start + words[0].start))


def doubtful_in(block: Block, part: Part, mentions: Sequence[Mention], found: Sequence[Credit]) -> Iterator[Credit]:
    """Names of the list that nothing in it tells to be outlets'."""
    sure = {(credit.line, credit.column) for credit in found}
    for start, end in _segments(fold(block.text), part, mentions):
        words = [word for word in words_of(block.text[start:end], ()) if word.is_word]
        if not words or len(words) > LONGEST_NAME or _inside(mentions, start, end):
            continue
        if words[0].low == "the" and len(words) > 1:
            words.pop(0)
        place = block.position(start + words[0].start)
        seen = _written(block.text, start + words[0].start, start + words[-1].end)
        if words[0].is_capital and place not in sure and fold(seen) not in unnamed():
            yield Credit(None, seen, *place)


def _is_unknown_outlet(words: Sequence[Word]) -> bool:
    return bool(words) and len(words) <= LONGEST_NAME and _is_name(words[0]) and _is_outlet_like(words)


def _is_outlet_like(words: Sequence[Word]) -> bool:
    """Whether the name has the form of an outlet's in some language: "Harbour Times", "Omroep Haven", "QNTV"."""
    if not words:
        return False
    if len(words) > 1 and any(word.low in _outlet_words() for word in (words[0], words[-1])):
        return True
    return is_outlet_like(words, cues())


@cache
def _outlet_words() -> frozenset[str]:
    tables = [cues(code) for code in LANGUAGES]
    told = (each for table in tables for each in (table.outlet_endings, table.outlet_beginnings))
    return frozenset[str]().union(*told, *(each.outlets for each in credit_cues()))


def _is_name(word: Word) -> bool:
    """Whether it is written as names are; scripts without capitals do not tell."""
    return word.is_capital or (word.text[0].isalpha() and word.text[0].upper() == word.text[0].lower())


def _has_article(item: str) -> bool:
    """Outlets are called "El Faro", people are not."""
    first, _, rest = item.partition(" ")
    return first in _ARTICLES and rest[:1].isupper()


def _written(text: str, start: int, end: int) -> str:
    return re.sub(r"\s+", " ", text[start:end])
