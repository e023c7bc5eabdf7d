"""robots.txt, where it is asked for: what is skipped, what is allowed, and how often a host is troubled by it."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace

from citecheck import fetcher
from citecheck.fetcher.robots import product
from citecheck.fetcher.transport import Request
from citecheck.model import Exchange, Failure, Reason, Status, Verdict
from citecheck.settings import FetchSettings, TransportName
from tests.fetcher.fakes import START, Time, ToldTransport, answered, targets, verdicts
from tests.web import Web
from tests.web.rows import Behaviour, Tls, redirect, reply

A, B = "http://127.0.0.1", "http://127.0.0.2"
SETTINGS = FetchSettings(allow_private=True, canaries=(), robots=True, host_interval_s=0.1, second_look_timeout_s=0)


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (fetcher.user_agent(), "citecheck"),
        ("DeskBot/2.0 (+https://desk.example)", "DeskBot"),
        ("Mozilla/5.0 (compatible; desk_bot/1.0; +https://desk.example)", "desk_bot"),
        ("", "*"),
    ],
)
def test_a_robots_txt_means_us_by_our_products_name(user_agent: str, expected: str) -> None:
    assert product(user_agent) == expected


def seen(
    robots: Callable[[Request], Exchange], *urls: str, settings: FetchSettings = SETTINGS
) -> tuple[dict[str, Verdict], ToldTransport]:
    def answer(request: Request) -> Exchange:
        return robots(request) if request.url.endswith("/robots.txt") else answered(request, 200)

    time = Time()
    transport = ToldTransport(time, answer, latency_s=0.05)
    found = list(fetcher.Crew(settings, clock=time.clock, transport=transport).visits(targets(*urls)))
    return verdicts(found), transport


def says(text: str, status: int = 200) -> Callable[[Request], Exchange]:
    return lambda request: answered(request, status, ("content-type", "text/plain"), body=text.encode())


FINE = Verdict(Status.ALIVE, Reason.OK)
TEXT = "User-agent: *\nDisallow: /private\nUser-agent: CiteCheck\nDisallow: /ours\nAllow: /ours/open$\n"


def test_what_is_disallowed_is_skipped_and_robots_txt_is_asked_for_once_an_origin() -> None:
    urls = [f"{A}/private/a", f"{A}/ours/a", f"{A}/ours/open", f"{A}/other", f"{B}/x", f"{A}:81/x"]
    found, transport = seen(says(TEXT), *urls)
    refused = Verdict(Status.SKIPPED, Reason.ROBOTS, signals=("the host's robots.txt disallows it for citecheck",))
    assert found == {url: refused if url == f"{A}/ours/a" else FINE for url in urls}
    asked = [url for _, url in transport.starts]
    assert sorted(url for url in asked if url.endswith("robots.txt")) == [
        f"{A}/robots.txt",
        f"{A}:81/robots.txt",
        f"{B}/robots.txt",
    ]
    assert f"{A}/ours/a" not in asked
    for origin in (A, B, f"{A}:81"):
        assert asked.index(f"{origin}/robots.txt") == min(asked.index(u) for u in asked if u.startswith(f"{origin}/"))


def test_it_is_not_asked_for_unasked() -> None:
    found, transport = seen(says("User-agent: *\nDisallow: /"), f"{A}/a", settings=replace(SETTINGS, robots=False))
    assert (found, [url for _, url in transport.starts]) == ({f"{A}/a": FINE}, [f"{A}/a"])


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_without_one_everything_is_allowed(status: int) -> None:
    assert seen(says("User-agent: *\nDisallow: /", status), f"{A}/a")[0] == {f"{A}/a": FINE}


@pytest.mark.parametrize("status", [500, 503])
def test_while_it_cannot_be_read_nothing_is(status: int) -> None:
    found, transport = seen(says("", status), f"{A}/a", f"{A}/b")
    signal = f"the host's robots.txt cannot be read ({status}): until it can, nothing is allowed"
    refused = Verdict(Status.SKIPPED, Reason.ROBOTS, signals=(signal,))
    assert found == {f"{A}/a": refused, f"{A}/b": refused}
    assert [url for _, url in transport.starts] == [f"{A}/robots.txt"] * 3  # it is tried as often as a page


def test_a_host_that_does_not_answer_is_asked_for_the_link_itself() -> None:
    def refuses(request: Request) -> Exchange:
        return Exchange(url=request.url, started_at=START, failure=Failure.EMPTY_REPLY)

    assert seen(refuses, f"{A}/a", settings=replace(SETTINGS, attempts=1))[0] == {f"{A}/a": FINE}


@pytest.mark.parametrize(
    "body",
    ["<!DOCTYPE html><title>Home</title><p>Disallow: nothing", "\ufeffuser-agent: *\r\nallow: /\r\n", "", "\0" * 9],
)
def test_what_is_no_robots_txt_forbids_nothing(body: str) -> None:
    assert seen(says(body), f"{A}/a")[0] == {f"{A}/a": FINE}


def test_only_so_much_of_it_is_read() -> None:
    padding = "# as long as it likes to be\n" * 40_000
    assert seen(says(f"{padding}User-agent: *\nDisallow: /"), f"{A}/a")[0] == {f"{A}/a": FINE}
    assert seen(says(f"User-agent: *\nDisallow: /\n{padding}"), f"{A}/a")[0][f"{A}/a"].status is Status.SKIPPED


@pytest.mark.parametrize(("asked", "kept_s"), [("2", 2.0), ("3600", 10.0), ("0.01", 0.1), ("soon", 0.1)])
def test_a_crawl_delay_is_kept_up_to_a_bound(asked: str, kept_s: float) -> None:
    urls = [f"{A}/{page}" for page in range(4)]
    _, transport = seen(says(f"User-agent: *\nCrawl-delay: {asked}"), *urls)
    starts = [at for at, url in transport.starts if "robots" not in url]
    pauses = [round(later - earlier, 3) for earlier, later in pairwise(starts)]
    assert pauses == [kept_s] * 3


def test_a_host_that_is_left_alone_says_so_of_links_that_wait() -> None:
    found, transport = seen(
        lambda request: answered(request, 429, ("Retry-After", "3600")), f"{A}/a", f"{A}/b", f"{B}/c"
    )
    assert {verdict.reason for verdict in found.values()} == {"rate-limited"}
    assert len(transport.starts) == 2


SITES = (
    Behaviour(
        "strict",
        lambda seen: reply(200, b"User-agent: *\nDisallow: /no") if "robots" in seen.path else reply(200),
        "",
        "",
    ),
    Behaviour(
        "guide", lambda seen: redirect(302, "http://strict.example/no") if seen.path == "/a" else reply(404), "", ""
    ),
    Behaviour("moved", lambda seen: redirect(301, f"https://home.example{seen.path}"), "", ""),
    Behaviour(
        "home",
        lambda seen: reply(200, b"User-agent: *\nDisallow: /a") if "robots" in seen.path else reply(200),
        "",
        "",
        tls=Tls.GOOD,
    ),
)


@pytest.fixture
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with Web(tmp_path_factory.mktemp("sites"), SITES) as served:
        yield served


@pytest.mark.parametrize("transport", list(TransportName))
def test_each_hop_is_asked_for_and_robots_txt_may_be_moved(sites: Web, transport: TransportName) -> None:
    settings = replace(SETTINGS, connect_to=sites.connect_to, ca_file=sites.ca_file, transport=transport)
    urls = [f"http://{host}.example/{page}" for host, page in (("strict", "yes"), ("strict", "no"), ("guide", "a"))]
    found = verdicts(list(fetcher.Crew(settings).visits(targets(*urls, "http://moved.example/a"))))
    words = "the host's robots.txt disallows it for citecheck"
    assert {url: (each.status, each.signals) for url, each in found.items()} == {
        "http://strict.example/yes": (Status.ALIVE, ()),
        "http://strict.example/no": (Status.SKIPPED, (words,)),
        "http://guide.example/a": (Status.SKIPPED, (f"it leads on to http://strict.example/no: {words}",)),
        "http://moved.example/a": (Status.SKIPPED, (words,)),
    }
    paths = {host: [head.split()[1] for _, head in sites.requests[f"{host}.example"]] for host in ("strict", "home")}
    assert paths == {"strict": [b"/robots.txt", b"/yes"], "home": [b"/robots.txt"]}
