"""AsciiDoc: headings, paragraphs and every form of link; listings and comments are no text."""

import re
from collections.abc import Iterator

from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.dates import full_date
from citecheck.extractor.encodings import decode
from citecheck.extractor.inventory import html
from citecheck.extractor.inventory.carried import CODE
from citecheck.extractor.readers import Reading
from citecheck.extractor.readers.frontmatter import FrontMatter, front_matter
from citecheck.extractor.readers.lightweight import Piece, Sheet, rows
from citecheck.model import BlockKind
from citecheck.patterns import regex

_HEADING = regex(r"(={1,6}|\#{1,6})\s+(?=\S)")
_ATTRIBUTE = regex(r":!?[\w-]+!?:(?:\s|\Z)")
_FENCE = regex(r"(-{4,}|\.{4,}|/{4,}|\+{4,}|`{3,})\s*\Z")
_UNDERLINE = regex(r"([=\-~^+])\1{2,}\s*\Z")
_DRAWN = regex(r"(?:={4,}|\*{4,}|_{4,}|\|={3,}|--|'{3,}|<{3,})\s*\Z|\[[^\]]*\]\s*\Z")
_TITLE = regex(r"\.(?=[\w\"'])")
_SHOWN = regex(r"\[(?:(?:source|listing|literal)\b|,)")
"""Above a paragraph that is code."""
_ITEM = regex(r"\s*(?:\*{1,5}|-|\.{1,5}|\d{1,3}\.)\s+")
_BALANCED = r"(?:\\.|\[[^\[\]]*\]|[^\[\]\\]){0,500}+"
_INLINE = regex(
    rf"(?:link:|xref:)?(?P<escaped>\\)?(?P<url>(?:https?|ftp)://[^\s\[\]<>]{{1,2000}}+)\[(?P<words>{_BALANCED})\]"
    rf"|link:\+\+(?P<passed>\S{{1,2000}}?)\+\+\[(?P<name>{_BALANCED})\]"
    rf"|image::?(?P<picture>[^\s\[]{{1,2000}}+)\[(?P<attributes>{_BALANCED})\]"
    r"|\+\+\+(?P<raw>.+?)\+\+\+|pass:\w{0,9}\[(?P<pass>[^\]]{0,2000}+)\]"
    r"|(?<![\w+])\+{1,2}(?P<plain>[^+\s](?:[^+]*[^+\s])?)\+{1,2}(?![\w+])"
    r"|(?<![\"'])`(?P<literal>[^`]+)`|(?<!\w)\*(?P<strong>[^*\s][^*]*)\*",
    re.DOTALL,
)
_WORDS = regex(r"\s*(?:\"([^\"]+)\"|([^,^]*[^,^\s])?)")
_LINK = regex(r"\blink=[\"']?([^\s,\"']+)")


def read(data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading:
    """The blocks and links of an AsciiDoc text."""
    source, notes = decode(data, declared)
    reader = _Reader(source.replace("\r\n", "\n").replace("\r", "\n"))
    reader.run()
    blocks = tuple(reader.sheet.prose.blocks)
    title = next((block.text for block in blocks if block.kind is BlockKind.HEADING), None)
    return Reading(
        blocks=blocks,
        title=title,
        notes=notes,
        anchors=(*reader.known.anchors, *reader.sheet.anchors()),
        language=reader.known.language,
        published=reader.known.published,
        address=reader.known.address,
    )


class _Reader:
    """One pass over the lines; `run` fills `sheet` and `known`."""

    def __init__(self, source: str) -> None:
        self.sheet = Sheet(source, _inline)
        self.known = FrontMatter()
        self._rows = rows(source)
        self._fence = ""
        self._fence_end = 0
        self._is_header = False
        self._is_open = False
        """A paragraph has begun …"""
        self._is_code = False
        """… or what follows is one of code."""
        self._before = ""

    def run(self) -> None:
        underline = -1
        for index, (text, start) in enumerate(self._rows):
            # Under the title stand who wrote and which revision it is.
            self._is_header = self._is_header and bool(text.strip())
            if self._is_header and not _ATTRIBUTE.match(text):
                self.known = self.known.over(FrontMatter(published=full_date(text)))
                continue
            below = self._rows[index + 1][0] if index + 1 < len(self._rows) else ""
            shut = _FENCE.match(text)
            if index == underline:
                continue
            if self._fence or shut:
                self._fenced(text, start, shut)
            elif not text.strip() or _DRAWN.match(text) or text.startswith("//") or text.strip() == "+":
                self.sheet.end()
                self._is_open = False
                self._is_code = _SHOWN.match(text) is not None
                if text.startswith("["):
                    self.sheet.name(text, start)
            elif _ATTRIBUTE.match(text):
                self._attribute(text, start)
            elif not self._is_open and _is_title(text, below):
                underline = index + 1
                self._heading(text, start, 0)
            elif heading := _HEADING.match(text):
                self._heading(text, start, heading.end())
                self._is_header = len(heading[1]) == 1 and not start
            else:
                self._line(text, start)
            self._before = text.strip() or self._before
        self.sheet.end()

    def _fenced(self, text: str, start: int, shut: re.Match[str] | None) -> None:
        """Take a line in a block of code, a comment or HTML, or one that begins or ends it."""
        self.sheet.end()
        self._is_open = self._is_code = False
        if self._fence and shut and shut[1] == self._fence:
            if self._fence[0] == "+":
                self.sheet.markup(self._fence_end, start)
            self._fence = ""
        elif self._fence and self._fence[0] in "-.`":
            self.sheet.show(text, start)
        elif not self._fence and shut:
            self._fence, self._fence_end = shut[1], start + len(text)

    def _attribute(self, text: str, start: int) -> None:
        said = front_matter(text.lstrip(":"), start + 1, self.sheet.places)
        self.known = self.known.over(said)

    def _heading(self, text: str, start: int, cut: int) -> None:
        self.sheet.begin(BlockKind.HEADING)
        self.sheet.line(text[cut:], start + cut)
        self.sheet.end()

    def _line(self, text: str, start: int) -> None:
        item = _ITEM.match(text)
        title = None if item or self._is_open else _TITLE.match(text)
        is_indented = text[0] in " \t" and not (self._is_open or item or self._before.endswith("::"))
        self._is_code = self._is_code or is_indented
        if self._is_code:
            self.sheet.show(text, start)
            return
        if item:
            self.sheet.begin(BlockKind.ITEM)
        elif title:
            self.sheet.begin(BlockKind.CAPTION)
        lead = item or title
        cut = lead.end() if lead else len(text) - len(text.lstrip())
        self.sheet.line(text[cut:], start + cut)
        self._is_open = title is None
        if title:
            self.sheet.end()


def _is_title(text: str, below: str) -> bool:
    """Whether the line is a title with a line of about its length drawn below it."""
    drawn = _UNDERLINE.match(below)
    return drawn is not None and abs(len(below.rstrip()) - len(text.rstrip())) <= 1 and text[:1].isalnum()


def _inline(text: str, start: int) -> Iterator[Piece]:
    done = 0
    for match in _INLINE.finditer(text):
        if match["escaped"]:
            continue
        if match.start() > done:
            yield Piece(text[done : match.start()], start + done)
        done = match.end()
        if match["url"] or match["passed"]:
            group, words = ("url", "words") if match["url"] else ("passed", "name")
            yield _linked(match, group, words, start)
            for picture in _INLINE.finditer(match[words]):
                if picture["picture"]:
                    yield from _picture(picture, start + match.start(words))
        elif match["picture"]:
            yield from _picture(match, start)
        elif match["strong"]:
            yield from _inline(match["strong"], start + match.start("strong"))
        elif match["raw"] or match["pass"]:
            group = "raw" if match["raw"] else "pass"
            for each in html.inventory(match[group]).carried:
                at = start + match.start(group) + each.offset
                yield Piece("", at, each.url, at, each.origin)
        elif match.lastgroup in ("plain", "literal"):
            group = match.lastgroup
            yield Piece(match[group], start + match.start(group), origin=CODE if group == "literal" else "")
    if done < len(text):
        yield Piece(text[done:], start + done)


def _linked(match: re.Match[str], url: str, words: str, start: int) -> Piece:
    """A link with its words: all of them in quotes, else those before the first comma."""
    said = _WORDS.match(match[words])
    group = (1 if said[1] else 2) if said else 0
    at = start + match.start(url)
    if not said or not said[group]:
        return Piece(match[url], at, match[url], at)
    return Piece(said[group], start + match.start(words) + said.start(group), match[url], at)


def _picture(match: re.Match[str], start: int) -> Iterator[Piece]:
    """A picture, and what it links to."""
    at = start + match.start("picture")
    yield Piece("", at, match["picture"], at, "img")
    link = _LINK.search(match["attributes"])
    if link:
        at = start + match.start("attributes") + link.start(1)
        yield Piece("", at, link[1], at)
