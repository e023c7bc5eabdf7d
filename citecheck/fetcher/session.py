"""The second transport: a requests Session, for its plug-ins and test doubles. Slower: a thread for each request."""

import threading
from collections.abc import Sequence
from datetime import datetime
from http.client import HTTPException
from queue import SimpleQueue
from select import POLLIN, poll
from urllib.parse import urlsplit

import requests
from msgspec import Struct
from requests.adapters import BaseAdapter
from requests.utils import select_proxy
from urllib3.exceptions import HTTPError

from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.fetcher import guard, heads, trust
from citecheck.fetcher.heads import Head
from citecheck.fetcher.limits import Limits
from citecheck.fetcher.session_adapters import Pins, PlainAdapter, guarded
from citecheck.fetcher.session_answers import allow_large_heads
from citecheck.fetcher.session_failures import failure_of, refused_by
from citecheck.fetcher.transport import Request
from citecheck.fetcher.wakeup import Wakeup
from citecheck.model import Exchange, Failure, Truncation
from citecheck.proxies import Proxies, Proxy, read
from citecheck.settings import FetchSettings

_LARGEST_HEAD_BYTES = 400_000  # as libcurl has it
_CHUNK_BYTES = 16 * 1024
_DEADLINES_EVERY_S = 0.1


class _Job(Struct, eq=False):
    """One request on its thread. The thread writes, the loop reads; `is_left` is the loop's word to stop."""

    request: Request
    started_at: datetime
    began_s: float
    body_began_s: float | None = None
    head: Head | None = None
    body: bytearray = bytearray()
    sent: bytes = b""
    failure: Failure | None = None
    detail: str = ""
    is_full: bool = False
    is_left: bool = False
    proxy_status: int | None = None
    """What the proxy answered instead of carrying."""


class SessionTransport:
    """Carries requests over a Session. Raises SettingsError when the CA file cannot be used.

    Each connection goes to the address that the guard has judged, and nowhere else. That holds for a Session of the
    caller's own too, with its adapters, authentication and hooks, as long as its adapters are requests' or inherit from
    them; of one that opens no connection through urllib3's pools (a test double, a cache) only the URL and its name's
    addresses are judged.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        keep_bodies: bool,
        session: requests.Session | None = None,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self._settings = settings
        self._keep_bodies = keep_bodies
        self._clock = clock
        self._limits = Limits.of(settings, keep_bodies=keep_bodies)
        allow_large_heads()
        self._pins = Pins(lambda address: guard.admits(address, settings.allow_private))
        self._session = session or _own_session()
        own = PlainAdapter(self._pins, settings.concurrency)
        self._adapters: dict[BaseAdapter, BaseAdapter] = {
            each: own if session is None else guarded(each, self._pins, settings.concurrency)
            for each in self._session.adapters.values()
        }
        """By those of the Session: those that are used in their place."""
        self._verify = trust.authorities(settings) if session is None or settings.ca_file else session.verify
        self._running: set[_Job] = set()
        self._ended: SimpleQueue[_Job] = SimpleQueue()
        self._wakeup = Wakeup()

    def start(self, request: Request) -> None:
        job = _Job(request=request, started_at=self._clock.now(), began_s=self._clock.monotonic(), body=bytearray())
        self._running.add(job)
        # A daemon: requests knows no deadline of the whole, and a thread that hangs must not hold up the end.
        threading.Thread(target=self._carry, args=(job,), name="citecheck-session", daemon=True).start()

    def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
        if self._ended.empty():
            waiting = poll()
            for descriptor in (self._wakeup.fileno(), *wakeups):
                waiting.register(descriptor, POLLIN)
            waiting.poll(min(timeout_s, _DEADLINES_EVERY_S) * 1000)
        self._wakeup.quiet()
        ended = []
        while not self._ended.empty():
            job = self._ended.get()
            if job in self._running:
                ended.append(self._finish(job, job.failure, job.detail))
        now = self._clock.monotonic()
        for job in list(self._running):
            failure = self._overrun(job, now)
            if failure:
                ended.append(self._finish(job, failure, f"{failure} after {now - job.began_s:.1f} s", is_late=True))
        return ended

    def sent(self) -> list[tuple[Request, float]]:
        return []  # requests does not tell

    def close(self) -> None:
        for job in self._running:
            job.is_left = True
        self._running.clear()
        for theirs, ours in self._adapters.items():
            if ours is not theirs:
                ours.close()
        self._wakeup.close()

    def _overrun(self, job: _Job, now: float) -> Failure | None:
        is_over = now - job.began_s >= job.request.visit_timeout_s
        if job.body_began_s is not None:
            is_late = now - job.body_began_s >= min(self._limits.body_patience_s, job.request.body_patience_s)
        else:
            is_late = now - job.began_s >= job.request.headers_timeout_s and job.head is None
        is_over = is_over and (job.head is not None or not is_late)
        return Failure.VISIT_TIMEOUT if is_over else Failure.READ_TIMEOUT if is_late else None

    def _finish(
        self, job: _Job, failure: Failure | None, detail: str, *, is_late: bool = False
    ) -> tuple[Request, Exchange]:
        job.is_left = True
        self._running.discard(job)
        head, body = job.head, bytes(job.body)
        truncated = None
        if job.is_full:
            truncated = Truncation.LENGTH
        elif is_late and head and body:
            truncated, failure, detail = Truncation.TIME, None, ""
        elif failure and head and body:
            truncated = Truncation.DISCONNECT
        return job.request, Exchange(
            url=job.request.url,
            started_at=job.started_at,
            elapsed_s=self._clock.monotonic() - job.began_s,
            http_status=head.status if head else job.proxy_status,
            headers=head.headers if head else (),
            failure=failure,
            detail=detail,
            peer_address=job.request.address or None if head else None,
            request=heads.told(job.sent, job.request.untold) if self._keep_bodies else b"",
            head=head.raw if head and self._keep_bodies else b"",
            body=body,
            truncated=truncated,
            is_unverified=job.request.is_insecure and job.request.url.startswith("https:"),
        )

    def _carry(self, job: _Job) -> None:
        """The thread's work: one exchange, written into `job`."""
        try:
            self._exchange(job)
        # ValueError comes bare out of requests, and what urllib3 raises while a body is read is no RequestException.
        except (requests.RequestException, HTTPError, HTTPException, OSError, ValueError) as error:
            refused = refused_by(error, job.request.proxy) if job.request.proxy else None
            if refused:
                job.failure, job.detail, job.proxy_status = refused
            else:
                job.failure, job.detail = failure_of(error, has_head=job.head is not None), str(error)
        self._ended.put(job)
        self._wakeup.ring()

    def _exchange(self, job: _Job) -> None:
        request = job.request
        prepared = self._prepared(request)
        if not request.proxy:
            self._pins.pin(request)
        prepared.headers["Host"] = urlsplit(request.url).netloc
        lines = "".join(f"{name}: {value}\r\n" for name, value in prepared.headers.items())
        job.sent = f"GET {prepared.path_url} HTTP/1.1\r\n{lines}\r\n".encode("latin-1", "replace")
        # Not Session.send: it follows a redirect as far as to read its whole body and to raise on a broken Location.
        answer = self._adapter(request.url).send(
            prepared,
            stream=True,
            timeout=(request.connect_timeout_s, _silence_s(request)),
            verify=False if request.is_insecure else True if self._verify is None else self._verify,
            cert=self._session.cert,
            proxies=dict.fromkeys(("http", "https"), request.proxy.whole_url) if request.proxy else {},
        )
        try:
            for hook in prepared.hooks["response"]:  # a challenge of digest authentication is answered here
                answer = hook(answer) or answer
            job.head = _head(answer)
            self._read(job, answer)
        finally:
            answer.close()

    def _read(self, job: _Job, answer: requests.Response) -> None:
        cap_bytes = self._limits.body_bytes(answer.headers.get("Content-Type"), is_whole=job.request.is_whole)
        while not job.is_left:
            # Raw, as it came; read1 returns what is there, so that dripping bodies show.
            chunk = answer.raw.read1(_CHUNK_BYTES, decode_content=False)
            if not chunk:
                return
            if job.body_began_s is None:
                job.body_began_s = self._clock.monotonic()
            room = cap_bytes - len(job.body)
            job.body += chunk[:room]
            if len(chunk) > room:
                job.is_full = True
                return

    def _prepared(self, request: Request) -> requests.PreparedRequest:
        """The request with what the Session adds; its authentication goes to no host that a redirect leads to."""
        headers = dict(request.headers)
        auth = _no_authentication if request.is_away else None
        prepared = self._session.prepare_request(requests.Request("GET", request.url, headers=headers, auth=auth))
        if request.is_away and "authorization" not in map(str.lower, headers):
            prepared.headers.pop("Authorization", None)
        return prepared

    def _adapter(self, url: str) -> BaseAdapter:
        theirs = self._session.get_adapter(url)
        return self._adapters.get(theirs, theirs)  # one that was mounted meanwhile is theirs to answer for


def _no_authentication(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    """In the place of the Session's own, which would be taken where there is none."""
    return prepared


class SessionProxies(Proxies):
    """Those of a user's Session, which knows them by scheme and host; without any, those of the settings."""

    def __init__(self, session: requests.Session, settings: FetchSettings) -> None:
        super().__init__(settings)
        self._theirs = session.proxies

    def __bool__(self) -> bool:
        return bool(self._theirs) or super().__bool__()

    def of(self, scheme: str, host: str, port: int) -> Proxy | None:
        if not self._theirs:
            return super().of(scheme, host, port)
        named = select_proxy(f"{scheme}://{host}:{port}/", self._theirs)
        return read(named, "session.proxies") if named else None


def _silence_s(request: Request) -> float:
    """How long a socket may say nothing: longer than our own deadlines, which tell what was waited for."""
    return max(request.headers_timeout_s, request.visit_timeout_s) + 1


def _own_session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no .netrc of the environment; its proxies are named with each request
    session.headers.clear()
    return session


def _head(answer: requests.Response) -> Head:
    """The head as far as requests has kept it: order, repeats and spelling of the headers."""
    raw = answer.raw
    lines = [f"{name}: {value}\r\n" for name, value in raw.headers.iteritems()]
    encoded = [line.encode("latin-1", "replace") for line in lines]
    if sum(map(len, encoded)) > _LARGEST_HEAD_BYTES:
        raise ValueError("an answer whose headers alone are larger than a browser takes")
    status_line = f"HTTP/1.1 {answer.status_code:03} {answer.reason or ''}\r\n".encode("latin-1", "replace")
    head = heads.read([status_line, *encoded, b"\r\n"])
    if head is None:
        raise ValueError(f"an answer with status {answer.status_code}")
    return head
