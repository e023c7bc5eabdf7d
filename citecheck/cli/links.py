"""citecheck links: every URL, one a line."""

from functools import partial
from pathlib import Path

import click

from citecheck import extractor, webpages
from citecheck.cli import ending, options
from citecheck.errors import ExtractError
from citecheck.extractor.listing import Listing, Wanted, listing_of
from citecheck.extractor.workers import mapped
from citecheck.model import Source
from citecheck.settings import Settings


@click.command("links")
@options.sources
@options.config
@click.option("--only", metavar="ORIGIN,...", help="Only what these carry: a, img, bare, css, json-ld, code, …")
def command(sources: tuple[str, ...], config_files: tuple[Path, ...], only: str | None) -> None:
    """List every URL with its place: path:line:col, a tab, the URL as written but for a password.

    What is wrong with a URL as written goes to stderr, with what was likely meant.
    """
    settings = options.settings_of(config_files)
    wanted = Wanted(frozenset(filter(None, map(str.strip, (only or "").split(",")))), settings.sources.include_code)
    is_whole, has_links = True, False
    for listings in mapped(
        partial(_listed, settings=settings, wanted=wanted), extractor.find(sources, settings.sources)
    ):
        for listing in listings:
            if isinstance(listing, Listing):
                ending.tell(listing.remarks)
                ending.print_bytes(_shown(listing.lines), is_last=True)
                has_links = has_links or bool(listing.lines)
            else:
                ending.tell((listing,))
                is_whole = False
    if is_whole and not has_links:
        ending.tell([f"there is no link{f' that {only} carries' if only else ''} in what was named"])
    click.get_current_context().exit(
        ending.UNFINISHED if not is_whole else ending.CLEAN if has_links else ending.NOTHING
    )


def _shown(lines: bytes) -> bytes:
    """The lines without the passwords of their URLs: what is printed lands in logs."""
    if b"@" not in lines:
        return lines
    from citecheck.reporter.sinks import redacted

    def clean(line: bytes) -> bytes:
        place, tab, url = line.partition(b"\t")
        return place + tab + redacted(url.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    return b"".join(clean(line) if b"@" in line else line for line in lines.splitlines(keepends=True))


def _listed(name: str | Source, settings: Settings, wanted: Wanted) -> list[Listing | str]:
    """The lines of each text behind a name, or why it could not be read."""
    listings: list[Listing | str] = []
    for source in extractor.opened(name, settings, webpages.fetching(settings)):
        try:
            if isinstance(source, ExtractError):
                raise source
            listings.append(listing_of(source, settings, wanted))
        except ExtractError as error:
            listings.append(str(error))
    return listings
