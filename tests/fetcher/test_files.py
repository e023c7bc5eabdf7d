"""Links between local files, and the places within them."""

from pathlib import Path

import pytest

from citecheck import fetcher
from citecheck.model import Certainty, Reason, Status, Target, Verdict
from citecheck.settings import FetchSettings

GUIDE = """The tide
========

## How to *get* there

## Fares & [times](#x)

## Fares & times

<a name="Pier"></a>

## Crew {#the-crew}

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
    (visit,) = fetcher.visits([Target(url, url, fragments)], FetchSettings(canaries=()))
    assert visit.checked_at is None
    return visit.verdict, visit.missing_fragments


def test_a_file_that_is_there_is_alive(folder: Path) -> None:
    alive = Verdict(Status.ALIVE, Reason.OK)
    assert looked(folder / "guide.md") == (alive, ())
    assert looked(folder / "page one.html", "top-of-page", "pier") == (alive, ("pier",))
    assert looked(folder / "empty") == (alive, ())
    assert looked(folder / "pier", "pier", "harbour") == (alive, ("harbour",))


def test_a_file_that_is_not_there_is_dead(folder: Path) -> None:
    signals = (f"there is no lost.md in the folder {folder.name}/",)
    assert looked(folder / "lost.md", "x") == (Verdict(Status.DEAD, Reason.NO_FILE, Certainty.HIGH, signals), ())


def test_a_page_that_will_be_made_of_a_text_is_alive(folder: Path) -> None:
    stands_in = Verdict(Status.ALIVE, Reason.OK, signals=("guide.md stands for it",))
    assert looked(folder / "guide.html", "the-tide") == (stands_in, ())
    assert looked(folder / "guide") == (stands_in, ())


def test_markdown_has_the_anchors_of_its_headings(folder: Path) -> None:
    there = ("the-tide", "how-to-get-there", "fares--times", "fares--times-1", "pier", "the-crew")
    gone = ("not-a-heading", "fares--times-2", "x")
    assert looked(folder / "guide.md", *there, *gone)[1] == gone
