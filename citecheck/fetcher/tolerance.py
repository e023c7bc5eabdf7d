"""What libcurl refuses to read and browsers read: a second look at it goes by requests, which passes over the faults.

Such as a line without a colon among the headers, or a length that is none. Of an answer cut within its first line
libcurl knows nothing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from citecheck.clock import Clock
from citecheck.fetcher.curl import CurlTransport
from citecheck.fetcher.transport import Request
from citecheck.model import Exchange, Failure
from citecheck.settings import FetchSettings

if TYPE_CHECKING:
    from citecheck.fetcher.session import SessionTransport

_LOOK_EVERY_S = 0.05
_UNREAD = frozenset((Failure.BAD_REPLY, Failure.EMPTY_REPLY))


class TolerantTransport:
    """libcurl's transport, with another for what libcurl does not understand at the second look either.

    Raises SettingsError when the CA file cannot be used.
    """

    def __init__(self, settings: FetchSettings, *, keep_bodies: bool, clock: Clock) -> None:
        self._settings = settings
        self._keep_bodies = keep_bodies
        self._clock = clock
        self._curl = CurlTransport(settings, keep_bodies=keep_bodies, clock=clock)
        self._other: SessionTransport | None = None

    def start(self, request: Request) -> None:
        self._curl.start(request)

    def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
        told = self._other.poll(0, ()) if self._other else []
        if told:
            timeout_s = 0
        elif self._other:
            timeout_s = min(timeout_s, _LOOK_EVERY_S)
        for request, exchange in self._curl.poll(timeout_s, wakeups):
            if request.is_plain and exchange.failure in _UNREAD:
                self._tolerant().start(request)
            else:
                told.append((request, exchange))
        return told

    def sent(self) -> list[tuple[Request, float]]:
        return self._curl.sent()

    def close(self) -> None:
        self._curl.close()
        if self._other:
            self._other.close()

    def _tolerant(self) -> "SessionTransport":
        if self._other is None:
            from citecheck.fetcher.session import SessionTransport  # late: few runs need it, and requests is heavy

            self._other = SessionTransport(self._settings, keep_bodies=self._keep_bodies, clock=self._clock)
        return self._other
