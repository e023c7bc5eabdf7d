"""Fetch → judge → archive: each target's visit as it ends, with what was kept of it.

Beside audit.py under the same licence: it knows the store, the fetcher, the archive and the extractor.
"""

import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
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


def check_and_keep(
    targets: Iterable[Target],
    settings: Settings,
    folder: Path | None,
    clock: Clock,
    new_id: Callable[[], uuid.UUID],
    session: "Session | None" = None,
    pulse: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Visit, Snapshot | None]]:
    """Each target's visit as it ends, light, with what was kept of it.

    With a folder every target is fetched and archived anew; without one, the store's fresh verdicts are taken.
    `pulse` is called whenever there is nothing to do but wait, at least once a second.
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
        # What was seen elsewhere than where a name points, or by a Session of somebody's own, is not what others see.
        has_cache = settings.cache.enabled and not settings.fetch.connect_to and session is None
        cache = None
        if has_cache:
            from citecheck import store

            cache = stack.enter_context(store.Cache(settings.cache, clock, asked_as=_manners(settings)))
        due: list[Target] = []
        known: dict[str, Visit] = {}
        for target in targets:
            remembered = cache.get(target) if cache and not folder else None
            if remembered and remembered.is_cached:
                yield remembered, None
                continue
            due.append(target)
            if remembered:
                known[target.url] = remembered

        def beat() -> None:
            if cache:
                cache.keep_up()
            pulse()

        visits = _confirmed(due, settings, folder is not None, clock, session, known if cache else None, beat)
        writer = stack.enter_context(_writer(folder, settings, clock, new_id)) if folder else None
        for visit in visits:
            snapshot = writer.write(visit) if writer else None
            light = visit.light()
            if cache:
                cache.put(light)
            yield replace(light, validators=()) if light.validators else light, snapshot


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


def _confirmed(
    targets: Iterable[Target],
    settings: Settings,
    keep_bodies: bool,
    clock: Clock,
    session: "Session | None",
    remembered: dict[str, Visit] | None,
    pulse: Callable[[], None],
) -> Iterator[Visit]:
    """Each target's visit; in a strict run, that of a failing one only once a second, at the end, has ended.

    What cannot be fetched with is told at the call, before anything is written.
    """

    def visits(wanted: Iterable[Target]) -> Iterator[Visit]:
        return fetcher.visits(
            wanted,
            settings.fetch,
            keep_bodies=keep_bodies,
            clock=clock,
            session=session,
            remembered=remembered,
            pulse=pulse,
            hosts=settings.hosts,
        )

    return _twice(visits, visits(targets)) if settings.strict else visits(targets)


def _twice(visits: Callable[[Iterable[Target]], Iterator[Visit]], first: Iterator[Visit]) -> Iterator[Visit]:
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
