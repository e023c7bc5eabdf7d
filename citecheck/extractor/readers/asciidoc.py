"""AsciiDoc: headings, paragraphs and every form of link; listings and comments are no text."""

import re
from collections.abc import Iterator

from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.dates import full_date
from citecheck.extractor.inventory.carried import CODE
from citecheck.extractor.readers import Reading
from citecheck.extractor.readers.encodings import decode
from citecheck.extractor.readers.frontmatter import FrontMatter, front_matter
from citecheck.extractor.readers.lightweight import Piece, Sheet
from citecheck.model import BlockKind

_LINE = re.compile(r"[^\n]*\n?")
_HEADING = re.compile(r"(={1,6}|\#{1,6})\s+(?=\S)")
_ATTRIBUTE = re.compile(r":!?[\w-]+!?:(?:\s|\Z)")
_FENCE = re.compile(r"(-{4,}|\.{4,}|/{4,}|\+{4,}|`{3,})\s*\Z")
_DRAWN = re.compile(r"(?:={4,}|\*{4,}|_{4,}|\|={3,}|--|'{3,}|<{3,})\s*\Z|\[[^\]]*\]\s*\Z|\.[\w\"'][^\n]{0,100}\Z")
_ITEM = re.compile(r"\s*(?:\*{1,5}|-|\.{1,5}|\d{1,3}\.)\s+")
_INLINE = re.compile(
    r"(?:link:|xref:)?(?P<escaped>\\)?(?P<url>(?:https?|ftp)://[^\s\[\]<>]++)\[(?P<words>[^\]]{0,500})\]"
    r"|image::?(?P<picture>[^\s\[]+)\[[^\]]{0,500}\]|`(?P<literal>[^`]+)`|\*(?P<strong>[^*\s][^*]*)\*",
    re.DOTALL,
)


def read(data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading:
    """The blocks and links of an AsciiDoc text."""
    source, notes = decode(data, declared)
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    sheet = Sheet(source, _inline)
    known = FrontMatter()
    fence = ""
    is_header = False
    head: list[tuple[int, int]] = []
    for match in _LINE.finditer(source):
        text, start = match[0].rstrip("\n"), match.start()
        # Under the title stand who wrote and which revision it is.
        is_header = is_header and bool(text.strip())
        if is_header and not _ATTRIBUTE.match(text):
            day = full_date(text)
            known = known.over(FrontMatter(published=day))
            continue
        shut = _FENCE.match(text)
        if fence or shut:
            sheet.end()
            if fence[:1] in tuple("-.`") and not shut:
                sheet.show(text, start)
            fence = "" if shut and shut[1] == fence else fence or (shut[1] if shut else "")
        elif not text.strip() or _DRAWN.match(text) or text.startswith("//") or text.strip() == "+":
            sheet.end()
        elif _ATTRIBUTE.match(text):
            head.append((start, start + len(text)))
        elif heading := _HEADING.match(text):
            sheet.begin(BlockKind.HEADING)
            sheet.line(text[heading.end() :], start + heading.end())
            sheet.end()
            is_header = len(heading[1]) == 1 and not start
        else:
            item = _ITEM.match(text)
            if item:
                sheet.begin(BlockKind.ITEM)
            cut = item.end() if item else len(text) - len(text.lstrip())
            sheet.line(text[cut:], start + cut)
    sheet.end()
    for begin, stop in head:
        known = known.over(front_matter(source[begin:stop].lstrip(":"), begin + 1, sheet.places))
    blocks = tuple(sheet.prose.blocks)
    title = next((block.text for block in blocks if block.kind is BlockKind.HEADING), None)
    return Reading(
        blocks=blocks,
        title=title,
        notes=notes,
        anchors=(*known.anchors, *sheet.anchors()),
        language=known.language,
        published=known.published,
        address=known.address,
    )


def _inline(text: str, start: int) -> Iterator[Piece]:
    done = 0
    for match in _INLINE.finditer(text):
        if match["escaped"]:
            continue
        if match.start() > done:
            yield Piece(text[done : match.start()], start + done)
        done = match.end()
        if match["url"]:
            at = start + match.start("url")
            words = match["words"].partition(",")[0].strip("^\"' ")
            yield Piece(words or match["url"], start + match.start("words") if words else at, match["url"], at)
        elif match["picture"]:
            yield Piece("", start + match.start("picture"), match["picture"], start + match.start("picture"), "img")
        else:
            group = "literal" if match["literal"] else "strong"
            yield Piece(match[group], start + match.start(group), origin=CODE if group == "literal" else "")
    if done < len(text):
        yield Piece(text[done:], start + done)
