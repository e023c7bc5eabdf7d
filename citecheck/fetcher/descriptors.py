"""The descriptors that libcurl waits for, as it names them, and those that wake us."""

import contextlib
import select
import sys
from collections.abc import Sequence

import pycurl

_READ, _WRITE = select.POLLIN, select.POLLOUT
_EVENTS = {pycurl.POLL_IN: _READ, pycurl.POLL_OUT: _WRITE, pycurl.POLL_INOUT: _READ | _WRITE, pycurl.POLL_NONE: 0}


class Descriptors:
    """Tells which are ready, without a look at all of the others."""

    def __init__(self) -> None:
        # The two have the same methods and numbers; only their times differ.
        self._poll = select.epoll() if sys.platform == "linux" else select.poll()
        self._events: dict[int, int] = {}
        """What each is watched for."""
        self._wakeups: Sequence[int] = ()

    def watch(self, what: int, descriptor: int, *_: object) -> None:
        """What libcurl wants of `descriptor` from now on: M_SOCKETFUNCTION."""
        before = self._events.pop(descriptor, None)
        if what == pycurl.POLL_REMOVE:
            with contextlib.suppress(OSError, KeyError):  # closed already
                self._poll.unregister(descriptor)
            return
        events = self._events[descriptor] = _EVENTS[what]
        if before is None:
            self._poll.register(descriptor, events)
        elif before != events:
            self._poll.modify(descriptor, events)

    def ready(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[int, int]]:
        """Those of libcurl's that are ready within `timeout_s`, and for what, in its bits; a wake-up ends the wait."""
        if wakeups != self._wakeups:
            self._wakeups = wakeups
            for descriptor in wakeups:
                self.watch(pycurl.POLL_IN, descriptor)
        seen = self._poll.poll(timeout_s if sys.platform == "linux" else timeout_s * 1000)
        return [(descriptor, _bits(events)) for descriptor, events in seen if descriptor not in wakeups]

    def close(self) -> None:
        if isinstance(self._poll, select.epoll):
            self._poll.close()


def _bits(events: int) -> int:
    if events == _READ:
        return pycurl.CSELECT_IN
    bits = pycurl.CSELECT_OUT if events & _WRITE else 0
    bits |= pycurl.CSELECT_IN if events & _READ else 0
    return bits | (pycurl.CSELECT_ERR if events & ~(_READ | _WRITE) else 0)
