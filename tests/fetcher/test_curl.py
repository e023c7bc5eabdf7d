"""The transport on libcurl: raw bytes, the guard at the socket, and ends that come in time."""

import gzip
import os
import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from citecheck import fetcher
from citecheck.errors import SettingsError
from citecheck.fetcher.curl import CurlTransport
from citecheck.fetcher.resolver import Resolver
from citecheck.fetcher.transport import Request
from citecheck.model import Exchange, Failure, Truncation, Visit
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import targets
from tests.web import BEHAVIOURS, Behaviour, Web
from tests.web.connection import Connection
from tests.web.rows import PAGE, TITLE, Tls, redirect, reply

URLS = {each.name: each.url for each in BEHAVIOURS}


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somebody on loopback whom nobody may talk to."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        yield listening


def one(settings: FetchSettings, name: str, *, keep_bodies: bool = True) -> Visit:
    [visit] = fetcher.Crew(settings, keep_bodies=keep_bodies).visits(targets(URLS[name]))
    return visit


def direct(transport: CurlTransport, host: str, address: str, port: int) -> Exchange:
    """One request, as if the guard had already let the address pass."""
    url = f"http://{host}:{port}/"
    transport.start(Request(url, host, port, address, port, (("User-Agent", "test"),), 2.0, 2.0, 2.0, 2.0))
    until = time.monotonic() + 3
    while time.monotonic() < until:
        for _, exchange in transport.poll(0.05, ()):
            return exchange
    raise AssertionError("no end")


def test_bytes_are_kept_as_they_went_over_the_wire(web: Web, settings: FetchSettings) -> None:
    visit = one(settings, "gzipped")
    [exchange] = visit.exchanges
    assert exchange.request == web.requests["gzipped.example"][0][1]
    assert exchange.request.startswith(b"GET /2024/05/ferry-resumes HTTP/1.1\r\nHost: gzipped.example\r\n")
    assert exchange.head.startswith(b"HTTP/1.1 200 As It Is\r\nContent-Type: text/html; charset=utf-8\r\n")
    assert exchange.head.endswith(b"Content-Encoding: gzip\r\n\r\n")
    assert exchange.body == gzip.compress(PAGE, mtime=0)
    assert visit.title == TITLE


def test_chunks_are_undone_and_trailers_left_out(settings: FetchSettings) -> None:
    [exchange] = one(settings, "chunked").exchanges
    assert exchange.body == PAGE
    assert exchange.head == b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert exchange.headers == (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"))


def test_an_interim_answer_is_not_the_answer(settings: FetchSettings) -> None:
    [exchange] = one(settings, "early-hints").exchanges
    assert (exchange.http_status, exchange.head[:21], exchange.header("link")) == (200, b"HTTP/1.1 200 As It Is", None)


def test_a_mere_check_keeps_no_bytes(settings: FetchSettings) -> None:
    visit = one(settings, "plain", keep_bodies=False)
    [exchange] = visit.exchanges
    assert (exchange.body, exchange.head, exchange.request, visit.title) == (b"", b"", b"", TITLE)


def test_every_hop_is_there(settings: FetchSettings) -> None:
    visit = one(settings, "moved-eight-times")
    assert [(each.url[-7:], each.http_status) for each in visit.exchanges] == [
        *((f"/step/{step}", 301) for step in range(8)),
        ("/step/8", 200),
    ]


def test_an_endless_body_is_cut_at_the_cap(settings: FetchSettings) -> None:
    [exchange] = one(replace(settings, body_cap_bytes=100_000), "endless").exchanges
    assert (len(exchange.body), exchange.truncated, exchange.failure) == (100_000, Truncation.LENGTH, None)


def test_a_short_body_is_marked(settings: FetchSettings) -> None:
    visit = one(settings, "short-body")
    [exchange] = visit.exchanges
    assert (exchange.body, exchange.truncated, exchange.failure) == (PAGE, Truncation.DISCONNECT, Failure.SHORT_BODY)
    assert visit.verdict.signals[0].startswith("the page broke off: ")


def test_a_dripping_body_is_left_in_time(settings: FetchSettings) -> None:
    visit = one(settings, "drip-body")
    [exchange] = visit.exchanges
    assert (exchange.truncated, exchange.failure) == (Truncation.TIME, None)
    assert exchange.elapsed_s == pytest.approx(1.5, abs=0.4)
    assert visit.verdict.signals == ("the page comes so slowly that it was left after 2 s",)


def test_a_certificate_that_fails_is_described(settings: FetchSettings) -> None:
    [exchange] = one(settings, "expired").exchanges
    assert exchange.failure is Failure.TLS_EXPIRED
    assert "certificate of CN = expired.example, valid until " in exchange.detail


def test_closing_drops_what_is_under_way(web: Web, settings: FetchSettings) -> None:
    visits = fetcher.Crew(settings).visits(targets(URLS["tarpit"], URLS["plain"]))
    assert next(visits).target.url == URLS["plain"]
    began = time.monotonic()
    visits.close()
    assert time.monotonic() - began < 0.2


def test_whom_a_run_has_asked_hears_that_it_is_over_before_the_next(listener: socket.socket) -> None:
    settings = FetchSettings(allow_private=True)
    transport = CurlTransport(settings, keep_bodies=False)
    port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    transport.start(Request(url, "127.0.0.1", port, "127.0.0.1", port, (), 2.0, 2.0, 2.0, 2.0))
    assert transport.poll(0.0, ()) == []
    with listener.accept()[0] as connection:
        connection.settimeout(2.0)
        while not connection.recv(4096).endswith(b"\r\n\r\n"):
            transport.poll(0.05, ())
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        while not (ended := transport.poll(0.05, ())):
            pass
        assert [exchange.http_status for _, exchange in ended] == [200]
        transport.close()
        connection.setblocking(False)
        with pytest.raises(BlockingIOError):
            connection.recv(1)  # nobody waits for the good-byes
        following = CurlTransport(settings, keep_bodies=False)
        assert connection.recv(1) == b""
        following.close()


def test_nothing_is_sent_to_a_private_address(listener: socket.socket) -> None:
    transport = CurlTransport(FetchSettings(), keep_bodies=False)
    exchange = direct(transport, "harbour.example", "127.0.0.1", listener.getsockname()[1])
    transport.close()
    assert (exchange.failure, exchange.detail) == (Failure.PRIVATE_ADDRESS, "127.0.0.1 is a private address")
    with pytest.raises(TimeoutError):
        listener.accept()


def test_a_connection_opened_inside_is_not_reused_from_outside(web: Web, settings: FetchSettings) -> None:
    transport = CurlTransport(settings, keep_bodies=False)
    [rule] = [rule for rule in settings.connect_to if rule.startswith("kept-open.example:80:")]
    address, port = rule.split(":")[2:]
    assert direct(transport, "kept-open.example", address, int(port)).http_status == 200
    assert direct(transport, "kept-open.example", address, int(port)).http_status == 200
    transport._settings = FetchSettings()
    assert direct(transport, "kept-open.example", address, int(port)).failure is Failure.PRIVATE_ADDRESS
    assert len(web.requests["kept-open.example"]) == 2
    transport.close()


def test_a_detour_leads_past_the_proxies_of_the_environment(
    settings: FetchSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert one(settings, "plain").verdict.status == "alive"


def test_descriptors_beyond_select_are_served(settings: FetchSettings) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 1400:
        pytest.skip("the system allows too few descriptors")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1400), hard))
    spare = [os.open(os.devnull, os.O_RDONLY) for _ in range(1050)]
    try:
        began = time.monotonic()
        assert one(settings, "moved-eight-times").verdict.status == "moved"
        assert time.monotonic() - began < 0.8  # 0.1 s for each thing that is not seen, without the short naps
    finally:
        for descriptor in spare:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_ca_file_that_is_none_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    for content, what in ((None, "No such file or directory"), ("nonsense", "no certificate in it")):
        if content:
            path.write_text(content)
        with pytest.raises(SettingsError, match=f"ca.pem: cannot be used as CA file: {what}; it must hold PEM"):
            fetcher.Crew(FetchSettings(ca_file=str(path))).visits([])


@pytest.mark.parametrize("rule", ["", "harbour.example", "a:80:127.0.0.1", "a:b:127.0.0.1:80", "a:80:127.0.0.1:x"])
def test_a_connect_to_that_cannot_be_read_is_a_settings_error(rule: str) -> None:
    with pytest.raises(SettingsError, match="it must read HOST:PORT:ADDRESS:PORT"):
        fetcher.Crew(FetchSettings(connect_to=(rule,))).visits([])


def test_three_hosts_by_connect_to_are_judged_and_the_rest_stays_unchecked(tmp_path: Path) -> None:
    def moved(connection: Connection) -> bytes:
        return reply(200) if connection.path == "/new" else redirect(301, "/new")

    sites = (
        Behaviour("one", reply(200), "alive", "ok", tls=Tls.GOOD),
        Behaviour("two", moved, "moved", "permanent-redirect", tls=Tls.GOOD),
        Behaviour("three", reply(404), "dead", "http-404", tls=Tls.GOOD),
    )

    def nothing_exists(_: str) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    with Web(tmp_path, sites) as web:
        settings = FetchSettings(allow_private=True, connect_to=web.connect_to, ca_file=web.ca_file)
        urls = [*(site.url for site in sites), "https://four.example/", "http://five.example/"]
        resolver = Resolver(settings, lookup=nothing_exists)
        found = {visit.target.url: visit for visit in fetcher.Crew(settings, resolver=resolver).visits(targets(*urls))}
    assert [found[url].verdict.status for url in urls] == ["alive", "moved", "dead", "unchecked", "unchecked"]
    assert found[urls[1]].verdict.suggestion == "https://two.example/new"
    assert [len(web.requests[site.host]) for site in sites] == [1, 2, 1]
