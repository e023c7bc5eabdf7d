"""The commands over all hostile files at once: no traceback, every limit named, the sound source unharmed."""

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import citecheck
from tests.extractor.hostile import files

LIMITS = """[limits]
source_bytes = 12_000_000
claims_bytes = 100_000
links = 20_000
part_bytes = 1_000_000
mail_parts = 20
[sources]
pages = 20
"""
"""Smaller than the defaults, so that all of them end something, and soon."""
NAMED = ("limits.claims_bytes", "limits.links", "limits.part_bytes", "limits.mail_parts", "limits.url_chars")


@pytest.fixture
def names() -> list[str]:
    Path("citecheck.toml").write_text(LIMITS)
    for name, data in files().items():
        Path(name).write_bytes(data)
    Path("sound.md").write_text("Rain fell, [Wren](https://wren.example/) said.")
    return [*files(), "sound.md"]


def test_links_are_listed(names: list[str]) -> None:
    run = citecheck("links", *names)
    assert run.returncode == 4
    assert "Traceback" not in run.stderr
    assert run.stdout.endswith("sound.md:1:19\thttps://wren.example/\n")
    assert [each for each in NAMED if each not in run.stderr] == ["limits.claims_bytes"]  # of which links know nothing


@pytest.mark.parametrize("command", [("extract", "--format", "json"), ("audit", "--offline", "--format", "json")])
def test_claims_are_told_within_the_limits(names: list[str], command: tuple[str, ...]) -> None:
    run = citecheck(*command, *names)
    assert run.returncode == 4
    assert "Traceback" not in run.stderr
    assert [each for each in NAMED if each not in run.stderr] == []
    sound = json.loads(run.stdout)["documents"][-1]
    assert [claim["text"] for update in sound["updates"] for claim in update["claims"]] == ["Rain fell, Wren said."]


def test_an_endless_standard_input_ends_at_its_limit() -> None:
    Path("citecheck.toml").write_text("[limits]\nsource_bytes = 1_000_000\n")
    run = citecheck("extract", "-", stdin="It rains.\n" * 200_000)
    assert (run.returncode, run.stdout) == (4, "")
    assert run.stderr == "citecheck: -: larger than 1000000 bytes; split it, or raise limits.source_bytes\n"
