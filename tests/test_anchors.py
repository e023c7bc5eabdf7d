"""Links between the files of a folder and within them, in a check and in an audit."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

import citecheck
from citecheck.model import Status
from citecheck.settings import CacheSettings, Settings, SourceSettings
from tests.cli.test_cli import citecheck as citecheck_run

SETTINGS = Settings(cache=CacheSettings(enabled=False))

GUIDE = """# The tide

[Contents](#contents) [how](#how-to-get-there) [gone](#harbour) [top](#top) [router](#/inbox) [older](#!x) [none](#)
[next](page.html#fares) [lost](page.html#lost) [away](away.md) [pages](../map.pdf#page=2) [folder](more/#more)

## Contents

See `[code](#never)` and <a href="#quay">the quay</a>, <a href="#pier" role="button">open</a> and [late].

```
[code](#nowhere)
```

## How to get there

By boat, says the ferryman.

[late]: #later
"""
PAGE = """<!doctype html><title>Fares</title><h1 id=fares>Fares</h1>
<nav><a href="#fares">fares</a> <a href='#m%C3%B6we'>gull</a> <a href="#menu" onclick="open()">menu</a></nav>
<p>The ferry costs nine crowns, the council says, and the harbour ten. <a href=" #prices ">Prices</a> are due in May,
as <a href="guide.md#how-to-get-there">the guide</a> has it, or <a href="guide.md#by-car">does not</a>.
<p id=möwe>Nobody has seen <a href="gone.html">the other page</a>, nor <a href="/root.html">the root</a>.
"""


class Told(NamedTuple):
    rule: str
    place: str
    message: str


@pytest.fixture
def folder() -> Path:
    """A folder of two pages, a map and more."""
    folder = Path("docs")
    (folder / "more").mkdir(parents=True)
    (folder / "guide.md").write_text(GUIDE, encoding="utf-8")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "more" / "index.html").write_text("<h1 id=more>More</h1>")
    return folder


def told(*names: str, liveness_only: bool, settings: Settings = SETTINGS) -> list[Told]:
    result = citecheck.audit(names, settings, liveness_only=liveness_only)
    return [
        Told(each.rule, f"{each.source}:{each.line}:{each.column}", each.message.partition(";")[0])
        for each in sorted(result.findings, key=lambda each: (each.source, each.line or 0, each.column or 0))
        if each.rule in ("dead-link", "missing-fragment", "invalid-url")
    ]


@pytest.mark.parametrize("liveness_only", [True, False])
def test_dead_files_and_places_are_told_with_line_and_column(folder: Path, liveness_only: bool) -> None:
    gone = "gone for a reader: there is no such file"
    assert told("docs", liveness_only=liveness_only) == [
        Told("missing-fragment", "docs/guide.md:3:55", "this text has no such place: #harbour"),
        Told("missing-fragment", "docs/guide.md:4:32", "the page opens, but has no such place: #lost"),
        Told("dead-link", "docs/guide.md:4:55", gone),
        Told("dead-link", "docs/guide.md:4:72", gone),
        Told("missing-fragment", "docs/guide.md:8:35", "this text has no such place: #quay"),
        Told("missing-fragment", "docs/guide.md:18:9", "this text has no such place: #later"),
        Told("missing-fragment", "docs/page.html:3:82", "this text has no such place: #prices"),
        Told("missing-fragment", "docs/page.html:4:74", "the page opens, but has no such place: #by-car"),
        Told("dead-link", "docs/page.html:5:37", gone),
    ]


@pytest.mark.parametrize("liveness_only", [True, False])
def test_what_begins_with_a_slash_begins_at_the_root(folder: Path, liveness_only: bool) -> None:
    at_root = Settings(cache=CacheSettings(enabled=False), sources=SourceSettings(root="docs"))
    found = told("docs/page.html", liveness_only=liveness_only, settings=at_root)
    assert [each.place for each in found if each.rule == "dead-link"] == ["docs/page.html:5:37", "docs/page.html:5:81"]
    (folder / "root.html").write_text("<h1>Root</h1>")
    found = told("docs/page.html", liveness_only=liveness_only, settings=at_root)
    assert [each.place for each in found if each.rule == "dead-link"] == ["docs/page.html:5:37"]


def test_places_that_are_there_are_no_links() -> None:
    Path("a.md").write_text("# Quay\n\nSee [the quay](#quay).\n")
    for liveness_only in (True, False):
        result = citecheck.audit(["a.md"], SETTINGS, liveness_only=liveness_only)
        assert (result.visits, result.documents[0].links, result.documents[0].anchors) == ((), (), ())


def test_a_page_with_a_base_and_one_of_a_site_have_no_places_here() -> None:
    Path("a.html").write_text("<base href='https://harbour.example/b'><p>The <a href='#quay'>quay</a> is shut.")
    [source] = citecheck.read(["a.html"])
    assert citecheck.extract(source).anchors == ()


def test_what_is_only_read_has_its_links_to_places_apart() -> None:
    Path("a.md").write_text("# Quay\n\nSee [the pier](#pier).\n")
    [source] = citecheck.read(["a.md"])
    document = citecheck.extract(source)
    assert (document.links, [link.url for link in document.anchors]) == ((), ["#pier"])


def test_a_baseline_knows_local_files_wherever_the_folder_lies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert citecheck_run("baseline", "docs").returncode == 0
    known = json.loads(Path("citecheck-baseline.json").read_text(encoding="utf-8"))["findings"]
    assert {each["target"] for each in known} == {"guide.md", "page.html", "away.md", "../map.pdf", "gone.html"}
    Path("elsewhere").mkdir()
    for name in ("docs", "citecheck-baseline.json"):
        Path(name).rename(Path("elsewhere", name))
    monkeypatch.chdir("elsewhere")
    run = citecheck_run("check", "docs", "--fail-on", "new")
    assert (run.returncode, "no longer true" in run.stderr) == (0, False)


@pytest.mark.parametrize("name", ["a.md", "a.html"])
@pytest.mark.parametrize("liveness_only", [True, False])
def test_no_text_asks_about_the_readers_disk(name: str, liveness_only: bool) -> None:
    Path(name).write_text("<p>See <a href='File:///etc/passwd'>the list</a>, says the council.</p>\n")
    [visit] = citecheck.audit([name], SETTINGS, liveness_only=liveness_only).visits
    assert (visit.target.url, visit.verdict.status) == ("file:/etc/passwd", Status.SKIPPED)
