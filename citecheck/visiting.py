"""Fetch → judge → archive: each target's visit as it ends, with what was kept of it.

Beside audit.py under the same licence: it knows the store, the fetcher, the archive and the extractor.
"""

import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

import citecheck
from citecheck import extractor, fetcher
from citecheck.clock import Clock
from citecheck.exclusions import Exclusions
from citecheck.model import Reason, Snapshot, Status, Target, Verdict, Visit
from citecheck.settings import Settings

if TYPE_CHECKING:
    from requests import Session

    from citecheck import archive
    from citecheck.store import Cache


def crew_for(settings: Settings, folder: Path | None, clock: Clock, session: "Session | None" = None) -> fetcher.Crew:
    """Who fetches in such a run. A `session` makes the requests, where there is one."""
    return fetcher.Crew(
        settings.fetch,
        keep_bodies=folder is not None,
        clock=clock,
        session=session,
        is_renewable=_has_cache(settings, session),
        hosts=settings.hosts,
    )


def check_and_keep(
    targets: Iterable[Target],
    settings: Settings,
    folder: Path | None,
    clock: Clock,
    new_id: Callable[[], uuid.UUID],
    session: "Session | None" = None,
    pulse: Callable[[], None] = lambda: None,
    crew: fetcher.Crew | None = None,
) -> Iterator[tuple[Visit, Snapshot | None]]:
    """Each target's visit as it ends, light, with what was kept of it.

    With a folder every target is fetched and archived anew, save what a run that was cut short had archived already;
    without one, the store's fresh verdicts are taken.
    `pulse` is called whenever there is nothing to do but wait, at least once a second. `crew`: that which stands
    ready for the run already.
    """
    exclusions = Exclusions(settings.exclude, clock.now().date(), settings.include)
    if settings.offline or exclusions:
        targets = list(targets)
        decided = {target.url: verdict for target in targets if (verdict := _unasked(target, settings, exclusions))}
        yield from ((Visit(target, decided[target.url]), None) for target in targets if target.url in decided)
        targets = [target for target in targets if target.url not in decided]
        if settings.offline:
            yield from ((unchecked(target, Reason.OFFLINE), None) for target in targets)
            return
    with ExitStack() as stack:
        ready = stack.enter_context(crew or crew_for(settings, folder, clock, session))
        cache = None
        if _has_cache(settings, session):
            from citecheck import store

            cache = stack.enter_context(store.Cache(settings.cache, clock, asked_as=_manners(settings)))
        work = _shared_out(targets, cache, folder)

        def beat() -> None:
            if cache:
                cache.keep_up()
            pulse()

        def fetched(due: list[Target]) -> Iterator[Visit]:
            visits = partial(ready.visits, remembered=work.stale, pulse=beat)
            return _twice(visits, visits(due)) if settings.strict else visits(due)

        visits = fetched(work.due)  # what cannot be fetched with is told here, before anything is written
        writer = stack.enter_context(_writer(folder, settings, clock, new_id)) if folder else None
        lost: list[Target] = []
        if writer:
            for light, whole in _with_bytes(work.fresh):
                if whole:
                    yield light, writer.write(whole)
                else:
                    lost.append(light.target)
        else:
            yield from ((visit, None) for visit, _ in work.fresh)
        is_cut = False
        for visit in chain(visits, fetched(lost) if lost else ()):
            snapshot = writer.write(visit) if writer else None
            light = visit.light()
            if cache:
                cache.put(light, folder)
            is_cut = is_cut or visit.verdict.reason == Reason.INTERRUPTED
            yield replace(light, validators=()) if light.validators else light, snapshot
        if cache and folder and not is_cut:
            cache.ended(folder, (visit.target.url for visit, kept_in in work.fresh if kept_in))


class _Work(Struct, frozen=True):
    """What is remembered of the targets, and what there is to do."""

    fresh: list[tuple[Visit, Path | None]]
    """Not to be asked for, with the folder where a run that was cut short has the bytes."""
    stale: dict[str, Visit]
    """By URL, what may be renewed."""
    due: list[Target]


def _shared_out(targets: Iterable[Target], cache: "Cache | None", folder: Path | None) -> _Work:
    work = _Work([], {}, [])
    for target in targets:
        # What is archived anew is of no use without its bytes.
        kept_in = cache.kept_in(target) if cache and folder else None
        visit = cache.get(target) if cache and (kept_in or not folder) else None
        if visit and visit.is_cached:
            work.fresh.append((visit, kept_in))
            continue
        work.due.append(target)
        if visit and not folder:
            work.stale[target.url] = visit
    return work


def _with_bytes(remembered: Iterable[tuple[Visit, Path | None]]) -> Iterator[tuple[Visit, Visit | None]]:
    """Each visit, light and as an audit that was cut short archived it; None where that is not to be had."""
    from citecheck import archive

    unfinished = archive.Unfinished()
    for visit, folder in remembered:
        yield visit, unfinished.whole(visit, folder) if folder else None


def _has_cache(settings: Settings, session: "Session | None") -> bool:
    """What was seen elsewhere than where a name points, or by a Session of somebody's own, is not what others see."""
    return settings.cache.enabled and not settings.fetch.connect_to and session is None


def _manners(settings: Settings) -> str:
    """What of the settings may make a server answer otherwise, as a short word."""
    fetch = settings.fetch
    who = (fetch.user_agent, fetch.ca_file, fetch.proxy, fetch.no_proxy, fetch.robots)
    told = msgspec.json.encode(
        (who, fetch.host_interval_s, fetch.host_concurrency, settings.hosts), order="deterministic"
    )
    return f"{zlib.crc32(told):08x}"


def _writer(folder: Path, settings: Settings, clock: Clock, new_id: Callable[[], uuid.UUID]) -> "archive.Writer":
    from citecheck import archive

    return archive.Writer(
        folder,
        clock=clock,
        new_id=new_id,
        software=f"citecheck/{citecheck.__version__}",
        text_of=archive.text_of,
        rotate_bytes=settings.archive.rotate_bytes,
    )


def _twice(visits: Callable[[list[Target]], Iterator[Visit]], first: Iterator[Visit]) -> Iterator[Visit]:
    """Each target's visit; that of a failing one only once a second, at the end, has ended."""
    failing: list[Target] = []
    for visit in first:
        if visit.verdict.status is Status.FAILING:
            failing.append(visit.target)
        else:
            yield visit
    yield from visits(failing)


def meant(visit: Visit) -> Visit:
    """The visit, with the URL that was likely meant where the one that is written holds a slip."""
    verdict = visit.verdict
    if verdict.suggestion or verdict.status not in (Status.INVALID, Status.DEAD):
        return visit
    fault = extractor.fault(visit.target.url)
    return replace(visit, verdict=replace(verdict, suggestion=fault.repair)) if fault and fault.repair else visit


def unchecked(target: Target, reason: Reason) -> Visit:
    return Visit(target=target, verdict=Verdict(status=Status.UNCHECKED, reason=reason))


def _unasked(target: Target, settings: Settings, exclusions: Exclusions) -> Verdict | None:
    """What can be said of a target without asking: invalid before anything else, then what is left out."""
    refused = fetcher.refusal(target, settings.fetch)
    if refused and refused.status is Status.INVALID:
        return refused
    return exclusions.verdict(target) or refused
