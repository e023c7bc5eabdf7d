"""Progress on a terminal: what it says, how it fits, and that nobody else ever sees it."""

import io
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path

import pytest

from citecheck.cli.pace import Pace
from citecheck.cli.progress import ProgressLine, line
from citecheck.model import Exchange, Reason, Status, Target, Verdict, Visit
from tests.cli.test_cut_short import Server, until
from tests.cli.test_cut_short import server as server  # the fixture
from tests.fetcher.fakes import START


def target(host: str, number: int = 0) -> Target:
    url = f"https://{host}/{number}"
    return Target(url, url)


def visit(host: str, status: Status = Status.ALIVE, elapsed_s: float = 0.1, *, is_cached: bool = False) -> Visit:
    exchange = Exchange(f"https://{host}/", START, elapsed_s=elapsed_s, http_status=200)
    return Visit(target(host), Verdict(status, Reason.OK), (exchange,), 1, elapsed_s, is_cached=is_cached)


def paced(left: dict[str, int], visits: list[tuple[float, Visit]]) -> Pace:
    pace = Pace([target(host, number) for host, count in left.items() for number in range(count)], 0.0)
    for at, each in visits:
        pace.rate(at)
        pace.note(each, at)
    return pace


def test_the_line_says_what_is_done_and_what_is_left() -> None:
    hosts = {f"{name}.example": 30 for name in "abcd"}
    quick = [(number * 0.25, visit("a.example" if number % 2 else "b.example")) for number in range(38)]
    pace = paced(hosts, [*quick, (9.5, visit("c.example", Status.DEAD)), (10.0, visit("d.example", elapsed_s=9.0))])
    shown = "40/120 links  20 s left  4/s  alive 39  dead 1  slowest: d.example 9.0 s"
    assert line(pace, 10.0, 200) == shown
    for width in range(len(shown)):
        narrow = line(pace, 10.0, width)
        assert len(narrow) <= width
        assert shown.startswith(narrow)
        assert narrow == "" or shown[len(narrow) :].startswith("  ")


def test_the_rest_takes_as_long_as_its_slowest_host() -> None:
    pace = paced({"a.example": 100, "b.example": 10}, [(float(at), visit("a.example")) for at in range(1, 11)])
    assert pace.left_s(10.0) == pytest.approx(100.0, rel=0.2)
    for at in range(10):
        pace.note(visit("b.example"), 10.0 + at / 100)
    assert pace.left_s(10.1) == pytest.approx(90.0, rel=0.2)


def test_the_rate_is_that_of_late_and_of_what_was_fetched() -> None:
    pace = paced({"a.example": 500}, [(0.1, visit("a.example", is_cached=True))] * 200)
    assert (pace.rate(0.2), pace.left_s(0.2)) == (0.0, None)
    for second in range(1, 31):
        for _ in range(10 if second <= 10 else 1):
            pace.note(visit("a.example"), float(second))
        rate = pace.rate(float(second))
    assert rate == pytest.approx(1.0, abs=0.2)


def test_when_few_hosts_are_left_they_are_named() -> None:
    pace = paced(
        {"a.example": 2, "b.example": 1, "c.example": 1}, [(1.0, visit("a.example")), (1.0, visit("c.example"))]
    )
    assert line(pace, 2.0, 200) == "2/4 links  2 s left  1/s  alive 2  waiting for a.example (1), b.example (1)"
    done = paced({"a.example": 1}, [(1.0, visit("a.example"))])
    assert line(done, 1.0, 200) == "1/1 links  0 s left  1/s  alive 1"


def test_a_hostile_name_cannot_move_the_cursor() -> None:
    evil = "a\x1b2Jb\u202ec.example" + "x" * 99
    pace = Pace([target("a.example"), target(evil)], 0.0)
    pace.note(visit("a.example"), 1.0)
    assert line(pace, 1.0, 200) == "1/2 links  1 s left  1/s  alive 1  waiting for a?2jb?c.examplexxxxxxxxxxxxxx… (1)"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("TERM", "xterm")
    yield Terminal()


def test_the_line_is_rewritten_in_place_five_times_a_second(terminal: Terminal) -> None:
    times = iter([0.0, 0.05, 1.0, 1.0, 1.1, 1.1, 1.4, 2.0])
    with ProgressLine(terminal, monotonic=lambda: next(times), columns=lambda: 24) as progress:
        progress.begin((), [target("a.example"), target("b.example")])
        progress.wait()  # too early
        progress.visited(visit("a.example"))
        progress.visited(visit("b.example"))  # too early
        progress.wait()
        progress.wait()  # the same
    assert terminal.getvalue() == "\r1/2 links  1 s left\x1b[K\r2/2 links  0 s left\x1b[K\r\x1b[K"


@pytest.mark.parametrize("kind", ["a file", "dumb", "not wanted"])
def test_nothing_is_written_elsewhere(kind: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO() if kind == "a file" else terminal
    if kind == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    with ProgressLine(stream, is_wanted=kind != "not wanted", monotonic=lambda: 9.0, columns=lambda: 80) as progress:
        progress.begin((), [target("a.example")])
        progress.visited(visit("a.example"))
        progress.wait()
    assert stream.getvalue() == ""


def test_a_run_on_a_narrow_terminal_shows_one_line_and_leaves_none(server: Server) -> None:
    Path("a.txt").write_text(server.text("one", "held"))
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    command = [sys.executable, "-m", "citecheck", "check", "a.txt", "--allow-private", "--host-interval", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, "TERM": "xterm"}, text=True
    ) as process:
        os.close(theirs)
        shown = ""

        def has_shown(text: str) -> bool:
            nonlocal shown
            while select.select([ours], [], [], 0)[0]:
                try:
                    shown += os.read(ours, 65536).decode()
                except OSError:  # the other end is closed
                    break
            return text in shown

        until(lambda: has_shown("12/24 links"))
        server.release.set()
        process.communicate()
        has_shown("")
    os.close(ours)
    *lines, end = shown.split("\r")[1:]
    assert process.returncode == 0
    assert end == "\x1b[K"
    assert all(each.endswith("\x1b[K") and len(each) < 40 + len("\x1b[K") for each in lines)
    assert any(re.fullmatch(r"12/24 links  .*\x1b\[K", each) for each in lines)
    assert "\n" not in shown
