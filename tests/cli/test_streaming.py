"""Runs seen while they go: JSON lines as each visit ends, and failing links looked at twice where that is asked for."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_cli import citecheck
from tests.web.loopback import Handler, Loopback


class Slow(Loopback):
    """Answers at once but for /held, which waits for `release`; /once fails at its first visit, /ever at each."""

    def __init__(self) -> None:
        super().__init__(SlowHandler)
        self.release, self.asked = threading.Event(), list[str]()


class SlowHandler(Handler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Slow)
        self.server.asked.append(self.path)
        if self.path == "/held":
            self.server.release.wait(20)
        fails = self.path == "/ever" or (self.path == "/once" and self.server.asked.count("/once") == 1)
        self.answer(501 if fails else 200, b"page")


@pytest.fixture
def slow() -> Iterator[Slow]:
    with Slow() as slow:
        yield slow
        slow.release.set()


def test_json_lines_come_as_each_visit_ends(slow: Slow) -> None:
    Path("a.txt").write_text(f"See {slow.origin}/held and {slow.origin}/quick.\n")
    command = [sys.executable, "-m", "citecheck", "check", "a.txt", "--allow-private", "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        first = json.loads(process.stdout.readline())
        assert first["target"]["url"] == f"{slow.origin}/quick"
        assert first["target"]["occurrences"] == [{"source": "a.txt", "line": 1, "column": 37, "text": ""}]
        slow.release.set()
        rest = [json.loads(line) for line in process.stdout]
    assert [next(iter(line)) for line in rest] == ["target", "finding", "finding", "schema"]
    assert rest[-1]["summary"]["by_status"]["alive"] == 2


def test_strict_looks_twice_before_a_failing_link_turns_a_build_red(slow: Slow) -> None:
    Path("citecheck.toml").write_text("[fetch]\nallow_private = true\nattempts = 1\n[rules]\ninsecure-link = 'off'\n")
    Path("a.txt").write_text(f"See {slow.origin}/once and {slow.origin}/ever.\n")
    run = citecheck("check", "a.txt", "--strict")
    assert run.returncode == 1
    assert [line.partition(" error")[2][:14] for line in run.stdout.splitlines()[:-1]] == ["[failing-link]"]
    assert f"<{slow.origin}/ever>" in run.stdout and f"<{slow.origin}/once>" not in run.stdout
    assert slow.asked.count("/once") >= 2 and slow.asked.count("/ever") >= 2
    assert citecheck("check", "a.txt", "--no-cache").returncode == 0
