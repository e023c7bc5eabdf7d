"""The second look: whatever still fails at the end of the run is asked once more, with more patience."""

from collections import deque

from citecheck.fetcher.journey import Journey
from citecheck.fetcher.passing import is_worth_a_second_look
from citecheck.model import Status, Verdict
from citecheck.settings import FetchSettings

_KEPT = 10_000
_PAGES_OF_A_HOST = 20
"""So many of a host's links that fail each for itself are looked at again."""


class _Host:
    __slots__ = ("asked", "busy", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[tuple[float, Journey, Verdict]] = deque()
        self.busy = False
        self.asked = 0


class SecondLooks:
    """The visits that failed and wait for the end of the run, by host; of each host one at a time is looked at.

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
            if host.waiting and not host.busy and host.waiting[0][0] <= now:
                _, journey, _ = host.waiting.popleft()
                host.busy, host.asked = True, host.asked + 1
                self._size -= 1
                ready.append(journey)
        return ready

    def wait_s(self, now: float) -> float | None:
        """How long until one is due; None: not by the mere passing of time."""
        times = [host.waiting[0][0] for host in self._hosts.values() if host.waiting and not host.busy]
        return max(0.0, min(times) - now) if times else None

    def ended(self, journey: Journey) -> list[tuple[Journey, Verdict]]:
        """Takes note of a second look's end; those of the host that are given up by it, with their verdicts."""
        host = self._hosts.get(journey.start.host)
        if host is None:
            return []
        host.busy = False
        is_unreached = bool(journey.hops) and journey.hops[-1].http_status is None
        if not host.waiting or not (is_unreached or host.asked >= _PAGES_OF_A_HOST):
            return []
        given_up = [(each, found) for _, each, found in host.waiting]
        self._size -= len(given_up)
        host.waiting.clear()
        return given_up
