"""Markdown for a pull request, a wiki or a step summary: the verdict, the numbers, the map, what to do."""

from collections.abc import Iterable, Iterator, Sequence

from citecheck.model import Audit, Finding, Status
from citecheck.reporter.actions import action_groups
from citecheck.reporter.formats.concise import place, summary
from citecheck.reporter.headline import headline
from citecheck.reporter.matrix import GAP_MEANS, GAP_SIGNS, Cell, Matrix, matrices
from citecheck.reporter.medium import Medium
from citecheck.reporter.sinks import markdown
from citecheck.reporter.totals import totals
from citecheck.reporter.wording import STATUS_MEANS, shortened

_BUDGET_BYTES = 900 * 1024
"""GitHub drops a step summary of more than 1024 KiB whole."""


def render(audit: Audit, medium: Medium) -> str:
    """GitHub's flavour; when it would grow too long for a summary it ends with how much is left out."""
    return within(audit, _BUDGET_BYTES)


def within(audit: Audit, budget_bytes: int) -> str:
    """The same in at most so many bytes, but for a line that says how much is left out."""
    lines = list(_lines(audit))
    kept: list[str] = []
    size = 0
    for line in lines:
        size += len(line.encode()) + 1
        if size > budget_bytes:
            kept += ["", f"{len(lines) - len(kept)} further lines are in the HTML report."]
            break
        kept.append(line)
    return "\n".join(kept) + "\n"


def _lines(audit: Audit) -> Iterator[str]:
    yield f"## {markdown(headline(audit))}"
    yield ""
    by_status = totals(audit).by_status
    shown = [status for status in Status if by_status[status]]
    if shown:
        yield from _table(
            ("links", "status", "means"), ((str(by_status[each]), each, STATUS_MEANS[each]) for each in shown)
        )
    for matrix in matrices(audit):
        yield from _map(matrix)
    for group in action_groups(audit):
        yield f"### {markdown(group.page.title)} ({group.number})"
        yield ""
        for action in group.actions:
            yield _action(action.finding, action.message, action.repair)
        yield ""
    yield markdown(summary(audit))


def _map(matrix: Matrix) -> Iterator[str]:
    yield f"### Sources: {markdown(shortened(matrix.document.title or matrix.document.source, 120))}"
    yield ""
    yield from _table(
        ("day", *(markdown(shortened(column.outlet, 60)) for column in matrix.columns)),
        ((markdown(", ".join((row.name, *row.marks))), *(_cell(cell) for cell in row.cells)) for row in matrix.rows),
    )
    signs = ", ".join(f"`{GAP_SIGNS[gap]}` {words}" for gap, words in GAP_MEANS.items())
    yield f"C credited, a number cited so often, → linked so often; {signs}."
    yield ""


def _cell(cell: Cell) -> str:
    if cell.use is None:
        return ""
    parts = (
        "C" if cell.use.is_credited else "",
        str(cell.use.cited or ""),
        f"→{cell.use.linked}" if cell.use.linked else "",
    )
    said = " ".join(filter(None, parts)) or f"({cell.use.mentioned})"
    sign = GAP_SIGNS[cell.gap]
    return f"**{said}** `{sign}`" if sign else said


def _action(finding: Finding, message: str, repair: str | None) -> str:
    target = f" {markdown(shortened(finding.target, 300))}" if finding.target else ""
    fix = f" Should read: {markdown(repair)}" if repair else ""
    return f"- [ ] {markdown(place(finding))} {markdown(message)}.{target}{fix}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
