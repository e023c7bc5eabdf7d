"""Jupyter notebooks: their Markdown cells, each word and URL where it stands in the JSON."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from citecheck.errors import ExtractError
from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.readers import Reading, markdown
from citecheck.extractor.readers.encodings import decode
from citecheck.extractor.readers.prose import Places
from citecheck.model import Block, Position

_MOST_MISSES = 100
"""Each string that is not written as expected is looked for to the end of the file; the places of more stay unknown."""


class _Row(NamedTuple):
    """A line of a cell, and where its text begins in the JSON; None where it was not found."""

    text: str
    place: Position | None
    is_ascii: bool = False
    """Other characters are written there as escapes."""


def read(data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading:
    """The text of the Markdown cells as one. Raises ExtractError for what is no notebook."""
    source, notes = decode(data, declared)
    try:
        notebook: Any = msgspec.json.decode(source)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ExtractError(f"the notebook is broken: {error}") from error
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    rows: list[_Row] = []
    places = Places(source)
    cursor = misses = 0
    for cell in cells if isinstance(cells, list) else ():
        if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
            continue
        said = cell.get("source")
        for part in said if isinstance(said, list) else [said]:
            if not isinstance(part, str):
                continue
            at, written = _found(source, part, cursor) if misses < _MOST_MISSES else (-1, part)
            misses += at < 0
            cursor = at + len(written) if at >= 0 else cursor
            rows += _rows(part, at + 1 if at >= 0 else None, places, is_ascii=written.isascii())
        rows.append(_Row("", None))
    text = "\n".join(row.text for row in rows).encode("utf-8", "replace")
    most_bytes = allowance.limits.claims_bytes
    if len(text) > most_bytes:
        raise ExtractError(
            f"the notebook's text has more than {most_bytes} bytes (limits.claims_bytes); it was not read"
        )
    reading = markdown.read(text, allowance=allowance)
    return reading._replace(
        blocks=tuple(_moved(block, rows) for block in reading.blocks),
        anchors=tuple(
            each._replace(line=place.line, column=place.column)
            for each in reading.anchors or ()
            for place in (_place(Position(each.line, each.column or 1), rows),)
        ),
        notes=(*notes, *reading.notes),
    )


def _found(source: str, part: str, cursor: int) -> tuple[int, str]:
    """Where a string stands in the JSON, as it is written there."""
    for written in (json.dumps(part, ensure_ascii=False), json.dumps(part)):
        at = source.find(written, cursor)
        if at >= 0:
            return at, written
    return -1, ""


def _rows(part: str, start: int | None, places: Places, *, is_ascii: bool) -> Iterator[_Row]:
    """The lines of a string that begins at an offset of the JSON."""
    for line in part.removesuffix("\n").split("\n"):
        yield _Row(line, None if start is None else places[start], is_ascii)
        if start is not None:
            start += len(json.dumps(line, ensure_ascii=is_ascii)) - 2 + len("\\n")


def _place(place: Position, rows: list[_Row]) -> Position:
    row = rows[min(place.line, len(rows)) - 1]
    if row.place is None:
        return place
    before = json.dumps(row.text[: place.column - 1], ensure_ascii=row.is_ascii)
    return Position(row.place.line, row.place.column + len(before) - 2)


def _moved(block: Block, rows: list[_Row]) -> Block:
    marks = []
    for mark in block.marks:
        line, column = _place(Position(mark.line, mark.column), rows)
        marks.append(mark._replace(line=line, column=column))
    return Block(block.kind, block.text, tuple(marks))
