"""What reStructuredText and AsciiDoc share: lines to paragraphs, with the links of their inline markup."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from citecheck.extractor import urls
from citecheck.extractor.inventory import html
from citecheck.extractor.inventory.carried import CODE
from citecheck.extractor.readers import Anchor
from citecheck.extractor.readers.paragraphs import bare
from citecheck.extractor.readers.prose import Places, Prose
from citecheck.model import BlockKind
from citecheck.patterns import regex

_LINE = regex(r"[^\n]*\n|[^\n]+")


class Piece(NamedTuple):
    """A part of a line: its words and where they begin, with the link that they are and where its URL begins."""

    text: str
    start: int
    url: str = ""
    url_start: int = 0
    origin: str = "a"


Inline = Callable[[str, int], Iterable[Piece]]
"""A text and its offset in the source, to its pieces."""


def rows(source: str) -> list[tuple[str, int]]:
    """The lines of a source with LF alone, each with where it begins."""
    return [(match[0].rstrip("\n"), match.start()) for match in _LINE.finditer(source)]


class Sheet:
    """The paragraphs of a text in the making."""

    def __init__(self, source: str, inline: Inline) -> None:
        self.places = Places(source)
        self.prose = Prose(self.places)
        self._source = source
        self._inline = inline
        self._carried: list[tuple[str, str, int, int]] = []
        self._open: list[tuple[str, int]] = []
        self._code: list[int] = []
        self._shown: list[Anchor] = []
        self._kind = BlockKind.PARAGRAPH

    def line(self, text: str, start: int) -> None:
        """A line more of the open paragraph."""
        self._open.append((text, start))

    def begin(self, kind: BlockKind) -> None:
        """End the open paragraph; the next is of this kind."""
        self.end()
        self._kind = kind

    def end(self) -> None:
        # Inline markup may begin on one line and end on the next, so a paragraph is read as one.
        for text, start in self._joined():
            self.prose.blank()
            for piece in self._inline(text, start):
                self.prose.open_link(piece.start)
                self.prose.add(piece.text, piece.start)
                self.prose.close_link()
                if piece.url:
                    self._carried.append((piece.url, piece.origin, piece.url_start, piece.start))
                elif piece.origin == CODE:
                    self._code.append(piece.start)
                    self.show(piece.text, piece.start)
        self.prose.close(self._kind)
        self._open = []
        self._kind = BlockKind.PARAGRAPH

    def carry(self, url: str, origin: str, start: int) -> None:
        """A URL that belongs to no words."""
        self._carried.append((url, origin, start, -1))

    def show(self, text: str, start: int) -> None:
        """Code: its URLs are shown and not said."""
        for found in urls.find(text):
            place = self.places[start + found.start]
            self._shown.append(Anchor(found.url, CODE, *place, stands_for=found.stands_for))

    def name(self, text: str, start: int) -> None:
        """Words that are no part of the text, as those of an option: what they name is a link none the less."""
        for found in urls.find(text):
            self.carry(found.url, "a", start + found.start)

    def markup(self, start: int, end: int) -> None:
        """HTML of the source that is passed through as it is."""
        for each in html.inventory(self._source[start:end]).carried:
            self.carry(each.url, each.origin, start + each.offset)

    def anchors(self) -> tuple[Anchor, ...]:
        found: list[Anchor] = []
        used = {start for _, _, start, words in self._carried if words >= 0}
        for url, origin, start, words in self._carried:
            # A definition is listed for its own sake where nothing refers to it.
            if "://" not in url or (words < 0 and start in used):
                continue
            linked = self.prose.links.get(words)
            line, column = self.places[start]
            if linked is None or not linked.text or origin == "img":
                found.append(Anchor(url, origin, line, column))
            else:
                found.append(Anchor(url, origin, line, column, *linked))
        code = [Anchor("", CODE, 0, 0, *self.prose.links[start]) for start in self._code]
        found += [*bare(self.prose.blocks, [*found, *code]), *self._shown]
        return tuple(sorted(found, key=lambda each: (each.line, each.column or 0)))

    def _joined(self) -> Iterator[tuple[str, int]]:
        """The open lines, as one text where nothing but blanks stands between them."""
        text, first = "", 0
        for line, start in self._open:
            if text:
                between = self._source[first + len(text) : start]
                if not between or between.isspace():
                    text += between + line
                    continue
                yield text, first
            text, first = line, start
        if text:
            yield text, first
