"""citecheck links: every URL, one a line."""

from pathlib import Path

import click

from citecheck.audit import extract
from citecheck.cli import ending, options


@click.command("links")
@options.sources
@options.config
def command(sources: tuple[str, ...], config_files: tuple[Path, ...]) -> None:
    """List every URL with its place: path:line:col, a tab, the URL as written."""
    documents, unread = extract(sources, options.settings_of(config_files), liveness_only=True)
    ending.tell(unread)
    ending.tell_of(documents)
    ending.print_text(
        "".join(
            f"{document.source}:{link.line}:{link.column or 1}\t{link.url}\n"
            for document in documents
            for link in document.links
        )
    )
    has_links = any(document.links for document in documents)
    click.get_current_context().exit(ending.UNFINISHED if unread else ending.CLEAN if has_links else ending.NOTHING)
