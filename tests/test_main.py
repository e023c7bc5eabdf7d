"""The console script's last moment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
import atexit
from citecheck import __main__
from citecheck.cli import commands
atexit.register(print, "taken apart")
commands.main = lambda: (print("said"), {ending})
__main__.main()
"""


def run(ending: str, stdout: int = subprocess.PIPE) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-c", CODE.format(ending=ending)]
    return subprocess.run(command, env=environment, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


def test_a_run_ends_with_its_code_and_all_that_it_said() -> None:
    ended = run("exit(4)")
    assert (ended.returncode, ended.stdout, ended.stderr) == (4, "said\n", "")


def test_an_accident_is_told_as_ever() -> None:
    ended = run("1 / 0")
    assert (ended.returncode, ended.stdout.splitlines()) == (1, ["said", "taken apart"])
    assert "ZeroDivisionError" in ended.stderr


def test_what_cannot_be_said_is_told_by_python() -> None:
    with Path("/dev/full").open("w") as full:
        ended = run("exit(0)", full.fileno())
    assert (ended.returncode, "No space left" in ended.stderr) == (120, True)


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
def test_a_run_cut_off_before_its_command_has_begun_says_so(number: str) -> None:
    ended = run(f"__import__('os').kill(__import__('os').getpid(), __import__('signal').{number})")
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "said\n", "citecheck: interrupted\n")
