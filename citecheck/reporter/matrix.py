"""The sourcing map as a picture: days down, outlets across, and in each cell what the day shows of the outlet."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from citecheck.model import AttributionKind, Audit, Document, OutletUse, Ownership
from citecheck.reporter.day import Day, days_of, out_of_order
from citecheck.reporter.wording import times


class Gap(StrEnum):
    """What is wrong with a cell; the order is that of the legend."""

    NONE = "none"
    UNCREDITED = "uncredited"
    """Cited, and the credit line lacks it."""
    UNNAMED = "unnamed"
    """Credited, and neither a sentence nor a link shows for what."""
    LINKED_ONLY = "linked-only"
    """Linked, and neither credited nor cited."""
    UNNAMED_LINKED = "unnamed-linked"
    """Credited and linked, and no sentence names it."""


GAP_MEANS: Mapping[Gap, str] = {
    Gap.UNCREDITED: "cited, not credited",
    Gap.UNNAMED: "credited, never named",
    Gap.LINKED_ONLY: "linked, neither cited nor credited",
    Gap.UNNAMED_LINKED: "credited and linked, never named",
}

GAP_SIGNS: Mapping[Gap, str] = {
    Gap.NONE: "",
    Gap.UNCREDITED: "!",
    Gap.UNNAMED: "?",
    Gap.LINKED_ONLY: "+",
    Gap.UNNAMED_LINKED: "~",
}
"""Where neither colour nor pattern can tell: in Markdown, at a terminal."""


class Column(NamedTuple):
    outlet: str
    marks: tuple[str, ...]
    """"state-run", "publisher", "org."."""


class Cell(NamedTuple):
    use: OutletUse | None
    gap: Gap
    words: str
    """What it says, for a reader who does not see it: "AFP, Nov. 16: credited, cited 3 times"."""


class Row(NamedTuple):
    day: Day
    name: str
    marks: tuple[str, ...]
    """"no credit line", "out of order"."""
    cells: tuple[Cell, ...]

    @property
    def is_shown(self) -> bool:
        """A lead or an article without any outlet has nothing to show in a matrix."""
        return bool(self.day.sourcing.outlets) or self.day.is_section


class Matrix(NamedTuple):
    document: Document
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    mentioned: tuple[str, ...]
    """Outlets that are named without carrying a claim, and neither credited nor linked: they have no column."""
    further: int
    """Outlets beyond the last column."""


def matrices(audit: Audit, columns: int = 60) -> tuple[Matrix, ...]:
    """One matrix a document that uses outlets at all, with at most so many `columns`."""
    misplaced = {(day.document.source, day.sourcing.updates) for day in out_of_order(audit)}
    by_document: dict[str, list[Day]] = {}
    for day in days_of(audit):
        by_document.setdefault(day.document.source, []).append(day)
    made = (_matrix(days, misplaced, columns) for days in by_document.values())
    shown = (matrix._replace(rows=tuple(row for row in matrix.rows if row.is_shown)) for matrix in made)
    return tuple(matrix for matrix in shown if matrix.columns)


def whole_matrix(audit: Audit, columns: int = 60) -> Matrix | None:
    """The matrix of the audit's one text with every day of it, also those without any outlet."""
    misplaced = {(day.document.source, day.sourcing.updates) for day in out_of_order(audit)}
    days = list(days_of(audit))
    return _matrix(days, misplaced, columns) if days else None


def gap_of(day: Day, use: OutletUse) -> Gap:
    """What is wrong with this use, counting parents and children as one family."""
    if use.is_self:
        return Gap.NONE
    family = list(day.kin(use))
    if use.is_credited:
        if any(kin.cited or kin.mentioned for kin in family):
            return Gap.NONE
        return Gap.UNNAMED_LINKED if any(kin.linked for kin in family) else Gap.UNNAMED
    if use.kind is AttributionKind.ORGANISATION or day.is_credited(use):
        return Gap.NONE
    if use.cited:
        return Gap.UNCREDITED
    return Gap.LINKED_ONLY if use.linked else Gap.NONE


def _matrix(days: Iterable[Day], misplaced: set[tuple[str, tuple[str, ...]]], limit: int) -> Matrix:
    shown = list(days)
    document = shown[0].document
    uses = [use for day in shown for use in day.sourcing.outlets]
    names = dict.fromkeys(use.outlet for use in uses if use.is_credited or use.cited or use.linked)
    ranked = sorted(names, key=lambda name: _rank(name, uses))
    columns = tuple(Column(name, _column_marks(shown[0], name, uses)) for name in ranked[:limit])
    rows = tuple(
        Row(
            day=day,
            name=day.name,
            marks=_row_marks(day, (document.source, day.sourcing.updates) in misplaced),
            cells=tuple(_cell(day, column.outlet) for column in columns),
        )
        for day in shown
    )
    mentioned = dict.fromkeys(use.outlet for use in uses if use.outlet not in names and not use.is_self)
    return Matrix(document, columns, rows, tuple(mentioned), max(0, len(ranked) - limit))


def _rank(name: str, uses: Iterable[OutletUse]) -> tuple[bool, bool, int, int, str]:
    """The most used first; after the newsrooms the organisations, and the publisher itself last."""
    own = [use for use in uses if use.outlet == name]
    days = sum(use.is_credited or use.cited > 0 or use.linked > 0 for use in own)
    is_organisation = own[0].kind is AttributionKind.ORGANISATION
    return (
        any(use.is_self for use in own),
        is_organisation,
        -days,
        -sum(use.cited + use.linked for use in own),
        name.casefold(),
    )


def _column_marks(day: Day, name: str, uses: Iterable[OutletUse]) -> tuple[str, ...]:
    row = day.families.rows.get(name)
    kind = next(use.kind for use in uses if use.outlet == name)
    marks = [
        "state-run" if row and row.ownership is Ownership.STATE_RUN else "",
        "publisher" if any(use.is_self for use in uses if use.outlet == name) else "",
        "org." if kind is AttributionKind.ORGANISATION else "",
        "unknown" if row is None and day.document.outlets else "",
    ]
    return tuple(filter(None, marks))


def _row_marks(day: Day, is_misplaced: bool) -> tuple[str, ...]:
    marks = [
        "no credit line" if day.credit is None and _uses_others(day) else "",
        "page’s credit line" if day.credit and day.credit.is_of_page else "",
        "out of order" if is_misplaced else "",
    ]
    return tuple(filter(None, marks))


def _uses_others(day: Day) -> bool:
    return any(use.cited and not use.is_self and not day.is_credited(use) for use in day.sourcing.outlets)


def _cell(day: Day, outlet: str) -> Cell:
    use = next((each for each in day.sourcing.outlets if each.outlet == outlet), None)
    if use is None:
        return Cell(None, Gap.NONE, "")
    gap = gap_of(day, use)
    seen = [
        "credited" if use.is_credited else "",
        f"cited {times(use.cited)}" if use.cited else "",
        f"mentioned {times(use.mentioned)}" if use.mentioned else "",
        f"linked {times(use.linked)}" if use.linked else "",
    ]
    words = f"{outlet}, {day.name}: {', '.join(filter(None, seen))}"
    return Cell(use, gap, f"{words}. {GAP_MEANS[gap].capitalize()}." if gap in GAP_MEANS else words)
