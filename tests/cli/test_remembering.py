"""What a run knows from those before it: how old it may be, and how a server is asked for what has changed."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_cli import citecheck
from tests.web.loopback import Handler, Loopback

ETAG, SINCE = '"harbour-1"', "Wed, 01 May 2024 08:00:00 GMT"
HTML = {"Content-Type": "text/html"}


class Server(Loopback):
    """One page with validators, /moved that leads to it, /plain without, /wall that turns away."""

    def __init__(self) -> None:
        super().__init__(Harbour)
        self.title = "Harbour"
        self.asked: list[tuple[str, str | None, str | None]] = []

    def taken(self) -> list[tuple[str, str | None, str | None]]:
        """What was asked since the last time."""
        asked, self.asked = self.asked, []
        return sorted(asked, key=str)


class Harbour(Handler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        matched, since = self.headers["If-None-Match"], self.headers["If-Modified-Since"]
        self.server.asked.append((self.path, matched, since))
        is_same = matched == ETAG and self.server.title == "Harbour"
        body = b"" if is_same else f"<title>{self.server.title}</title><h1 id=quay>The quay".encode()
        match self.path:
            case "/moved":
                self.answer(301, body, **HTML, Location="/page")
            case "/wall":
                self.answer(403, body, **HTML)
            case "/plain":
                self.answer(200, body, **HTML)
            case _:
                self.answer(304 if is_same else 200, body, **HTML, ETag=ETAG, **{"Last-Modified": SINCE})


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as served:
        yield served


def checked(*options: str) -> list[dict[str, Any]]:
    """The targets without what differs from run to run."""
    base = ("--allow-private", "--host-interval", "0", "--format", "json")
    run = citecheck("check", "a.md", *base, *options)
    targets: list[dict[str, Any]] = json.loads(run.stdout)["targets"]
    for each in targets:
        del each["elapsed_s"], each["checked_at"]
        for hop in each["hops"]:
            del hop["elapsed_s"]
    return targets


@pytest.mark.parametrize("transport", ["curl", "requests"])
def test_past_its_age_a_page_is_asked_whether_it_has_changed(server: Server, transport: str) -> None:
    at = server.origin
    Path("a.md").write_text(f"[a]({at}/page#quay) [b]({at}/page#gone) [c]({at}/moved) [d]({at}/plain) [e]({at}/wall)")
    first = checked("--transport", transport)
    assert {each["status"]: each.get("title") for each in first} == {
        "alive": "Harbour",
        "moved": "Harbour",
        "blocked": None,
    }
    asked_first = [(path, None, None) for path in ("/moved", "/page", "/page", "/plain", "/wall")]
    assert server.taken() == asked_first
    assert checked("--transport", transport) == first
    assert checked("--transport", transport, "--max-age", "1h") == first
    assert server.taken() == []
    assert checked("--transport", transport, "--max-age", "0") == first
    renewed = [("/moved", None, None), *[("/page", ETAG, SINCE)] * 2, ("/plain", None, None), ("/wall", None, None)]
    assert server.taken() == renewed
    server.title = "Page not found"
    changed = checked("--transport", transport, "--max-age", "0")
    assert [each["reason"] for each in changed] == ["soft-404", "soft-404", "soft-404", "http-403"]
    assert server.taken() == renewed
    server.title = "Harbour"
    assert checked("--transport", transport, "--no-cache") == first
    assert server.taken() == asked_first


def test_a_host_that_turned_away_is_asked_again_once_its_table_says_more(server: Server) -> None:
    Path("a.md").write_text(f"See [the wall]({server.origin}/wall).\n")
    assert [each["status"] for each in checked()] == ["blocked"]
    assert [each["status"] for each in checked()] == ["blocked"]
    Path("citecheck.toml").write_text('[hosts."127.0.0.1"]\naccept = [403]\n')
    assert [each["status"] for each in checked()] == ["alive"]
    assert len(server.taken()) == 2


def test_an_archive_gets_the_page_itself(server: Server) -> None:
    Path("a.md").write_text(f"See [the harbour]({server.origin}/page).\n")
    checked()
    assert server.taken() == [("/page", None, None)]
    run = citecheck("audit", "a.md", "--allow-private", "--host-interval", "0", "--out", "out")
    assert run.returncode == 0, run.stderr
    assert server.taken() == [("/page", None, None)]
    checked("--max-age", "0")
    assert server.taken() == [("/page", ETAG, SINCE)]


@pytest.mark.parametrize(
    ("age", "seconds"), [("0", 0.0), ("90", 90.0), ("15m", 900.0), ("12h", 43200.0), ("7d", 604800.0)]
)
def test_max_age_is_a_time(age: str, seconds: float) -> None:
    run = citecheck("settings", "--max-age", age)
    assert f"alive_max_age_s = {seconds}" in run.stdout


@pytest.mark.parametrize("age", ["", "-1", "1w", "1e3", "١h"])
def test_what_is_no_time_is_told(age: str) -> None:
    run = citecheck("check", "a.md", "--max-age", age)
    assert (run.returncode, f"`{age}` is no time; write 90, 90s, 15m, 2h or 7d" in run.stderr) == (2, True)
    assert citecheck("check", "a.md", "--max-run", "0").returncode == 2


def test_host_stats_are_told_after_the_run_and_in_its_report(server: Server) -> None:
    Path("a.md").write_text(f"[a]({server.origin}/page) [b]({server.origin}/plain) [c]({server.origin}/wall)\n")
    command = ("check", "a.md", "--allow-private", "--host-stats", "--format", "json")
    run = citecheck(*command)
    [host] = json.loads(run.stdout)["hosts"]
    times = {name: host.pop(name) for name in ("median_s", "longest_s", "waited_s")}
    assert 0 <= times["median_s"] <= times["longest_s"]
    assert host == {
        "host": "127.0.0.1",
        "links": 3,
        "requests": 3,
        "retries": 0,
        "cached": 0,
        "statuses": {"alive": 2, "blocked": 1},
        "answers": {"200": 2, "403": 1},
    }
    told = run.stderr.splitlines()
    assert [line.split()[:3] for line in told if line.startswith(("host ", "127."))] == [
        ["host", "links", "requests"],
        ["127.0.0.1", "3", "3"],
    ]
    assert told[-1].startswith("citecheck: hint: turned away by 127.0.0.1 (1 link): ")
    [again] = json.loads(citecheck(*command).stdout)["hosts"]
    assert (again["cached"], again["requests"], again["median_s"]) == (3, 0, None)
    Path("report.json").write_text(run.stdout)
    assert json.loads(citecheck("report", "report.json", "--format", "json").stdout)["hosts"] == [{**host, **times}]
    assert "hosts" not in json.loads(citecheck(*(each for each in command if each != "--host-stats")).stdout)


def test_two_runs_at_once_share_what_they_remember(server: Server) -> None:
    for name in ("a.md", "b.md"):
        Path(name).write_text("\n".join(f"[x]({server.origin}/{name}/{number})" for number in range(150)))
    command = [sys.executable, "-m", "citecheck", "check", "--allow-private", "--host-interval", "0"]
    runs = [
        subprocess.Popen([*command, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for name in ("a.md", "b.md")
    ]
    for run in runs:
        run.communicate(timeout=60)
    assert [run.returncode for run in runs] == [0, 0]
    with closing(sqlite3.connect("../cache/citecheck/visits.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM visits").fetchone() == (300,)
    assert len(server.taken()) == 300
    subprocess.run([*command, "a.md", "b.md"], check=True, capture_output=True)
    assert server.taken() == []
