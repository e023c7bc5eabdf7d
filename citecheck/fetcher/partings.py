"""Hanging up late: on hundreds of hosts that takes 10 ms, for which no report should wait."""

import atexit
from typing import Protocol


class Connected(Protocol):
    """What has no more to ask, and is still connected."""

    def hang_up(self) -> None: ...


_LEFT: list[Connected] = []


def part_later(each: Connected) -> None:
    """Have `each` hang up before the next transport is made, or as Python ends; who leaves by `os._exit` need not."""
    _LEFT.append(each)


@atexit.register
def part() -> None:
    """Have all that waits for it hang up."""
    while _LEFT:
        _LEFT.pop().hang_up()
