"""Time as citecheck sees it: one object handed to whoever needs it, so that a test decides what time it is."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import Struct


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Clock(Struct, frozen=True):
    """`now` is aware UTC for records; `monotonic` (seconds) is for deadlines and durations; `sleep` takes seconds."""

    now: Callable[[], datetime] = _utc_now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


SYSTEM_CLOCK = Clock()
