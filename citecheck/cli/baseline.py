"""citecheck baseline: write down what is known, so that only what is new is told."""

from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from citecheck import baseline
from citecheck.audit import audit
from citecheck.cli import ending, options
from citecheck.cli.progress import ProgressLine
from citecheck.settings import FailOn


@click.command("baseline")
@options.sources
@options.fetching
@options.config
@click.option("--baseline", metavar="FILE", help=f"Where to write it.  [default: {baseline.USUAL}]")
def command(sources: tuple[str, ...], config_files: tuple[Path, ...], **flags: Any) -> None:
    """Write the findings that there are as known: `--fail-on new` then fails on the rest only.

    Run it again to take out what is no longer true. Nothing is written when not all could be verified.
    """
    settings = replace(options.settings_of(config_files, **flags), fail_on=FailOn.NEVER)
    path = Path(settings.baseline or baseline.USUAL)
    with ProgressLine() as progress:
        result = audit(sources, settings, liveness_only=True, watcher=progress)
    ending.tell((*result.unread, *result.notes))
    code = ending.exit_code(result, settings)
    if code not in (ending.CLEAN, ending.NOTHING):
        ending.tell([f"{path}: not written, since not all could be verified"])
        click.get_current_context().exit(code)
    number = baseline.save(result, path)
    ending.tell([f"{path}: {number} known {'finding' if number == 1 else 'findings'}"])
