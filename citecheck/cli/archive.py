"""citecheck archive: what was kept, at hand."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import click

import citecheck
from citecheck.archive.holdings import Holdings
from citecheck.cli import ending, options
from citecheck.cli.folder import REPORTS
from citecheck.clock import SYSTEM_CLOCK
from citecheck.errors import ArchiveError, UsageError
from citecheck.model.saves import SaveState

folder = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The archive: an audit's folder, or where `save` keeps. Default: [archive] folder of the settings, else the "
    "newest audit under reports/.",
)


@click.group("archive")
def command() -> None:
    """Save, list, verify, export and browse what was kept."""


@command.command("list")
@click.argument("url", required=False)
@folder
@options.config
def listed(url: str | None, folder: Path | None, config_files: tuple[Path, ...]) -> None:
    """List the captures of URL, or all: time, status, size, place, URL; a line each, by URL and time."""
    holdings = Holdings(_at(folder, config_files))
    entries = holdings.captures(url) if url else holdings.entries()
    lines = [
        f"{entry.captured_at:%Y-%m-%dT%H:%M:%SZ}\t{entry.status or '-'}\t{entry.size_bytes}\t"
        f"{entry.filename}:{entry.offset}\t{entry.url}" + (f"\t{entry.verdict}" if entry.verdict else "")
        for entry in entries
    ]
    ending.print_text("\n".join(lines))
    if not lines:
        click.echo(f"citecheck: nothing was kept{f' of {url}' if url else ''} in {holdings.folder}", err=True)
    click.get_current_context().exit(ending.CLEAN if lines else ending.NOTHING)


@command.command("verify")
@folder
@options.config
def verify(folder: Path | None, config_files: tuple[Path, ...]) -> None:
    """Read every record, compute every digest anew, follow every line of the index.

    Exit 1 and file and offset of each fault.
    """
    from citecheck.archive.verification import Verification

    where = _at(folder, config_files)
    verification = Verification(where)
    faults = 0
    for fault in verification.faults():
        faults += 1
        place = fault.file if fault.offset is None else f"{fault.file}:{fault.offset}"
        ending.print_text(f"{where / place}: {fault.what}")
    summary = f"{verification.records} records in {verification.files} files of {where}"
    click.echo(f"citecheck: {summary}: {f'{faults} faults' if faults else 'every digest is right'}", err=True)
    click.get_current_context().exit(ending.FINDINGS if faults else ending.CLEAN)


@command.command("export")
@folder
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The WACZ file. Default: <DIR>.wacz.")
@options.config
def export(folder: Path | None, out: Path | None, config_files: tuple[Path, ...]) -> None:
    """Pack the archive into one WACZ file, which replayweb.page and other tools open."""
    from citecheck.archive import wacz

    where = _at(folder, config_files)
    target = out or Path(f"{where.resolve().name}.wacz")
    if target.exists():
        raise UsageError(f"{target}: exists already; name another file with --out", about=str(target))
    pages = wacz.export(where, target, made_at=SYSTEM_CLOCK.now(), software=f"citecheck/{citecheck.__version__}")
    ending.print_text(f"{target}: {pages} {'page' if pages == 1 else 'pages'}")


@command.command("serve")
@folder
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: one that is free.")
@click.option("--scripts", is_flag=True, help="Let the pages' scripts run, walled in: they may ask the archive alone.")
@options.config
def serve(folder: Path | None, port: int, scripts: bool, config_files: tuple[Path, ...]) -> None:
    """Show the archive in the browser, on this machine alone: pages as they were, and what changed between two."""
    from citecheck.archive.replay import Replay

    replay = Replay(_at(folder, config_files), port=port, runs_scripts=scripts)
    click.echo(f"citecheck: the archive is at {replay.url} until Ctrl-C", err=True)
    with suppress(KeyboardInterrupt):
        replay.serve_forever()


@command.command("save")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@folder
@click.option("--page-only", is_flag=True, help="Leave out the pages' pictures and style sheets.")
@click.option("--to", multiple=True, metavar="ARCHIVE", help="Save there too: wayback or perma; repeatable.")
@options.fetching
@options.config
def save(
    urls: tuple[str, ...],
    folder: Path | None,
    page_only: bool,
    to: tuple[str, ...],
    config_files: tuple[Path, ...],
    **flags: Any,
) -> None:
    """Keep each URL: its page with pictures and style sheets in the archive here, and with --to in public archives.

    What public archives have not done by the end of the run is carried on by the next, also by one without a URL.
    Keys: IA_ACCESS_KEY_ID and IA_SECRET_ACCESS_KEY or the `ia` tool's file; PERMA_API_KEY.
    """
    from citecheck import saving

    settings = options.settings_of(config_files, **flags)
    archives = saving.known(to or settings.archive.save.to)
    if not (urls or archives):
        raise UsageError("nothing to save: name a URL, or with --to an archive whose queue is to be carried on")
    is_kept, where = True, folder or Path(settings.archive.folder)
    for visit, snapshot in saving.here(urls, settings, where):
        is_kept &= snapshot is not None
        place = f"kept at {snapshot.file}:{snapshot.offset}" if snapshot else "not kept"
        ending.print_text(f"{visit.target.url}\t{visit.verdict.status} {visit.verdict.reason}\t{place}")
    if urls and not page_only:
        count = saving.looks(urls, settings, where)
        click.echo(f"citecheck: {count} pictures and style sheets kept with them", err=True)
    for archive in archives:
        saves, reason = saving.elsewhere(archive, urls, settings)
        for each in saves:
            is_kept &= each.state in (SaveState.ARCHIVED, SaveState.REUSED)
            ending.print_text(f"{each.url}\t{archive}: {each.state}\t{each.copy_url or each.detail}")
        if reason:
            click.echo(f"citecheck: {archive}: {reason}", err=True)
    click.get_current_context().exit(ending.CLEAN if is_kept else ending.UNFINISHED)


def _at(folder: Path | None, config_files: tuple[Path, ...]) -> Path:
    """The archive that is meant. Raises ArchiveError when there is none."""
    if folder:
        return folder
    usual = Path(options.settings_of(config_files).archive.folder)
    if usual.is_dir():
        return usual
    audits = sorted(REPORTS.glob("*/*/index.cdxj"), key=lambda path: path.parent.name)
    if not audits:
        raise ArchiveError(f"{usual}: there is no archive yet; name one with --folder", about=str(usual))
    click.echo(f"citecheck: the newest audit's: {audits[-1].parent}", err=True)
    return audits[-1].parent
