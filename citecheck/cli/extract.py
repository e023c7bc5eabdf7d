"""citecheck extract: what the texts say, no network."""

from pathlib import Path

import click

from citecheck import reporter
from citecheck.cli import ending, options
from citecheck.reading import extract


@click.command("extract")
@options.sources
@options.config
@click.option("--format", "format_", metavar="F", default="terminal", help="terminal or json.", show_default=True)
def command(sources: tuple[str, ...], config_files: tuple[Path, ...], format_: str) -> None:
    """Show updates, claims, credits, attributions and links; no network."""
    settings = options.settings_of(config_files)
    options.known_format(format_, reporter.EXTRACT_FORMATS)
    documents, unread = extract(sources, settings)
    ending.tell(unread)
    ending.tell_of(documents)
    ending.print_text(reporter.render_extract(documents, format_))
    click.get_current_context().exit(ending.UNFINISHED if unread else ending.CLEAN)
