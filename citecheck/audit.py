"""The main job, stage after stage: extract → plan targets → fetch → judge → archive → map → findings.

The rooms do not know one another: what one needs of another is handed to it from here, or from a module beside this
one: reading, targets, visiting, copies.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import citecheck
from citecheck import extractor, fetcher, reporter
from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.model import Archived, Audit, Failure, Reason, Snapshot, Source, Target, Visit
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
    NothingToCheck when no source has any text. After Ctrl-C it is not complete, and what was not visited `unchecked`.
    """
    settings = settings or Settings()
    began, started_at = clock.monotonic(), clock.now()
    changes = None
    if settings.changed_since:
        from citecheck.changes import since

        changes = since(settings.changed_since)
    visits: dict[str, Visit] = {}
    snapshots: dict[str, Snapshot] = {}
    is_complete = True
    with crew_for(settings, folder, clock) as crew:
        documents, unread = extract(
            sources, settings, liveness_only=liveness_only, changes=changes, clock=clock, expect=crew.expect
        )
        documents, asked = identified(documents, settings.tracking_parameters)
        remapped = Remaps(settings.remap)
        targets = plan(documents, lambda url: remapped(asked.get(url, url)))
        watcher.begin(documents, targets)
        try:
            for visit, snapshot in check_and_keep(
                targets, settings, folder, clock, new_id, pulse=watcher.wait, crew=crew
            ):
                if not visits:
                    reporter.prepare()  # while the others are awaited
                visits[visit.target.url] = visit
                if snapshot:
                    snapshots[visit.target.url] = snapshot
                watcher.visited(visit)
        except KeyboardInterrupt:
            is_complete = False
    ended = tuple(meant(visits.get(target.url) or unchecked(target, Reason.INTERRUPTED)) for target in targets)
    archived: dict[str, Archived] = {}
    if is_complete and not liveness_only:
        from citecheck import copies

        archived = copies.find(documents, ended, settings, clock)
        ended = copies.suggested(ended, archived)
    result = Audit(
        started_at=started_at,
        elapsed_s=clock.monotonic() - began,
        is_complete=is_complete,
        documents=documents,
        visits=ended,
        snapshots={target.url: snapshots[target.url] for target in targets if target.url in snapshots},
        archived=archived,
        exclusions=settings.exclude,
        unread=unread,
        notes=tuple(_notes(ended, settings)),
        version=citecheck.__version__,
        hosts=reporter.host_uses(ended) if settings.host_stats else (),
    )
    levels = {"failing-link": RuleLevel.ERROR, **settings.rules} if settings.strict else settings.rules
    found = reporter.with_findings(result, levels, liveness_only=liveness_only)
    return changes.told(found) if changes else found


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


def _notes(visits: Sequence[Visit], settings: Settings) -> Iterator[str]:
    """What the user must know of the run: who carried the requests, that it was cut, that there was no network."""
    proxies = fetcher.proxies_told(settings.fetch)
    if proxies and any(visit.exchanges and not visit.is_cached for visit in visits):
        yield f"Links were asked for through the proxy {proxies}."
    reasons = Counter(visit.verdict.reason for visit in visits)
    if reasons[Reason.INTERRUPTED] and settings.fetch.max_run_s:
        yield (
            f"{_links_were(reasons[Reason.INTERRUPTED])} not checked: the run was cut after "
            f"{settings.fetch.max_run_s:.0f} s; raise --max-run, or run it again: what was alive is remembered."
        )
    if reasons[Reason.NO_NETWORK]:
        yield (
            f"{_links_were(reasons[Reason.NO_NETWORK])} not checked: {_cut_off(visits)}, so this machine seems "
            "to have no network. Nothing was called dead; run it again when the network is back."
        )


def _cut_off(visits: Iterable[Visit]) -> str:
    """What shows that it is our own network that does not work."""
    failures = (each.failure for visit in visits for each in visit.exchanges)
    return "the proxy does not work" if Failure.PROXY in failures else "no name could be resolved"


def _links_were(count: int) -> str:
    return f"{count} {'link was' if count == 1 else 'links were'}"
