"""The help is there at once: it loads click and nothing of what does the work."""

import subprocess
import sys

import pytest

from tests.cli.test_cli import citecheck

HEAVY = ("bs4", "can_ada", "isal", "jinja2", "pycurl", "requests", "rich", "selectolax", "sentencex", "tenacity")


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys\nfrom citecheck.cli.commands import main\n"
        "main(['--help'], standalone_mode=False)\nprint(sorted(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "Commands:" in run.stdout
    assert not [name for name in HEAVY if f"'{name}'" in run.stdout]


@pytest.mark.parametrize("name", ["chekc", "explane"])
def test_an_unknown_command_ends_with_2(name: str) -> None:
    run = citecheck(name)
    assert (run.returncode, run.stdout) == (2, "")
    assert f"No such command '{name}'" in run.stderr


def test_an_unknown_rule_is_answered_with_the_nearest() -> None:
    run = citecheck("explain", "deadlink")
    assert (run.returncode, run.stderr) == (2, "citecheck: no such rule: deadlink; did you mean dead-link?\n")
