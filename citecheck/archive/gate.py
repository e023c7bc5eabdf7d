"""Before every request to a public archive: one limiter and one breaker a host, for the whole process.

Archives are charities with few machines: limits hold over all threads, and a host that says no is left alone.
"""

import threading
from functools import lru_cache

from citecheck.clock import Clock

_PATIENCE_S = 60.0
"""A wait longer than this is not waited for: the host counts as closed. Also what a 429 without Retry-After means."""


class HostClosed(Exception):  # a state of the host, caught by who asked
    """The host is left alone for now."""


class Gate:
    """Lets requests to one host pass, one after another. Shared by threads."""

    def __init__(self, host: str, clock: Clock, *, failures: int, pause_s: float) -> None:
        self.host = host
        self._clock = clock
        self._allowed_failures = failures
        self._pause_s = pause_s
        self._lock = threading.Lock()
        self._next_s: dict[str, float] = {}
        """By lane, when the next request may start."""
        self._failures = 0
        self._closed_until_s = float("-inf")

    def wait(self, lane: str, interval_s: float) -> None:
        """Return when a request of that lane may start. Raises HostClosed when the breaker is open.

        Requests of a lane start at least `interval_s` apart; lanes are what the host limits apart (its index, its
        pages).
        """
        with self._lock:
            now = self._clock.monotonic()
            start_s = max(now, self._next_s.get(lane, now))
            if now < self._closed_until_s:
                raise HostClosed(f"{self.host} is left alone for {self._closed_until_s - now:.0f} s more")
            self._next_s[lane] = start_s + interval_s
        if start_s > now:
            self._clock.sleep(start_s - now)
        with self._lock:
            if self._clock.monotonic() < self._closed_until_s:
                raise HostClosed(f"{self.host} was closed while others waited for it")

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """The host failed to answer; after some in a row it is left alone."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._allowed_failures:
                self._close(self._pause_s)

    def refused(self, asked_s: float | None) -> float:
        """The host asks for patience (429): every lane waits so long, and the wait is given.

        Refusals in a row open the breaker as failures do; so does one that asks for more than a minute.
        """
        wait_s = _PATIENCE_S if asked_s is None else asked_s
        with self._lock:
            self._failures += 1
            if wait_s > _PATIENCE_S or self._failures >= self._allowed_failures:
                self._close(max(wait_s, self._pause_s))
            until_s = self._clock.monotonic() + wait_s
            for lane, next_s in self._next_s.items():
                self._next_s[lane] = max(next_s, until_s)
        return wait_s

    def shut(self) -> None:
        """The host cannot be reached at all: no name, no keys that it takes."""
        with self._lock:
            self._close(self._pause_s)

    def _close(self, pause_s: float) -> None:
        self._closed_until_s = max(self._closed_until_s, self._clock.monotonic() + pause_s)
        self._failures = 0


@lru_cache(maxsize=1024)
def gate_of(host: str, clock: Clock, failures: int, pause_s: float) -> Gate:
    """The one gate of a host in this process."""
    return Gate(host, clock, failures=failures, pause_s=pause_s)
