"""Sign-off lines: "With reporting by AFP, Al Jazeera and TASS." People who sign off are no outlets."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick
from msgspec.structs import replace

from citecheck.extractor.closings import closing_in, literals
from citecheck.extractor.creditnames import (
    LONGEST_NAME,
    Part,
    credits_in,
    doubtful_in,
    is_all_known,
    is_list,
    is_told,
    unique,
)
from citecheck.extractor.creditsigns import LONGEST_SIGNATURE, codes, signed
from citecheck.extractor.creditwords import telling, tells, worded
from citecheck.extractor.cues import LANGUAGES, credit_cues, cues
from citecheck.extractor.folding import fold
from citecheck.extractor.outlets import Mention, Registry
from citecheck.extractor.readers.pages import is_list_head
from citecheck.model import Block, BlockKind, Credit
from citecheck.patterns import regex

# Longer than any sign-off line seen; what is longer is prose.
_LONGEST_CHARS = 1200
_LONGEST_HEAD = 60
_STOP = regex(r"\.\s+")
_WORD = regex(r"[^\W_]*")
_HYPHENED = regex(r"[A-Z]\w+(?:-[A-Z]\w+)+")
"""Two agencies' material: "TT-Reuters"."""
_COLON = ":： \t"
_COPYRIGHT = regex(r"©\s*\d{4}\s+")
_STORY = regex(r"[,;]?\s*\b[a-z]{2,4}:\d{6}-\d\d-\d{4,}/\d+\s*\Z")
"""The number of an agency's story behind its name: "© dpa, dpa:200109-99-120450/3"."""
_OPEN, _CLOSE = "([{*_ \t–—-", ")]}*_ \t\n"


class CreditLine(NamedTuple):
    """A block credit."""

    text: str
    line: int
    credits: tuple[Credit, ...]
    """Outlets and organisations; none when only people or unnamed agencies sign."""
    doubtful: tuple[Credit, ...] = ()
    """Names that may be outlets' or people's: the sentences of the text may tell."""

    def settled(self, outlets: Collection[str]) -> "CreditLine":
        """The line when the text is known to cite `outlets` that no registry has."""
        told = tuple(credit for credit in self.doubtful if credit.text in outlets)
        if not told:
            return self
        ordered = sorted((*self.credits, *told), key=lambda credit: (credit.line, credit.column))
        return self._replace(credits=tuple(ordered), doubtful=())


class _Opening(NamedTuple):
    """What opens a credit line, and where behind it the names begin."""

    said: str
    end: int


@cache
def _openings() -> dict[str, list[str]]:
    """The phrases that open a credit line by their first words, the longest first; as one pattern they are slow."""
    found: dict[str, list[str]] = {}
    phrases = {each for table in credit_cues() for each in table.openings | table.people | table.strict}
    for each in sorted(phrases, key=len, reverse=True):
        found.setdefault(_first_word(each, 0), []).append(each)
    return found


def _first_word(text: str, place: int) -> str:
    match = _WORD.match(text, place)
    return match.group() if match else ""


def _opening_at(folded: str, place: int, end: int) -> _Opening | None:
    for phrase in _openings().get(_first_word(folded, place), ()):
        stop = place + len(phrase)
        is_whole = stop >= end or phrase[-1] == "'" or not folded[stop].isalnum()
        if is_whole and folded.startswith(phrase, place, end):
            names = folded[stop:end].lstrip()
            names = names[1:].lstrip() if names[:1] in (":", "：", "•") else names
            return _Opening(phrase.rstrip(_COLON), end - len(names))
    match = _COPYRIGHT.match(folded, place, end)
    return _Opening(match.group(), match.end()) if match else None


@cache
def _pictures() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What begins the credit of a picture, and what does behind that of the text: "With AFP. Photo: Jo Doe/AP"."""
    listed = {each for code in LANGUAGES for each in cues(code).captions}
    begins = listed - {each for table in credit_cues() for each in table.strict}
    bylines = {each for code in LANGUAGES for each in cues(code).bylines}
    said, goes_on, by = ("|".join(map(re.escape, sorted(each))) for each in (begins, listed, bylines))
    picture = rf"(?:{said})(?:\s(?:{goes_on}|\d{{4}}))?(?:\s*[:/]|\s(?:{by})\s)"
    # A search jumps from one of the signs to the next, ten times as fast as when it asks at every blank.
    behind = rf"[.;|)/–—-](?:(?<=[.;|)/])\s*|(?<=\s[–—-])\s){picture}"
    return re.compile(rf"{picture}|(?:{said})\s\S+\)?\s*\Z"), re.compile(behind)  # "(photo AFP)"


@cache
def _picture_agencies() -> frozenset[str]:
    return frozenset[str]().union(*(table.pictures for table in credit_cues()))


@cache
def _signs() -> AhoCorasick:
    return AhoCorasick(sorted(literals() | telling() | _picture_agencies()))


def has_signs(folded: str) -> bool:
    """Whether a text, all in lower case, has any of what ends or tells a credit line: most has none of it."""
    return bool(_signs().find_matches_as_indexes(folded))


def credits_of(block: Block, registry: Registry, *, closes: bool = False) -> CreditLine | None:
    """The block as a credit line, or None when it is none.

    Where it `closes` a text, the names of agencies are one by themselves: "AFP, Reuters".
    """
    text = block.text
    if block.kind in (BlockKind.HEADING, BlockKind.EMBED, BlockKind.CAPTION) or len(text) > _LONGEST_CHARS:
        return None
    if closes and _HYPHENED.fullmatch(text) and not any(each.end == len(text) for each in registry.find(text)):
        line = credits_of(replace(block, text=text.replace("-", "/")), registry, closes=True)
        return line and line._replace(text=text)
    folded = fold(text)
    begin = len(text) - len(text.lstrip(_OPEN))
    opening, behind = _pictures()
    story = _STORY.search(folded, begin)
    picture = opening.match(folded, begin) or behind.search(folded, begin) or story
    end = len((text[: picture.start()] if picture else text).rstrip(_CLOSE))
    if begin >= end or text[begin:end].endswith(":") or text.startswith("[["):  # not "[[Reuters]] [[floods]]"
        return None
    is_prose = len(text[:end].strip()) > LONGEST_SIGNATURE
    has_sign = has_signs(folded)
    if has_sign and any(each in folded for each in _picture_agencies()) and not _opening_at(folded, begin, end):
        return None  # "(Jo Doe/AFP/Getty Images)"
    if is_prose:
        phrase = _behind_subject(folded, begin, end)
        is_signed = has_sign and (closing_in(folded, begin, end) or tells(folded[begin:end]))
        if not (is_signed or _opening_at(folded, phrase, end)):
            return None
    mentions = codes(text, registry) or registry.find(text)
    ways = _ways(text, folded, begin, end, mentions, closes or story is not None)
    parts = next((parts for parts in ways if parts and _holds(text, folded, parts, mentions)), None)
    if not parts:
        return None
    found = [credit for part in parts for credit in credits_in(block, part, mentions)]
    doubtful = [credit for part in parts if not part.is_people for credit in doubtful_in(block, part, mentions, found)]
    return CreditLine(text.strip(), block.position(begin).line, unique(found), unique(doubtful))


def _ways(
    text: str, folded: str, begin: int, end: int, mentions: Sequence[Mention], closes: bool
) -> Iterator[list[Part]]:
    """The lists of the line, in every way that it may be read."""
    yield _announced(text, folded, begin, end, mentions)
    yield _closed(text, folded, begin, end, mentions)
    yield signed(text, begin, end, mentions, closes)
    yield worded(text, folded, begin, end, mentions)


def _holds(text: str, folded: str, parts: Sequence[Part], mentions: Sequence[Mention]) -> bool:
    return all(not part.is_strict or is_told(text, folded, part, mentions) for part in parts)


def names_in(block: Block, end: int, registry: Registry) -> tuple[Credit, ...]:
    """The credits of an item of a list of sources, `block.text[:end]`; none when it is more than names."""
    folded, mentions = fold(block.text), registry.find(block.text)
    start = end - len(block.text[:end].lstrip(_OPEN + "•·▪‣◦"))
    part = Part(start, start + len(block.text[start:end].rstrip(_CLOSE + ":.,;–—-([<|")))
    words = re.findall(r"\w+", folded[part.start : part.end])
    lead = next((each for each in mentions if folded[part.start : each.start] in ("", "the ")), None)
    # "AFP Fact Check", "AFP, “The dam”, 20 March 2015"
    leads = lead is not None and (
        len(words) <= LONGEST_NAME or folded[lead.end : lead.end + 2].strip()[:1] in (",", ":", "–", "—", "(")
    )
    return (
        unique(credits_in(block, part, mentions)) if leads or is_all_known(block.text, folded, part, mentions) else ()
    )


def opens_credits(text: str, *, strictly: bool = True) -> bool:
    """Whether `text` begins with a phrase of sign-off lines, `strictly` with one that stands nowhere else."""
    folded = fold(text.lstrip(_OPEN))
    opening = _opening_at(folded, 0, len(folded))
    if opening is None:
        return False
    return any(
        opening.said in table.openings or (not strictly and opening.said in table.strict) for table in credit_cues()
    )


def closes_credits(text: str) -> bool:
    """Whether `text` ends with such a phrase: "… contributed to this report."."""
    folded = fold(text.rstrip(_CLOSE))
    return closing_in(folded, 0, len(folded)) is not None


def signs_off(folded: str, start: int, end: int, *, has_sign: bool) -> bool:
    """Whether the sentence there begins or ends so, or has a word that only such lines have, as its text may."""
    while start < end and folded[start] in _OPEN:
        start += 1
    while start < end and folded[end - 1] in _CLOSE:
        end -= 1
    opening = _opening_at(folded, start, end)
    is_opened = opening is not None and any(opening.said in table.openings for table in credit_cues())
    return is_opened or (has_sign and (closing_in(folded, start, end) is not None or tells(folded[start:end])))


def is_source_head(text: str) -> bool:
    """Whether a block only announces the sources: "Sources:", "Quellen"."""
    said = text.strip("#*_ \t:：").lower() if len(text) < _LONGEST_HEAD else ""
    if not said or not is_list_head(said):
        return False
    return any(word in table.strict for word in (said, *said.split()) for table in credit_cues())


@cache
def _subject() -> re.Pattern[str]:
    """What may stand before the phrase: "This live file was" compiled from."""
    predicates = "|".join(sorted(each for table in credit_cues() for each in table.predicates))
    return re.compile(rf"th(?:is|e)\s(?:[\w-]+\s){{1,3}}(?:{predicates})\s")


def _behind_subject(folded: str, begin: int, end: int) -> int:
    """Where the phrase begins: behind "This live file was", if one follows there."""
    subject = _subject().match(folded, begin, end)
    return subject.end() if subject and _opening_at(folded, subject.end(), end) else begin


def _announced(text: str, folded: str, begin: int, end: int, mentions: Sequence[Mention]) -> list[Part]:
    """The lists of a line that begins with such a phrase; none when prose follows."""
    parts: list[Part] = []
    place = _behind_subject(folded, begin, end)
    while place < end:
        opening = _opening_at(folded, place, end)
        if not opening:
            return []
        said, start = opening
        stop = _end_of_list(text, folded, start, end, mentions)
        is_strict = said.startswith("©") or any(said in table.strict for table in credit_cues())
        parts.append(Part(start, stop, any(said in table.people for table in credit_cues()), is_strict, said))
        place = stop
        while place < end and text[place] in ".;, ()[]\n":
            place += 1
    return parts if all(is_list(folded, part, mentions) for part in parts) else []


def _end_of_list(text: str, folded: str, start: int, end: int, mentions: Sequence[Mention]) -> int:
    """Where the next phrase begins, or the sentence ends. A stop inside a name or behind an initial is none."""
    for match in re.finditer(r"[.;(]\s*|\s", text[start:end]):
        place = start + match.start()
        if any(each.start <= place < each.end for each in mentions):
            continue
        after = start + match.end()
        opened = _opening_at(folded, after, end)
        if opened and not any(opened.said in table.strict for table in credit_cues()):
            return place
        if after > place + 1 and _ends_sentence(text, place, after):
            return place
    return end


def _ends_sentence(text: str, place: int, after: int) -> bool:
    """Whether the stop at `place` ends one, another beginning at `after`; one behind an initial does not."""
    return text[place] == "." and _word_before(text, place) > 2 and text[after : after + 1].isupper()


def _word_before(text: str, place: int) -> int:
    start = place
    while start and text[start - 1].isalnum():
        start -= 1
    return place - start


def _closed(text: str, folded: str, begin: int, end: int, mentions: Sequence[Mention]) -> list[Part]:
    """The list of a line that ends with such a phrase; none where a sentence stands before."""
    match = closing_in(folded, begin, end)
    if not match or any(_ends_sentence(text, *stop.span()) for stop in _STOP.finditer(text, begin, match.start())):
        return []
    part = Part(begin, match.start(), is_people=True)
    return [part] if is_list(folded, part, mentions) else []
