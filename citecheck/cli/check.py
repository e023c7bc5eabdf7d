"""citecheck check: liveness only, for CI."""

import sys
from pathlib import Path
from typing import Any

import click

from citecheck import baseline, reporter
from citecheck.audit import audit
from citecheck.cli import ending, options
from citecheck.cli.interrupts import undisturbed
from citecheck.cli.progress import ProgressLine
from citecheck.cli.stream import StreamedLines


@click.command("check")
@options.sources
@options.fetching
@options.outputs
@click.option("--changed-since", metavar="REV", help="Only links on lines that the git diff from REV to here adds.")
@options.config
def command(
    sources: tuple[str, ...],
    config_files: tuple[Path, ...],
    format_: str | None,
    write: tuple[str, ...],
    **flags: Any,
) -> None:
    """Check links only, for CI: exit 1 and path:line:col for each dead link."""
    settings = options.settings_of(config_files, **flags)
    known = baseline.known(settings)
    writes = options.write_targets(write, reporter.FORMATS)
    if format_:
        options.known_format(format_, reporter.FORMATS)
    is_streamed = format_ == "jsonl"
    with ProgressLine(is_wanted=not (is_streamed and sys.stdout.isatty())) as progress:
        lines = StreamedLines(progress) if is_streamed else None
        result = audit(sources, settings, liveness_only=True, watcher=lines or progress)
    with undisturbed():
        result = baseline.compared(result, known, settings)
        ending.emit(result, format_, writes, is_printed=lines is not None)
        if lines:
            lines.end(result)
        ending.tell_of_hosts(result)
    ending.end(result, settings)
