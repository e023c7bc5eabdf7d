"""citecheck check: liveness only, for CI."""

from pathlib import Path
from typing import Any

import click

from citecheck import reporter
from citecheck.audit import audit
from citecheck.cli import ending, options
from citecheck.cli.audit import terminable
from citecheck.cli.progress import ProgressLine


@click.command("check")
@options.sources
@options.fetching
@options.outputs
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
    writes = options.write_targets(write, reporter.FORMATS)
    if format_:
        options.known_format(format_, reporter.FORMATS)
    with terminable(), ProgressLine() as progress:
        result = audit(sources, settings, liveness_only=True, progress=progress)
    ending.emit(result, format_, writes)
    click.get_current_context().exit(ending.exit_code(result, settings))
