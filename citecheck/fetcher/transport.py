"""The seam between the fetcher and whoever speaks HTTP: one request in, one exchange out, hop by hop."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from citecheck.model import Exchange
from citecheck.proxies import Proxy


class Request(Struct, frozen=True, eq=False):
    """One GET. The address was judged by the guard; the transport connects there and nowhere else."""

    url: str
    """ASCII, without fragment and credentials."""
    host: str
    port: int
    address: str
    """Numeric, where to connect; the URL's host goes into Host, SNI and the certificate check. Empty: see `proxy`."""
    to_port: int
    headers: tuple[tuple[str, str], ...]
    connect_timeout_s: float
    headers_timeout_s: float
    """For the whole head."""
    body_patience_s: float
    """After the first byte of the body, where that is less than what the transport has anyway."""
    visit_timeout_s: float
    """What is left of the visit's time."""
    is_whole: bool = False
    """The body is read to its end, up to the cap, though nothing is archived."""
    is_plain: bool = False
    """Without HTTP/2."""
    is_insecure: bool = False
    """Any certificate will do."""
    is_away: bool = False
    """A redirect led here from another host, or from https: what is meant for that stays behind."""
    proxy: Proxy | None = None
    """Who connects, and finds the address."""
    untold: frozenset[str] = frozenset()
    """Names of headers, lower case, that are sent and never recorded."""


class Transport(Protocol):
    """Carries many requests at once. Redirects, cookies, retries and budgets are not its business."""

    def start(self, request: Request) -> None:
        """Begins `request`; never blocks."""

    def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
        """The exchanges that have ended; waits for the first up to `timeout_s` or until a descriptor is readable."""

    def sent(self) -> list[tuple[Request, float]]:
        """The requests that went on the wire since the last call, and when: a connection may take its time."""

    def close(self) -> None:
        """Drops what is under way, at once."""
