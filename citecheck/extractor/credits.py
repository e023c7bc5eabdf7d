"""Sign-off lines: "With reporting by AFP, Al Jazeera and TASS." People who sign off are no outlets."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from citecheck.extractor.candidates import is_outlet_like
from citecheck.extractor.cues import LANGUAGES, credit_cues, cues
from citecheck.extractor.folding import fold
from citecheck.extractor.outlets import Mention, Registry
from citecheck.extractor.readers.pages import is_list_head
from citecheck.extractor.words import words_of
from citecheck.model import AttributionKind, Block, BlockKind, Credit, OutletKind

# Longer than any sign-off line seen; what is longer is prose.
_LONGEST_CHARS = 1200
_LONGEST_SIGNATURE = 90
_LONGEST_CLOSING = 60
_LONGEST_SIGNER = 6
_LONGEST_NAME = 5
# Between who signs and whose material it is: "Jo Doe avec AFP".
_JOINT = re.compile(r"\s(?:with|mit|avec|con|com|met|с)\s+")
_SIGNERS = frozenset(
    [
        *("by", "von", "par", "por", "di", "da", "door", "text", "la", "le", "the", "du", "de", "der", "desk"),
        *("rédaction", "redaktion", "redacción", "redação", "redazione", "newsroom", "staff"),
    ]
)
_CODE = re.compile(r"[a-z]{2,4}")
_CAMEL = re.compile(r"[^\W\d_][a-zà-ÿ]+[A-Z]|\d")
_ARTICLES = frozenset(["The", "El", "La", "Los", "Las", "Le", "Les", "L’", "Il", "Der", "Die", "Das", "Het"])
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


class _Part(NamedTuple):
    """One list of the line, by offsets, with how it was announced."""

    start: int
    end: int
    is_people: bool = False
    is_strict: bool = False


@cache
def _opening() -> re.Pattern[str]:
    phrases = {each for table in credit_cues() for each in table.openings | table.people | table.strict}
    listed = "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?:{listed})(?![^\W_])\s*:?\s*|©\s*\d{{4}}\s+")


@cache
def _closing() -> re.Pattern[str]:
    phrases = {each for table in credit_cues() for each in table.closings}
    listed = "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"\s(?:{listed})\.?$")


@cache
def _separator() -> re.Pattern[str]:
    joints = {each for table in credit_cues() for each in table.separators}
    listed = "|".join(re.escape(each) for each in sorted(joints, key=len, reverse=True))
    return re.compile(rf"[,;/&|]|(?<=\s)(?:{listed})(?=\s)")


def credits_of(block: Block, registry: Registry) -> CreditLine | None:
    """The block as a credit line, or None when it is none."""
    text = block.text
    if block.kind in (BlockKind.HEADING, BlockKind.EMBED, BlockKind.CAPTION) or len(text) > _LONGEST_CHARS:
        return None
    folded = fold(text)
    begin = len(text) - len(text.lstrip(_OPEN))
    end = len(text.rstrip(_CLOSE))
    mentions = registry.find(text)
    parts = (
        _announced(text, folded, begin, end, mentions)
        or _closed(folded, begin, end, mentions)
        or _signed(text, begin, end, mentions)
    )
    if not parts or any(part.is_strict and not _is_told(text, folded, part, mentions) for part in parts):
        return None
    found = [credit for part in parts for credit in _credits(block, part, mentions)]
    doubtful = [credit for part in parts if not part.is_people for credit in _doubtful(block, part, mentions, found)]
    return CreditLine(text.strip(), block.position(begin).line, _unique(found), _unique(doubtful))


def names_in(block: Block, start: int, end: int, registry: Registry) -> tuple[Credit, ...]:
    """The credits of an item of a list of sources, `block.text[start:end]`; none when it is more than names."""
    folded, mentions = fold(block.text), registry.find(block.text)
    while start < end and block.text[start] in _OPEN + "•·▪‣◦":
        start += 1
    part = _Part(start, start + len(block.text[start:end].rstrip(_CLOSE + ":.,;–—-([<|")))
    return _unique(_credits(block, part, mentions)) if _is_all_known(folded, part, mentions) else ()


def _unique(found: Iterable[Credit]) -> tuple[Credit, ...]:
    """The first credit of each outlet, in the order of the text."""
    first = {credit.name: credit for credit in reversed(list(found))}
    return tuple(sorted(first.values(), key=lambda credit: (credit.line, credit.column)))


def _is_told(text: str, folded: str, part: _Part, mentions: Sequence[Mention]) -> bool:
    """Whether a strict phrase has its list: nothing but known names, or behind "Sources:" some of these among names."""
    if _is_all_known(folded, part, mentions):
        return True
    if not text[: part.start].rstrip().endswith(":"):
        return False
    has_known = False
    for start, end in _segments(folded, part, mentions):
        known = _inside(mentions, start, end)
        words = words_of(text[start:end], ())
        rest = [word for word in words if word.is_word]
        has_known = has_known or bool(known) or is_outlet_like(rest, cues())
        if len(rest) > _LONGEST_NAME and not known:
            return False
        if len(rest) > 2 * _LONGEST_NAME or any(word.low in _saying() for word in rest):
            return False
    return has_known


@cache
def _saying() -> frozenset[str]:
    """What tells a sentence from a list of names."""
    tables = [cues(code) for code in LANGUAGES]
    verbs = frozenset[str]().union(*(each.says | each.auxiliaries | each.be for each in tables))
    return verbs.difference(*(each.articles | each.prepositions for each in tables))


def opens_credits(text: str) -> bool:
    """Whether `text` begins with a phrase that only sign-off lines begin with."""
    folded = fold(text.lstrip(_OPEN))
    match = _opening().match(folded)
    said = match.group().rstrip(": \t") if match else ""
    return any(said in table.openings for table in credit_cues())


def is_source_head(text: str) -> bool:
    """Whether a block only announces the sources: "Sources:", "Quellen"."""
    said = text.strip("#*_ \t:").lower()
    return len(text) < _LONGEST_CLOSING and is_list_head(said) and any(said in table.strict for table in credit_cues())


def _announced(text: str, folded: str, begin: int, end: int, mentions: Sequence[Mention]) -> list[_Part]:
    """The lists of a line that begins with such a phrase; none when prose follows."""
    parts: list[_Part] = []
    place = begin
    while place < end:
        match = _opening().match(folded, place, end)
        if not match:
            return []
        said = match.group().rstrip(": \t")
        start = match.end()
        stop = _end_of_list(text, folded, start, end, mentions)
        is_strict = said.startswith("©") or any(said in table.strict for table in credit_cues())
        parts.append(_Part(start, stop, any(said in table.people for table in credit_cues()), is_strict))
        place = stop
        while place < end and text[place] in ".;, ()[]\n":
            place += 1
    return parts if all(_is_list(folded, part, mentions) for part in parts) else []


def _end_of_list(text: str, folded: str, start: int, end: int, mentions: Sequence[Mention]) -> int:
    """Where the next phrase begins, or the sentence ends. A stop inside a name or behind an initial is none."""
    for match in re.finditer(r"[.;(]\s*|\s", text[start:end]):
        place = start + match.start()
        if any(each.start <= place < each.end for each in mentions):
            continue
        after = start + match.end()
        opened = _opening().match(folded, after, end)
        if opened and opened.group().rstrip(": \t") not in {each for table in credit_cues() for each in table.strict}:
            return place
        if (
            text[place] == "."
            and after > place + 1
            and _word_before(text, place) > 2
            and text[after : after + 1].isupper()
        ):
            return place
    return end


def _word_before(text: str, place: int) -> int:
    start = place
    while start and text[start - 1].isalnum():
        start -= 1
    return place - start


def _closed(folded: str, begin: int, end: int, mentions: Sequence[Mention]) -> list[_Part]:
    """The list of a line that ends with such a phrase."""
    match = _closing().search(folded, max(begin, end - _LONGEST_CLOSING), end)
    part = _Part(begin, match.start() if match else begin, is_people=True)
    return [part] if match and _is_list(folded, part, mentions) else []


def _signed(text: str, begin: int, end: int, mentions: Sequence[Mention]) -> list[_Part]:
    """The list of a line that is nothing but a signature: "(EFE)", "dpa/AFP/rtr", "Jo Doe with AFP"."""
    whole = text.strip()
    if not mentions or len(whole) > _LONGEST_SIGNATURE or "@" in whole:
        return []
    joint = _JOINT.search(text, begin, end)
    if joint is None:
        is_set_off = whole[0] in "(—–" or ("/" in whole and " " not in whole)
        return [_Part(begin, end, is_strict=True)] if is_set_off else []
    signer = re.findall(r"[^\W_]+", text[begin : joint.start()])
    is_told = (
        whole[0] == "("
        or any(word.lower() in _SIGNERS for word in signer)
        or any(each.end <= joint.start() for each in mentions)
    ) and all(word[0].isupper() or word.lower() in _SIGNERS for word in signer)
    return [_Part(joint.end(), end, is_strict=True)] if is_told and len(signer) <= _LONGEST_SIGNER else []


def _segments(folded: str, part: _Part, mentions: Sequence[Mention]) -> Iterable[tuple[int, int]]:
    """The items of a list, by offsets: split at separators that stand in no name."""
    start = part.start
    for match in _separator().finditer(folded, part.start, part.end):
        if not any(each.start < match.end() and match.start() < each.end for each in mentions):
            yield start, match.start()
            start = match.end()
    yield start, part.end


def _inside(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    return [each for each in mentions if start <= each.start and each.end <= end]


def _is_list(folded: str, part: _Part, mentions: Sequence[Mention]) -> bool:
    """Names, not prose: hardly a word in an item that is no name and no known thing."""
    for start, end in _segments(folded, part, mentions):
        words = re.findall(r"\w+", folded[start:end])
        known = sum(len(re.findall(r"\w+", folded[each.start : each.end])) for each in _inside(mentions, start, end))
        if len(words) - known > 7:
            return False
    return True


def _is_all_known(folded: str, part: _Part, mentions: Sequence[Mention]) -> bool:
    """Nothing but registered names, words for outlets and unnamed agencies."""
    generic = {each for table in credit_cues() for each in table.generic}
    media = cues().media | cues().qualifiers | cues().articles
    for start, end in _segments(folded, part, mentions):
        rest = folded[start:end]
        for each in _inside(mentions, start, end):
            rest = rest.replace(folded[each.start : each.end], " ")
        rest = rest.strip(" .:")
        if "/" in folded[part.start : part.end] and _CODE.fullmatch(rest):
            continue  # a colleague's or an agency's sign: "ino/dpa"
        if rest and rest not in generic and not all(word in media for word in re.findall(r"[\w-]+", rest)):
            return False
    return part.end > part.start


def _credits(block: Block, part: _Part, mentions: Sequence[Mention]) -> Iterable[Credit]:
    folded = fold(block.text)
    listed = len(_inside(mentions, part.start, part.end))
    is_at_places = False
    for start, end in _segments(folded, part, mentions):
        known = _inside(mentions, start, end)
        if known:  # "AFP in Paris and Kyiv"
            behind = folded[known[-1].end : end].split()
            is_at_places = bool(behind) and behind[0] in cues().prepositions
        for each in known:
            kind = (
                AttributionKind.ORGANISATION if each.outlet.kind is OutletKind.ORGANISATION else AttributionKind.OUTLET
            )
            name = None if each.others else each.outlet.name
            yield Credit(name, _written(block.text, each.start, each.end), *block.position(each.start), kind)
        if not known and not part.is_people:
            yield from _unknown(block, start, end, 0 if is_at_places else listed)


def _unknown(block: Block, start: int, end: int, known: int) -> Iterable[Credit]:
    """A name that the registry does not know, when it is clearly an outlet's; among `known` ones one word is enough."""
    item = block.text[start:end].strip(" .")
    if item.startswith("-"):
        return  # "ARD-Korrespondentinnen und -Korrespondenten"
    if known and _CODE.fullmatch(item) and "/" not in block.text[start - 1 : end + 1]:
        yield Credit(None, item, *block.position(block.text.index(item, start)))
        return
    generic = {each for table in credit_cues() for each in table.generic}
    words = [word for word in words_of(block.text[start:end], ()) if word.is_word]
    while (
        words and (words[0].low in cues().qualifiers | cues().media or words[0].low in ("the", "a")) and len(words) > 1
    ):
        if words[0].is_capital and is_outlet_like(words, cues()):
            break
        words.pop(0)
    while words and not words[-1].is_capital and words[-1].low in cues().media and len(words) > 1:
        words.pop()
    if not words or len(words) > 6 or not (words[0].is_capital or is_outlet_like(words, cues())):
        return
    seen = _written(block.text, start + words[0].start, start + words[-1].end)
    if fold(seen) in generic:
        return
    if is_outlet_like(words, cues()) or (len(words) == 1 and (known or _CAMEL.search(seen))) or _has_article(item):
        yield Credit(None, seen, *block.position(start + words[0].start))


def _doubtful(block: Block, part: _Part, mentions: Sequence[Mention], found: Sequence[Credit]) -> Iterator[Credit]:
    """Names of the list that nothing in it tells to be outlets'."""
    sure = {(credit.line, credit.column) for credit in found}
    for start, end in _segments(fold(block.text), part, mentions):
        words = [word for word in words_of(block.text[start:end], ()) if word.is_word]
        if not words or len(words) > _LONGEST_NAME or _inside(mentions, start, end):
            continue
        if words[0].low == "the" and len(words) > 1:
            words.pop(0)
        place = block.position(start + words[0].start)
        if words[0].is_capital and place not in sure:
            yield Credit(None, _written(block.text, start + words[0].start, start + words[-1].end), *place)


def _has_article(item: str) -> bool:
    """Outlets are called "El Faro", people are not."""
    first, _, rest = item.partition(" ")
    return first in _ARTICLES and rest[:1].isupper()


def _written(text: str, start: int, end: int) -> str:
    return re.sub(r"\s+", " ", text[start:end])
