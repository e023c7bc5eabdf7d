"""Who fetches in a run: this process alone, or several, which get ready while it is still being read what for."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from functools import cached_property
from math import inf
from types import TracebackType
from typing import TYPE_CHECKING, Self

from citecheck import version
from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.hosts import HostSettings
from citecheck.model import Target, Visit
from citecheck.settings import FetchSettings, TransportName

if TYPE_CHECKING:
    from requests import Session

    from citecheck.fetcher.resolver import Resolver
    from citecheck.fetcher.shards import Shards
    from citecheck.fetcher.terms import Terms
    from citecheck.fetcher.transport import Transport
    from citecheck.proxies import Proxies


def user_agent() -> str:
    """Who asks, in a form that gates for browsers let through; with the project's page, where it has one."""
    where = f"; +{version.PAGE}" if version.PAGE else ""
    return f"Mozilla/5.0 (compatible; citecheck/{version.__version__}{where})"


class Crew:
    """Visits the targets of one run, once. To be closed, or used in a `with`: it may have started processes.

    With `keep_bodies` the exchanges hold request, head and body bytes (the body up to `settings.body_cap_bytes`). A
    `session` makes the requests in place of `settings.transport`. `is_renewable`: the visits keep what asks a server,
    the next time, whether the page has changed. `hosts`: what differs for which.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        keep_bodies: bool = False,
        clock: Clock = SYSTEM_CLOCK,
        transport: "Transport | None" = None,
        resolver: "Resolver | None" = None,
        session: "Session | None" = None,
        is_renewable: bool = False,
        hosts: Mapping[str, HostSettings] | None = None,
    ) -> None:
        self._settings = settings
        self._keep_bodies = keep_bodies
        self._clock = clock
        self._transport = transport
        self._resolver = resolver
        self._session = session
        self._is_renewable = is_renewable
        self._hosts = hosts
        self._expected = 0
        self._shards: Shards | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes."""
        if self._shards:
            self._shards.close()
            self._shards = None

    def expect(self, links: int) -> None:
        """So many more links seem to be coming: where all are worth processes, these begin to load what they need.

        Raises SettingsError as `visits` does.
        """
        self._expected += links
        self._man(self._expected)

    def visits(
        self,
        targets: Iterable[Target],
        *,
        remembered: Mapping[str, Visit] | None = None,
        pulse: Callable[[], None] = lambda: None,
    ) -> Generator[Visit, None, None]:
        """Visits each of `targets`, side by side, and yields one Visit a target as it ends.

        A sequence of targets is ordered by host; any other iterable is read as slots become free. Closing the iterator
        drops what is under way. `remembered` are earlier visits by URL, renewed where the server says that nothing has
        changed. `pulse` is called whenever there is nothing to do but wait, at least once a second. Raises
        SettingsError, at the call, for a CA file that cannot be used, a `connect_to` that cannot be read, and a host's
        secret that is not in the environment.
        """
        _ = self._terms  # what cannot work is told now, not when the first visit is asked for
        if not self._settings.mail_mx:
            return self._fetched(targets, remembered or {}, pulse)
        from citecheck.fetcher import exchangers

        letters: list[Target] = []
        lookup = exchangers.asking(self._settings)
        fetched = self._fetched(exchangers.parted(targets, self._settings, letters), remembered or {}, pulse)
        return self._with_letters(fetched, letters, lookup)

    @cached_property
    def _terms(self) -> "Terms":
        # Imported late, as all that is heavy here: libcurl and the parsers are no business of `citecheck --help`.
        from citecheck.fetcher import detour, trust
        from citecheck.fetcher.manners import Hosts
        from citecheck.fetcher.terms import Terms

        detour.parse(self._settings.connect_to)
        if self._transport is None:
            trust.authorities(self._settings)
        return Terms(
            self._settings,
            hosts=Hosts(self._settings, self._hosts, proxies=self._proxies()),
            user_agent=self._settings.user_agent or user_agent(),
            clock=self._clock,
            keep_bodies=self._keep_bodies,
            is_renewable=self._is_renewable,
        )

    @property
    def _is_curl(self) -> bool:
        return self._transport is None and self._session is None and self._settings.transport is TransportName.CURL

    def _man(self, links: int) -> None:
        """Starts processes where so many links are worth them."""
        if self._shards or not self._is_curl or self._resolver:
            return
        from citecheck.fetcher.jobs import jobs

        number = jobs(self._settings, links)
        if number > 1:
            from citecheck.fetcher.shards import Shards

            self._shards = Shards(number, self._terms)

    def _fetched(
        self, targets: Iterable[Target], remembered: Mapping[str, Visit], pulse: Callable[[], None]
    ) -> Generator[Visit, None, None]:
        if isinstance(targets, Sequence):
            self._man(len(targets))
            if self._shards:
                try:
                    yield from self._shards.visits(targets, remembered, pulse)
                finally:
                    self.close()
                return
        from citecheck.fetcher import order
        from citecheck.fetcher.loop import FetchLoop
        from citecheck.fetcher.resolver import Resolver

        loop = FetchLoop(
            order.by_host(targets) if isinstance(targets, Sequence) else targets,
            self._terms,
            transport=self._transport or self._made(),
            resolver=self._resolver or Resolver(self._settings, clock=self._clock),
            remembered=remembered,
            pulse=pulse,
        )
        yield from loop.visits()

    def _made(self) -> "Transport":
        if self._is_curl:
            from citecheck.fetcher.tolerance import TolerantTransport

            return TolerantTransport(self._settings, keep_bodies=self._keep_bodies, clock=self._clock)
        from citecheck.fetcher.session import SessionTransport

        return SessionTransport(self._settings, keep_bodies=self._keep_bodies, session=self._session, clock=self._clock)

    def _proxies(self) -> "Proxies":
        from citecheck.proxies import Proxies

        if self._session is None:
            proxies = Proxies(self._settings)
            if self._settings.transport is TransportName.REQUESTS:
                proxies.refuse_socks()
            return proxies
        from citecheck.fetcher.session import SessionProxies

        return SessionProxies(self._session, self._settings)

    def _with_letters(
        self,
        fetched: Generator[Visit, None, None],
        letters: list[Target],
        lookup: Callable[[str], Sequence[str]],
    ) -> Generator[Visit, None, None]:
        """The visits, and then those of `mailto:` URLs."""
        from citecheck.fetcher import exchangers

        until_s = self._clock.monotonic() + (self._settings.max_run_s or inf)
        yield from fetched
        yield from exchangers.visits(letters, self._settings, lookup, self._clock, until_s)
