"""The default transport: libcurl's multi interface, driven by the descriptors that are ready."""

import _socket
import contextlib
from collections.abc import Sequence
from datetime import datetime
from math import inf
from typing import Any

import pycurl

from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.fetcher import curl_proxies, guard, heads, partings, trust
from citecheck.fetcher.curl_failures import failure_of
from citecheck.fetcher.descriptors import Descriptors
from citecheck.fetcher.heads import Head
from citecheck.fetcher.limits import Limits
from citecheck.fetcher.transport import Request
from citecheck.model import Exchange, Failure, Truncation
from citecheck.proxies import Proxy
from citecheck.settings import FetchSettings

_DEADLINES_EVERY_S = 0.1
_SUPPRESS_CONNECT_HEADERS = 265
"""libcurl's option, which pycurl has no name for: a proxy's answer to CONNECT is no head of the host's."""
_CONNECTIONS_KEPT = 4
"""For each that is in use: a host that is asked again after its pause finds its connection open."""
_UNCONNECTED = {
    Failure.REFUSED: "refuses the connection",
    Failure.UNREACHABLE: "cannot be reached",
    Failure.CONNECT_TIMEOUT: "takes no connection in time",
}
"""Said in our words: libcurl's tell a port and milliseconds, which no two runs share."""


class _Transfer:
    """One request on one handle. The handle and its callbacks live on for the next request."""

    def __init__(self, transport: "CurlTransport") -> None:
        self.transport = transport
        self.handle = pycurl.Curl()
        self.request: Request
        self.started_at: datetime
        self.began_s = 0.0
        self.body_began_s: float | None = None
        self.body_bytes = 0
        self.cap_bytes = 0
        self.head: Head | None = None
        """Read when the body begins; trailers that follow change nothing."""
        self.lines: list[bytes] = []
        self.chunks: list[bytes] = []
        self.sent: list[bytes] = []
        self.peer: str | None = None
        self.refused: str | None = None
        self.is_full = False
        self.is_plain = False
        self.is_insecure = False
        self.connect_timeout_s = 0.0
        self.proxy: Proxy | None = None
        self.header_list: tuple[tuple[str, str], ...] | None = None

    def begin(self, request: Request, clock: Clock) -> None:
        self.request, self.started_at, self.began_s = request, clock.now(), clock.monotonic()
        self.body_began_s, self.body_bytes, self.is_full = None, 0, False
        self.head = self.peer = self.refused = None
        self.lines.clear()
        self.chunks.clear()
        self.sent.clear()
        handle = self.handle
        handle.setopt(pycurl.URL, request.url)
        if request.is_plain is not self.is_plain:
            self.is_plain = request.is_plain
            version = pycurl.CURL_HTTP_VERSION_1_1 if request.is_plain else pycurl.CURL_HTTP_VERSION_NONE
            handle.setopt(pycurl.HTTP_VERSION, version)
        if request.is_insecure is not self.is_insecure:
            self.is_insecure = request.is_insecure
            handle.setopt(pycurl.SSL_VERIFYPEER, not request.is_insecure)
            handle.setopt(pycurl.SSL_VERIFYHOST, 0 if request.is_insecure else 2)
        if request.connect_timeout_s != self.connect_timeout_s:
            self.connect_timeout_s = request.connect_timeout_s
            handle.setopt(pycurl.CONNECTTIMEOUT_MS, max(1, int(request.connect_timeout_s * 1000)))
        if request.headers != self.header_list:
            # An empty `Accept-Encoding` here, not ACCEPT_ENCODING, or libcurl would decode what must be kept raw.
            handle.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in request.headers])
            self.header_list = request.headers
        if request.proxy != self.proxy:
            self.proxy = request.proxy
            curl_proxies.use(handle, request.proxy)
        if not request.proxy and (request.address, request.to_port) != (request.host, request.port):
            # It may stay on the handle: it holds for this host and port only, and those are always set anew.
            host, address = (_bracketed(each) for each in (request.host, request.address))
            handle.setopt(pycurl.CONNECT_TO, [f"{host}:{request.port}:{address}:{request.to_port}"])

    def open_socket(self, _purpose: int, address: tuple[int, int, int, Any]) -> int:
        """Gives libcurl a bare descriptor, or refuses: here is the address that is really connected to."""
        family, kind, protocol, peer = address
        if family not in (_socket.AF_INET, _socket.AF_INET6) or not (self.proxy or self.transport.admits(peer[0])):
            self.refused = str(peer[0]) if isinstance(peer, tuple) else "no internet address"
            return pycurl.SOCKET_BAD
        try:
            descriptor = _socket.socket(family, kind, protocol).detach()
        except OSError:  # out of descriptors, or no IPv6 here
            return pycurl.SOCKET_BAD
        return descriptor

    def ready_to_send(self, peer: str, _local: str, _peer_port: int, _local_port: int) -> int:
        """The second lock: reused connections open no socket."""
        self.peer = None if self.proxy else peer
        self.transport.sent_at.append((self.request, self.transport.clock.monotonic()))
        if self.proxy or self.transport.admits(peer):
            return pycurl.PREREQFUNC_OK
        self.refused = peer
        return pycurl.PREREQFUNC_ABORT

    def write(self, chunk: bytes) -> int | None:
        """Keeps a piece of the body up to the cap; None lets libcurl go on, -1 ends the transfer."""
        if self.body_began_s is None:
            self.body_began_s = self.transport.clock.monotonic()
            self.head = heads.read(self.lines)
            media = self.head.header("content-type") if self.head else None
            self.cap_bytes = self.transport.limits.body_bytes(media, is_whole=self.request.is_whole)
        room = self.cap_bytes - self.body_bytes
        self.body_bytes += len(chunk)
        if len(chunk) > room:
            self.chunks.append(chunk[:room])
            self.is_full = True
            return -1
        self.chunks.append(chunk)
        return None

    def debug(self, kind: int, data: bytes) -> None:
        if kind == pycurl.INFOTYPE_HEADER_OUT:
            self.sent.append(data)

    def overrun(self, now: float) -> Failure | None:
        """The deadline that has passed, if one has. libcurl has a timer for connecting; a short probe is shorter."""
        headers_timeout_s, age_s = self.request.headers_timeout_s, now - self.began_s
        is_over = age_s >= self.request.visit_timeout_s
        if self.body_began_s is not None:
            patience_s = min(self.transport.limits.body_patience_s, self.request.body_patience_s)
            is_late = now - self.body_began_s >= patience_s
            return Failure.VISIT_TIMEOUT if is_over else Failure.READ_TIMEOUT if is_late else None
        if age_s >= headers_timeout_s and not heads.read(self.lines):
            if self.peer:
                return Failure.READ_TIMEOUT
            if headers_timeout_s < self.connect_timeout_s:
                return Failure.CONNECT_TIMEOUT
        return Failure.VISIT_TIMEOUT if is_over else None


class CurlTransport:
    """Carries requests over libcurl. Raises SettingsError when the CA file cannot be used."""

    def __init__(self, settings: FetchSettings, *, keep_bodies: bool, clock: Clock = SYSTEM_CLOCK) -> None:
        partings.part()
        self.clock = clock
        self.limits = Limits.of(settings, keep_bodies=keep_bodies)
        self.sent_at: list[tuple[Request, float]] = []
        self._settings = settings
        self._keep_bodies = keep_bodies
        self._ca_file = trust.authorities(settings)
        self._free: list[_Transfer] = []
        self._active: dict[pycurl.Curl, _Transfer] = {}
        self._look_at_deadlines_s = 0.0
        self._descriptors = Descriptors()
        self._timer_s = inf
        """When libcurl wants to be called, whatever happens."""
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._descriptors.watch)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._set_timer)
        self._multi.setopt(pycurl.M_MAXCONNECTS, _CONNECTIONS_KEPT * settings.concurrency)

    def admits(self, address: str) -> bool:
        """Whether the guard lets a connection to `address` be used."""
        return guard.admits(address, self._settings.allow_private)

    def start(self, request: Request) -> None:
        transfer = self._free.pop() if self._free else self._transfer()
        transfer.begin(request, self.clock)
        self._active[transfer.handle] = transfer
        self._multi.add_handle(transfer.handle)

    def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
        if self._timer_s <= self.clock.monotonic():
            self._act(pycurl.SOCKET_TIMEOUT, 0)
        ended = self._ended()
        nap_s = 0.0 if ended else min(timeout_s, self._timer_s - self.clock.monotonic())
        if self._active:
            nap_s = min(nap_s, _DEADLINES_EVERY_S)
        for descriptor, bits in self._descriptors.ready(max(0.0, nap_s), wakeups):
            self._act(descriptor, bits)
        ended += self._ended()
        now = self.clock.monotonic()
        if now >= self._look_at_deadlines_s:
            self._look_at_deadlines_s = now + _DEADLINES_EVERY_S
            ended += self._overdue(now)
        return ended

    def sent(self) -> list[tuple[Request, float]]:
        sent, self.sent_at = self.sent_at, []
        return sent

    def close(self) -> None:
        for transfer in self._active.values():
            with contextlib.suppress(pycurl.error):
                self._multi.remove_handle(transfer.handle)
        self._free += self._active.values()
        self._active.clear()
        partings.part_later(self)

    def hang_up(self) -> None:
        """Ends the connections that were kept."""
        for transfer in self._free:
            transfer.handle.close()
        self._free.clear()
        self._multi.close()
        self._descriptors.close()

    def _act(self, descriptor: int, bits: int) -> None:
        if descriptor == pycurl.SOCKET_TIMEOUT:
            self._timer_s = inf
        self._multi.socket_action(descriptor, bits)

    def _ended(self) -> list[tuple[Request, Exchange]]:
        ended = []
        left = 1
        while left:
            left, whole, broken = self._multi.info_read()
            ended += [self._end(handle, 0, "") for handle in whole]
            ended += [self._end(handle, code, message) for handle, code, message in broken]
        return ended

    def _set_timer(self, timeout_ms: int) -> None:
        self._timer_s = self.clock.monotonic() + timeout_ms / 1000 if timeout_ms >= 0 else inf

    def _overdue(self, now: float) -> list[tuple[Request, Exchange]]:
        late = []
        for transfer in self._active.values():
            failure = transfer.overrun(now)
            if failure:
                late.append((transfer, failure))
        return [
            self._finish(transfer, failure, f"{failure} after {now - transfer.began_s:.1f} s", is_late=True)
            for transfer, failure in late
        ]

    def _end(self, handle: pycurl.Curl, code: int, message: str) -> tuple[Request, Exchange]:
        transfer = self._active[handle]
        failure = None
        if transfer.proxy and code and (refused := curl_proxies.refused(handle, code, transfer.proxy)):
            failure, message, status = refused
            return self._finish(transfer, failure, message, status=status)
        if transfer.refused and (code == pycurl.E_COULDNT_CONNECT or code == pycurl.E_ABORTED_BY_CALLBACK):
            failure, message = Failure.PRIVATE_ADDRESS, f"{transfer.refused} is a private address"
        elif code and not transfer.is_full:
            has_head = heads.read(transfer.lines) is not None
            failure = failure_of(handle, code, message, has_head=has_head)
            if code == pycurl.E_PEER_FAILED_VERIFICATION:
                message = f"{message}{_certificate(handle)}"
            elif failure in _UNCONNECTED:
                message = f"{transfer.request.address} {_UNCONNECTED[failure]}"
        return self._finish(transfer, failure, message if failure else "")

    def _finish(
        self,
        transfer: _Transfer,
        failure: Failure | None,
        detail: str,
        *,
        is_late: bool = False,
        status: int | None = None,
    ) -> tuple[Request, Exchange]:
        self._multi.remove_handle(transfer.handle)
        del self._active[transfer.handle]
        head = transfer.head or heads.read(transfer.lines)
        if failure is Failure.BAD_REPLY:
            head = None  # libcurl gave up on it half-way
        body = b"".join(transfer.chunks)
        truncated = None
        if transfer.is_full:
            truncated = Truncation.LENGTH
        elif is_late and head and body:
            truncated, failure, detail = Truncation.TIME, None, ""
        elif failure and head and body:
            truncated = Truncation.DISCONNECT
        request = transfer.request
        exchange = Exchange(
            url=request.url,
            started_at=transfer.started_at,
            elapsed_s=self.clock.monotonic() - transfer.began_s,
            http_status=head.status if head else status,
            headers=head.headers if head else (),
            failure=failure,
            detail=detail,
            peer_address=transfer.peer,
            request=heads.told(b"".join(transfer.sent[-1:]), request.untold, is_proxied=request.proxy is not None),
            head=head.raw if head and self._keep_bodies else b"",
            body=body,
            truncated=truncated,
            is_unverified=request.is_insecure and request.url.startswith("https:"),
        )
        self._free.append(transfer)
        return request, exchange

    def _transfer(self) -> _Transfer:
        transfer = _Transfer(self)
        setopt = transfer.handle.setopt
        setopt(pycurl.NOSIGNAL, 1)
        setopt(pycurl.FOLLOWLOCATION, 0)
        setopt(pycurl.PATH_AS_IS, 1)
        # Else the variables of the environment rule, and the guard sees the proxy's address.
        setopt(pycurl.PROXY, "")
        setopt(pycurl.NOPROXY, "")
        setopt(_SUPPRESS_CONNECT_HEADERS, 1)
        setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)  # file:// works otherwise
        setopt(pycurl.PIPEWAIT, 1)
        # Addresses are numeric, and the cache of names is walked for every one: 0.3 ms a link at 20,000 hosts.
        setopt(pycurl.DNS_CACHE_TIMEOUT, 0)
        setopt(pycurl.CAINFO, self._ca_file)
        setopt(pycurl.PROXY_CAINFO, self._ca_file)
        setopt(pycurl.OPT_CERTINFO, 1)
        setopt(pycurl.OPENSOCKETFUNCTION, transfer.open_socket)
        setopt(pycurl.PREREQFUNCTION, transfer.ready_to_send)
        setopt(pycurl.HEADERFUNCTION, transfer.lines.append)
        setopt(pycurl.WRITEFUNCTION, transfer.write)
        if self._keep_bodies:
            setopt(pycurl.VERBOSE, 1)
            setopt(pycurl.DEBUGFUNCTION, transfer.debug)
        return transfer


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _certificate(handle: pycurl.Curl) -> str:
    """Whose certificate it was and until when: known even after failure."""
    chain = handle.getinfo(pycurl.INFO_CERTINFO)
    facts = dict(fact for fact in chain[0] if len(fact) == 2) if chain else {}
    if not facts:
        return ""
    return f" (certificate of {facts.get('Subject', '?')}, valid until {facts.get('Expire date', '?')})"
