"""PDF by pypdfium2: text in reading order, the links of its annotations laid to the words under their rectangles."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.errors import ExtractError
from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.readers import Anchor, Reading, pdfpages
from citecheck.extractor.readers.paragraphs import bare
from citecheck.extractor.readers.pdfpages import Line, Page
from citecheck.extractor.readers.prose import Places, Prose
from citecheck.extractor.readers.text import joint
from citecheck.model import BlockKind, Box

_GAP = 1.35
"""Lines farther apart than so many usual gaps are two paragraphs."""
_LARGER = 1.12
"""A line set so much larger than the text is a heading."""
_HEADING_LINES = 3
_TOUCH = 0.2
_BELOW = 0.25
"""So much of a type's size is below its base line."""
_BULLETS = "•◦▪‣●○■·-–*"


def read(data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading:
    """The paragraphs and links of a PDF; lines and columns count those of its text, page by page.

    Raises ExtractError for a broken or encrypted file, and where pypdfium2 is not installed.
    """
    try:
        document = pdfpages.Document(data)
    except ImportError as error:
        raise ExtractError("a PDF needs one package more: pip install 'citecheck[pdf]'") from error
    with document:
        title = document.title
        pages, notes = _pages(document, allowance)
    reader = _Reader([page for page in pages if page.lines])
    reader.run()
    blocks = reader.prose.blocks
    heading = next((block.text for block in blocks if block.kind is BlockKind.HEADING), None)
    return Reading(
        blocks=tuple(blocks),
        title=title or heading,
        notes=notes,
        anchors=tuple(reader.anchors()),
        may_lose_links=True,
    )


def _pages(document: pdfpages.Document, allowance: Allowance) -> tuple[list[Page], tuple[str, ...]]:
    """The pages, as many as may be read, and a note where those are not all."""
    limits, count = allowance.limits, len(document)
    pages: list[Page] = []
    for number in range(min(count, limits.pdf_pages)):
        if allowance.is_spent:
            return pages, (f"of {count} pages {number} were read in {limits.claims_s:g} s (limits.claims_s)",)
        pages.append(document.page(number))
    if count > limits.pdf_pages:
        return pages, (f"of {count} pages the first {limits.pdf_pages} were read (limits.pdf_pages)",)
    return pages, ()


class _Span(NamedTuple):
    """A link over the words from `start` to `end`, offsets in the text of all lines."""

    start: int
    end: int
    url: str
    page: int
    box: Box


class _Reader:
    """One pass over the lines of all pages; `run` fills `prose`."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.lines = list(_running(pages))
        self.source = "\n".join(line.text for line in self.lines)
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line.text) + 1)
        self.starts = starts
        turns = [
            starts[index]
            for index, line in enumerate(self.lines)
            for _ in range(line.page - (self.lines[index - 1].page if index else 1))
        ]
        self._places = Places(self.source, tuple(turns))
        self.prose = Prose(self._places)
        sizes = Counter[float]()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        self._size = sizes.most_common(1)[0][0] if sizes else 0.0
        gaps = Counter(round(below.gap, 1) for below in self.lines if below.gap and below.size == self._size)
        self._gap = gaps.most_common(1)[0][0] if gaps else self._size * 1.2
        self.spans = list(_spans(pages, self.lines, starts))

    def run(self) -> None:
        paragraph: list[int] = []
        for index, line in enumerate(self.lines):
            if paragraph and self._begins(self.lines[paragraph[-1]], line):
                self._close(paragraph)
                paragraph = []
            paragraph.append(index)
        self._close(paragraph)

    def anchors(self) -> list[Anchor]:
        found: list[Anchor] = []
        for span in self.spans:
            linked = self.prose.links.get(span.start)
            line, column = self._places[span.start]
            if linked is None or not linked.text:
                found.append(Anchor(span.url, "a", line, column, page=span.page, box=span.box))
            else:
                found.append(Anchor(span.url, "a", line, column, *linked, page=span.page, box=span.box))
        found += bare(self.prose.blocks, found)
        return sorted(found, key=lambda each: (each.line, each.column or 0))

    def _is_heading(self, line: Line) -> bool:
        return line.size > self._size * _LARGER

    def _begins(self, above: Line, line: Line) -> bool:
        if self._is_heading(above) or self._is_heading(line):
            return abs(above.size - line.size) > 0.1 or above.page != line.page or line.gap > line.size * 1.6
        if line.text.lstrip()[:1] in _BULLETS and line.text.lstrip()[1:2].isspace():
            return True
        if above.page != line.page:
            return above.ends_sentence
        # A step back to the top is another column, which may go on with the sentence.
        if line.gap <= 0:
            return above.ends_sentence
        return line.gap > self._gap * _GAP

    def _close(self, paragraph: Sequence[int]) -> None:
        if not paragraph:
            return
        first = self.lines[paragraph[0]]
        for number, index in enumerate(paragraph):
            line = self.lines[index]
            if number:
                before = self.lines[paragraph[number - 1]]
                if joint(before.text.rstrip()) and not _touches(before, line):
                    self.prose.blank()
            self._add(line.text, self.starts[index])
        is_heading = self._is_heading(first) and len(paragraph) <= _HEADING_LINES
        is_item = first.text.lstrip()[:1] in _BULLETS and first.text.lstrip()[1:2].isspace()
        kind = BlockKind.HEADING if is_heading else BlockKind.ITEM if is_item else BlockKind.PARAGRAPH
        made = len(self.prose.blocks)
        self.prose.close(kind)
        if len(self.prose.blocks) > made:
            box = _box([self.lines[index] for index in paragraph])
            self.prose.blocks[-1] = replace(self.prose.blocks[-1], box=box)

    def _add(self, text: str, start: int) -> None:
        """Add a line, with the links that begin and end in it."""
        text = text.rstrip("\xad")
        end = start + len(text)
        cuts = {start, end}
        for span in self.spans:
            cuts |= {each for each in (span.start, span.end) if start <= each <= end}
        ordered = sorted(cuts)
        begins = {span.start for span in self.spans}
        ends = {span.end for span in self.spans}
        for place, following in zip(ordered, [*ordered[1:], end], strict=True):
            if place in ends:
                self.prose.close_link()
            if place in begins and place < end:
                self.prose.open_link(place)
            self.prose.add(text[place - start : following - start], place)


def _touches(before: Line, line: Line) -> bool:
    """Whether pdfium parted a line in two, as it does behind a raised number."""
    is_level = before.page == line.page and before.base == line.base
    return is_level and 0 <= line.left - before.right < _TOUCH * line.size


def _box(lines: Sequence[Line]) -> Box:
    """What the lines take of the page that the first stands on."""
    here = [line for line in lines if line.page == lines[0].page]
    return Box(
        left=min(line.left for line in here),
        bottom=round(min(line.base - line.size * _BELOW for line in here), 1),
        right=max(line.right for line in here),
        top=round(max(line.base + line.size * (1 - _BELOW) for line in here), 1),
    )


def _running(pages: Sequence[Page]) -> Iterator[Line]:
    """The lines without running heads and page feet: what stands at the edge of most pages, numbers apart."""
    edges = Counter(line.folded for page in pages for line in page.edges())
    many = max(3, len(pages) // 2)
    sizes = Counter(line.size for page in pages for line in page.lines)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    for page in pages:
        left_out = [line for line in page.edges() if edges[line.folded] >= many]
        left_out += [line for line in page.margins() if line.size < usual]
        yield from (line for line in page.lines if line not in left_out)


def _spans(pages: Sequence[Page], lines: Sequence[Line], starts: Sequence[int]) -> Iterator[_Span]:
    """The links over the text of all lines; boxes of one URL that follow one another are one link."""
    offset_of = {(line.page, line.first): start for line, start in zip(lines, starts, strict=False)}
    open_: _Span | None = None
    for page in pages:
        for link in page.links:
            place = offset_of.get((page.number, link.line))
            if place is None:
                continue
            start, end = place + link.start, place + link.end
            if open_ and open_.url == link.url and 0 <= start - open_.end <= 2:
                open_ = open_._replace(end=end)
                continue
            if open_:
                yield open_
            open_ = _Span(start, end, link.url, page.number, link.box)
    if open_:
        yield open_
