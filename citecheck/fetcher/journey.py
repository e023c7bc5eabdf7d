"""One target on its way: where it stands, what it has seen, what it carries."""

from msgspec import Struct, field

from citecheck.clock import Clock
from citecheck.fetcher.cookies import Cookies
from citecheck.fetcher.urls import Place
from citecheck.model import Exchange, Target, Verdict, Visit
from citecheck.proxies import Proxy

_ADDRESSES_TRIED = 3


class Journey(Struct, eq=False):
    """The state of one visit until its verdict. The only thing in the fetcher that changes as it goes."""

    target: Target
    start: Place
    place: Place
    """Where it goes next."""
    began_s: float
    known: Visit | None = None
    """An earlier visit, which an unchanged page renews."""
    attempts: int = 0
    hops: list[Exchange] = field(default_factory=list)
    """Of this attempt."""
    spent_s: float = 0.0
    """On the wire, in this attempt: waiting for a host's budget does not count."""
    addresses: tuple[str, ...] = ()
    """Those of the place that the guard admits; the first is tried next."""
    to_port: int = 0
    proxy: Proxy | None = None
    """Who carries it there; then the address is the proxy's business."""
    cookies: Cookies | None = None
    seen: set[tuple[str, str]] = field(default_factory=set)
    """URL and cookies of each hop: the same again is a circle."""

    failed_at_s: float = 0.0
    """When its first attempt ended, if that was not the last."""
    is_second_look: bool = False
    """It is on its way once more, at the end of the run."""
    is_errand: bool = False
    """It fetches a robots.txt for others, and ends without a visit."""
    title: str | None = None
    """Of the page that it found."""
    missing_fragments: tuple[str, ...] = ()
    doubted: list[Exchange] = field(default_factory=list)
    """What the attempt showed, while the answer for a random sibling is awaited; then `hops` are the sibling's."""

    def visit(self, found: Verdict, clock: Clock) -> Visit:
        """What it comes to."""
        return Visit(
            target=self.target,
            verdict=found,
            exchanges=tuple(self.hops),
            attempts=self.attempts if self.hops else max(0, self.attempts - 1),  # the last has not set out
            elapsed_s=clock.monotonic() - self.began_s,
            title=self.title,
            missing_fragments=self.missing_fragments,
            checked_at=clock.now(),
        )

    def begin_attempt(self) -> None:
        """Back to the start."""
        self.attempts += 1
        self.place = self.start
        self.hops = []
        self.spent_s = 0.0
        self.cookies = None
        self.seen = {(self.start.url, "")}

    def look_again(self) -> None:
        """Back to the start for the last time."""
        self.is_second_look = True
        self.begin_attempt()

    def doubt(self, sibling: Place) -> None:
        """Turns aside to a random sibling."""
        self.doubted, self.hops = self.hops, []
        self.place = sibling
        self.spent_s = 0.0
        self.cookies = None
        self.seen = {(sibling.url, "")}

    def settle(self) -> list[Exchange]:
        """Comes back with what the sibling showed."""
        shown, self.hops, self.doubted = self.hops, self.doubted, []
        return shown

    def lead(self, addresses: tuple[str, ...], to_port: int, proxy: Proxy | None = None) -> None:
        """Sets where the place is reached."""
        self.addresses, self.to_port, self.proxy = addresses[:_ADDRESSES_TRIED], to_port, proxy

    def next_address(self) -> bool:
        """Gives up the address just tried; whether there is another."""
        self.addresses = self.addresses[1:]
        return bool(self.addresses)

    @property
    def is_downgraded(self) -> bool:
        """Whether it goes on in the clear, having come by https."""
        return self.place.scheme == "http" and any(hop.url.startswith("https:") for hop in self.hops)

    @property
    def is_away(self) -> bool:
        """Whether it was led to another host than it set out for, or into the clear."""
        return self.place.host != self.start.host or self.is_downgraded

    def cookie_header(self) -> str:
        return self.cookies.header(self.place) if self.cookies else ""

    def keep_cookies(self, exchange: Exchange) -> None:
        """Takes the cookies that the place has set."""
        lines = [value for name, value in exchange.headers if name.lower() == "set-cookie"]
        if lines:
            self.cookies = self.cookies or Cookies()
            self.cookies.keep(self.place, lines, exchange.started_at)

    def go_on(self, place: Place) -> bool:
        """Turns to `place`; False when it has been there with the same cookies."""
        self.place = place
        mark = (place.url, self.cookie_header())
        if mark in self.seen:
            return False
        self.seen.add(mark)
        return True
