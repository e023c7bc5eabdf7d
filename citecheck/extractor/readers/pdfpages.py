"""The pages of a PDF as pdfium sees them: lines of characters with their boxes, and link annotations."""

import ctypes
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

from citecheck.errors import ExtractError
from citecheck.model import Box
from citecheck.patterns import regex

_SENTENCE_END = regex(r"[.!?…。！？]['\"”’»)\]]*\s*\Z")
_NUMBERS = regex(r"\d+")
_TOLERANCE_PT = 0.5
_EDGE_LINES = 2
_MARGIN_PT = 36.0
"""What stands closer to the edge of the sheet is printed by the program that printed it."""
_LINE_ENDS = frozenset({10, 13})
_BLANKS = frozenset({0, 32, 160})
_HYPHEN = 2
"""What pdfium makes of a hyphen at the end of a line, which it joins to the next."""
_JOINTS = _BLANKS | {_HYPHEN}
_LINE_SHARE = 0.6
"""A word set so much of its size above or below the one before it stands on another line: no superscript."""
_URI_BYTES = 16_384


class Line(NamedTuple):
    """A line of text on a page; `first` is the index of its first character there."""

    text: str
    page: int
    first: int
    size: float
    """Of the type, in points."""
    gap: float
    """From the line above to this one, in points; 0 for a page's first, negative where a column begins."""
    base: float = 0.0
    """The height of its base line above the foot of the page, in points."""
    left: float = 0.0
    right: float = 0.0

    @property
    def ends_sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.text[-8:]))

    @property
    def folded(self) -> str:
        return _NUMBERS.sub("#", " ".join(self.text.split()))


class PageLink(NamedTuple):
    """A link over a part of a line: `line` is the line's `first`, the offsets count from there."""

    url: str
    line: int
    start: int
    end: int
    box: Box


class Page(NamedTuple):
    number: int
    lines: tuple[Line, ...]
    links: tuple[PageLink, ...]

    height: float = 0.0

    def edges(self) -> Sequence[Line]:
        """The lines at the top and at the bottom of the sheet."""
        if len(self.lines) < 2:
            return ()
        ordered = sorted(self.lines, key=lambda line: -line.base)
        many = min(_EDGE_LINES, max(1, len(ordered) // 4))
        return (*ordered[:many], *ordered[-many:])

    def margins(self) -> Sequence[Line]:
        """The lines outside the printed part of the sheet."""
        return [line for line in self.lines if not _MARGIN_PT <= line.base <= self.height - _MARGIN_PT]


class Document:
    """An open PDF. Raises ExtractError for what pdfium cannot open, ImportError where pypdfium2 is missing."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2  # type: ignore[import-untyped]  # it ships no types
        import pypdfium2.raw  # type: ignore[import-untyped]  # nor does this

        self._raw: Any = pypdfium2.raw
        try:
            self._document: Any = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise ExtractError("the PDF is encrypted: save it without its password") from error
            raise ExtractError("the PDF is broken: nothing can be read of it") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    @property
    def title(self) -> str | None:
        return " ".join(str(self._document.get_metadata_dict().get("Title") or "").split()) or None

    def page(self, index: int) -> Page:
        """The lines and links of a page; a page that pdfium cannot load has none."""
        import pypdfium2

        try:
            page = self._document[index]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            return Page(index + 1, (), ())
        try:
            lines = self._lines(text, index + 1)
            return Page(index + 1, tuple(lines), tuple(self._links(page, text, lines)), page.get_height())
        finally:
            text.close()
            page.close()

    def _lines(self, text: Any, number: int) -> list[Line]:
        count = self._raw.FPDFText_CountChars(text)
        codes = [self._raw.FPDFText_GetUnicode(text, index) for index in range(count)]
        lines: list[Line] = []
        above: float | None = None
        for first, end in self._runs(text, codes):
            content = _decoded(codes[first:end])
            inked = first + len(content) - len(content.lstrip())
            _, bottom, _, top = self._box(text, inked)
            size = round(self._raw.FPDFText_GetFontSize(text, inked), 1) or round(top - bottom, 1)
            base = self._base(text, inked)
            gap = 0.0 if above is None else round(above - base, 1)
            left = self._box(text, inked)[0]
            right = self._box(text, first + len(content.rstrip()) - 1)[2]
            lines.append(Line(content, number, first, size, gap, round(base, 1), round(left, 1), round(right, 1)))
            above = base
        return lines

    def _runs(self, text: Any, codes: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Where lines begin and end: at line ends, and where pdfium joins two lines."""
        first = 0
        base: float | None = None
        for index, code in enumerate([*codes, 10]):
            if code in _LINE_ENDS:
                if any(each not in _BLANKS for each in codes[first:index]):
                    yield first, index
                first, base = index + 1, None
            elif code not in _BLANKS and (base is None or codes[index - 1] in _JOINTS):
                here = self._base(text, index)
                size = self._raw.FPDFText_GetFontSize(text, index)
                if base is not None and abs(base - here) > _LINE_SHARE * size:
                    yield first, index
                    first = index
                base = here if base is None or first == index else base

    def _box(self, text: Any, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a character, in points from the page's lower left."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        self._raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    def _base(self, text: Any, index: int) -> float:
        across, up = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(text, index, across, up)
        return up.value

    def _links(self, page: Any, text: Any, lines: Sequence[Line]) -> list[PageLink]:
        found: list[PageLink] = []
        heights = [(self._base(text, _inked(line)), line) for line in lines]
        boxes: dict[int, list[tuple[float, float]]] = {}
        position = ctypes.c_int(0)
        link = self._raw.FPDF_LINK()
        while self._raw.FPDFLink_Enumerate(page, position, link):
            url = self._uri(link)
            rectangle = self._raw.FS_RECTF()
            if not url or not self._raw.FPDFLink_GetAnnotRect(link, rectangle):
                continue
            low, high = min(rectangle.bottom, rectangle.top), max(rectangle.bottom, rectangle.top)
            for base, line in heights:
                if not low - _TOLERANCE_PT <= base + line.size * 0.2 <= high + _TOLERANCE_PT:
                    continue
                if line.first not in boxes:
                    boxes[line.first] = [self._centre(text, line.first + at) for at in range(len(line.text))]
                inside = [
                    at
                    for at, (across, _) in enumerate(boxes[line.first])
                    if rectangle.left - _TOLERANCE_PT <= across <= rectangle.right + _TOLERANCE_PT
                    and not line.text[at].isspace()
                ]
                if inside:
                    box = Box(*(round(each, 1) for each in (rectangle.left, low, rectangle.right, high)))
                    found.append(PageLink(url, line.first, inside[0], inside[-1] + 1, box))
        return sorted(set(found), key=lambda each: (each.line, each.start))

    def _centre(self, text: Any, index: int) -> tuple[float, float]:
        left, bottom, right, top = self._box(text, index)
        return (left + right) / 2, (bottom + top) / 2

    def _uri(self, link: Any) -> str:
        action = self._raw.FPDFLink_GetAction(link)
        if not action or self._raw.FPDFAction_GetType(action) != self._raw.PDFACTION_URI:
            return ""
        buffer = ctypes.create_string_buffer(_URI_BYTES)
        size = self._raw.FPDFAction_GetURIPath(self._document, action, buffer, _URI_BYTES)
        url = buffer.raw[: max(0, min(size, _URI_BYTES) - 1)].decode("utf-8", "replace")
        return url if "://" in url and not url.startswith("file:") else ""


def _inked(line: Line) -> int:
    return line.first + len(line.text) - len(line.text.lstrip())


def _decoded(codes: Sequence[int]) -> str:
    """One character a code, so that offsets stay those of pdfium: halves of a pair and NULs become U+FFFD."""
    return "".join(
        "\ufffd" if 0xD800 <= code <= 0xDFFF or code == 0 else "-" if code == _HYPHEN else chr(min(code, 0x10FFFF))
        for code in codes
    )
