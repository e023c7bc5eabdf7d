"""Fetching over processes: the same visits, each host asked by one, nothing left behind."""

import multiprocessing
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing

import pytest
from msgspec.structs import replace

from citecheck.clock import SYSTEM_CLOCK
from citecheck.errors import FetchError
from citecheck.fetcher import partings, shards, user_agent
from citecheck.fetcher.jobs import jobs
from citecheck.fetcher.manners import Hosts
from citecheck.fetcher.shards import shard_of
from citecheck.fetcher.terms import Terms
from citecheck.hosts import HostSettings
from citecheck.model import Reason, Status, Visit
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import targets, verdicts
from tests.web.loopback import Handler, Loopback

SETTINGS = FetchSettings(allow_private=True, host_interval_s=0, canaries=(), second_look_timeout_s=0)
HUB = "127.92.0.1"
PAGE = b"<title>Harbour</title><p>The council agreed on the plan for the harbour.</p>"


class Server(Loopback):
    """Each /to/HOST leads there; /there/and/back sets a cookie, leads to the hub and wants the cookie again."""

    def __init__(self) -> None:
        super().__init__(Harbour, "0.0.0.0")
        self.asked: dict[str, list[float]] = defaultdict(list)
        self.keys: list[tuple[str, str, str]] = []
        """Which host got which path with which key."""


class Harbour(Handler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        host = self.headers["Host"].partition(":")[0]
        self.server.asked[host].append(time.monotonic())
        self.server.keys.append((host, self.path, self.headers.get("X-Key", "")))
        match self.path.split("/")[1:]:
            case ["to", where]:
                self.answer(302, PAGE, Location=f"http://{where}:{self.server.server_port}/from/{host}")
            case ["there", number]:
                where = f"http://{HUB}:{self.server.server_port}/back/{host}/{number}"
                self.answer(302, PAGE, **{"Set-Cookie": "seen=yes"}, Location=where)
            case ["back", where, number]:
                self.answer(302, PAGE, Location=f"http://{where}:{self.server.server_port}/again/{number}")
            case ["again", _]:
                self.answer(200 if self.headers["Cookie"] == "seen=yes" else 403, PAGE)
            case ["robots.txt"]:
                self.answer(200, b"User-agent: *\nDisallow: /from/\nDisallow: /no\n")
            case ["slow", _]:
                time.sleep(5)
            case _:
                self.answer(200, PAGE)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as served:
        yield served


def hosts(count: int) -> list[str]:
    return [f"127.91.0.{number + 1}" for number in range(count)]


# A test is many threads and one process: forking there is safe only because the children touch none of them.
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
class TestShards:
    def visits(
        self,
        urls: list[str],
        settings: FetchSettings = SETTINGS,
        tables: Mapping[str, HostSettings] | None = None,
        *,
        keep_bodies: bool = False,
    ) -> Generator[Visit, None, None]:
        terms = Terms(settings, Hosts(settings, tables), user_agent(), SYSTEM_CLOCK, keep_bodies=keep_bodies)
        with closing(shards.Shards(3, terms)) as crew:
            yield from crew.visits(targets(*urls), {}, lambda: None)

    def test_tables_of_hosts_and_robots_txt_hold_in_every_process(self, server: Server) -> None:
        names = hosts(6)
        tables = {name: HostSettings(headers={"X-Key": name}, accept=(403,)) for name in names[:3]}
        settings = replace(SETTINGS, robots=True)
        pages = [f"http://{name}:{server.server_port}/{page}" for name in names for page in ("a", "b", "no", "again/1")]
        leading = [f"http://{name}:{server.server_port}/to/{HUB}" for name in names]
        found = verdicts(list(self.visits([*pages, *leading], settings, tables)))
        reasons = {url: "robots" if url.endswith("/no") or url in leading else "ok" for url in (*pages, *leading)}
        reasons |= {f"http://{name}:{server.server_port}/again/1": "http-403" for name in names[3:]}
        assert {url: each.reason for url, each in found.items()} == reasons
        assert not [path for _, path, _ in server.keys if path == "/no" or path.startswith("/from/")]
        assert {(name, "/a", name if name in tables else "") for name in names} <= set(server.keys)
        assert {key for host, _, key in server.keys if host not in tables} == {""}
        read = Counter(host for host, path, _ in server.keys if path == "/robots.txt")
        assert read == dict.fromkeys([*names, HUB], 1)

    def test_no_connection_of_an_earlier_run_is_held_by_several(self, server: Server) -> None:
        processes: list[int] = []

        class Earlier:
            def hang_up(self) -> None:
                processes.append(len(multiprocessing.active_children()))

        partings.part_later(Earlier())
        assert len(list(self.visits([f"http://{HUB}:{server.server_port}/a"]))) == 1
        assert processes == [0]

    def test_every_link_is_visited_once(self, server: Server) -> None:
        urls = [f"http://{host}:{server.server_port}/{number}" for host in hosts(20) for number in range(5)]
        visits = list(self.visits([*urls, "http://[nowhere", "mailto:a@b.example"]))
        assert len(visits) == 102
        assert {url: each.status for url, each in verdicts(visits).items()} == {
            **dict.fromkeys(urls, Status.ALIVE),
            "http://[nowhere": Status.INVALID,
            "mailto:a@b.example": Status.SKIPPED,
        }
        assert {host: len(times) for host, times in server.asked.items()} == dict.fromkeys(hosts(20), 5)

    def test_targets_are_sent_portion_by_portion(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shards, "_PORTION", 4)
        urls = [f"http://{host}:{server.server_port}/{number}" for host in hosts(20) for number in range(5)]
        failing = [f"http://127.93.0.{number}:1/" for number in range(30)]
        settings = replace(SETTINGS, attempts=1, second_look_after_s=0.01, second_look_timeout_s=1)
        found = verdicts(list(self.visits([*urls, *failing], settings)))
        assert {url: each.reason for url, each in found.items()} == {
            **dict.fromkeys(urls, "ok"),
            **dict.fromkeys(failing, "refused"),
        }

    def test_bodies_come_along_when_they_are_kept(self, server: Server) -> None:
        [visit] = self.visits([f"http://{HUB}:{server.server_port}/"], keep_bodies=True)
        assert visit.exchanges[-1].body.startswith(b"<title>Harbour")
        assert visit.exchanges[-1].head.startswith(b"HTTP/1.1 200 OK\r\n")
        assert visit.exchanges[-1].request.startswith(b"GET / HTTP/1.1\r\n")

    def test_a_host_that_all_are_sent_to_keeps_its_pauses(self, server: Server) -> None:
        settings = FetchSettings(allow_private=True, host_interval_s=0.05, canaries=(), second_look_timeout_s=0)
        visits = list(self.visits([f"http://{host}:{server.server_port}/to/{HUB}" for host in hosts(16)], settings))
        assert {visit.final_url for visit in visits} == {
            f"http://{HUB}:{server.server_port}/from/{host}" for host in hosts(16)
        }
        assert {visit.verdict.status for visit in visits} == {Status.ALIVE}
        times = server.asked[HUB]
        assert len(times) == 16
        assert times[-1] - times[0] > 0.5  # 15 pauses; three processes that did not know of each other: 0.25

    def test_a_journey_keeps_its_cookies_from_process_to_process(self, server: Server) -> None:
        visits = list(self.visits([f"http://{host}:{server.server_port}/there/1" for host in hosts(9)]))
        assert [(visit.verdict.status, len(visit.exchanges)) for visit in visits] == [(Status.ALIVE, 3)] * 9

    def test_a_process_that_dies_is_told(self, server: Server) -> None:
        visits = self.visits([f"http://{host}:{server.server_port}/slow/1" for host in hosts(9)])
        killer = threading.Timer(0.5, lambda: multiprocessing.active_children()[0].kill())
        killer.start()
        with pytest.raises(FetchError, match="has ended before its work"):
            next(visits)
        assert multiprocessing.active_children() == []

    def test_closing_ends_the_processes(self, server: Server) -> None:
        urls = [f"http://{host}:{server.server_port}/{path}/1" for host in hosts(9) for path in ("quick", "slow")]
        visits = self.visits(urls)
        assert next(visits).verdict.reason == Reason.OK
        assert len(multiprocessing.active_children()) == 3
        visits.close()
        assert multiprocessing.active_children() == []


def test_a_host_and_its_www_belong_together() -> None:
    names = [f"harbour-{number}.example" for number in range(100)]
    assert [shard_of(f"www.{name}", 4) for name in names] == [shard_of(name, 4) for name in names]
    assert {shard_of(name, 4) for name in names} == {0, 1, 2, 3}


def test_many_links_are_worth_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(8)))
    monkeypatch.setattr("threading.active_count", lambda: 1)
    few, many = jobs(SETTINGS, 2000), jobs(SETTINGS, 2001)
    assert (few, many, jobs(FetchSettings(jobs=2), 10), jobs(FetchSettings(jobs=99), 10)) == (1, 4, 2, 4)
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert jobs(FetchSettings(jobs=2), 10) == 1
