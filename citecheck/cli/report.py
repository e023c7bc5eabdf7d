"""citecheck report: an audit's report.json in other formats, without fetching anything."""

from pathlib import Path

import click

from citecheck import reporter
from citecheck.cli import ending, options


@click.command("report")
@click.argument("report", type=click.Path(path_type=Path), metavar="REPORT.json")
@options.rendering
def command(report: Path, format_: str | None, write: tuple[str, ...]) -> None:
    """Render a report.json again: no source is read, no link is fetched.

    Reports of older versions are read too. Exits 0 whatever the report says.
    """
    writes = options.write_targets(write, reporter.FORMATS)
    if format_:
        options.known_format(format_, reporter.FORMATS)
    ending.emit(reporter.load(report), format_, writes)
