"""Visits targets and judges what it sees. It knows neither where the links stand nor what is kept of them."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING

from citecheck import version
from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.hosts import HostSettings
from citecheck.model import Target, Verdict, Visit
from citecheck.settings import FetchSettings, TransportName

if TYPE_CHECKING:
    from requests import Session

    from citecheck.fetcher.manners import Hosts
    from citecheck.fetcher.resolver import Resolver
    from citecheck.fetcher.transport import Transport
    from citecheck.proxies import Proxies


_SCRIPTS_OWN = ("/", "!")
"""How the addresses within a script's application begin: no server and no page knows of them."""


def user_agent() -> str:
    """Who asks, in a form that gates for browsers let through; with the project's page, where it has one."""
    where = f"; +{version.PAGE}" if version.PAGE else ""
    return f"Mozilla/5.0 (compatible; citecheck/{version.__version__}{where})"


def refusal(target: Target, settings: FetchSettings) -> Verdict | None:
    """Why a target would not be asked for at all: invalid, or skipped. None: it would be tried."""
    from citecheck.fetcher import guard, urls

    return None if urls.is_file(target.request_url) else guard.refusal(target.request_url, settings)


def missing_within(url: str, fragments: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `fragments` that the local file of a `file:` URL does not have."""
    from citecheck.fetcher import files

    return files.look(Target(url, url, fragments))[1]


def visits(
    targets: Iterable[Target],
    settings: FetchSettings,
    *,
    keep_bodies: bool = False,
    clock: Clock = SYSTEM_CLOCK,
    transport: "Transport | None" = None,
    resolver: "Resolver | None" = None,
    session: "Session | None" = None,
    remembered: Mapping[str, Visit] | None = None,
    pulse: Callable[[], None] = lambda: None,
    hosts: Mapping[str, HostSettings] | None = None,
) -> Generator[Visit, None, None]:
    """Visits each of `targets`, side by side, and yields one Visit a target as it ends.

    A sequence of targets is ordered by host; any other iterable is read as slots become free. With `keep_bodies` the
    exchanges hold request, head and body bytes (the body up to `settings.body_cap_bytes`). Closing the iterator drops
    what is under way. A `session` makes the requests in place of `settings.transport`. `remembered` are earlier visits
    by URL, renewed where the server says that nothing has changed; None: nobody will ask so the next time. `pulse` is
    called whenever there is nothing to do but wait, at least once a second. `hosts`: what differs for which. Raises
    SettingsError for a CA file that cannot be used, a `connect_to` that cannot be read, and a host's secret that is not
    in the environment.
    """
    # Imported late: libcurl, the parsers and tenacity are no business of `citecheck --help`.
    from citecheck.fetcher import detour, trust
    from citecheck.fetcher.manners import Hosts

    # What cannot work is told now, not when the first visit is asked for.
    detour.parse(settings.connect_to)
    if transport is None:
        trust.authorities(settings)
    letters: list[Target] = []
    lookup = None
    if settings.mail_mx:
        from citecheck.fetcher import exchangers

        lookup = exchangers.asking(settings)
        targets = exchangers.parted(targets, settings, letters)
    found = _visits(
        targets,
        settings,
        keep_bodies=keep_bodies,
        clock=clock,
        transport=transport,
        resolver=resolver,
        session=session,
        remembered=remembered,
        pulse=pulse,
        hosts=Hosts(settings, hosts, proxies=_proxies(settings, session)),
    )
    return _with_letters(found, letters, settings, lookup, clock) if lookup else found


def proxies_told(settings: FetchSettings) -> str:
    """By which proxies `settings` have links asked for, in words, without passwords; empty: by none."""
    from citecheck.proxies import Proxies

    return Proxies(settings).told()


def fragment_of(url: str) -> str:
    """The fragment of `url` that its page can be searched for; empty when it has none, or one of a script's own."""
    fragment = url.partition("#")[2]
    return "" if fragment.startswith(_SCRIPTS_OWN) else fragment


def _proxies(settings: FetchSettings, session: "Session | None") -> "Proxies":
    from citecheck.proxies import Proxies

    if session is None:
        proxies = Proxies(settings)
        if settings.transport is TransportName.REQUESTS:
            proxies.refuse_socks()
        return proxies
    from citecheck.fetcher.session import SessionProxies

    return SessionProxies(session, settings)


def _with_letters(
    found: Generator[Visit, None, None],
    letters: list[Target],
    settings: FetchSettings,
    lookup: Callable[[str], Sequence[str]],
    clock: Clock,
) -> Generator[Visit, None, None]:
    """The visits, and then those of `mailto:` URLs."""
    from citecheck.fetcher import exchangers

    until_s = clock.monotonic() + (settings.max_run_s or inf)
    yield from found
    yield from exchangers.visits(letters, settings, lookup, clock, until_s)


def _visits(
    targets: Iterable[Target],
    settings: FetchSettings,
    *,
    keep_bodies: bool,
    clock: Clock,
    transport: "Transport | None",
    resolver: "Resolver | None",
    session: "Session | None",
    remembered: Mapping[str, Visit] | None,
    pulse: Callable[[], None],
    hosts: "Hosts",
) -> Generator[Visit, None, None]:
    from citecheck.fetcher import order
    from citecheck.fetcher.jobs import jobs
    from citecheck.fetcher.loop import FetchLoop
    from citecheck.fetcher.resolver import Resolver

    agent = settings.user_agent or user_agent()
    is_curl = transport is None and session is None and settings.transport is TransportName.CURL
    if is_curl and resolver is None and isinstance(targets, Sequence):
        number_of_jobs = jobs(settings, len(targets))
        if number_of_jobs > 1:
            from citecheck.fetcher import shards

            yield from shards.visits(
                targets,
                settings,
                number_of_jobs,
                keep_bodies=keep_bodies,
                user_agent=agent,
                clock=clock,
                remembered=remembered,
                pulse=pulse,
                hosts=hosts,
            )
            return
    if is_curl:
        from citecheck.fetcher.curl import CurlTransport

        transport = CurlTransport(settings, keep_bodies=keep_bodies, clock=clock)
    elif transport is None:
        from citecheck.fetcher.session import SessionTransport

        transport = SessionTransport(settings, keep_bodies=keep_bodies, session=session, clock=clock)
    loop = FetchLoop(
        order.by_host(targets) if isinstance(targets, Sequence) else targets,
        settings,
        keep_bodies=keep_bodies,
        user_agent=agent,
        clock=clock,
        transport=transport,
        resolver=resolver or Resolver(settings, clock=clock),
        remembered=remembered,
        pulse=pulse,
        hosts=hosts,
    )
    yield from loop.visits()
