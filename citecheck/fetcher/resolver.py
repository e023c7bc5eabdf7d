"""Names to addresses, in threads of our own, and whether the resolver can be believed.

libcurl looks up in 20 threads and has one code for every failure; getaddrinfo tells a missing name from a resolver in
trouble. A closed machine also answers "no such name" to everything: see Standing.
"""

import _socket
import heapq
import threading
from collections.abc import Callable, Sequence
from enum import Enum
from queue import SimpleQueue

from msgspec import Struct

from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.fetcher import guard
from citecheck.fetcher.wakeup import Wakeup
from citecheck.model import Failure
from citecheck.settings import FetchSettings

_THREADS = 128  # with 100 silent names, good hosts are found in 0.03 s; 64 threads: 2 s
# Without network some names are still asked, to see it come back; thousands would take minutes to fail.
_PATIENCE_WITHOUT_NETWORK_S = 1.0
_ASKED_WITHOUT_NETWORK = 16

_FAILURES = {
    _socket.EAI_NONAME: Failure.DNS_NXDOMAIN,
    _socket.EAI_NODATA: Failure.DNS_NO_ADDRESS,
}


class Lookup(Struct, frozen=True):
    """What is known of a name: its addresses, or why there are none."""

    addresses: tuple[str, ...] = ()
    failure: Failure | None = None
    detail: str = ""
    is_certain: bool = False
    """It holds whatever the resolver says."""


_NEVER = Lookup(failure=Failure.DNS_NXDOMAIN, detail="names under .invalid never exist (RFC 6761)", is_certain=True)
_NOT_ASKED = Lookup(failure=Failure.DNS_TEMPORARY, detail="not asked any more")
_LOCAL = Lookup(addresses=("127.0.0.1", "::1"), is_certain=True)


class Standing(Enum):
    """What the run has seen of the resolver. Only with WORKS does a missing name mean anything."""

    UNKNOWN = "unknown"
    ASKING = "asking"
    WORKS = "works"
    SILENT = "silent"


def system_lookup(host: str) -> Sequence[str]:
    """The addresses of `host` in the order in which the system would try them. Raises socket.gaierror."""
    import socket  # for links that name their host by its address there is nothing to look up

    # Bytes, or Python would encode the name after its own, older IDNA.
    found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class Resolver:
    """Looks names up side by side and remembers the answers for the run. All but the lookups runs in one thread."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        clock: Clock = SYSTEM_CLOCK,
        lookup: Callable[[str], Sequence[str]] = system_lookup,
    ) -> None:
        self.standing = Standing.UNKNOWN
        self._patience_s = settings.connect_timeout_s
        self._canaries = settings.canaries
        self._clock = clock
        self._lookup = lookup
        self._known: dict[str, Lookup] = {}
        self._pending: dict[str, float] = {}
        self._deadlines: list[tuple[float, str]] = []
        self._proven_by_s = 0.0
        self._proof: set[str] = set()
        """The names whose answers are awaited to tell whether the resolver works; those asked later do not count."""
        self._asked: SimpleQueue[str | None] = SimpleQueue()
        self._answered: SimpleQueue[tuple[str, Lookup]] = SimpleQueue()
        self._threads = 0
        self._wakeup = Wakeup()

    @property
    def pending(self) -> int:
        """How many names are being looked up."""
        return len(self._pending)

    def fileno(self) -> int:
        """Becomes readable when an answer has come."""
        return self._wakeup.fileno()

    def find(self, host: str) -> Lookup | None:
        """What is known of `host`; None when it had to be asked: `answers` will tell."""
        known = self._known.get(host)
        if known is not None:
            return known
        if f".{host}".rstrip(".").endswith(".invalid"):
            return _NEVER
        if guard.is_local_name(host):
            return _LOCAL
        if host not in self._pending:
            if self.standing is Standing.SILENT and len(self._pending) >= _ASKED_WITHOUT_NETWORK:
                return _NOT_ASKED
            self._await(host)
            if self._threads < min(len(self._pending), _THREADS):
                self._thread(self._serve)
                self._threads += 1
            self._asked.put(host)
        return None

    def answers(self) -> list[tuple[str, Lookup]]:
        """The names whose answers have come, or were waited for in vain."""
        self._wakeup.quiet()
        ended = []
        while not self._answered.empty():
            host, lookup = self._answered.get()
            # An answer that comes too late for those who waited still shows that the resolver works.
            self._known[host] = lookup
            if any(not _is_loopback(address) for address in lookup.addresses):
                self.standing = Standing.WORKS
            if self._pending.pop(host, None) is not None:
                ended.append((host, lookup))
        now = self._clock.monotonic()
        while self._deadlines and self._deadlines[0][0] <= now:
            deadline, host = heapq.heappop(self._deadlines)
            if self._pending.get(host) == deadline:
                del self._pending[host]
                lookup = Lookup(failure=Failure.DNS_TEMPORARY, detail="no answer from the name server in time")
                self._known[host] = lookup
                ended.append((host, lookup))
        self._proof &= self._pending.keys()
        if self.standing is Standing.ASKING and (not self._proof or now >= self._proven_by_s):
            self.standing = Standing.SILENT
            for host in list(self._pending):  # those that were asked with hope
                self._await(host)
        return ended

    def prove(self) -> Standing:
        """Finds out whether the resolver works, by the canaries, once: ASKING until all that is now asked has ended."""
        if self.standing is Standing.UNKNOWN:
            self.standing = Standing.ASKING
            self._proven_by_s = self._clock.monotonic() + self._patience_s
            for canary in self._canaries:
                if canary not in self._known and canary not in self._pending:
                    self._await(canary)
                    # A thread of its own: the others may all wait for silent name servers.
                    self._thread(self._look_up, canary)
            self._proof = set(self._pending)
        return self.standing

    def forget(self, host: str) -> None:
        """Has `host` asked anew the next time."""
        self._known.pop(host, None)

    def close(self) -> None:
        """Ends the threads that wait; one inside a lookup ends after it, or with the process."""
        for _ in range(self._threads):
            self._asked.put(None)
        self._wakeup.close()

    def _await(self, host: str) -> None:
        patience_s = self._patience_s
        if self.standing is Standing.SILENT:
            patience_s = min(patience_s, _PATIENCE_WITHOUT_NETWORK_S)
        deadline = self._clock.monotonic() + patience_s
        self._pending[host] = deadline
        heapq.heappush(self._deadlines, (deadline, host))

    def _thread(self, work: Callable[..., None], *hosts: str) -> None:
        # A daemon: a silent name server must not hold up the end of the process.
        threading.Thread(target=work, args=hosts, name="citecheck-resolver", daemon=True).start()

    def _serve(self) -> None:
        while (host := self._asked.get()) is not None:
            self._look_up(host)

    def _look_up(self, host: str) -> None:
        try:
            addresses = tuple(dict.fromkeys(self._lookup(host)))
            lookup = Lookup(addresses, failure=None if addresses else Failure.DNS_NO_ADDRESS)
        except _socket.gaierror as error:
            failure = _FAILURES.get(error.args[0], Failure.DNS_TEMPORARY)
            lookup = Lookup(failure=failure, detail=str(error.strerror or error))
        except (OSError, UnicodeError) as error:
            lookup = Lookup(failure=Failure.DNS_TEMPORARY, detail=str(error))
        self._answered.put((host, lookup))
        self._wakeup.ring()


def _is_loopback(address: str) -> bool:
    return address.startswith("127.") or address == "::1"
