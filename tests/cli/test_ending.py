"""What a run prints at its end: the source's line with a caret, coloured where that is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_cli import citecheck

SHOWN = """error[invalid-url]: cannot be requested as written: not a well-formed URL; correct the URL
 --> broken.txt:1:9
  |
1 | Go to 漢 http://quay.example:8O8O/a now
  |          ^^^^^^^^^^^^^^^^^^^^^^^^^^

"""


def test_the_terminal_format_points_at_the_words_of_the_source() -> None:
    Path("broken.txt").write_text("Go to 漢 http://quay.example:8O8O/a now\n", encoding="utf-8")
    run = citecheck("check", "broken.txt", "--offline", "--format", "terminal")
    assert (run.returncode, run.stdout.partition("1 link in")[0]) == (1, SHOWN)


def test_colour_is_for_terminals_and_those_who_force_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("broken.txt").write_text("Go to http://quay.example:8O8O/a now\n", encoding="utf-8")
    asked = ("check", "broken.txt", "--offline", "--format", "terminal")
    assert "\x1b[" not in citecheck(*asked).stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert citecheck(*asked).stdout.startswith("\x1b[1;31merror[invalid-url]")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in citecheck(*asked).stdout


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "junit", "csv"])
def test_beside_a_format_for_programs_the_totals_are_told_on_stderr(name: str) -> None:
    Path("broken.txt").write_text("Go to http://quay.example:8O8O/a now\n", encoding="utf-8")
    run = citecheck("check", "broken.txt", "--offline", "--format", name)
    assert run.stderr == "citecheck: 1 link in 1 place: 1 invalid; 1 error\n"
    assert "citecheck: 1 link" not in run.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("format_", ["concise", "json", "jsonl", "html"])
def test_a_stdout_that_is_full_is_told_in_a_line(format_: str) -> None:
    Path("broken.txt").write_text("Go to http://quay.example:8O8O/a now\n", encoding="utf-8")
    words = (sys.executable, "-m", "citecheck", "check", "broken.txt", "--offline", "--format", format_)
    run = subprocess.run(["sh", "-c", '"$@" >/dev/full', "sh", *words], capture_output=True, text=True, timeout=60)
    said = "stdout cannot be written: No space left on device; --write F=PATH writes to a file"
    assert run.stderr.splitlines()[-1] == f"citecheck: {said}"
    assert (run.returncode, "Traceback" in run.stderr, "Exception ignored" in run.stderr) == (4, False, False)
