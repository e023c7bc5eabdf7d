"""Links between local files, and the places within them."""

from pathlib import Path

import pytest

from citecheck import fetcher
from citecheck.model import Certainty, Reason, Status, Target, Verdict
from citecheck.settings import FetchSettings
from tests.fetcher.test_fragments import packed_pdf

GUIDE = """The tide
========

## How to *get* there

## Fares & [times](#x)

## Fares & times

<a name="Pier"></a>

## Crew {#the-crew}

### Tickets {: #tickets .wide }

(the-label)=
## Étage 2 `code` &amp; <i id="within">more</i>

> ## In a quotation

Not often, says the ferryman.[^1]

[^1]: So he does.

```sh
# not a heading
```
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "guide.md").write_text(GUIDE)
    (tmp_path / "page one.html").write_text("<h1 id=top-of-page>Tides</h1>" + "<p>High water is at nine.</p>" * 10)
    (tmp_path / "pier").mkdir()
    (tmp_path / "pier" / "README.md").write_text("# Pier\n")
    (tmp_path / "empty").mkdir()
    return tmp_path


def looked(path: Path, *fragments: str) -> tuple[Verdict, tuple[str, ...]]:
    url = path.as_uri()
    (visit,) = fetcher.Crew(FetchSettings(canaries=())).visits([Target(url, url, fragments)])
    assert visit.checked_at is None
    return visit.verdict, visit.missing_fragments


def test_a_file_that_is_there_is_alive(folder: Path) -> None:
    alive = Verdict(Status.ALIVE, Reason.OK)
    assert looked(folder / "guide.md") == (alive, ())
    assert looked(folder / "page one.html", "top-of-page", "pier") == (alive, ("pier",))
    assert looked(folder / "empty") == (alive, ())
    assert looked(folder / "pier", "pier", "harbour") == (alive, ("harbour",))


def test_files_are_read_as_their_pages_are(folder: Path) -> None:
    umlauts = "<meta charset=windows-1252><h1 id=fähre>Fähre</h1>" + "<p>Die Fähre fährt um neun.</p>" * 10
    (folder / "old.html").write_bytes(umlauts.encode("cp1252"))
    assert looked(folder / "old.html", "f%C3%A4hre", "boot")[1] == ("boot",)
    (folder / "app.html").write_text("<div id=root></div><script src=app.js></script>")
    assert looked(folder / "app.html", "inbox")[1] == ()
    (folder / "map.pdf").write_bytes(packed_pdf(3))
    assert looked(folder / "map.pdf", "page=3", "page=4")[1] == ("page=4",)
    (folder / "notes.txt").write_text("# Fares")
    assert looked(folder / "notes.txt", "fares", "x")[1] == ()


def test_a_file_that_is_not_there_is_dead(folder: Path) -> None:
    signals = (f"there is no lost.md in the folder {folder.name}/",)
    assert looked(folder / "lost.md", "x") == (Verdict(Status.DEAD, Reason.NO_FILE, Certainty.HIGH, signals), ())


def test_a_page_that_will_be_made_of_a_text_is_alive(folder: Path) -> None:
    stands_in = Verdict(Status.ALIVE, Reason.OK, signals=("guide.md stands for it",))
    assert looked(folder / "guide.html", "the-tide") == (stands_in, ())
    assert looked(folder / "guide") == (stands_in, ())


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("::: harbour.tides", False),
        ("::: harbour", False),
        ("::: warning\nIt rains.\n:::", True),
        ("--8<-- 'fares.md'", False),
        ("```{include} fares.md", False),
        ("```python", True),
        ("<!-- @include: ./fares.md -->", False),
        ("{% include fares.html %}", False),
        ("{{< include fares.md >}}", False),
        ("import Fares from './_fares.mdx';", False),
        ("import Tabs from '@theme/Tabs';", True),
    ],
)
def test_a_text_that_pulls_others_in_may_have_any_anchor(folder: Path, line: str, is_told: bool) -> None:
    (folder / "api.md").write_text(f"# Tides\n\n{line}\n\nHigh water.\n")
    assert looked(folder / "api.md", "tides", "harbour.tides.Low")[1] == (("harbour.tides.Low",) if is_told else ())


def test_markdown_has_the_anchors_of_its_headings(folder: Path) -> None:
    there = [
        "the-tide",
        "how-to-get-there",
        "fares--times",
        "fares--times-1",
        "pier",
        "the-crew",
        "tickets",
        "the-label",
        "étage-2-code--more",
        "%C3%A9tage-2-code--more",
        "etage-2-code-more",
        "within",
        "in-a-quotation",
        "fn1",
        "user-content-fnref-1",
        "L12-L14",
        ":~:text=says%20the,ferryman",
        "Top",
    ]
    gone = ("not-a-heading", "fares--times-2", "x", "crew-1", "fnord", ":~:text=says%20the,captain")
    assert looked(folder / "guide.md", *there, *gone)[1] == gone
