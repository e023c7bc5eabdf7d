"""For people at a terminal: each error and warning with its line and a caret under the words, notes in one line."""

import io
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from citecheck.model import Audit, Finding, Level
from citecheck.reporter.formats import terminal_map
from citecheck.reporter.formats.concise import place, summary
from citecheck.reporter.matrix import matrices
from citecheck.reporter.medium import Medium
from citecheck.reporter.sinks import one_line, source_line

if TYPE_CHECKING:
    from rich.text import Text

_STYLES = {Level.ERROR: "bold red", Level.WARNING: "bold yellow", Level.NOTE: "bold cyan"}
_SOURCE_CAP_BYTES = 64 * 1024 * 1024
_MOST_MAPS = 3
"""Of more texts the maps would hide what is to do."""
_MAP_CELLS = 100
_CONTEXT = 24
"""Cells of a long line that stay visible before the words in question."""


def render(audit: Audit, medium: Medium) -> str:
    """The findings, worst first, and the totals; styled only for a colourful medium, never wider than it."""
    from rich.console import Console
    from rich.text import Text

    out = io.StringIO()
    console = Console(
        file=out,
        width=medium.width,
        force_terminal=medium.is_colourful,
        color_system="standard" if medium.is_colourful else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    ranks = list(Level)
    loud = [each for each in audit.findings if each.level is not Level.NOTE]
    quiet = [each for each in audit.findings if each.level is Level.NOTE]
    for finding, further in _grouped(sorted(loud, key=lambda each: ranks.index(each.level))):
        console.print(_diagnostic(finding, further, audit, medium), soft_wrap=True)
    for finding in quiet:
        text = Text()
        text.append(one_line(place(finding)), "bold")
        text.append(": ")
        text.append(f"note[{finding.rule}]", _STYLES[Level.NOTE])
        text.append(f" {one_line(finding.message)}")
        console.print(text, soft_wrap=True)
    if quiet:
        console.print()
    for matrix in islice(matrices(audit), _MOST_MAPS if len(audit.documents) <= _MOST_MAPS else 0):
        for line in terminal_map.lines(matrix, min(medium.width, _MAP_CELLS)):
            console.print(line, soft_wrap=True)
    console.print(Text(summary(audit), "bold"), soft_wrap=True)
    if audit.findings:
        console.print(Text("Learn more of a rule: citecheck explain RULE", "dim"), soft_wrap=True)
    return out.getvalue()


def _grouped(findings: Sequence[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """One primary place a link, with the further places of the same rule and target."""
    groups: dict[tuple[str, str | int], list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault((finding.rule, finding.target or number), []).append(finding)
    return [(first, further) for first, *further in groups.values()]


def _diagnostic(finding: Finding, further: Sequence[Finding], audit: Audit, medium: Medium) -> "Text":
    from rich.text import Text

    style = _STYLES[finding.level]
    text = Text()
    text.append(f"{finding.level.value}[{finding.rule}]", style)
    text.append(f": {one_line(finding.message)}\n", "bold")
    line = _line_of(finding, medium)
    gutter = " " * len(str(finding.line or ""))
    text.append(f"{gutter}--> ", "blue")
    text.append(f"{one_line(place(finding))}\n")
    if line is not None and finding.column:
        window = _window(line, finding.column, finding.end_column or finding.column + 1, medium.width)
        text.append(f"{gutter} |\n{finding.line} | ", "blue")
        text.append(f"{window.text}\n")
        text.append(f"{gutter} | ", "blue")
        text.append(f"{' ' * window.cells_before}{'^' * window.cells}\n", style)
    elif finding.target:
        text.append(f"{gutter} | ", "blue")
        text.append(f"{one_line(finding.target)}\n")
    if further:
        more = f" (+{len(further) - 1} more)" if len(further) > 1 else ""
        text.append(f"{gutter} = ", "blue")
        text.append(f"also: {one_line(place(further[0]))}{more}\n")
    kept = audit.snapshots.get(finding.target or "")
    if kept:
        text.append(f"{gutter} = ", "blue")
        text.append(f"archive: {one_line(kept.file)} at {kept.captured_at:%Y-%m-%d %H:%M} UTC\n")
    return text


def _line_of(finding: Finding, medium: Medium) -> str | None:
    """The source's line of a finding, neutralised, when the source is a file at hand."""
    if medium.base is None or finding.line is None or "://" in finding.source:
        return None
    lines = _lines(medium.base / finding.source)
    return source_line(lines[finding.line - 1]) if finding.line <= len(lines) else None


@lru_cache(maxsize=4)
def _lines(path: Path) -> tuple[str, ...]:
    try:
        if not path.is_file() or path.stat().st_size > _SOURCE_CAP_BYTES:
            return ()
        return tuple(path.read_text(encoding="utf-8", errors="replace").split("\n"))
    except (OSError, ValueError):
        return ()


class _Window(NamedTuple):
    """The part of a line around the words in question."""

    text: str
    cells_before: int
    cells: int
    """Of the words themselves."""


def _window(line: str, column: int, end_column: int, width: int) -> _Window:
    from rich.cells import cell_len

    room = max(20, width - 12)
    start = column - 1
    while start > 0 and cell_len(line[start - 1 : column - 1]) <= _CONTEXT:
        start -= 1
    start = 0 if cell_len(line[: end_column - 1]) <= room else start
    end = start
    while end < len(line) and cell_len(line[start : end + 1]) <= room:
        end += 1
    before = "… " if start else ""
    after = " …" if end < len(line) else ""
    return _Window(
        text=f"{before}{line[start:end].rstrip()}{after}",
        cells_before=cell_len(before + line[start : column - 1]),
        cells=max(1, cell_len(line[column - 1 : min(end_column - 1, end)])),
    )
