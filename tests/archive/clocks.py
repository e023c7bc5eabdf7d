"""A clock that stands still until somebody sleeps."""

import threading
from datetime import UTC, datetime, timedelta

from citecheck.clock import Clock

NOON = datetime(2031, 4, 9, 12, tzinfo=UTC)


class StillClock:
    """`clock` tells `passed_s` since noon; sleeping only moves it on, and is written down."""

    def __init__(self) -> None:
        self.passed_s = 0.0
        self.slept_s: list[float] = []
        self._lock = threading.Lock()
        self.clock = Clock(
            now=lambda: NOON + timedelta(seconds=self.passed_s), monotonic=lambda: self.passed_s, sleep=self.sleep
        )

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept_s.append(seconds)
            self.passed_s += seconds
