"""The main job, stage after stage: extract → plan targets → fetch → judge → archive → map → findings.

The only module that knows two rooms. What a room needs of another is handed to it from here.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

import citecheck
from citecheck import archive, copies, extractor, fetcher, reporter, store, webpages
from citecheck.changes import Changes
from citecheck.changes import since as changes_since
from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.errors import ExtractError, NothingToCheck
from citecheck.exclusions import Exclusions
from citecheck.model import Audit, Document, Link, Reason, Snapshot, Source, Status, Target, Verdict, Visit
from citecheck.remaps import Remaps
from citecheck.settings import RuleLevel, Settings

if TYPE_CHECKING:
    from requests import Session

Progress = Callable[[Visit, int], None]
"""Is told of every visit as it ends, and of how many there will be."""


def audit(
    sources: Iterable[str | Source],
    settings: Settings | None = None,
    *,
    folder: Path | None = None,
    liveness_only: bool = False,
    clock: Clock = SYSTEM_CLOCK,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
    begun: Callable[[tuple[Document, ...]], None] | None = None,
    progress: Progress | None = None,
) -> Audit:
    """Audit the sources (names of files and folders, or texts already read); archive into `folder` when one is given.

    `liveness_only` leaves out claims, attributions and the sourcing map: links and whether they work.
    Raises UsageError for a name that does not exist and NothingToCheck when no source has any text to read. Ctrl-C ends
    the fetching: the audit is then not complete, and what was not visited is `unchecked`.
    """
    settings = settings or Settings()
    began, started_at = clock.monotonic(), clock.now()
    changes = changes_since(settings.changed_since) if settings.changed_since else None
    documents, unread = extract(sources, settings, liveness_only=liveness_only, changes=changes)
    if begun:
        begun(documents)
    documents, asked = identified(documents, settings.tracking_parameters)
    remapped = Remaps(settings.remap)
    targets = plan(documents, lambda url: remapped(asked.get(url, url)))
    visits: dict[str, Visit] = {}
    snapshots: dict[str, Snapshot] = {}
    is_complete = True
    try:
        for visit, snapshot in check_and_keep(targets, settings, folder, clock, new_id):
            visits[visit.target.url] = visit
            if snapshot:
                snapshots[visit.target.url] = snapshot
            if progress:
                progress(visit, len(targets))
    except KeyboardInterrupt:
        is_complete = False
    ended = tuple(_meant(visits.get(target.url) or _unchecked(target, Reason.INTERRUPTED)) for target in targets)
    archived = copies.find(documents, ended, settings, clock) if is_complete and not liveness_only else {}
    result = Audit(
        started_at=started_at,
        elapsed_s=clock.monotonic() - began,
        is_complete=is_complete,
        documents=documents,
        visits=copies.suggested(ended, archived),
        snapshots={target.url: snapshots[target.url] for target in targets if target.url in snapshots},
        archived=archived,
        exclusions=settings.exclude,
        unread=unread,
        notes=(*_network_notes(ended), *_cut_notes(ended, settings)),
        version=citecheck.__version__,
    )
    levels = {"failing-link": RuleLevel.ERROR, **settings.rules} if settings.strict else settings.rules
    found = reporter.with_findings(result, levels, liveness_only=liveness_only)
    return changes.told(found) if changes else found


def extract(
    sources: Iterable[str | Source],
    settings: Settings,
    *,
    liveness_only: bool = False,
    changes: Changes | None = None,
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """The documents of the sources, and a line for each source that exists and could not be read.

    With `changes` only what they touch is read, and only the links on added lines are kept.
    """
    documents: list[Document] = []
    unread: list[str] = []
    fetch = webpages.fetching(settings)
    for name in extractor.find(sources, settings.sources):
        if changes and not changes.touch(name):
            continue
        for source in extractor.opened(name, settings, fetch):
            try:
                if isinstance(source, ExtractError):
                    raise source
                document = extractor.extract(source, settings, links_only=liveness_only)
                documents.append(changes.narrowed(document) if changes else document)
            except ExtractError as error:
                unread.append(str(error))
    if not (liveness_only or unread or changes or any(document.updates or document.links for document in documents)):
        raise NothingToCheck("nothing to check: there is no text in what was named")
    return tuple(documents), tuple(unread)


def identified(
    documents: tuple[Document, ...], tracking: tuple[str, ...]
) -> tuple[tuple[Document, ...], dict[str, str]]:
    """The documents, links that differ in tracking parameters alone given one target; and how each is first written."""
    if not tracking:
        return documents, {}
    asked: dict[str, str] = {}

    def with_identity(link: Link) -> Link:
        target = extractor.identity_of(link.target, tracking)
        asked.setdefault(target, link.target)
        return replace(link, target=target)

    return tuple(replace(each, links=tuple(map(with_identity, each.links))) for each in documents), asked


def plan(documents: Iterable[Document], remapped: Callable[[str], str] = str) -> tuple[Target, ...]:
    """One target a URL, in the order in which the documents name them, asked for where `remapped` says."""
    fragments: dict[str, dict[str, None]] = {}
    for document in documents:
        for link in document.links:
            wanted = fragments.setdefault(link.target, {})
            fragment = fetcher.fragment_of(link.url)
            if fragment:
                wanted[fragment] = None
    return tuple(
        Target(url=url, request_url=remapped(url), fragments=tuple(wanted)) for url, wanted in fragments.items()
    )


def check_and_keep(
    targets: Iterable[Target],
    settings: Settings,
    folder: Path | None,
    clock: Clock,
    new_id: Callable[[], uuid.UUID],
    session: "Session | None" = None,
) -> Iterator[tuple[Visit, Snapshot | None]]:
    """Each target's visit as it ends, light, with what was kept of it.

    With a folder every target is fetched and archived anew; without one, the store's fresh verdicts are taken.
    """
    exclusions = Exclusions(settings.exclude, clock.now().date(), settings.include)
    if settings.offline or exclusions:
        targets = list(targets)
        decided = {target.url: verdict for target in targets if (verdict := _unasked(target, settings, exclusions))}
        yield from ((Visit(target, decided[target.url]), None) for target in targets if target.url in decided)
        targets = [target for target in targets if target.url not in decided]
        if settings.offline:
            yield from ((_unchecked(target, Reason.OFFLINE), None) for target in targets)
            return
    with ExitStack() as stack:
        # What was seen elsewhere than where a name points is not what others will see.
        has_cache = settings.cache.enabled and not settings.fetch.connect_to
        cache = stack.enter_context(store.Cache(settings.cache, clock)) if has_cache else None
        software = f"citecheck/{citecheck.__version__}"
        writer = (
            stack.enter_context(
                archive.Writer(
                    folder,
                    clock=clock,
                    new_id=new_id,
                    software=software,
                    text_of=archive.text_of,
                    rotate_bytes=settings.archive.rotate_bytes,
                )
            )
            if folder
            else None
        )
        due: list[Target] = []
        for target in targets:
            remembered = cache.get(target) if cache and not writer else None
            if remembered:
                yield remembered, None
            else:
                due.append(target)
        for visit in _confirmed(due, settings, keep_bodies=writer is not None, clock=clock, session=session):
            snapshot = writer.write(visit) if writer else None
            light = visit.light()
            if cache:
                cache.put(light)
            yield light, snapshot


def _confirmed(
    targets: Iterable[Target], settings: Settings, *, keep_bodies: bool, clock: Clock, session: "Session | None"
) -> Iterator[Visit]:
    """Each target's visit; in a strict run, that of a failing one only once a second, at the end, has ended."""
    failing: list[Target] = []
    for visit in fetcher.visits(targets, settings.fetch, keep_bodies=keep_bodies, clock=clock, session=session):
        if settings.strict and visit.verdict.status is Status.FAILING:
            failing.append(visit.target)
        else:
            yield visit
    if failing:
        yield from fetcher.visits(failing, settings.fetch, keep_bodies=keep_bodies, clock=clock, session=session)


def check(
    urls: Iterable[str],
    settings: Settings | None = None,
    *,
    clock: Clock = SYSTEM_CLOCK,
    session: "Session | None" = None,
) -> Iterator[Visit]:
    """Visit the URLs, each once, and yield each visit as it ends (without the bytes).

    A `session` of the caller's own makes the requests, with its adapters, proxies and authentication.
    """
    settings = settings or Settings()
    remapped = Remaps(settings.remap)
    targets = [Target(url, remapped(url)) for url in dict.fromkeys(map(extractor.target_of, urls))]
    for visit, _ in check_and_keep(targets, settings, None, clock, uuid.uuid4, session):
        yield visit


def _meant(visit: Visit) -> Visit:
    """The visit, with the URL that was likely meant where the one that is written holds a slip."""
    verdict = visit.verdict
    if verdict.suggestion or verdict.status not in (Status.INVALID, Status.DEAD):
        return visit
    fault = extractor.fault(visit.target.url)
    return replace(visit, verdict=replace(verdict, suggestion=fault.repair)) if fault and fault.repair else visit


def _unasked(target: Target, settings: Settings, exclusions: Exclusions) -> Verdict | None:
    """What can be said of a target without asking: invalid before anything else, then what is left out."""
    refused = fetcher.refusal(target, settings.fetch)
    if refused and refused.status is Status.INVALID:
        return refused
    return exclusions.verdict(target) or refused


def _unchecked(target: Target, reason: Reason) -> Visit:
    return Visit(target=target, verdict=Verdict(status=Status.UNCHECKED, reason=reason))


def _cut_notes(visits: Iterable[Visit], settings: Settings) -> Iterator[str]:
    left = sum(visit.verdict.reason == Reason.INTERRUPTED for visit in visits)
    if left and settings.fetch.max_run_s:
        yield (
            f"{left} {'link was' if left == 1 else 'links were'} not checked: the run was cut after "
            f"{settings.fetch.max_run_s:.0f} s; raise --max-run, or run it again: what was alive is remembered."
        )


def _network_notes(visits: Iterable[Visit]) -> Iterator[str]:
    blind = sum(visit.verdict.reason == Reason.NO_NETWORK for visit in visits)
    if blind:
        yield (
            f"{blind} {'link was' if blind == 1 else 'links were'} not checked: no name could be resolved, so this "
            "machine seems to have no network. Nothing was called dead; run it again when the network is back."
        )
