"""Settings from outside: which layer wins, and one clear line for each thing that cannot be."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli.test_cli import citecheck


def shown(*arguments: str) -> dict[str, tuple[object, str]]:
    """What `citecheck settings` says: by setting, its value and where that comes from."""
    run = citecheck("settings", *arguments)
    assert run.returncode == 0, run.stderr
    found: dict[str, tuple[object, str]] = {}
    for line in run.stdout.splitlines():
        said, _, origin = line.rpartition("  # ")
        if not line.startswith("# "):
            ((path, value),) = flat(tomllib.loads(said)).items()
            found[path] = value, origin
    return found


def flat(tables: dict[str, object], path: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in tables.items():
        if isinstance(value, dict) and value:
            found |= flat(value, f"{path}{key}.")
        else:
            found[path + key] = value
    return found


def test_files_then_environment_then_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("citecheck.toml").write_text("max_dead = 1\n[fetch]\nattempts = 1\nhost_interval_s = 1.5\n")
    Path("more.toml").write_text("max_dead = 2\n[fetch]\nattempts = 2\n")
    assert shown()["max_dead"] == (1, str(Path("citecheck.toml").resolve()))
    both = ("-c", "citecheck.toml", "-c", "more.toml")
    found = shown(*both)
    assert found["max_dead"] == (2, "more.toml") and found["fetch.attempts"] == (2, "more.toml")
    assert found["fetch.host_interval_s"] == (1.5, "citecheck.toml")
    assert found["fail_on"] == ("error", "default")
    monkeypatch.setenv("CITECHECK_MAX_DEAD", "3")
    monkeypatch.setenv("CITECHECK_FETCH_ATTEMPTS", "3")
    assert shown(*both)["max_dead"] == (3, "environment")
    found = shown(*both, "--max-dead", "4", "--no-cache", "--exclude", "a|b")
    assert found["max_dead"] == (4, "command line") and found["fetch.attempts"] == (3, "environment")
    assert found["cache.enabled"] == (False, "command line")
    assert found["exclude"] == ([{"reason": "--exclude", "url": "a|b"}], "command line")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fial_on = 'new'", "citecheck.toml: unknown key `fial_on`; did you mean `fail_on`?"),
        ("[fetch]\natempts = 2", "citecheck.toml: unknown key `fetch.atempts`; did you mean `fetch.attempts`?"),
        ("[fetch]\nattempts = 'two'", "citecheck.toml: `fetch.attempts`: expected `int`, got `str`"),
        (
            "fail_on = 'newest'",
            "citecheck.toml: `fail_on`: 'newest' is none of new, error, warning, never; did you mean `new`?",
        ),
        (
            "[rules]\ndeadlink = 'off'",
            "citecheck.toml: `rules.deadlink`: there is no such rule; did you mean `dead-link`?",
        ),
        ("[[exclude]]\nurl = 'a'", "citecheck.toml: `exclude[0]`: object missing required field `reason`"),
        (
            "[[exclude]]\nurl = 'a'\nreason = 'b'\nuntil = 'soon'",
            "citecheck.toml: `exclude[0].until`: not a date; dates are written 2030-12-31",
        ),
    ],
)
def test_one_clear_line_with_file_path_and_the_likely_word(text: str, said: str) -> None:
    Path("citecheck.toml").write_text(text)
    Path("a.txt").write_text("See https://quay.example/a.\n")
    for asked in (["check", "a.txt"], ["settings"]):
        run = citecheck(*asked)
        assert (run.returncode, run.stdout) == (2, "")
        assert run.stderr.endswith(f"{said}\n") and run.stderr.count("\n") == 1, run.stderr


def test_init_writes_a_file_that_changes_nothing_and_writes_over_none() -> None:
    before = shown()
    assert citecheck("init").returncode == 0
    after = shown()
    assert {path: value for path, (value, _) in after.items()} == {path: value for path, (value, _) in before.items()}
    again = citecheck("init")
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert "citecheck.toml: is there already" in again.stderr


@pytest.mark.parametrize(
    ("shell", "words"), [("bash", "complete"), ("zsh", "#compdef citecheck"), ("fish", "complete")]
)
def test_completion_prints_the_shells_script(shell: str, words: str) -> None:
    run = citecheck("completion", shell)
    assert run.returncode == 0 and words in run.stdout


def test_a_shell_is_offered_commands_and_options() -> None:
    asked = {"_CITECHECK_COMPLETE": "bash_complete", "COMP_WORDS": "citecheck check --fail", "COMP_CWORD": "2"}
    script = (
        "import os, sys; sys.argv = ['citecheck']; from citecheck.cli.commands import main; main(prog_name='citecheck')"
    )
    run = subprocess.run([sys.executable, "-c", script], env=asked, capture_output=True, text=True)
    assert {"plain,--fail-on", "plain,--fail-if-empty"} <= set(run.stdout.split())


def test_a_version_says_what_does_the_work() -> None:
    run = citecheck("--version")
    said = dict(line.split(" ", 1) for line in run.stdout.splitlines())
    assert {"citecheck", "Python", "pycurl", "msgspec", "click"} <= said.keys()
    assert json.dumps(said["citecheck"]).count(".") == 2
