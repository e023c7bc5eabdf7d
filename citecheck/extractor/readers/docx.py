"""Word documents: paragraphs and hyperlinks out of the zip's XML, within limits; no macro, no entity, no network."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from xml.etree import ElementTree

from citecheck.errors import ExtractError
from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.readers import Reading
from citecheck.extractor.readers.paragraphs import Paragraph, Run, assembled
from citecheck.model import BlockKind
from citecheck.patterns import regex
from citecheck.settings import LimitSettings

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ENTITY = regex(rb"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_FIELD = regex(r"""\s*HYPERLINK\s+(?!\\l)(?:\\[mnt]\s+)*"?([^"\s]+)""", re.IGNORECASE)
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick"
_SECOND_COPY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DAY = regex(rb"<dcterms:created[^>]*>(\d{4}-\d\d-\d\d)")
_TITLE = regex(rb"<dc:title>([^<]+)</dc:title>")
_HEADING = regex(r"(?:heading|title|titre|berschrift|t.tulo)", re.IGNORECASE)
_QUOTE = regex(r"(?:quote|zitat|cita)", re.IGNORECASE)


_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    OverflowError,
)  # fmt: skip
"""What zipfile raises for broken files."""


def read(data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading:
    """The paragraphs and hyperlinks of a .docx; lines count its paragraphs, foot- and endnotes after the text.

    Raises ExtractError for a broken file, for a part beyond `limits.part_bytes` and for XML that declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            main = list(_part(file, "document", allowance))
            notes = [each for name in ("footnotes", "endnotes") for each in _part(file, name, allowance)]
            core = _bytes(file, "docProps/core.xml", allowance.limits) or b""
    except _BROKEN as error:
        raise ExtractError(f"the document is broken: {error}") from error
    blocks, anchors = assembled(
        [each for each in (*main, *notes) if each.text.strip() or any(run.url for run in each.runs)]
    )
    title, day = _TITLE.search(core), _DAY.search(core)
    heading = next((block.text for block in blocks if block.kind is BlockKind.HEADING), None)
    return Reading(
        blocks=blocks,
        title=title[1].decode("utf-8", "replace") if title else heading,
        anchors=anchors,
        published=_day(day[1].decode()) if day else None,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _bytes(file: zipfile.ZipFile, name: str, limits: LimitSettings) -> bytes | None:
    try:
        with file.open(name) as part:
            data = part.read(limits.part_bytes + 1)
    except KeyError:
        return None
    if len(data) > limits.part_bytes:
        raise ExtractError(
            f"the document's {name} unpacks to more than {limits.part_bytes} bytes (limits.part_bytes); it was not read"
        )
    if _ENTITY.search(data.replace(b"\0", b"")):  # UTF-16, too
        raise ExtractError(f"the document's {name} declares XML entities; it was not read")
    return data


def _part(file: zipfile.ZipFile, name: str, allowance: Allowance) -> Iterator[Paragraph]:
    data = _bytes(file, f"word/{name}.xml", allowance.limits)
    if data is None:
        return
    targets: dict[str, str] = {}
    relations = _bytes(file, f"word/_rels/{name}.xml.rels", allowance.limits)
    try:
        if relations:
            for each in ElementTree.fromstring(relations):  # noqa: S314  # no entity, as just checked
                targets[each.get("Id", "")] = each.get("Target", "")
        open_paragraphs: list[ElementTree.Element] = []
        for event, element in allowance.over(ElementTree.iterparse(io.BytesIO(data), ("start", "end"))):  # noqa: S314
            if element.tag != f"{_WORD}p":
                continue
            if event == "start":
                open_paragraphs.append(element)
                continue
            open_paragraphs.pop()
            if not open_paragraphs:  # a text box within a paragraph is read with it
                yield _paragraph(element, targets)
                element.clear()
    except ElementTree.ParseError as error:
        raise ExtractError(f"the document is broken: {name}.xml: {error}") from error


def _paragraph(element: ElementTree.Element, targets: dict[str, str]) -> Paragraph:
    runs: list[Run] = []
    fields: list[_Field] = []
    pending: list[tuple[ElementTree.Element, str]] = [(element, "")]
    while pending:
        node, url = pending.pop()
        tag = node.tag.removeprefix(_WORD)
        linked = url or next((each.url for each in reversed(fields) if each.url), "")
        if (tag == "t" and node.text) or tag == "noBreakHyphen":
            text = node.text if tag == "t" and node.text else "-"
            if runs and runs[-1].url == linked:
                runs[-1] = Run(runs[-1].text + text, linked)
            else:
                runs.append(Run(text, linked))
        elif tag in ("br", "tab", "cr") or (tag == "p" and runs):
            runs.append(Run(" "))
        elif tag == "instrText" and fields:
            fields[-1] = fields[-1]._replace(instruction=fields[-1].instruction + (node.text or ""))
        elif tag == "fldChar":
            match node.get(f"{_WORD}fldCharType"):
                case "begin":
                    fields.append(_Field())
                case "separate" if fields:
                    fields[-1] = fields[-1]._replace(url=_target(fields[-1].instruction))
                case "end" if fields:
                    fields.pop()
        elif tag == "hyperlink":
            url = _web(targets.get(node.get(_RELATION, ""), ""))
        elif tag == "fldSimple":
            url = _target(node.get(f"{_WORD}instr", "")) or url
        elif tag == _DRAWN:
            runs.append(Run("", _web(targets.get(node.get(_RELATION, ""), ""))))
        if tag not in ("pPr", "rPr", "del", _SECOND_COPY):
            pending += [(child, url) for child in reversed(node)]
    return Paragraph(_kind(element), tuple(runs))


class _Field(NamedTuple):
    """A field that has begun: Word may part its instruction over several runs."""

    instruction: str = ""
    url: str = ""
    """Once its result begins, which is what is linked."""


def _target(instruction: str) -> str:
    """The URL of a field that is a hyperlink; empty for others, and for a place in the document itself."""
    match = _FIELD.match(instruction)
    return _web(match[1]) if match else ""


def _web(target: str) -> str:
    return target if "://" in target or target[:7].lower() == "mailto:" else ""


def _kind(element: ElementTree.Element) -> BlockKind:
    properties = element.find(f"{_WORD}pPr")
    if properties is None:
        return BlockKind.PARAGRAPH
    style = properties.find(f"{_WORD}pStyle")
    name = style.get(f"{_WORD}val", "") if style is not None else ""
    if _HEADING.search(name) or properties.find(f"{_WORD}outlineLvl") is not None:
        return BlockKind.HEADING
    if properties.find(f"{_WORD}numPr") is not None or name.startswith("List"):
        return BlockKind.ITEM
    return BlockKind.QUOTE if _QUOTE.search(name) else BlockKind.PARAGRAPH
