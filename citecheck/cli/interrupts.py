"""Ctrl-C and SIGTERM while a report is written: it is what would be done then, and nearly done."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def undisturbed() -> Iterator[None]:
    """The first of the two changes nothing; whoever insists ends it with a KeyboardInterrupt."""

    def heed(number: int, frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.default_int_handler)

    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    for each in before:
        signal.signal(each, heed)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
