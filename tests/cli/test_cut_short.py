"""Runs that real signals cut short: killed, what had ended is remembered; interrupted, the report is written."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_cli import citecheck
from tests.web.loopback import Handler, Loopback

HOSTS = [f"127.94.0.{number}" for number in range(1, 13)]
LONG_S = 60


class Server(Loopback):
    """Answers at once on every loopback address, but for /held, which waits for `release`."""

    def __init__(self) -> None:
        super().__init__(Harbour, "0.0.0.0")
        self.release = threading.Event()
        self.is_left = False
        """Nobody listens any more."""
        self.asked: list[str] = []

    def text(self, *paths: str) -> str:
        """A text that links to each path on each host."""
        return "\n".join(f"See http://{host}:{self.server_port}/{path}." for host in HOSTS for path in paths)


class Harbour(Handler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.asked.append(self.path)
        if self.path == "/held":
            self.server.release.wait(LONG_S)
        if self.server.is_left:
            return
        body = b"<title>Harbour</title><p>The council agreed on the plan for the harbour."
        self.answer(404 if self.path == "/gone" else 200, body)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as served:
        yield served
        served.is_left = True
        served.release.set()


def started(command: str, jobs: int) -> "subprocess.Popen[str]":
    options = ["--allow-private", "--host-interval", "0", "--jobs", str(jobs)]
    options += ["--out", "out"] if command == "audit" else ["--write", "json=out.json"]
    return subprocess.Popen(
        [sys.executable, "-m", "citecheck", command, "a.txt", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={
            **os.environ,
            "CITECHECK_FETCH_HEADERS_TIMEOUT_S": str(LONG_S),
            "CITECHECK_FETCH_VISIT_TIMEOUT_S": str(LONG_S),
        },
        text=True,
    )


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def remembered() -> int:
    """How many visits the cache holds."""
    path = Path("../cache/citecheck/visits.sqlite")
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as database:
        try:
            return int(database.execute("SELECT count(*) FROM visits").fetchone()[0])
        except sqlite3.OperationalError:  # the run is making the table
            return 0


def by_status(report: dict[str, Any]) -> dict[str, int]:
    return {status: count for status, count in report["summary"]["by_status"].items() if count}


def children(pid: int) -> list[Path]:
    return [Path("/proc", each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize("command", ["check", "audit"])
@pytest.mark.parametrize("jobs", [1, 3])
def test_what_had_ended_when_a_run_was_killed_is_not_asked_again(server: Server, command: str, jobs: int) -> None:
    Path("a.txt").write_text(server.text("one", "two", "gone", "held"))
    with started(command, jobs) as process:
        until(lambda: remembered() >= 3 * len(HOSTS))
        shards = children(process.pid)
        assert len(shards) == (jobs if jobs > 1 else 0)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    until(lambda: not any(shard.exists() for shard in shards))
    asked = server.asked.copy()
    assert asked.count("/one") == asked.count("/two") == len(HOSTS)
    server.release.set()
    report = rerun(command)
    assert by_status(report) == {"alive": 3 * len(HOSTS), "dead": len(HOSTS)}
    again = sorted(server.asked[len(asked) :])
    assert again == sorted(["/gone", "/held"] * len(HOSTS))
    if command == "audit":
        assert sorted(report["snapshots"]) == sorted(t["url"] for t in report["targets"] if t["status"] == "alive")
        assert citecheck("archive", "verify", "--folder", "again").returncode == 0


def rerun(command: str) -> dict[str, Any]:
    """The report of the same run once more, in a folder of its own."""
    options = ["--allow-private", "--host-interval", "0", "--format", "json"]
    run = citecheck(command, "a.txt", *options, *(["--out", "again"] if command == "audit" else []))
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def test_an_audit_takes_up_what_an_interrupted_one_had_archived_and_does_a_whole_one_anew(server: Server) -> None:
    Path("a.txt").write_text(server.text("one", "held"))
    with started("audit", 1) as process:
        until(lambda: remembered() >= len(HOSTS))
        process.send_signal(signal.SIGTERM)
    server.release.set()
    assert server.asked.count("/one") == len(HOSTS)
    assert by_status(rerun("audit")) == {"alive": 2 * len(HOSTS)}
    assert server.asked.count("/one") == len(HOSTS)
    shutil.rmtree("again")
    assert by_status(rerun("audit")) == {"alive": 2 * len(HOSTS)}
    assert server.asked.count("/one") == 2 * len(HOSTS)


def test_an_audit_of_a_part_leaves_the_rest_to_the_next(server: Server) -> None:
    Path("a.txt").write_text(server.text("one", "two", "held"))
    with started("audit", 1) as process:
        until(lambda: remembered() >= 2 * len(HOSTS))
        process.kill()
    server.release.set()
    Path("part").mkdir()
    Path("part/a.txt").write_text(server.text("one"))
    options = ["--allow-private", "--host-interval", "0", "--out", "of-a-part"]
    assert citecheck("audit", "part/a.txt", *options).returncode == 0
    assert by_status(rerun("audit")) == {"alive": 3 * len(HOSTS)}
    assert server.asked.count("/one") == 2 * len(HOSTS)  # the part has been done: this is the next time
    assert server.asked.count("/two") == len(HOSTS)


def test_an_audit_asks_again_where_the_killed_ones_archive_is_gone(server: Server) -> None:
    Path("a.txt").write_text(server.text("one", "held"))
    with started("audit", 1) as process:
        until(lambda: remembered() >= len(HOSTS))
        process.kill()
    shutil.rmtree("out")
    server.release.set()
    report = rerun("audit")
    assert (by_status(report), len(report["snapshots"])) == ({"alive": 2 * len(HOSTS)}, 2 * len(HOSTS))
    assert server.asked.count("/one") == 2 * len(HOSTS)


@pytest.mark.parametrize("command", ["check", "audit"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", [1, 3])
def test_an_interrupted_run_writes_its_report(server: Server, command: str, number: signal.Signals, jobs: int) -> None:
    Path("a.txt").write_text(server.text("one", "held"))
    with started(command, jobs) as process:
        until(lambda: remembered() >= len(HOSTS))
        shards = children(process.pid)
        process.send_signal(number)
        _, errors = process.communicate(timeout=LONG_S)
    assert (process.returncode, "Traceback" in errors) == (130, False), errors
    assert not any(shard.exists() for shard in shards)
    report = json.loads(Path("out/report.json" if command == "audit" else "out.json").read_text(encoding="utf-8"))
    assert report["summary"]["complete"] is False
    assert by_status(report) == {"alive": len(HOSTS), "unchecked": len(HOSTS)}
    assert {target["reason"] for target in report["targets"]} == {"ok", "interrupted"}


def test_a_run_that_may_take_no_longer_is_no_complete_one(server: Server) -> None:
    Path("a.txt").write_text(server.text("one", "held"))
    options = ["--allow-private", "--host-interval", "0", "--max-run", "2s", "--write", "json=out.json"]
    assert citecheck("check", "a.txt", *options).returncode == 4
    report = json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert report["summary"]["complete"] is False
    assert by_status(report) == {"alive": len(HOSTS), "unchecked": len(HOSTS)}


def test_a_run_interrupted_while_it_reads_tells_of_what_was_read(server: Server) -> None:
    Path("a.txt").write_text(server.text("one"))
    with subprocess.Popen(
        [sys.executable, "-m", "citecheck", "check", "a.txt", "-", "--allow-private", "--write", "json=out.json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        process.stdin.write(b"The tide comes in. " * 50_000)  # more than a pipe holds: it is being read
        process.stdin.flush()
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=LONG_S)
    assert process.returncode == 130
    assert b"citecheck: -: the run was interrupted before all was read" in errors
    assert b"Traceback" not in errors
    report = json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert (report["summary"]["complete"], by_status(report)) == (False, {"unchecked": len(HOSTS)})
    assert server.asked == []
