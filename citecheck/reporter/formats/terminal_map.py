"""The sourcing map for a terminal: outlets down, days across, in as many bands as the width asks for."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from citecheck.reporter.matrix import GAP_MEANS, GAP_SIGNS, Cell, Gap, Matrix, Row
from citecheck.reporter.sinks import one_line
from citecheck.reporter.wording import shortened

if TYPE_CHECKING:
    from rich.text import Text

_NAME_CELLS = 22
_GAP_STYLES = {
    Gap.NONE: "",
    Gap.UNCREDITED: "bold red",
    Gap.UNNAMED: "bold yellow",
    Gap.LINKED_ONLY: "cyan",
    Gap.UNNAMED_LINKED: "yellow",
}
_KEY = "C credited, a number: cited so often, → linked, (1) only mentioned; "


class _Line(NamedTuple):
    """An outlet and what each day of a band shows of it."""

    name: str
    cells: tuple[Cell, ...]


def lines(matrix: Matrix, width: int) -> Iterator["Text"]:
    """The map in lines of at most `width` cells, and the key to its signs."""
    from rich.text import Text

    rows = [row for row in matrix.rows if row.is_shown]
    pace = 1 + max([5, *(len(_said(cell)) for row in rows for cell in row.cells)])
    at_once = max(1, (width - _NAME_CELLS) // pace)
    title = one_line(matrix.document.title or matrix.document.source)
    yield Text(shortened(f"Sources of {title}", width), "bold")
    for start in range(0, len(rows), at_once):
        band = rows[start : start + at_once]
        for label, head in _heads(band):
            yield Text((f"{label:<{_NAME_CELLS}}" + "".join(f"{each:>{pace}}" for each in head)).rstrip(), "dim")
        for line in _lines(matrix, band):
            text = Text(_name(line.name))
            for cell in line.cells:
                text.append(f"{_said(cell):>{pace}}", _GAP_STYLES[cell.gap])
            text.rstrip()
            yield text
        yield Text("")
    signs = ", ".join(f"{GAP_SIGNS[gap]} {words}" for gap, words in GAP_MEANS.items())
    for line_ in _wrapped(_KEY + signs, width):
        yield Text(line_, "dim")
    yield Text("")


def _heads(band: Sequence[Row]) -> Iterator[tuple[str, list[str]]]:
    """Month above day, what has no date by its name; below, which days lack a credit line."""
    named = [row.name.split(" ") if row.day.sourcing.date else ["", row.name[:5]] for row in band]
    yield "", [each[0][:5] for each in named]
    yield "", [each[-1] for each in named]
    if any("no credit line" in row.marks for row in band):
        yield "credit line", ["none!" if "no credit line" in row.marks else "" for row in band]


def _lines(matrix: Matrix, band: Sequence[Row]) -> Iterator[_Line]:
    for number, column in enumerate(matrix.columns):
        cells = tuple(row.cells[number] for row in band)
        if any(cell.use for cell in cells):
            yield _Line(column.outlet, cells)


def _said(cell: Cell) -> str:
    use = cell.use
    if use is None:
        return ""
    said = ("C" if use.is_credited else "") + (str(use.cited or "")) + ("→" if use.linked else "")
    return (said or f"({use.mentioned})") + GAP_SIGNS[cell.gap]


def _name(name: str) -> str:
    """As many cells as the column of names has, East Asian letters counted as two."""
    from rich.cells import set_cell_size

    return set_cell_size(one_line(name), _NAME_CELLS)


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".lstrip()
    yield line
