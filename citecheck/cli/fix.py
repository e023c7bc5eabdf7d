"""citecheck fix: the repairs as a patch."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from citecheck import extractor, patches
from citecheck.audit import audit
from citecheck.cli import ending, options
from citecheck.cli.progress import ProgressLine
from citecheck.errors import CitecheckError, ExtractError, UsageError
from citecheck.fix import Kind, Repair, repairs
from citecheck.model import Source
from citecheck.settings import Settings


@click.command("fix")
@options.sources
@click.option("--apply", "is_applied", is_flag=True, help="Write the files instead of showing the diff.")
@click.option("--only", multiple=True, metavar="KIND", help="moved, dead or invalid; repeatable, or with commas.")
@click.option("--interactive", is_flag=True, help="Ask before each repair.")
@options.fetching
@options.config
def command(
    sources: tuple[str, ...],
    is_applied: bool,
    only: tuple[str, ...],
    interactive: bool,
    config_files: tuple[Path, ...],
    **flags: Any,
) -> None:
    """Offer the repair of links as a unified diff: the new address of what moved, the archived copy of what is dead.

    Only the bytes of URLs change; in HTML a dead link keeps its old address in Robust Links attributes. What cannot be
    written (a PDF, a page of the web) is listed on stderr.
    """
    kinds = _kinds(only)
    settings = options.settings_of(config_files, **flags)
    read, unread = _read(sources, settings)
    with ProgressLine() as progress:
        result = audit(read.values(), settings, watcher=progress)
    unread += result.unread
    ending.tell((*unread, *result.notes))
    offered = repairs(result, read, kinds)
    by_hand = [repair for repair in offered if not repair.edits]
    chosen = [repair for repair in offered if repair.edits and (not interactive or _is_wanted(repair))]
    refused = _carry_out(chosen, read, is_applied)
    for repair in by_hand:
        place = f"{repair.source}:{repair.line}:{repair.column or 1}"
        click.echo(f"{place}: by hand: {repair.old} → {repair.new} ({repair.kind})", err=True)
    _say_what(chosen, len(by_hand), is_applied and not refused)
    is_unfinished = bool(unread or refused) or not result.is_complete
    click.get_current_context().exit(ending.UNFINISHED if is_unfinished else ending.CLEAN)


def _kinds(only: Iterable[str]) -> list[Kind]:
    names = [name.strip() for text in only for name in text.split(",")]
    for name in names:
        if name not in list(Kind):
            raise UsageError(f"--only {name}: must be one of {', '.join(Kind)}", about=name)
    return [Kind(name) for name in names] or list(Kind)


def _read(names: tuple[str, ...], settings: Settings) -> tuple[dict[str, Source], tuple[str, ...]]:
    """The sources as they are now, by name, and a line for each that cannot be read."""
    read: dict[str, Source] = {}
    unread: list[str] = []
    for found in extractor.find(names):
        try:
            source = found if isinstance(found, Source) else extractor.load(found, settings.limits)
            read[source.name] = source
        except ExtractError as error:
            unread.append(str(error))
    return read, tuple(unread)


def _is_wanted(repair: Repair) -> bool:
    click.echo(f"{repair.source}:{repair.line}:{repair.column or 1}: {repair.kind}", err=True)
    click.echo(f"  - {repair.old}\n  + {repair.new}", err=True)
    return click.confirm("  Change it?", default=True, err=True)


def _carry_out(chosen: list[Repair], read: dict[str, Source], is_applied: bool) -> bool:
    """Write the files or print the diff; whether a file refused."""
    is_refused = False
    for name, group in groupby(chosen, key=lambda repair: repair.source):
        before = read[name].data
        after = patches.patched(before, [edit for repair in group for edit in repair.edits])
        if not is_applied:
            ending.print_bytes(patches.diff(name, before, after), is_last=True)
            continue
        try:
            patches.write(Path(name), before, after)
        except CitecheckError as error:
            is_refused = True
            ending.tell((str(error),))
    return is_refused


def _say_what(chosen: list[Repair], by_hand: int, is_applied: bool) -> None:
    files = len({repair.source for repair in chosen})
    done = "changed" if is_applied else "can be changed"
    more = f"; {by_hand} by hand" if by_hand else ""
    links, texts = ("link" if len(chosen) == 1 else "links"), ("file" if files == 1 else "files")
    click.echo(f"citecheck: {len(chosen)} {links} in {files} {texts} {done}{more}", err=True)
