"""What is set for single hosts: which table holds, and what it makes of requests and verdicts, over both transports."""

from collections.abc import Iterator, Mapping

import pytest
from msgspec.structs import replace

from citecheck import fetcher
from citecheck.clock import SYSTEM_CLOCK
from citecheck.errors import SettingsError
from citecheck.fetcher.frontier import Pace
from citecheck.fetcher.manners import Hosts, Manners
from citecheck.hosts import HostSettings
from citecheck.model import Reason, Status, Target, Verdict, Visit
from citecheck.settings import FetchSettings, Settings, TransportName
from tests.fetcher.fakes import Time as ToldTime
from tests.fetcher.fakes import ToldTransport, answered, targets
from tests.web import Web
from tests.web.connection import Connection
from tests.web.rows import Behaviour, Tls, redirect, reply

FETCH = FetchSettings()
TABLES = {
    "*": HostSettings(interval_s=2.0, headers={"Accept-Language": "de"}),
    "*.Example.org": HostSettings(concurrency=1, accept=(403,), headers={"X-Desk": "news"}, cookies={"a": "1"}),
    "*.archive.example.org": HostSettings(interval_s=5.0, insecure_tls=True, visit_timeout_s=60.0),
    "quiet.archive.example.org": HostSettings(accept=(), headers={"x-desk": "quiet"}, cookies={"b": "env:B"}),
    "möwe.example": HostSettings(bearer="env:TOKEN"),
    "[::1]": HostSettings(auth="env:DESK"),
}
ENVIRONMENT = {"B": "2", "TOKEN": "t0ken", "DESK": "ann:sesame"}


def manners(host: str) -> Manners:
    return Hosts(FETCH, TABLES, ENVIRONMENT).of(host)


def test_without_tables_every_host_is_asked_alike() -> None:
    plain = Manners(Pace(6, 0.1), connect_timeout_s=6.0, headers_timeout_s=10.0, visit_timeout_s=20.0)
    assert (Hosts(FETCH).of("a.example"), Hosts(FETCH, {}).of("b.example")) == (plain, plain)


def test_of_the_tables_that_fit_the_most_specific_one_that_says_something_holds() -> None:
    german = ("Accept-Language", "de")
    assert manners("example.org") == Manners(Pace(6, 2.0), 6.0, 10.0, 20.0, headers=(german,))
    below = Manners(
        Pace(1, 2.0),
        6.0,
        10.0,
        20.0,
        headers=(german, ("X-Desk", "news")),
        cookies=(("a", "1"),),
        accept=frozenset((403,)),
    )
    assert (manners("www.example.org"), manners("a.b.example.org.")) == (below, below)
    archive = replace(below, pace=Pace(1, 5.0), visit_timeout_s=60.0, is_insecure=True)
    assert manners("old.archive.example.org") == archive
    assert manners("quiet.archive.example.org") == replace(
        archive, headers=(german, ("x-desk", "quiet")), cookies=(("a", "1"), ("b", "2")), accept=frozenset()
    )
    assert manners("notexample.org") == manners("example.org")


def test_secrets_come_from_the_environment_and_names_from_any_alphabet() -> None:
    assert manners("xn--mwe-sna.example").headers[1:] == (("Authorization", "Bearer t0ken"),)
    assert manners("::1").headers[1:] == (("Authorization", "Basic YW5uOnNlc2FtZQ=="),)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "`hosts.möwe.example.bearer`: the variable TOKEN is not set"),
        (
            {"TOKEN": "a\r\nX: b"},
            "`hosts.möwe.example.bearer`: the variable TOKEN holds what cannot stand in a header",
        ),
    ],
)
def test_a_secret_that_cannot_be_sent_is_told_before_anything_is_asked(
    environment: Mapping[str, str], message: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        Hosts(FETCH, {"möwe.example": TABLES["möwe.example"]}, environment)
    assert str(refused.value) == message
    assert "X: b" not in message


def test_visits_tell_at_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOKEN", raising=False)
    with pytest.raises(SettingsError, match="TOKEN is not set"):
        fetcher.Crew(FETCH, hosts={"a.example": HostSettings(bearer="env:TOKEN")}).visits([])


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda: HostSettings(headers={"X": "a\r\nY: b"}), "`headers.X` must be printable ASCII on one line"),
        (lambda: HostSettings(headers={"X\n": "a"}), "`headers.X\\n` cannot be a header's name"),
        (lambda: HostSettings(headers={"Host": "a"}), "`headers.Host` is not to be set"),
        (lambda: HostSettings(headers={"cookie": "a=b"}), "`headers.Cookie`: name each cookie under `cookies`"),
        (lambda: HostSettings(cookies={"a": "b\r\nX: c"}), "`cookies.a` cannot stand in a Cookie header"),
        (lambda: HostSettings(cookies={"a": "b; c=d"}), "`cookies.a` cannot stand in a Cookie header"),
        (
            lambda: HostSettings(headers={"Authorization": "Bearer x"}),
            "`headers.Authorization` must be `env:NAME`: a secret belongs in a variable, not in a settings file",
        ),
        (
            lambda: HostSettings(auth="ann:sesame"),
            "`auth` must be `env:NAME`: a secret belongs in a variable, not in a settings file",
        ),
        (lambda: HostSettings(auth="env:A", bearer="env:B"), "`auth` and `bearer` exclude each other"),
        (
            lambda: Settings(hosts={"*": HostSettings(cookies={"a": "env:A"})}),
            "`hosts.*` would send its secret to every host: name the host",
        ),
        (
            lambda: Settings(hosts={"a.example:80": HostSettings()}),
            "`hosts.a.example:80` is no host's name: `example.org`, `*.example.org` or `*`, without scheme, port and "
            "path",
        ),
        (lambda: FetchSettings(user_agent="a\r\nX: b"), "`user_agent` must be printable ASCII on one line"),
        (lambda: FetchSettings(user_agent="a\x00"), "`user_agent` must be printable ASCII on one line"),
    ],
)
def test_what_could_end_a_header_or_give_a_secret_away_is_refused(made: type, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        made()
    assert str(refused.value) == message


def test_a_host_keeps_to_its_own_pace() -> None:
    time = ToldTime()
    transport = ToldTransport(time, lambda request: answered(request, 200), latency_s=0.3)
    urls = [f"http://127.0.0.{number}/{page}" for number in (1, 2) for page in range(3)]
    settings = FetchSettings(allow_private=True, canaries=(), host_interval_s=0.1)
    list(
        fetcher.Crew(
            settings,
            clock=time.clock,
            transport=transport,
            hosts={"127.0.0.1": HostSettings(interval_s=3.0), "127.0.0.2": HostSettings(concurrency=1, interval_s=0)},
        ).visits(targets(*urls))
    )
    starts = {host: [at for at, url in transport.starts if host in url] for host in ("127.0.0.1", "127.0.0.2")}
    assert starts == {"127.0.0.1": [0.0, 3.0, 6.0], "127.0.0.2": [0.0, 0.3, 0.6]}


def _leads_out(connection: Connection) -> bytes:
    return redirect(
        302, {"/out": "http://stranger.example/a", "/down": "http://desk.example/a"}.get(connection.path, "/")
    )


SITES = (
    Behaviour("desk", lambda seen: reply(200) if seen.path == "/a" else _leads_out(seen), "", "", tls=Tls.GOOD),
    Behaviour("stranger", reply(200), "", ""),
    Behaviour("shy", reply(403), "", ""),
    Behaviour("later", reply(503), "", ""),
    Behaviour("own", reply(200), "", "", tls=Tls.SELF_SIGNED),
    Behaviour("old", reply(200), "", "", tls=Tls.EXPIRED),
    Behaviour("moving", lambda seen: reply(403) if seen.path == "/b" else redirect(301, "/b"), "", ""),
    Behaviour(
        "setting", lambda seen: reply(200) if seen.path == "/b" else redirect(302, "/b", "Set-Cookie: a=9"), "", ""
    ),
)


@pytest.fixture
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with Web(tmp_path_factory.mktemp("sites"), SITES) as served:
        yield served


@pytest.fixture(params=list(TransportName))
def fetch(sites: Web, request: pytest.FixtureRequest) -> FetchSettings:
    return FetchSettings(
        allow_private=True,
        connect_to=sites.connect_to,
        ca_file=sites.ca_file,
        host_interval_s=0,
        second_look_timeout_s=0,
        attempts=1,
        canaries=(),
        transport=request.param,
    )


def visit(url: str, fetch: FetchSettings, *, fragments: tuple[str, ...] = (), **tables: HostSettings) -> Visit:
    hosts = {f"{name}.example": table for name, table in tables.items()}
    [found] = fetcher.Crew(fetch, keep_bodies=True, hosts=hosts).visits([Target(url, url, fragments)])
    return found


def heads(sites: Web, name: str) -> list[str]:
    return [head.decode() for _, head in sites.requests[f"{name}.example"]]


def test_what_is_set_for_a_host_is_sent_to_it_and_kept_nowhere(
    sites: Web, fetch: FetchSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK", "ann:sesame")
    monkeypatch.setenv("KEY", "k3y")
    table = HostSettings(
        headers={"X-Key": "env:KEY", "user-agent": "Desk/1"}, cookies={"consent": "yes"}, auth="env:DESK"
    )
    found = visit("https://desk.example/a", fetch, desk=table)
    [head] = heads(sites, "desk")
    sent = {line.partition(": ")[0].lower(): line.partition(": ")[2] for line in head.split("\r\n")[1:]}
    wanted = ("user-agent", "x-key", "authorization", "cookie")
    assert [sent[name] for name in wanted] == ["Desk/1", "k3y", "Basic YW5uOnNlc2FtZQ==", "consent=yes"]
    [exchange] = found.exchanges
    kept = exchange.request.decode()
    assert kept.startswith("GET /a HTTP/1.1\r\n") and kept.endswith("\r\n\r\n") and "Accept: text/html" in kept
    assert not [secret for secret in ("k3y", "YW5u", "Desk/1") if secret in kept]


@pytest.mark.parametrize(("path", "receiver"), [("/out", "stranger"), ("/down", "desk")])
def test_secrets_go_to_no_other_host_and_not_into_the_clear(
    sites: Web, fetch: FetchSettings, monkeypatch: pytest.MonkeyPatch, path: str, receiver: str
) -> None:
    monkeypatch.setenv("DESK", "ann:sesame")
    found = visit(
        f"https://desk.example{path}",
        fetch,
        desk=HostSettings(auth="env:DESK", headers={"X-Key": "k3y"}, cookies={"c": "d"}),
    )
    assert found.verdict.status is Status.ALIVE
    assert "ann" not in repr(found) and "YW5uOnNlc2FtZQ==" in heads(sites, "desk")[0]
    last = heads(sites, receiver)[-1]
    assert not [secret for secret in ("YW5uOnNlc2FtZQ==", "k3y", "c=d") if secret in last]


def test_a_status_can_count_as_alive(sites: Web, fetch: FetchSettings) -> None:
    said = "the server answers {}, which the settings count as alive for this host"
    found = visit("http://shy.example/a", fetch, fragments=("x",), shy=HostSettings(accept=(403,)))
    assert found.verdict == Verdict(Status.ALIVE, Reason.OK, signals=(said.format(403),))
    assert found.missing_fragments == ()
    assert visit("http://shy.example/a", fetch, shy=HostSettings(accept=(404,))).verdict.status is Status.BLOCKED
    settings = replace(fetch, attempts=3)
    assert visit("http://later.example/a", settings, later=HostSettings(accept=(503,))).verdict == Verdict(
        Status.ALIVE, Reason.OK, signals=(said.format(503),)
    )
    assert len(sites.requests["later.example"]) == 1
    assert visit("http://moving.example/a", fetch, moving=HostSettings(accept=(403,))).verdict == Verdict(
        Status.MOVED, Reason.PERMANENT_REDIRECT, signals=(said.format(403),), suggestion="http://moving.example/b"
    )


def test_any_certificate_will_do_where_it_is_said_and_only_there(sites: Web, fetch: FetchSettings) -> None:
    insecure = HostSettings(insecure_tls=True)
    for name, reason in (("own", "tls-self-signed"), ("old", "tls-expired")):
        url = f"https://{name}.example/"
        [found] = fetcher.Crew(fetch, hosts={f"{name}.example": insecure}).visits(targets(url))
        signal = f"the certificate of {name}.example was not checked"
        assert found.verdict == Verdict(Status.ALIVE, Reason.OK, signals=(signal,))
        assert [each.is_unverified for each in found.exchanges] == [True]
        assert visit(url, fetch, stranger=insecure).verdict.reason == reason


def test_connections_of_one_run_do_not_share_their_trust(sites: Web, fetch: FetchSettings) -> None:
    urls = [f"https://{name}.example/{page}" for page in range(3) for name in ("own", "old")]
    hosts = {"own.example": HostSettings(insecure_tls=True)}
    found = fetcher.Crew(replace(fetch, concurrency=1), hosts=hosts, clock=SYSTEM_CLOCK).visits(targets(*urls))
    assert {each.target.url: each.verdict.status for each in found} == {
        url: Status.ALIVE if "own" in url else Status.FAILING for url in urls
    }


def test_a_cookie_that_the_server_sets_takes_the_place_of_ours(sites: Web, fetch: FetchSettings) -> None:
    visit("http://setting.example/a", fetch, setting=HostSettings(cookies={"a": "1", "b": "2"}))
    cookies = [line for head in heads(sites, "setting") for line in head.split("\r\n") if line.startswith("Cookie")]
    assert cookies == ["Cookie: a=1; b=2", "Cookie: b=2; a=9"]


def test_patience_is_a_hosts_own() -> None:
    time = ToldTime()
    transport = ToldTransport(time, lambda request: answered(request, 200))
    hosts = {"127.0.0.1": HostSettings(connect_timeout_s=1, headers_timeout_s=2, visit_timeout_s=3)}
    settings = FetchSettings(allow_private=True, canaries=())
    urls = ("http://127.0.0.1/", "http://127.0.0.2/")
    list(fetcher.Crew(settings, clock=time.clock, transport=transport, hosts=hosts).visits(targets(*urls)))
    patience = {
        each.host: (each.connect_timeout_s, each.headers_timeout_s, each.visit_timeout_s) for each in transport.requests
    }
    assert patience == {"127.0.0.1": (1, 2, 3), "127.0.0.2": (6, 10, 20)}
