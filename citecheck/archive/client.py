"""Who speaks to public archives: requests, tried again by tenacity, behind the host's gate."""

import threading
import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from msgspec import Struct
from requests.adapters import HTTPAdapter
from tenacity import Retrying
from tenacity.retry import retry_if_exception_type
from tenacity.stop import stop_after_attempt
from tenacity.wait import wait_exponential
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import HTTPError, NameResolutionError

from citecheck.archive.gate import Gate, HostClosed, gate_of
from citecheck.archive.linkformat import http_date
from citecheck.clock import Clock
from citecheck.proxies import Proxies
from citecheck.settings import ArchiveSettings, FetchSettings

_BODY_BYTES = 8 * 1024 * 1024
_CONNECT_TIMEOUT_S = 6.05


class Unanswered(Exception):  # told to whoever asked, who then knows nothing
    """An archive did not answer; it may or may not have done what was asked."""


class _Passing(Exception):  # tenacity's signal
    """It may answer when asked once more."""


class Answer(Struct, frozen=True):
    """What an archive said: never one of its own refusals for lack of time."""

    url: str
    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name, "")

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Client:
    """Asks archives. May be shared by threads: each has its own connections, all share the gates.

    Redirects are not followed. A 429 or 503 holds back every thread that asks that host.
    """

    def __init__(self, settings: ArchiveSettings, fetch: FetchSettings, *, clock: Clock, user_agent: str) -> None:
        self._settings = settings
        self._fetch = fetch
        self._clock = clock
        self._user_agent = user_agent
        self._deadline_s = float("inf")
        self._proxies = Proxies(fetch)
        self._local = threading.local()

    def stop_after(self, seconds: float) -> None:
        """Ask nothing more when so long has passed."""
        self._deadline_s = self._clock.monotonic() + seconds

    def gate(self, url: str) -> Gate:
        """The gate that stands before the URL's host."""
        return gate_of(urlsplit(url).netloc, self._clock, self._settings.breaker_failures, self._settings.breaker_s)

    def ask(
        self,
        url: str,
        *,
        lane: str,
        interval_s: float,
        method: str = "GET",
        params: Mapping[str, Any] | None = None,
        data: str | Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        is_repeatable: bool = True,
    ) -> Answer:
        """The answer of an archive, whatever its status but for refusals and failures of its own.

        Raises Unanswered when there is none: the host is closed, was silent, failed or refused as often as it was
        asked. What must not happen twice is not `is_repeatable`: it is asked once more only when it surely did not
        happen, after a 429.
        """
        prepared = requests.Request(method, url, params=params, data=data, headers=dict(headers or {}))
        retrying = Retrying(
            stop=stop_after_attempt(self._settings.attempts),
            wait=wait_exponential(multiplier=1, max=20),
            retry=retry_if_exception_type(_Passing),
            sleep=self._clock.sleep,
            reraise=True,
        )
        try:
            return retrying(self._once, prepared, lane, interval_s, is_repeatable)
        except (HostClosed, _Passing) as error:
            raise Unanswered(str(error)) from error

    def _once(self, request: requests.Request, lane: str, interval_s: float, is_repeatable: bool) -> Answer:
        gate = self.gate(request.url)
        if self._clock.monotonic() >= self._deadline_s:
            raise Unanswered("the time for look-ups is over")
        gate.wait(lane, interval_s)
        try:
            answer = self._send(request)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            if "NameResolutionError" in repr(error) or isinstance(error, NameResolutionError):
                gate.shut()
                raise Unanswered(f"{gate.host}: no such name") from error
            gate.failed()
            what = f"{gate.host}: {type(error).__name__}"
            raise (_Passing(what) if is_repeatable else Unanswered(what)) from error
        if answer.header("memento-datetime"):  # the status is the archived page's, not the archive's
            gate.succeeded()
            return answer
        if answer.status == 429 or (answer.status == 503 and answer.header("retry-after")):
            gate.refused(self._asked_s(answer))
            raise _Passing(f"{gate.host} asks for patience ({answer.status})")
        if answer.status >= 500:
            gate.failed()
            what = f"{gate.host} answers {answer.status}"
            raise _Passing(what) if is_repeatable else Unanswered(what)
        gate.succeeded()
        return answer

    def _asked_s(self, answer: Answer) -> float | None:
        asked = answer.header("retry-after").strip()
        if asked.isascii() and asked.isdigit():
            return float(asked[:9])
        until = http_date(asked)
        return max(0.0, (until - self._clock.now()).total_seconds()) if until else None

    def _send(self, request: requests.Request) -> Answer:
        session, parts = self._session(), urlsplit(request.url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        proxy = self._proxies.of(parts.scheme, parts.hostname or "", port)
        with session.send(
            session.prepare_request(request),
            stream=True,
            allow_redirects=False,
            timeout=(_CONNECT_TIMEOUT_S, self._settings.timeout_s),
            verify=self._fetch.ca_file or True,
            proxies=dict.fromkeys(("http", "https"), proxy.whole_url) if proxy else {},
        ) as response:
            body = response.raw.read(_BODY_BYTES, decode_content=False)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(url=request.url, status=response.status_code, headers=headers, body=_plain(headers, body))

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.headers.update({"User-Agent": self._user_agent, "Accept-Encoding": "gzip"})
            for scheme in ("http://", "https://"):
                session.mount(scheme, _DetourAdapter(self._fetch.connect_to))
        return session


class _DetourAdapter(HTTPAdapter):
    """Connects where `connect_to` says (`HOST:PORT:ADDRESS:PORT`); name and certificate stay those of the host."""

    def __init__(self, connect_to: tuple[str, ...]) -> None:
        self._ways = {}
        for way in connect_to:
            host, port, rest = way.split(":", 2)
            address, _, to_port = rest.rpartition(":")
            self._ways[host.lower(), port] = (address.strip("[]"), to_port)
        super().__init__()

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> ConnectionPool:
        parts = urlsplit(request.url or "")
        name, port = parts.hostname or "", str(parts.port or {"http": 80, "https": 443}[parts.scheme])
        way = self._ways.get((name, port)) or self._ways.get((name, ""))
        if way is None:
            return super().get_connection_with_tls_context(request, verify, proxies, cert)
        host, pool = self.build_connection_pool_key_attributes(request, bool(verify), cert)
        own_name = {"server_hostname": name, "assert_hostname": name} if parts.scheme == "https" else {}
        authorities = {"ca_certs": verify} if isinstance(verify, str) else {}
        request.headers["Host"] = parts.netloc.rpartition("@")[2]
        pool_of: ConnectionPool = self.poolmanager.connection_from_host(
            host=way[0] or name,
            port=int(way[1] or port),
            scheme=host["scheme"],
            pool_kwargs={**pool, **own_name, **authorities},
        )
        return pool_of


def _plain(headers: Mapping[str, str], body: bytes) -> bytes:
    """The body with gzip undone: by its first bytes, for some mementos name the coding twice or not at all."""
    is_coded = "gzip" in headers.get("content-encoding", "") or "gzip" not in headers.get("content-type", "")
    if not (is_coded and body.startswith(b"\x1f\x8b")):
        return body
    try:
        return zlib.decompressobj(31).decompress(body, _BODY_BYTES)
    except zlib.error:
        return body
