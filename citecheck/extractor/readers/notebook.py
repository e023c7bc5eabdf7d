"""Jupyter notebooks: their Markdown cells, each word and URL where it stands in the JSON."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from citecheck.errors import ExtractError
from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.encodings import decode
from citecheck.extractor.inventory import jsonld
from citecheck.extractor.inventory.places import Excerpt
from citecheck.extractor.readers import Reading, markdown
from citecheck.extractor.readers.prose import Places
from citecheck.model import Block, Position


class _Row(NamedTuple):
    """A line of a cell: it begins at `start` of a string of the JSON; None where that was not found."""

    text: str
    string: Excerpt | None
    start: int = 0


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
    written = (jsonld.excerpt(source, *match.span(1)) for key, match in jsonld.strings(source) if key == "source")
    for cell in cells if isinstance(cells, list) else ():
        if not isinstance(cell, dict):
            continue
        said = cell.get("source")
        for part in filter(_is_text, said if isinstance(said, list) else [said]):
            string = next((each for each in written if each.text == part), None)
            if cell.get("cell_type") == "markdown":
                rows += _rows(part, string)
        rows.append(_Row("", None))
    text = "\n".join(row.text for row in rows).encode("utf-8", "replace")
    most_bytes = allowance.limits.claims_bytes
    if len(text) > most_bytes:
        raise ExtractError(
            f"the notebook's text has more than {most_bytes} bytes (limits.claims_bytes); it was not read"
        )
    reading = markdown.read(text, allowance=allowance)
    return reading._replace(
        blocks=tuple(_moved(block, rows, places) for block in reading.blocks),
        anchors=tuple(
            each._replace(line=place.line, column=place.column)
            for each in reading.anchors or ()
            for place in (_place(Position(each.line, each.column or 1), rows, places),)
        ),
        notes=(*notes, *reading.notes),
    )


def _is_text(said: object) -> bool:
    return isinstance(said, str)


def _rows(part: str, string: Excerpt | None) -> Iterator[_Row]:
    """The lines of a string."""
    start = 0
    for line in part.removesuffix("\n").split("\n"):
        yield _Row(line, string, start)
        start += len(line) + 1


def _place(place: Position, rows: list[_Row], places: Places) -> Position:
    row = rows[min(place.line, len(rows)) - 1]
    return place if row.string is None else places[row.string.place(row.start + place.column - 1)]


def _moved(block: Block, rows: list[_Row], places: Places) -> Block:
    marks = []
    for mark in block.marks:
        line, column = _place(Position(mark.line, mark.column), rows, places)
        marks.append(mark._replace(line=line, column=column))
    return Block(block.kind, block.text, tuple(marks))
