"""Proxies: which one serves which host, and what is seen through one, over both transports."""

import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

import pytest
import requests
from msgspec.structs import replace

from citecheck import fetcher
from citecheck.errors import SettingsError
from citecheck.fetcher.resolver import Resolver
from citecheck.hosts import HostSettings
from citecheck.model import Reason, Status, Verdict, Visit
from citecheck.proxies import Proxies, is_exempt, without_login
from citecheck.proxies import Proxy as Named
from citecheck.settings import FetchSettings, TransportName
from tests.fetcher.fakes import targets
from tests.fetcher.proxy import Proxy, Socks
from tests.web import Web
from tests.web.rows import Behaviour, Tls, redirect, reply

UNSET = FetchSettings()


def chosen(environment: Mapping[str, str], settings: FetchSettings = UNSET) -> list[str | None]:
    """The proxies for http and for https."""
    proxies = Proxies(settings, environment)
    found = [proxies.of(scheme, "harbour.example", 80) for scheme in ("http", "https")]
    return [each.whole_url if each else None for each in found]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, [None, None]),
        ({"http_proxy": "one:3128"}, ["http://one:3128", None]),
        ({"HTTP_PROXY": "http://one:3128"}, [None, None]),
        ({"HTTPS_PROXY": "http://one"}, [None, "http://one:1080"]),
        ({"https_proxy": "https://one", "HTTPS_PROXY": "http://two"}, [None, "https://one:443"]),
        ({"all_proxy": "socks5://one", "http_proxy": ""}, ["socks5h://one:1080", "socks5h://one:1080"]),
        (
            {"ALL_PROXY": "http://a%3Ab:s%40e@one:1/", "http_proxy": "two:2"},
            ["http://two:2", "http://a%3Ab:s%40e@one:1"],
        ),
        ({"http_proxy": "http://[::1]:3128"}, ["http://[::1]:3128", None]),
        ({"all_proxy": "one:1", "NO_PROXY": "other.example, harbour.example"}, [None, None]),
        ({"all_proxy": "one:1", "no_proxy": "x", "NO_PROXY": "*"}, ["http://one:1", "http://one:1"]),
    ],
)
def test_the_variables_that_curl_reads_name_the_proxies(
    environment: Mapping[str, str], expected: list[str | None]
) -> None:
    assert chosen(environment) == expected


def test_the_settings_come_before_the_variables() -> None:
    environment = {"all_proxy": "one:1", "no_proxy": "harbour.example", "DESK_PROXY": "http://ann:sesame@two:2"}
    assert chosen(environment, FetchSettings(proxy="")) == [None, None]
    assert chosen(environment, FetchSettings(proxy="env:DESK_PROXY")) == [None, None]
    whole = "http://ann:sesame@two:2"
    assert chosen(environment, FetchSettings(proxy="env:DESK_PROXY", no_proxy=())) == [whole, whole]
    assert chosen(environment, FetchSettings(no_proxy=("other.example",))) == ["http://one:1", "http://one:1"]


@pytest.mark.parametrize(
    ("host", "entries", "expected"),
    [
        ("harbour.example", ("harbour.example",), True),
        ("news.harbour.example.", ("Harbour.example",), True),
        ("news.harbour.example", (".harbour.example",), True),
        ("news.harbour.example", ("*.harbour.example",), True),
        ("myharbour.example", ("harbour.example",), False),
        ("harbour.example", ("",), False),
        ("harbour.example", ("*",), True),
        ("harbour.example", ("harbour.example:8080",), False),
        ("harbour.example", ("harbour.example:443",), True),
        ("10.1.2.3", ("10.0.0.0/8",), True),
        ("10.1.2.3", ("10.1.2.3",), True),
        ("11.1.2.3", ("10.0.0.0/8", "1.2.3"), False),
        ("fd00::1", ("fd00::/8",), True),
        ("::1", ("[::1]",), True),
        ("harbour.example", ("10.0.0.0/8",), False),
    ],
)
def test_no_proxy_is_read_as_curl_reads_it(host: str, entries: tuple[str, ...], expected: bool) -> None:
    assert is_exempt(host, 443, entries) is expected


@pytest.mark.parametrize(
    "value", ["ftp://one", "http://", "http://one:port", "http://a b", "://", "http://u:sesame@:1"]
)
def test_a_proxy_that_cannot_be_read_is_told_without_its_password(value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Proxies(UNSET, {"https_proxy": value})
    assert str(refused.value) == (
        "`https_proxy`: no proxy can be read from it; write http://HOST:PORT, or with https, socks4a or socks5h"
    )
    with pytest.raises(SettingsError, match=r"`fetch\.proxy`: the variable NOWHERE is not set"):
        Proxies(FetchSettings(proxy="env:NOWHERE"), {})
    with pytest.raises(SettingsError, match="holds a control character"):
        Proxies(UNSET, {"https_proxy": "http://a:b%0D%0AX@one"})


def test_the_report_has_a_line_on_the_proxies_and_no_password() -> None:
    assert Proxies(UNSET, {"no_proxy": "a"}).told() == ""
    environment = {"http_proxy": "http://ann:sesame@one:1", "all_proxy": "two:2", "no_proxy": "a.example b.example"}
    said = "http://one:1 (http_proxy) and http://two:2 (all_proxy), but for a.example, b.example"
    assert Proxies(UNSET, environment).told() == said
    assert Proxies(FetchSettings(proxy="one:1", no_proxy=()), environment).told() == "http://one:1 (fetch.proxy)"
    assert [without_login(each) for each in ("http://a:b@c@one:1", "a:b@one", "one:1", "")] == [
        "http://one:1",
        "one",
        "one:1",
        "",
    ]


SITES = (
    Behaviour("open", reply(200), "", ""),
    Behaviour("secret", reply(200), "", "", tls=Tls.GOOD),
    Behaviour("gone", reply(404), "", "", tls=Tls.GOOD),
    Behaviour("out", redirect(302, "http://open.example/a"), "", "", tls=Tls.GOOD),
    Behaviour("inward", redirect(302, "http://127.0.0.1/a"), "", ""),
    Behaviour("broken", lambda seen: seen.raw.close(), "", "", tls=Tls.GOOD),
    Behaviour("own", reply(200), "", "", tls=Tls.SELF_SIGNED),
)
INSIDE = {"intern.example": "10.0.0.1"}


@pytest.fixture
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with Web(tmp_path_factory.mktemp("sites"), SITES) as served:
        yield served


def names(sites: Web) -> dict[str, tuple[str, int]]:
    """By name, where the proxy connects: to https where a site has it."""
    rules = sorted((rule.split(":") for rule in sites.connect_to), key=lambda rule: rule[1])
    ways = {host: (address, int(to_port)) for host, port, address, to_port in rules if port == "80"}
    return ways | {host: (address, int(to_port)) for host, port, address, to_port in rules if port == "443"}


@pytest.fixture
def proxy(sites: Web) -> Iterator[Proxy]:
    with Proxy(names(sites)) as served:
        yield served


@pytest.fixture(params=list(TransportName))
def fetch(sites: Web, proxy: Proxy, request: pytest.FixtureRequest) -> FetchSettings:
    return FetchSettings(
        ca_file=sites.ca_file,
        proxy=proxy.url,
        host_interval_s=0,
        second_look_timeout_s=0,
        attempts=1,
        connect_timeout_s=2.0,
        canaries=(),
        transport=request.param,
    )


def visit(url: str, fetch: FetchSettings, **hosts: HostSettings) -> Visit:
    """Names are known to the proxy alone, but for one that points into a private network."""

    def lookup(host: str) -> Sequence[str]:
        if host in INSIDE:
            return (INSIDE[host],)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    resolver = Resolver(fetch, lookup=lookup)
    tables = {f"{name}.example": table for name, table in hosts.items()}
    [found] = fetcher.Crew(fetch, keep_bodies=True, resolver=resolver, hosts=tables).visits(targets(url))
    return found


def verdict(url: str, fetch: FetchSettings) -> tuple[Status, str]:
    found = visit(url, fetch).verdict
    return found.status, found.reason


def test_what_a_proxy_carries_is_judged_as_if_it_were_not_there(sites: Web, proxy: Proxy, fetch: FetchSettings) -> None:
    assert verdict("http://open.example/a", fetch) == (Status.ALIVE, "ok")
    assert verdict("https://secret.example/a", fetch) == (Status.ALIVE, "ok")
    assert verdict("https://gone.example/a", fetch) == (Status.DEAD, "http-404")
    assert verdict("https://out.example/a", fetch) == (Status.ALIVE, "ok")
    assert verdict("https://own.example/a", fetch) == (Status.FAILING, "tls-self-signed")
    assert proxy.lines() == [
        "GET http://open.example/a",
        "CONNECT secret.example:443",
        "CONNECT gone.example:443",
        "CONNECT out.example:443",
        "GET http://open.example/a",
        "CONNECT own.example:443",
    ]


def test_a_tunnel_that_opens_is_no_answer_of_the_host(fetch: FetchSettings) -> None:
    found = visit("https://broken.example/a", fetch)
    assert found.verdict.status is Status.FAILING and found.verdict.reason in ("reset", "empty-reply")
    assert found.exchanges[-1].http_status is None


def test_the_proxy_shows_in_no_exchange(sites: Web, fetch: FetchSettings) -> None:
    with Proxy(names(sites), login="ann:sesame") as guarded:
        settings = replace(fetch, proxy=f"http://ann:sesame@127.0.0.1:{guarded.port}")
        for url in ("http://open.example/a", "https://secret.example/a"):
            [exchange] = visit(url, settings).exchanges
            assert exchange.http_status == 200 and exchange.peer_address is None
            assert exchange.request.startswith(b"GET /a HTTP/1.1\r\n") and b"proxy" not in exchange.request.lower()
            assert exchange.head.startswith(b"HTTP/1.1 200 As It Is\r\n") and b"X-Tunnel" not in exchange.head
        assert all(b"Proxy-Authorization: Basic YW5uOnNlc2FtZQ==" in head for head in guarded.asked)
    assert not [head for _, head in sites.requests["secret.example"] if b"YW5u" in head]


def test_the_guard_judges_the_urls_own_host(sites: Web, proxy: Proxy, fetch: FetchSettings) -> None:
    for url in ("http://127.0.0.1:9/", "http://[::ffff:10.0.0.1]/", "https://192.168.1.1/", "http://intern.example/"):
        assert verdict(url, fetch) == (Status.SKIPPED, "private-address")
    assert verdict("http://169.254.169.254/", replace(fetch, allow_private=True)) == (Status.SKIPPED, "private-address")
    assert proxy.asked == []
    assert verdict("http://inward.example/a", fetch) == (Status.FAILING, "private-address")
    assert proxy.lines() == ["GET http://inward.example/a"]


def test_a_proxy_that_does_not_work_makes_no_link_fail(fetch: FetchSettings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for url in ("http://open.example/a", "https://secret.example/a"):
        assert visit(url, replace(fetch, proxy=f"http://ann:sesame@127.0.0.1:{port}")).verdict == Verdict(
            Status.UNCHECKED,
            Reason.NO_NETWORK,
            signals=(f"the proxy http://127.0.0.1:{port} does not work: it takes no connection",),
        )


def test_a_proxy_that_is_silent_makes_no_link_fail(fetch: FetchSettings) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as waiting:
        for _ in range(4):
            each = waiting.enter_context(socket.socket())
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        found = visit("https://secret.example/a", replace(fetch, proxy=url, connect_timeout_s=0.5)).verdict
        signal = f"the proxy {url} does not work: it takes no connection"
        assert found == Verdict(Status.UNCHECKED, Reason.NO_NETWORK, signals=(signal,))


def test_what_the_proxy_answers_in_place_of_the_host(sites: Web, proxy: Proxy, fetch: FetchSettings) -> None:
    with Proxy(names(sites), login="ann:sesame") as guarded:
        settings = replace(fetch, proxy=guarded.url)
        assert verdict("http://open.example/a", settings) == (Status.BLOCKED, "http-407")
        assert visit("https://secret.example/a", settings).verdict == Verdict(
            Status.BLOCKED, "http-407", signals=(f"the proxy {guarded.url} answers 407",)
        )
    assert verdict("http://nowhere.example/a", fetch) == (Status.FAILING, "http-502")
    assert verdict("https://nowhere.example/a", fetch) == (Status.FAILING, "http-502")


def test_what_is_exempt_is_reached_directly(sites: Web, proxy: Proxy, fetch: FetchSettings) -> None:
    _, port = names(sites)["open.example"]
    settings = replace(fetch, allow_private=True, no_proxy=("127.0.0.0/8",))
    [address] = {rule.split(":")[2] for rule in sites.connect_to if rule.startswith("open.")}
    assert verdict(f"http://{address}:{port}/a", settings) == (Status.ALIVE, "ok")
    detoured = replace(settings, no_proxy=(), connect_to=sites.connect_to)
    assert verdict("http://open.example/a", detoured) == (Status.ALIVE, "ok")
    assert proxy.asked == []


def test_a_variable_is_enough(sites: Web, proxy: Proxy, fetch: FetchSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", "127.0.0.1,open.example")
    settings = replace(fetch, proxy=None)
    assert verdict("https://secret.example/a", settings) == (Status.ALIVE, "ok")
    monkeypatch.setenv("no_proxy", "secret.example")
    assert verdict("https://secret.example/a", replace(fetch, no_proxy=())) == (Status.ALIVE, "ok")
    assert len(proxy.asked) == 2


def test_a_session_brings_its_own_proxies(sites: Web, proxy: Proxy, fetch: FetchSettings) -> None:
    session = requests.Session()
    session.proxies = {"http://open.example": proxy.url}
    [found] = fetcher.Crew(replace(fetch, proxy=None), session=session).visits(targets("http://open.example/a"))
    assert (found.verdict.status, proxy.lines()) == (Status.ALIVE, ["GET http://open.example/a"])


def test_a_socks_proxy_looks_names_up_itself(sites: Web) -> None:
    with Socks(names(sites)) as socks:
        settings = FetchSettings(
            ca_file=sites.ca_file, proxy=f"socks5://127.0.0.1:{socks.port}", canaries=(), second_look_timeout_s=0
        )
        assert verdict("http://open.example/a", settings) == (Status.ALIVE, "ok")
        assert verdict("https://gone.example/a", settings) == (Status.DEAD, "http-404")
        assert verdict("http://intern.example/a", settings) == (Status.SKIPPED, "private-address")
        assert socks.asked == ["open.example", "gone.example"]


def test_socks_needs_libcurl() -> None:
    settings = FetchSettings(proxy="socks5://one:1", transport=TransportName.REQUESTS)
    with pytest.raises(
        SettingsError, match=r"`fetch\.proxy`: requests speaks to no SOCKS proxy; use the transport curl"
    ):
        fetcher.Crew(settings).visits([])
    assert Proxies(settings, {}).of("http", "a", 80) == Named("socks5h://one:1")
