"""Keeping pages on request: here, as an audit does, and in public archives, by the queue that outlives a run.

Beside audit.py under the same licence: it knows the fetcher, the archive and the store.
"""

import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from citecheck import extractor, fetcher
from citecheck.archive.saving import keys
from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.errors import UsageError
from citecheck.model import Snapshot, Target, Visit
from citecheck.model.saves import Save
from citecheck.settings import Settings
from citecheck.store.saves import SaveQueue
from citecheck.visiting import check_and_keep

ARCHIVES = ("wayback", "perma")

_DEPTH = 3
"""From a page to its style sheet, to the sheet that it imports, to the picture that this one shows."""


def known(names: Iterable[str]) -> tuple[str, ...]:
    """The names, if they are archives that pages can be saved in. Raises UsageError with those that are."""
    for name in names:
        if name not in ARCHIVES:
            raise UsageError(f"no such archive: {name}; there are {', '.join(ARCHIVES)}", about=name)
    return tuple(dict.fromkeys(names))


def here(
    urls: Iterable[str], settings: Settings, folder: Path, clock: Clock = SYSTEM_CLOCK
) -> Iterator[tuple[Visit, Snapshot | None]]:
    """Visit each URL and keep what it shows in the archive in `folder`, which may hold earlier runs' pages."""
    targets = [Target(url=url, request_url=url) for url in dict.fromkeys(map(extractor.target_of, urls))]
    if targets:
        yield from check_and_keep(targets, settings, folder, clock, uuid.uuid4)


def looks(urls: Iterable[str], settings: Settings, folder: Path, clock: Clock = SYSTEM_CLOCK) -> int:
    """Keep what the pages just kept need to look as they did: pictures, style sheets, and so on; how many it was."""
    from citecheck.archive.holdings import Holdings
    from citecheck.archive.replay import rewriting

    seen = set(map(extractor.target_of, urls))
    pages, count = set(seen), 0
    for _ in range(_DEPTH):
        holdings = Holdings(folder)
        wanted: dict[str, None] = {}
        for capture in filter(None, map(holdings.page, pages)):
            with suppress(ValueError):
                if capture.is_html:
                    wanted.update(dict.fromkeys(rewriting.requisites(capture.markup(), capture.entry.url)))
                elif capture.media == "text/css":
                    wanted.update(dict.fromkeys(rewriting.needed(capture.markup(), capture.entry.url)))
        pages = {url.partition("#")[0] for url in wanted} - seen
        seen |= pages
        count += sum(snapshot is not None for _, snapshot in here(pages, settings, folder, clock))
    return count


def elsewhere(
    archive: str, urls: Iterable[str], settings: Settings, clock: Clock = SYSTEM_CLOCK, queue: SaveQueue | None = None
) -> tuple[list[Save], str]:
    """Add the URLs to the archive's queue and work it off: how each stands, and why the archive took no more, if so."""
    # Imported late: requests costs 0.2 s.
    from citecheck.archive.client import Client
    from citecheck.archive.saving.perma import Perma
    from citecheck.archive.saving.saver import Saver
    from citecheck.archive.saving.service import Service
    from citecheck.archive.saving.spn import SavePageNow

    client = Client(
        settings.archive, settings.fetch, clock=clock, user_agent=settings.fetch.user_agent or fetcher.user_agent()
    )
    service: Service
    if archive == "perma":
        service = Perma(client, settings.archive.save, keys.perma(os.environ))
    else:
        service = SavePageNow(client, settings.archive, keys.internet_archive(os.environ), clock)
    with queue or SaveQueue() as opened:
        opened.add(archive, urls)
        saves = [save for save in opened.saves() if save.archive == archive]
        saver = Saver(service, settings.archive.save, put=opened.put, clock=clock)
        open_ones = {save.url for save in saves if not save.state.is_settled}
        reason = saver.run(saves)
        if not reason:
            saver.verify(saves)
        return [save for save in opened.saves() if save.archive == archive and save.url in open_ones], reason
