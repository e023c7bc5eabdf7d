"""The main job, stage after stage: extract → plan targets → fetch → judge → archive → map → findings.

The rooms do not know one another: what one needs of another is handed to it from here, or from a module beside this
one: reading, targets, visiting, copies.
"""

import uuid
from collections.abc import Callable, Generator, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

import citecheck
from citecheck import extractor, notes, reporter
from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.interruption import Interruption
from citecheck.model import Archived, Audit, Document, Reason, Snapshot, Source, Target, Visit
from citecheck.reading import extract
from citecheck.remaps import Remaps
from citecheck.settings import RuleLevel, Settings
from citecheck.targets import identified, plan
from citecheck.visiting import check_and_keep, crew_for, meant, unchecked
from citecheck.watcher import Watcher

if TYPE_CHECKING:
    from requests import Session


def audit(
    sources: Iterable[str | Source],
    settings: Settings | None = None,
    *,
    folder: Path | None = None,
    liveness_only: bool = False,
    clock: Clock = SYSTEM_CLOCK,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
    watcher: Watcher = Watcher(),  # noqa: B008 - it has no state
) -> Audit:
    """Audit the sources (names of files and folders, or texts already read); archive into `folder` when one is given.

    `liveness_only` leaves out claims and the sourcing map. Raises UsageError for a name that does not exist and
    NothingToCheck when no source has any text. After Ctrl-C, whenever it comes, it is of what was read and visited by
    then: not complete, and the other targets `unchecked`.
    """
    settings = settings or Settings()
    began, started_at = clock.monotonic(), clock.now()
    changes = None
    if settings.changed_since:
        from citecheck.changes import since

        changes = since(settings.changed_since)
    visits: dict[str, Visit] = {}
    snapshots: dict[str, Snapshot] = {}
    interruption = Interruption()

    def wait() -> None:
        reporter.prepare()  # in time that is to spare
        watcher.wait()

    with crew_for(settings, folder, clock) as crew:
        read, unread = extract(
            sources,
            settings,
            liveness_only=liveness_only,
            changes=changes,
            clock=clock,
            expect=crew.expect,
            interruption=interruption,
        )
        documents, targets = interruption.insist(lambda: _planned(read, settings))
        watcher.begin(documents, targets)
        asking = () if interruption.has_come else targets
        with interruption:
            for visit, snapshot in check_and_keep(asking, settings, folder, clock, new_id, pulse=wait, crew=crew):
                visits[visit.target.url] = visit
                if snapshot:
                    snapshots[visit.target.url] = snapshot
                watcher.visited(visit)
    ended = interruption.insist(lambda: _ended(targets, visits))
    is_cut = not interruption.has_come and any(each.verdict.reason is Reason.INTERRUPTED for each in ended)
    archived: dict[str, Archived] = {}
    if not (interruption.has_come or liveness_only):
        from citecheck import copies

        archived = copies.find(documents, ended, settings, clock)
        ended = copies.suggested(ended, archived)
    result = Audit(
        started_at=started_at,
        elapsed_s=round(clock.monotonic() - began, 3),  # as it is written, so that every report of it says the same
        is_complete=not interruption.has_come and not is_cut,
        is_cut=is_cut,
        documents=documents,
        visits=ended,
        snapshots={target.url: snapshots[target.url] for target in targets if target.url in snapshots},
        archived=archived,
        exclusions=settings.exclude,
        unread=unread,
        notes=tuple(notes.of(ended, settings)),
        version=citecheck.__version__,
        hosts=reporter.host_uses(ended) if settings.host_stats else (),
    )
    levels = {"failing-link": RuleLevel.ERROR, **settings.rules} if settings.strict else settings.rules
    found = interruption.insist(lambda: reporter.with_findings(result, levels, liveness_only=liveness_only))
    found = replace(found, is_complete=found.is_complete and not interruption.has_come)
    return changes.told(found) if changes else found


def _planned(documents: tuple[Document, ...], settings: Settings) -> tuple[tuple[Document, ...], tuple[Target, ...]]:
    """The documents, their links named by what they are told apart by, and what to ask for."""
    documents, asked = identified(documents, settings.tracking_parameters)
    remapped = Remaps(settings.remap)
    return documents, plan(documents, lambda url: remapped(asked.get(url, url)))


def _ended(targets: Iterable[Target], visits: Mapping[str, Visit]) -> tuple[Visit, ...]:
    """A visit a target, in the order of the targets; those that did not come to it are unchecked."""
    return tuple(meant(visits.get(target.url) or unchecked(target, Reason.INTERRUPTED)) for target in targets)


def check(
    urls: Iterable[str],
    settings: Settings | None = None,
    *,
    clock: Clock = SYSTEM_CLOCK,
    session: "Session | None" = None,
) -> Generator[Visit, None, None]:
    """Visit the URLs, each once, and yield each visit as it ends (without the bytes).

    A `session` of the caller's own makes the requests, with its adapters, proxies and authentication. The guard holds
    for it where its adapters are requests' own or inherit from them; what connects by other means is its own business.
    """
    settings = settings or Settings()
    remapped = Remaps(settings.remap)
    targets = [Target(url, remapped(url)) for url in dict.fromkeys(map(extractor.target_of, urls))]
    for visit, _ in check_and_keep(targets, settings, None, clock, uuid.uuid4, session):
        yield visit
