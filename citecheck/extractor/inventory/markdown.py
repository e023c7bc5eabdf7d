"""Every URL of a Markdown text: its links, images and definitions, what HTML it holds, and bare URLs.

What is no running text is blanked out and the rest read as HTML: tags, comments, entities and bare URLs keep their
places, and code is none of them.
"""

import sys
from bisect import bisect_left
from typing import Any, NamedTuple

import pyromark
from msgspec import Struct

from citecheck.extractor import urls
from citecheck.extractor.inventory.carried import CODE, Carried, Inventory, is_within
from citecheck.extractor.inventory.carriers import carriers
from citecheck.extractor.inventory.places import code_points
from citecheck.patterns import regex

OPTIONS = (
    pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | pyromark.Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
"""What is Markdown beside CommonMark, to whatever reads it here."""
_OVER_LINE = r"(?:[^\S\n]*\n[\s>]*)?[^\S\n]*<?"
"""Up to a URL, over a line's end and the ">" of a quotation there too."""
DESTINATION = regex(rf"\]\({_OVER_LINE}")
DEFINITION = regex(rf"\]:{_OVER_LINE}")
_WORDS_CHARS = 300
_PIECE_CHARS = 1 << 22
"""The parser takes up to 90 bytes of memory for each of its text."""


class _Span(NamedTuple):
    """A part of the source that is no running text: blanked, or HTML and kept as it is."""

    start: int
    end: int
    is_html: bool = False


class _Open(Struct, frozen=True):
    """A link or image whose end has not come."""

    kind: str
    url: str
    start: int
    is_image: bool


def inventory(source: str, most: int = sys.maxsize) -> Inventory:
    """The URLs that a Markdown text carries, in linear time; not many more than `most` of each kind.

    The text holds no lone surrogates. A very large one is read in pieces: where a block goes over their borders, it
    is taken for two.
    """
    if len(source) <= _PIECE_CHARS:
        return _inventory(source, most)
    carried: list[Carried] = []
    within: list[Carried] = []
    base = None
    start = 0
    while start < len(source) and len(carried) <= most:
        end = _end_of_piece(source, start)
        piece = _inventory(source[start:end], most - len(carried))
        carried += (each._replace(offset=each.offset + start) for each in piece.carried)
        within += (each._replace(offset=each.offset + start) for each in piece.within)
        base = piece.base if base is None else base
        start = end
    return Inventory(carried, base, within)


def _end_of_piece(source: str, start: int) -> int:
    """Where to cut: between two blocks, else lines, else words."""
    end = start + _PIECE_CHARS
    if end >= len(source):
        return len(source)
    ends = (source.rfind(mark, start, end) + len(mark) for mark in ("\n\n", "\n", " "))
    return next((each for each in ends if each > start + 2), end)


def _inventory(source: str, most: int) -> Inventory:
    scan = _Scan(source)
    scan.run(most)
    inner = _inner(scan.masked(), most)
    carried = [*scan.carried, *inner.carried]
    carried.sort(key=lambda each: each.offset)
    nothing = carriers().nothing
    within = [*inner.within, *(each for each in scan.carried if each.origin == "a" and is_within(each.url))]
    return Inventory([each for each in carried if not nothing.match(each.url)], inner.base, within)


def _inner(masked: str, most: int) -> Inventory:
    """What running text and HTML carry; to read what has neither markup nor references takes no reader of HTML."""
    if "<" not in masked and "&" not in masked:
        bare = (Carried(each.start, each.url, "bare", stands_for=each.stands_for) for each in urls.find(masked))
        return Inventory([each for count, each in enumerate(bare) if count <= most])
    from citecheck.extractor.inventory import html

    return html.inventory(masked, most)


class _Scan:
    """One pass over the events of a Markdown text; `run` fills `carried` and `spans`."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.carried: list[Carried] = []
        self.spans: list[_Span] = []
        self._tables: list[_Span] = []
        self._open: list[_Open] = []
        self._inner_end = 0
        """Where the last event within the open link ends."""
        self._words: list[str] = []
        self._code_depth = 0
        self._labels: dict[str, str] = {}
        """The words of the first link that uses a definition."""

    def run(self, most: int) -> None:
        place = code_points(self.source)
        for event, bounds in pyromark.events_with_range(self.source, options=OPTIONS):
            if isinstance(event, dict):
                ((name, value),) = event.items()
                is_running = name == "Text" and not (self._open or self._code_depth)
                if not (is_running or value == "Paragraph"):  # more than half of all
                    self._event(name, value, place(bounds["start"]), place(bounds["end"]))
            elif self._open:
                self._words.append(" ")
            if len(self.carried) > most:
                self.spans.append(_Span(place(bounds["end"]), len(self.source)))
                break
        for label, definition in pyromark.reference_definitions(self.source).items():
            if str(label).startswith("^"):
                continue  # a footnote: the link in its text was carried already
            start, end = place(definition["span"]["start"]), place(definition["span"]["end"])
            match = DEFINITION.search(self.source, start, end)
            words = self._labels.get(definition["dest"], str(label))
            if match:
                self.carried.append(Carried(match.end(), definition["dest"], "a", text=words))
            self.spans.append(_Span(start, end))

    def masked(self) -> str:
        """The source with all but running text and HTML blanked out, at the same offsets."""
        pieces: list[str] = []
        done = 0
        for span in sorted(self.spans):
            if span.end <= done:
                continue
            pieces.append(self._running(done, span.start))
            begin = max(done, span.start)
            pieces.append(self.source[begin : span.end] if span.is_html else " " * (span.end - begin))
            done = span.end
        pieces.append(self._running(done, len(self.source)))
        return "".join(pieces)

    def _running(self, start: int, end: int) -> str:
        """Running text: "<" in it is no tag's, and "|" in a table parts the cells."""
        text = self.source[start:end].replace("<", " ")
        if "|" in text:
            index = max(0, bisect_left(self._tables, (end,)) - 1)
            if index < len(self._tables) and self._tables[index].start < end and start < self._tables[index].end:
                return text.replace("|", " ")
        return text

    def _event(self, name: str, value: Any, start: int, end: int) -> None:
        match name:
            case "Text" | "Code":
                if self._open:
                    self._words.append(value)
                if name == "Code" or self._code_depth:
                    self._code(start, end)
            case "Html" | "InlineHtml":
                self.spans.append(_Span(start, end, is_html=True))
            case "Start":
                self._start(value, start, end)
            case "End":
                if value in ("Link", "Image") and self._open:
                    self._link(self._open.pop(), end)
                elif value == "CodeBlock":
                    self._code_depth -= 1
        if self._open and name != "Start":
            self._inner_end = max(self._inner_end, end)

    def _start(self, value: Any, start: int, end: int) -> None:
        if not isinstance(value, dict):
            return
        for name, facts in value.items():
            if name in ("Link", "Image"):
                if not self._open:
                    self._words = []
                is_image = name == "Image"
                self._open.append(_Open(facts["link_type"], facts["dest_url"], start, is_image))
                self._inner_end = start + 1 + is_image
                self.spans.append(_Span(start, end))
            elif name == "CodeBlock":
                self._code_depth += 1
                self.spans.append(_Span(start, end))
            elif name == "Table":
                self._tables.append(_Span(start, end))
            elif name == "MetadataBlock":
                self.spans.append(_Span(start, end))
                self._bare(start, end, "meta")

    def _link(self, link: _Open, end: int) -> None:
        """Take a link at its own URL; one that uses a definition stands where that is."""
        words = " ".join("".join(self._words).split())[:_WORDS_CHARS]
        if link.kind == "Inline":
            match = DESTINATION.search(self.source, self._inner_end, end)
            if match:
                origin = "img" if link.is_image else "a"
                self.carried.append(Carried(match.end(), link.url, origin, text=words))
        elif link.kind == "Autolink":
            self.carried.append(Carried(link.start + 1, link.url, "a", text=words))
        elif link.kind == "Email":
            self.carried.append(Carried(link.start + 1, f"mailto:{link.url}", "a", text=words))
        else:
            self._labels.setdefault(link.url, words)

    def _code(self, start: int, end: int) -> None:
        self.spans.append(_Span(start, end))
        self._bare(start, end, CODE)

    def _bare(self, start: int, end: int, origin: str) -> None:
        text = self.source[start:end]
        if "/" in text or "." in text:
            for found in urls.find(text):
                self.carried.append(Carried(start + found.start, found.url, origin, stands_for=found.stands_for))
