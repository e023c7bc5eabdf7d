"""The transport on requests: the same verdicts as libcurl's, and a Session of one's own."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from citecheck import fetcher
from citecheck.fetcher.resolver import Resolver
from citecheck.fetcher.session import SessionTransport
from citecheck.model import Failure, Status, Truncation, Visit
from citecheck.settings import FetchSettings, TransportName
from tests.fetcher.fakes import targets
from tests.web import BEHAVIOURS, Web
from tests.web.certificates import Authority
from tests.web.connection import Connection
from tests.web.rows import PAGE, Behaviour, Tls, redirect, reply

URLS = {each.name: each.url for each in BEHAVIOURS}


def one(settings: FetchSettings, name: str) -> Visit:
    transport = SessionTransport(settings, keep_bodies=True)
    [visit] = fetcher.Crew(settings, keep_bodies=True, transport=transport).visits(targets(URLS[name]))
    return visit


def test_each_behaviour_gets_the_verdict_that_libcurl_gives(patient: FetchSettings) -> None:
    transport = SessionTransport(patient, keep_bodies=False)
    visits = fetcher.Crew(patient, transport=transport).visits(targets(*(each.url for each in BEHAVIOURS)))
    found = {
        visit.target.url: (visit.verdict.status, visit.verdict.reason, visit.verdict.suggestion) for visit in visits
    }
    assert found == {each.url: (each.status, each.reason, each.suggestion) for each in BEHAVIOURS}


def test_bodies_are_kept_raw(settings: FetchSettings) -> None:
    [exchange] = one(settings, "gzipped").exchanges
    assert exchange.request.startswith(b"GET /2024/05/ferry-resumes HTTP/1.1\r\nUser-Agent: Mozilla/5.0")
    assert b"\r\nHost: gzipped.example\r\n" in exchange.request
    assert exchange.head.startswith(b"HTTP/1.1 200 As It Is\r\nContent-Type: text/html; charset=utf-8\r\n")
    assert exchange.body[:2] == b"\x1f\x8b"
    [exchange] = one(settings, "chunked").exchanges
    assert exchange.body == PAGE


def test_what_breaks_off_is_marked(settings: FetchSettings) -> None:
    [short] = one(settings, "short-body").exchanges
    assert (short.body, short.truncated, short.failure) == (PAGE, Truncation.DISCONNECT, Failure.SHORT_BODY)
    [slow] = one(settings, "drip-body").exchanges
    assert (slow.truncated, slow.failure) == (Truncation.TIME, None)
    assert slow.elapsed_s == pytest.approx(1.5, abs=0.4)


class _Double(BaseAdapter):
    """A test double such as users mount on their sessions."""

    def __init__(self) -> None:
        super().__init__()
        self.authorization = ""

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> requests.Response:
        self.authorization = request.headers["Authorization"]
        raise requests.ReadTimeout("told so")

    def close(self) -> None:
        pass


class _Keyed(HTTPAdapter):
    """A user's adapter: it has an attribute, adds a header, and sends everything to one host."""

    def __init__(self, key: str, host: str = "") -> None:
        self.key, self.host = key, host
        super().__init__()

    def send(self, request: requests.PreparedRequest, *rest: Any, **options: Any) -> requests.Response:
        request.headers["X-Key"] = self.key
        if self.host:
            request.url = f"http://{self.host}/"
        return super().send(request, *rest, **options)


@pytest.mark.parametrize("adapter", [HTTPAdapter(), _Keyed("k"), _Keyed("k", "other.example")])
def test_nothing_is_sent_inside_by_a_session_whose_names_change_their_meaning(
    adapter: HTTPAdapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        real = socket.getaddrinfo

        def meddled(host: str, *rest: Any, **options: Any) -> Any:
            return real(host if host[0].isdigit() else "127.0.0.1", *rest, **options)

        monkeypatch.setattr(socket, "getaddrinfo", meddled)
        session = requests.Session()
        if isinstance(adapter, _Keyed) and adapter.host:
            adapter.host = f"other.example:{port}"
        session.mount("http://", adapter)
        settings = FetchSettings(canaries=(), connect_timeout_s=0.3, attempts=1, second_look_timeout_s=0)
        resolver = Resolver(settings, lookup=lambda _: ["93.184.216.34"])
        [visit] = fetcher.Crew(settings, session=session, resolver=resolver).visits(
            targets(f"http://harbour.example:{port}/")
        )
        assert visit.verdict.status in (Status.FAILING, Status.SKIPPED)
        listener.settimeout(0.1)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_users_adapter_works_for_us_and_stays_as_it_was(web: Web, settings: FetchSettings) -> None:
    session, adapter = requests.Session(), _Keyed("k3y")
    session.mount("http://", adapter)
    pools = adapter.poolmanager.pool_classes_by_scheme
    [visit] = fetcher.Crew(settings, session=session).visits(targets(URLS["plain"]))
    assert visit.verdict.status is Status.ALIVE
    assert b"\r\nX-Key: k3y\r\n" in web.requests["plain.example"][0][1]
    assert session.get_adapter("http://") is adapter and adapter.poolmanager.pool_classes_by_scheme is pools


def test_a_session_of_ones_own_is_used_with_its_adapters_and_authentication() -> None:
    session, double = requests.Session(), _Double()
    session.mount("http://", double)
    session.auth = ("desk", "secret")
    settings = FetchSettings(canaries=())
    transport = SessionTransport(settings, keep_bodies=False, session=session)
    [visit] = fetcher.Crew(settings, transport=transport).visits(targets("http://93.184.216.34/"))
    assert (visit.verdict.status, visit.verdict.reason) == (Status.FAILING, "read-timeout")
    assert visit.verdict.signals == ("told so",)
    assert double.authorization.startswith("Basic ")


@pytest.mark.parametrize("kind", ["auth", "header"])
def test_a_sessions_authentication_goes_to_no_host_that_a_redirect_leads_to(tmp_path: Path, kind: str) -> None:
    sites = (
        Behaviour("first", redirect(302, "http://first.example/b"), "", "", tls=Tls.GOOD),
        Behaviour("leader", redirect(302, "http://other.example/b"), "", ""),
        Behaviour("other", reply(200), "", ""),
    )
    session = requests.Session()
    if kind == "auth":
        session.auth = ("desk", "sesame")
    else:
        session.headers["Authorization"] = "Basic ZGVzazpzZXNhbWU="
    with Web(tmp_path, sites) as served:
        settings = FetchSettings(allow_private=True, connect_to=served.connect_to, ca_file=served.ca_file, canaries=())
        urls = ("https://first.example/a", "http://leader.example/a", "http://other.example/a")
        list(fetcher.Crew(settings, session=session).visits(targets(*urls)))
        asked = sorted(
            (each.host, head.split()[1].decode(), b"Authorization: Basic ZGVzazpzZXNhbWU=" in head)
            for each in sites
            for _, head in served.requests[each.host]
        )
    assert asked == [
        ("first.example", "/a", True),
        ("first.example", "/b", False),
        ("leader.example", "/a", True),
        ("other.example", "/a", True),
        ("other.example", "/b", False),
    ]


def silent(connection: socket.socket) -> None:
    pass


def head_alone(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")


def long_line(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\nContent-Length: 5\r\n\r\ntides")


@pytest.mark.parametrize("transport", TransportName)
@pytest.mark.parametrize(
    ("scheme", "answer", "reason"),
    [
        ("https", silent, "connect-timeout"),
        ("http", silent, "read-timeout"),
        ("http", head_alone, "visit-timeout"),
        ("http", long_line, "ok"),
    ],
)
def test_what_takes_too_long_has_one_name(
    transport: TransportName, scheme: str, answer: Callable[[socket.socket], None], reason: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        held: list[socket.socket] = []

        def accept() -> None:
            with suppress(OSError):
                while True:
                    held.append(listener.accept()[0])
                    threading.Thread(target=answer, args=(held[-1],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        settings = FetchSettings(
            allow_private=True,
            transport=transport,
            connect_timeout_s=0.4,
            headers_timeout_s=0.8,
            visit_timeout_s=1.2,
            second_look_timeout_s=0,
            canaries=(),
        )
        [visit] = fetcher.Crew(settings).visits(targets(f"{scheme}://127.0.0.1:{port}/"))
    for connection in held:
        connection.close()
    assert visit.verdict.reason == reason, visit


@pytest.mark.parametrize("transport", TransportName)
def test_a_certificate_for_another_address_is_one_for_another_host(transport: TransportName, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        secure = authority.context("127.0.0.9").wrap_socket(listener, server_side=True)

        def accept() -> None:
            with suppress(OSError), secure.accept()[0]:
                pass

        threading.Thread(target=accept, daemon=True).start()
        settings = FetchSettings(
            allow_private=True, transport=transport, ca_file=str(authority.ca_file), attempts=1, canaries=()
        )
        [visit] = fetcher.Crew(settings).visits(targets(f"https://127.0.0.1:{secure.getsockname()[1]}/"))
        secure.close()
    assert visit.verdict.reason == "tls-hostname", visit


@pytest.mark.parametrize("transport", TransportName)
def test_a_connection_that_answers_but_once_takes_no_attempt(transport: TransportName) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def once(connection: socket.socket) -> None:
            connection.recv(65536)
            connection.sendall(reply(200).replace(b"Connection: close\r\n", b""))
            connection.recv(65536)
            Connection(connection, b"GET / HTTP/1.1", 2).reset()

        def accept() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(target=once, args=listener.accept()[:1], daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        settings = FetchSettings(
            allow_private=True, transport=transport, host_concurrency=1, host_interval_s=0.01, attempts=1, canaries=()
        )
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        visits = list(fetcher.Crew(settings).visits(targets(*(f"{origin}/{name}" for name in "abc"))))
    assert [(visit.verdict.status, visit.attempts) for visit in visits] == [(Status.ALIVE, 1)] * 3
