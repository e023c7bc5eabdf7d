"""How a run ends: what is printed and written, and the exit code."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

import click

from citecheck.errors import ReportError, UsageError
from citecheck.model import Audit, Document, Finding, Level, Status
from citecheck.settings import FailOn, Settings

_SUMMED_UP = ("terminal", "concise", "github", "markdown")
"""Formats that end with the totals; beside the others they are told on stderr."""
_STEP_SUMMARY_BYTES = 1024 * 1024
CLEAN, FINDINGS, NOTHING, UNFINISHED, INTERRUPTED = 0, 1, 3, 4, 130


def exit_code(audit: Audit, settings: Settings) -> int:
    """The architecture's order where several apply: 2, 130, 4, 1, 3, 0.

    An exclusion that has run out is a fault of the settings; the run has gone on without it.
    """
    if any(map(_is_fault_of_settings, audit.findings)):
        return UsageError.exit_code
    unverified = not settings.offline and any(visit.verdict.status == Status.UNCHECKED for visit in audit.visits)
    if not (audit.is_complete or audit.is_cut):
        return INTERRUPTED
    if audit.unread or unverified:
        return UNFINISHED
    dead = {each.target for each in audit.findings if each.rule == "dead-link"}
    is_borne = len(dead) <= settings.max_dead
    if any(
        counts(finding.level, settings.fail_on) and not (is_borne and finding.rule == "dead-link")
        for finding in audit.findings
    ):
        return FINDINGS
    fails_if_empty = not settings.changed_since if settings.fail_if_empty is None else settings.fail_if_empty
    return CLEAN if audit.visits or not fails_if_empty else NOTHING


def end(audit: Audit, settings: Settings) -> NoReturn:
    """Exit as the run deserves."""
    code = exit_code(audit, settings)
    tell(f"{each.source}: {each.message}" for each in audit.findings if _is_fault_of_settings(each))
    if code == NOTHING:
        tell(["nothing to check: there is no link in what was named"])
    click.get_current_context().exit(code)


def _is_fault_of_settings(finding: Finding) -> bool:
    return finding.rule == "expired-exclude" and finding.level is Level.ERROR


def counts(level: Level, fail_on: FailOn) -> bool:
    """Whether a finding of that level makes the run fail."""
    match fail_on:
        case FailOn.NEVER:
            return False
        case FailOn.WARNING:
            return level in (Level.ERROR, Level.WARNING)
        case FailOn.ERROR | FailOn.NEW:
            return level == Level.ERROR


def emit(audit: Audit, format_: str | None, writes: list[tuple[str, Path]], *, is_printed: bool = False) -> None:
    """Print the audit to stdout if it is not printed already, write the further formats, tell the notes on stderr."""
    from citecheck import reporter  # late: `links` ends without a report

    tell(audit.unread)
    tell_of(audit.documents)
    tell(audit.notes)
    for name, path in writes:
        reporter.write(audit, name, path, base=Path())
    if format_ == "github" or any(name == "github" for name, _ in writes):
        append_step_summary(audit)
    if format_ and format_ not in _SUMMED_UP:
        tell([reporter.summary(audit)])
    if not is_printed:
        print_pieces(rendered(audit, format_, base=Path()))


def tell_of_hosts(audit: Audit) -> None:
    """How the hosts answered, where that is asked for, and what to do about those that gave trouble; on stderr."""
    from citecheck import reporter

    for line in reporter.host_table(audit.hosts) if audit.hosts else ():
        click.echo(line, err=True)
    tell(reporter.hints(audit.visits))


def append_step_summary(audit: Audit) -> None:
    """Add the audit to the summary of the GitHub step that runs, where one does; GitHub drops too large a one whole."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    from citecheck import reporter

    path = Path(name)
    written_bytes = path.stat().st_size if path.exists() else 0
    text = reporter.step_summary(audit, max(0, _STEP_SUMMARY_BYTES - written_bytes))
    try:
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError as error:
        raise ReportError(f"{path}: cannot be written: {error.strerror}", about=str(path)) from error


def rendered(audit: Audit, format_: str | None, *, base: Path | None = None) -> Iterator[str]:
    """The audit for stdout, in pieces, as wide and as colourful as the terminal is that it goes to.

    Colour follows NO_COLOR and FORCE_COLOR, else whether stdout is a terminal; `base` is where the sources lie.
    """
    from citecheck import reporter

    is_terminal = sys.stdout.isatty()
    is_forced = os.environ.get("FORCE_COLOR", "") not in ("", "0")
    format_ = format_ or ("terminal" if is_terminal else "concise")
    medium = reporter.Medium(
        base=base,
        width=_width() if format_ == "terminal" else reporter.Medium().width,
        is_colourful=(is_terminal or is_forced) and not os.environ.get("NO_COLOR"),
    )
    return reporter.pieces(audit, format_, medium)


def _width() -> int:
    import shutil  # brings all kinds of compression along

    return shutil.get_terminal_size((100, 24)).columns


def tell(notes: Iterable[str]) -> None:
    """Each note as a line on stderr, without what a URL in it must not show and a terminal must not see."""
    for note in notes:
        if "@" in note or not note.isprintable():
            from citecheck.reporter.sinks import one_line

            note = one_line(note)
        click.echo(f"citecheck: {note}", err=True)


def tell_of(documents: Iterable[Document]) -> None:
    """What the readers had to do to the sources' bytes, as lines on stderr."""
    tell(f"{document.source}: {note}" for document in documents for note in document.notes)


def print_text(text: str) -> None:
    """`text` to stdout as UTF-8, whatever the locale says."""
    print_pieces((text,))


def print_pieces(pieces: Iterable[str]) -> None:
    """As `print_text`, for a text that is made as it is printed."""
    end = b"\n"
    for piece in pieces:
        data = piece.encode("utf-8", "replace")
        print_bytes(data)
        end = data[-1:] or end
    print_bytes(b"" if end == b"\n" else b"\n", is_last=True)


def print_bytes(data: bytes, *, is_last: bool = False) -> None:
    """`data` to stdout as it is. Raises ReportError when stdout takes no more."""
    try:
        sys.stdout.buffer.write(data)
        if is_last:
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        sys.stdout = None  # what it still holds would fail again, and with a traceback, as Python ends
        raise ReportError(f"stdout cannot be written: {error.strerror}; --write F=PATH writes to a file") from error
