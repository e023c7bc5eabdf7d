"""Asking whether a page has changed since it was judged: a 304 renews the verdict (RFC 9110, 13 and 15.4.5)."""

from collections.abc import Sequence

from msgspec.structs import replace

from citecheck.clock import Clock
from citecheck.fetcher.journey import Journey
from citecheck.model import Exchange, Status, Truncation, Visit

_CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


def renewable(visit: Visit) -> Visit:
    """The visit with the headers to ask with the next time, where it found a page and the server gave any."""
    if visit.verdict.status not in (Status.ALIVE, Status.MOVED) or not visit.exchanges:
        return visit
    last = visit.exchanges[-1]
    if last.http_status != 200 or last.failure or last.truncated not in (None, Truncation.LENGTH):
        return visit
    first = {name.lower(): value for name, value in reversed(last.headers)}
    validators = tuple((asks, first[name]) for name, asks in _CONDITIONS.items() if first.get(name))
    return replace(visit, validators=validators) if validators else visit


def conditions(journey: Journey) -> tuple[tuple[str, str], ...]:
    """The headers that ask for the journey's next page only if it has changed; empty where that is not known."""
    known = journey.known
    if known is None or journey.doubted or journey.is_second_look or journey.place.url != known.final_url:
        return ()
    return known.validators


def renewed(journey: Journey, clock: Clock) -> Visit | None:
    """The visit as it was, seen anew; None when the way to the page is another now, so that it must be judged again.

    Its exchanges keep the time at which the page was read.
    """
    known = journey.known
    if known is None or _way(journey.hops) != _way(known.exchanges):
        return None
    exchanges = zip(known.exchanges, journey.hops, strict=True)
    return replace(
        known,
        exchanges=tuple(replace(old, elapsed_s=new.elapsed_s) for old, new in exchanges),
        attempts=journey.attempts,
        elapsed_s=clock.monotonic() - journey.began_s,
        checked_at=clock.now(),
    )


def _way(hops: Sequence[Exchange]) -> list[tuple[str, int | None]]:
    """Where it went, and by which redirects; how the page at the end answered makes no difference."""
    return [*((each.url, each.http_status) for each in hops[:-1]), (hops[-1].url, None)]
