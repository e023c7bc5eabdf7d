"""What the lines of a plain text are beside its sentences: pages, lists of links at their foot, posts set into it.

A copy out of a PDF keeps no page marks: a page shows by a form feed, by the list of its links at its foot, or by a line
that begins with a blank where the sentence of the line before goes on.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from citecheck.extractor import breaks, dates
from citecheck.extractor.dates import Signature
from citecheck.patterns import regex
from citecheck.tables import table

BARE_URL = regex(r"\s*<?((?:https?|ftp)://[^\s<>]+)>?\s*", re.IGNORECASE)

BULLET = regex(r"\A\s*[-*•·▪‣◦]\s+")
_LINE = regex(r"([^\r\n\f]*)(\r\n|\r|\n|\f|\Z)")
_SENTENCE_END = regex(r"[.!?…。！？]['\"”’»)\]]*(?:\s?\[\d{1,3}\])*\s*\Z")
AND = regex(r"\s*(?:,|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bи\b)\s*")
_STOPS = (".", "!", "?", ",", ";")
_LIST_HEAD_CHARS, _LIST_HEAD_WORDS, _HEAD_WORDS = 60, 6, 2
_EMBED_LINES = 30
"""A post is shorter than this: farther back from its signature nothing is taken for its beginning."""
_RULES = "-=*_~•—–."
_RULE = regex(r"\s*([-=*_~•—–.])(?:\s?\1){2,}\.?\s*|--\s*")
_RARE = 10
"""Lines with a blank before them begin pages only where fewer than one line in so many has one."""
_WRAPPED = 0.6
"""A line this long, measured by the text's usual width, was broken by the width and not by its writer."""
_LEAST_WIDTH = 50
"""No text is wrapped closer than this."""


class Line(NamedTuple):
    text: str
    number: int
    column: int
    """Of the text's first character: 1 but for what follows a form feed within a line."""
    opens_page: bool
    """A form feed stands before it."""

    @property
    def is_blank(self) -> bool:
        """Nothing stands on it, or a rule: "-----"."""
        return not self.text or self.text.isspace() or (self.text[0] in _RULES and bool(_RULE.fullmatch(self.text)))

    @property
    def is_indented(self) -> bool:
        return self.text[:1].isspace() and not self.is_blank

    @property
    def ends_sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.text.rstrip()[-16:]))


class Layout(NamedTuple):
    """By index of line: what stands there."""

    lists: dict[int, int]
    """A page list's first line to the index after its last."""
    signatures: dict[int, Signature]
    embeds: dict[int, int]
    """Each line of a post set into the text to the post's first line."""
    page_starts: frozenset[int]
    width: int
    """What nine lines in ten do not exceed: where the text is wrapped, if it is."""

    def runs_on(self, line: Line) -> bool:
        """Whether the sentence of this line goes on beyond it: a page's end there does not end the paragraph."""
        tail = line.text.rstrip()
        if line.ends_sentence or tail.endswith(":"):
            return False
        return tail.endswith("-") or len(tail) >= _WRAPPED * max(self.width, _LEAST_WIDTH)


def unedited(title: str) -> str:
    """The line without what wikis set behind their headings: "6 February[edit]"."""
    return _edit().sub("", title) if "[" in title and title.rstrip().endswith("]") else title


@cache
def _edit() -> re.Pattern[str]:
    said = "|".join(map(re.escape, words()["edit"]))
    return re.compile(rf"\s?\[\s?(?:{said})(?:\s?\|\s?(?:{said}))?\s?\]\s*\Z", re.IGNORECASE)


def lines_of(text: str) -> Iterator[Line]:
    """The lines, ended by LF, CRLF or a lone CR, and parted at form feeds too; wikis' "[edit]" is left out."""
    number = column = 1
    opens_page = False
    for match in _LINE.finditer(text):
        content, end = match.groups()
        if content or end or opens_page:
            yield Line(unedited(content), number, column, opens_page)
        opens_page = end == "\f"
        column = column + len(content) + 1 if opens_page else 1
        number += not opens_page


def layout_of(lines: Sequence[Line]) -> Layout:
    """Tell pages, page lists and posts from the text, by their form alone."""
    lengths = sorted(len(line.text.rstrip()) for line in lines if not line.is_blank)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    signatures = {index: signature for index, line in enumerate(lines) if (signature := _signature(line))}
    lists = _lists(lines, Layout({}, {}, {}, frozenset(), width))
    embeds = _embeds(lines, signatures, lists)
    starts = _page_starts(lines, embeds) if lists else frozenset[int]()
    return Layout(lists, signatures, embeds, starts, width)


@cache
def words() -> dict[str, tuple[str, ...]]:
    """The word lists of layout.toml, in lower case."""
    tables = table(Path(__file__).parent.with_name("layout.toml"))
    return {name: tuple(each) for name, each in tables.items()}


def is_list_head(text: str, *, is_above_list: bool = False) -> bool:
    """Whether the words do nothing but announce links: "Links:", "Sources"; above a list "Links to the reports" too."""
    if len(text) >= _LIST_HEAD_CHARS or "://" in text:
        return False
    said = text.strip("#*_\t :–—-").lower()
    if said and all(each in _list_heads() for each in AND.split(said)):  # "Further reading and sources"
        return True
    if is_above_list and text.rstrip("* \t").endswith(":") and len(said.split()) <= _HEAD_WORDS:  # "Linki:"
        return bool(said)
    # "Links to the reports:"
    first, *more = AND.sub(" ", said).split() or [""]
    is_noun = first in _list_heads() and first not in words()["guides"]
    is_set_off = text.rstrip("* \t").endswith(":") or (is_above_list and not text.rstrip().endswith(_STOPS))
    return is_noun and 0 < len(more) < _LIST_HEAD_WORDS and is_set_off


def is_away_head(text: str) -> bool:
    """Whether the words do nothing but announce what else there is to read: "Related", "See also:"."""
    return text.strip("#*_\t :–—-").lower() in _away_heads()


@cache
def _away_heads() -> frozenset[str]:
    return frozenset(words()["away_heads"])


def is_call(text: str) -> bool:
    """Whether the words do nothing but call on the reader to do something: "Share"."""
    return text.strip("#*_\t :–—-").lower() in words()["calls"]


@cache
def _list_heads() -> frozenset[str]:
    return _away_heads().union(words()["list_heads"])


def is_live(*texts: str) -> bool:
    """Whether one of a page's titles or addresses calls it a live blog."""
    folded = [f" {text.lower().replace('’', chr(39))} " for text in texts]
    return any(marker in each for each in folded for marker in words()["live"])


def is_embed_marker(line: Line) -> bool:
    return line.text.strip().lower() in words()["embed_markers"]


def _signature(line: Line) -> Signature | None:
    return dates.signature(line.text) if "(@" in line.text else None


def _lists(lines: Sequence[Line], shape: Layout) -> dict[int, int]:
    """Runs of lines that are each a bare URL, set apart by blank lines.

    A single one is a list only where it cuts a sentence in two; else it is a line of the text.
    """
    found: dict[int, int] = {}
    previous: Line | None = None
    index = 0
    while index < len(lines):
        if not _is_url(lines[index]):
            previous = previous if lines[index].is_blank else lines[index]
            index += 1
            continue
        end = index
        count = 0
        while end < len(lines):
            is_url = _is_url(lines[end])
            if not is_url and not (end > index and breaks.ends_with(lines[end - 1].text, lines[end].text)):
                break
            count += is_url
            end += 1
        above = lines[index - 1] if index else None
        is_apart = (above is None or above.is_blank or is_list_head(above.text)) and (
            end == len(lines) or lines[end].is_blank
        )
        cuts = previous is not None and shape.runs_on(previous) and end < len(lines)
        if is_apart and (count > 1 or cuts):
            found[index] = end
        previous = lines[end - 1]
        index = end
    return found


def _is_url(line: Line) -> bool:
    return "://" in line.text and BARE_URL.fullmatch(line.text) is not None


def _embeds(lines: Sequence[Line], signatures: dict[int, Signature], lists: dict[int, int]) -> dict[int, int]:
    """The lines of the posts that the signatures close.

    A post begins after a line that announces it, at the nearest line above that begins with a blank (the first of
    them when several do), or else with the paragraph that stands before its signature.
    """
    walls = {end - 1 for end in lists.values()} | set(signatures)
    embeds: dict[int, int] = {}
    for signed in signatures:
        start = _announced(lines, signed, walls)
        if start is None:
            start = _paragraph_above(lines, signed, walls)
        embeds.update(dict.fromkeys(range(start, signed), start))
    return embeds


def _announced(lines: Sequence[Line], signed: int, walls: Collection[int]) -> int | None:
    """Where the signed post begins, if a marker or a blank before its first line shows it."""
    for index in range(signed - 1, max(-1, signed - 1 - _EMBED_LINES), -1):
        if index in walls or dates.heading(lines[index].text):
            return None
        if is_embed_marker(lines[index]):
            return index + 1
        if lines[index].is_indented:
            while index > 0 and lines[index - 1].is_indented:
                index -= 1
            return index
    return None


def _paragraph_above(lines: Sequence[Line], signed: int, walls: Collection[int]) -> int:
    start = signed
    while start > 0 and lines[start - 1].is_blank:
        start -= 1
    while start > max(0, signed - _EMBED_LINES) and not lines[start - 1].is_blank and start - 1 not in walls:
        start -= 1
    return start


def _page_starts(lines: Sequence[Line], embeds: dict[int, int]) -> frozenset[int]:
    """Lines that begin with a blank, alone, under a full line: a form feed was lost there."""
    if any(line.opens_page for line in lines):
        return frozenset()
    indented = [index for index, line in enumerate(lines) if line.is_indented and index not in embeds]
    if len(indented) * _RARE > len(lines):
        return frozenset()
    return frozenset(
        index for index in indented if index and not lines[index - 1].is_blank and not lines[index - 1].is_indented
    )
