"""citecheck audit: the main job."""

from pathlib import Path
from typing import Any

import click

from citecheck import baseline, reporter
from citecheck.audit import audit
from citecheck.cli import ending, folder, options
from citecheck.cli.interrupts import undisturbed
from citecheck.cli.progress import ProgressLine
from citecheck.clock import SYSTEM_CLOCK
from citecheck.model import Audit


@click.command("audit")
@options.sources
@options.fetching
@options.outputs
@options.config
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="The run's own folder.")
def command(
    sources: tuple[str, ...],
    config_files: tuple[Path, ...],
    format_: str | None,
    write: tuple[str, ...],
    out: Path | None,
    **flags: Any,
) -> None:
    """Extract, check, archive and map: the main job.

    The report lands in reports/<name>/<UTC time>/: index.html, report.json, links.csv, and the archive.
    """
    settings = options.settings_of(config_files, **flags)
    known = baseline.known(settings)
    writes = options.write_targets(write, reporter.FORMATS)
    if format_:
        options.known_format(format_, reporter.FORMATS)
    landing = folder.claimed(out, sources, SYSTEM_CLOCK.now())
    try:
        with ProgressLine() as progress:
            result = audit(sources, settings, folder=landing, watcher=progress)
    finally:
        _drop_if_empty(landing)
    with undisturbed():
        result = baseline.compared(result, known, settings)
        reporter.save(result, landing)
        ending.emit(result, format_, writes)
        ending.tell_of_hosts(result)
        _say_where(landing, result)
    ending.end(result, settings)


def _drop_if_empty(landing: Path) -> None:
    """A run that failed before it wrote anything leaves no folder behind."""
    if not any(landing.iterdir()):
        landing.rmdir()


def _say_where(landing: Path, result: Audit) -> None:
    partly = "" if result.is_complete else f" (partial: the run was {'cut' if result.is_cut else 'interrupted'})"
    click.echo(f"report: {landing / 'index.html'}{partly}", err=True)
