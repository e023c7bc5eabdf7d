"""Web pages as sources: the one function by which the extractor reads from the network, handed to it from here."""

import re
from collections.abc import Callable

from msgspec.structs import replace

from citecheck import fetcher
from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.errors import ExtractError
from citecheck.model import Exchange, Reason, Source, Status, Target, Truncation, Verdict
from citecheck.patterns import regex
from citecheck.settings import Settings

_CHARSET = regex(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)


def fetching(settings: Settings, *, clock: Clock = SYSTEM_CLOCK) -> Callable[[str], Source]:
    """A function that gets a page as a link is got: through the guard, with the limits of `settings.fetch`.

    It raises ExtractError, one line, for a page that cannot be had and when the run is offline.
    """

    def fetch(url: str) -> Source:
        if settings.offline:
            raise ExtractError(f"{url}: not read: --offline makes no request; save it and name the file", about=url)
        target = Target(url=url, request_url=url.partition("#")[0])
        # The user names this page; and a site's pages come one by one, so that its robots.txt would be read for each.
        fetch = replace(settings.fetch, robots=False)
        visits = fetcher.Crew(fetch, keep_bodies=True, clock=clock, hosts=settings.hosts).visits([target])
        [visit] = visits
        if visit.verdict.status not in (Status.ALIVE, Status.MOVED) or not visit.exchanges:
            raise ExtractError(
                f"{url}: cannot be read: {visit.verdict.status}, {visit.verdict.reason}; {_way_out(visit.verdict)}",
                about=url,
            )
        last = visit.exchanges[-1]
        kind = last.header("content-type") or ""
        charset = _CHARSET.search(kind)
        notes = (_cut(last, fetch.body_cap_bytes),) if last.truncated else ()
        encoding = charset[1].lower() if charset else None
        return Source(name=url, data=last.body, media=kind, address=last.url, encoding=encoding, notes=notes)

    return fetch


def _way_out(verdict: Verdict) -> str:
    """What the user can do about a page that cannot be had."""
    if verdict.reason == Reason.PRIVATE_ADDRESS:
        return "fetch.allow_private allows it"
    return "check the address" if verdict.status is Status.DEAD else "save it and name the file"


def _cut(exchange: Exchange, cap_bytes: int) -> str:
    """What is said of a page that did not come whole."""
    if exchange.truncated is Truncation.LENGTH:
        return f"only its first {cap_bytes} bytes were read (fetch.body_cap_bytes)"
    return f"it broke off after {len(exchange.body)} bytes"
