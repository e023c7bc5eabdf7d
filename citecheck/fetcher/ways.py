"""The way to a journey's place: the addresses of its name, as the guard admits them, or where a detour leads."""

from msgspec import Struct

from citecheck.clock import Clock
from citecheck.fetcher import detour, guard
from citecheck.fetcher.journey import Journey
from citecheck.fetcher.resolver import Lookup, Resolver, Standing
from citecheck.model import Exchange, Failure, Reason, Status, Verdict
from citecheck.proxies import Proxies
from citecheck.settings import FetchSettings


class Way(Struct, frozen=True):
    """What was found for a journey: without failure and verdict it has been led on its way."""

    journey: Journey
    failure: Exchange | None = None
    """That ended before anything was sent."""
    verdict: Verdict | None = None
    """Nothing can be said of the place: it is we who see no network."""


class Ways:
    """Leads journeys; those whose name is looked up wait here."""

    def __init__(self, settings: FetchSettings, resolver: Resolver, proxies: Proxies, clock: Clock) -> None:
        self._allow_private = settings.allow_private
        self._resolver = resolver
        self._proxies = proxies
        self._clock = clock
        self._detours = detour.parse(settings.connect_to)
        self._waiting: dict[str, list[tuple[Journey, int]]] = {}
        """By the name that they wait for; with the port to connect to."""
        self._unproven: list[tuple[Journey, Lookup]] = []
        """Their name is missing, and the resolver has not been seen to work yet."""

    @property
    def pending(self) -> int:
        """How many names are being looked up."""
        return self._resolver.pending

    @property
    def is_waiting(self) -> bool:
        return self._resolver.pending > 0 or bool(self._unproven)

    def fileno(self) -> int:
        """Becomes readable when there is something to be `found`."""
        return self._resolver.fileno()

    def find(self, journey: Journey) -> Way | None:
        """The way to the journey's place; None while its name is looked up: `found` will tell."""
        place = journey.place
        journey.proxy = None
        way = next((each for each in self._detours if each.fits(place)), None)
        name = way.address if way and way.address else place.host
        to_port = way.to_port if way and way.to_port else place.port
        if self._proxies and way is None:
            journey.proxy = self._proxies.of(place.scheme, place.host, place.port)
        if guard.literal(name) is not None:
            return self._admitted(journey, (name,), to_port)
        known = self._resolver.find(name)
        if known is not None:
            return self._resolved(journey, known, to_port)
        self._waiting.setdefault(name, []).append((journey, to_port))
        return None

    def found(self) -> list[Way]:
        """The ways of journeys that have waited."""
        ways = []
        for name, lookup in self._resolver.answers():
            for journey, to_port in self._waiting.pop(name, ()):
                way = self._resolved(journey, lookup, to_port)
                if way:
                    ways.append(way)
        if self._unproven and self._resolver.standing is not Standing.ASKING:
            unproven, self._unproven = self._unproven, []
            ways += [self._judged(journey, lookup) for journey, lookup in unproven]
        return ways

    def forget(self, host: str) -> None:
        """Has `host` asked anew the next time."""
        self._resolver.forget(host)

    def close(self) -> None:
        self._resolver.close()

    def _resolved(self, journey: Journey, lookup: Lookup, to_port: int) -> Way | None:
        if not lookup.failure:
            return self._admitted(journey, lookup.addresses, to_port)
        if journey.proxy:  # which may know names that we do not
            self._resolver.prove()  # a resolver that is silent is not waited for in full again
            journey.lead((), to_port, journey.proxy)
            return Way(journey)
        if lookup.is_certain or self._resolver.standing is Standing.WORKS:
            return self._failed(journey, lookup.failure, lookup.detail)
        self._resolver.prove()
        self._unproven.append((journey, lookup))
        return None

    def _judged(self, journey: Journey, lookup: Lookup) -> Way:
        """Now it is known whether the resolver can be believed."""
        if self._resolver.standing is Standing.WORKS and lookup.failure:
            return self._failed(journey, lookup.failure, lookup.detail)
        signal = f"no name could be resolved in this run; {journey.place.host}: {lookup.detail}"
        return Way(journey, verdict=Verdict(Status.UNCHECKED, Reason.NO_NETWORK, signals=(signal,)))

    def _failed(self, journey: Journey, failure: Failure, detail: str) -> Way:
        return Way(journey, Exchange(journey.place.url, self._clock.now(), failure=failure, detail=detail))

    def _admitted(self, journey: Journey, addresses: tuple[str, ...], to_port: int) -> Way:
        admitted = tuple(each for each in addresses if guard.admits(each, self._allow_private))
        if not admitted:
            detail = f"{journey.place.host} is {addresses[0]}, a private address"
            return self._failed(journey, Failure.PRIVATE_ADDRESS, detail)
        journey.lead(admitted, to_port, journey.proxy)
        return Way(journey)
