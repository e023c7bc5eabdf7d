"""The second look: whatever still fails at the end of the run is asked once more, with more patience."""

from collections import deque

from citecheck.fetcher.journey import Journey
from citecheck.fetcher.passing import is_worth_a_second_look
from citecheck.model import Status, Verdict
from citecheck.settings import FetchSettings

_KEPT = 10_000
_MORE = 2
"""So many more at once after each one that is there: of a host that is slow each takes its time."""
_PAGES_OF_A_HOST = 20
"""So many of a host's links that fail each for itself are looked at again."""


class _Host:
    __slots__ = ("asked", "at_once", "busy", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[tuple[float, Journey, Verdict]] = deque()
        self.busy = 0
        self.asked = 0
        self.at_once = 1

    def wait_s(self, now: float) -> float | None:
        """How long until the next is due; None: that hangs on those that are under way."""
        is_free = self.busy < self.at_once and (not self.busy or self.asked < _PAGES_OF_A_HOST)
        return self.waiting[0][0] - now if self.waiting and is_free else None


class SecondLooks:
    """The visits that failed and wait for the end of the run, by host: one of each first, more once it is there.

    A host that still cannot be reached then is not asked for its other links: they keep the verdicts they have.
    """

    def __init__(self, settings: FetchSettings) -> None:
        self._after_s = settings.second_look_after_s
        self._is_on = settings.second_look_timeout_s > 0
        self._hosts: dict[str, _Host] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def keep(self, journey: Journey, found: Verdict, now: float) -> bool:
        """Takes in a visit that has failed; False when it is not worth a second look, or has had it."""
        is_worth = found.status is Status.FAILING and journey.hops and is_worth_a_second_look(journey.hops[-1])
        if not self._is_on or journey.is_second_look or not is_worth or self._size >= _KEPT:
            return False
        since = (journey.failed_at_s or now) + self._after_s
        self._hosts.setdefault(journey.start.host, _Host()).waiting.append((since, journey, found))
        self._size += 1
        return True

    def due(self, now: float) -> list[Journey]:
        """The visits to be begun again now."""
        ready = []
        for host in self._hosts.values():
            while (wait_s := host.wait_s(now)) is not None and wait_s <= 0:
                _, journey, _ = host.waiting.popleft()
                host.busy, host.asked = host.busy + 1, host.asked + 1
                self._size -= 1
                ready.append(journey)
        return ready

    def wait_s(self, now: float) -> float | None:
        """How long until one is due; None: not by the mere passing of time."""
        waits = [wait_s for host in self._hosts.values() if (wait_s := host.wait_s(now)) is not None]
        return max(0.0, min(waits)) if waits else None

    def ended(self, journey: Journey) -> list[tuple[Journey, Verdict]]:
        """Takes note of a second look's end; those of the host that are given up by it, with their verdicts."""
        host = self._hosts.get(journey.start.host)
        if host is None:
            return []
        status = journey.hops[-1].http_status if journey.hops else None
        is_there = status is not None and status < 400
        host.busy, host.at_once = host.busy - 1, host.at_once + _MORE if is_there else 1
        is_unreached = bool(journey.hops) and status is None
        if not host.waiting or not (is_unreached or host.asked >= _PAGES_OF_A_HOST):
            return []
        given_up = [(each, found) for _, each, found in host.waiting]
        self._size -= len(given_up)
        host.waiting.clear()
        return given_up
