"""perma.cc, the queue of saves, and where the keys come from."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from citecheck.archive.saving import keys
from citecheck.archive.saving.keys import Keys
from citecheck.errors import StoreError
from citecheck.model.saves import Save, SaveState
from citecheck.store.saves import SaveQueue
from tests.archive.test_saving import URL, Bench
from tests.web.archives import FakeArchive


@pytest.fixture
def archive() -> Iterator[FakeArchive]:
    with FakeArchive().serve() as archive:
        yield archive


def test_no_keys_are_said(archive: FakeArchive, tmp_path: Path) -> None:
    with Bench(archive, tmp_path, key=False) as bench:
        assert bench.run(URL).startswith("no keys of archive.org: set IA_ACCESS_KEY_ID")
    with Bench(archive, tmp_path, to="perma", key=False) as bench:
        assert bench.run(URL) == "no key of perma.cc: set PERMA_API_KEY"


def test_perma_keeps_too(archive: FakeArchive, tmp_path: Path) -> None:
    with Bench(archive, tmp_path, to="perma") as bench:
        assert bench.run(URL) == ""
        assert bench.ends() == [(SaveState.ARCHIVED, "https://perma.cc/ABCD-0000", "")]
        bench.queue.add("perma", [URL])
        bench.run()
        assert bench.ends() == [(SaveState.REUSED, "https://perma.cc/ABCD-0000", "")]


def test_perma_refuses_and_fails(archive: FakeArchive, tmp_path: Path) -> None:
    archive.refusals = {URL: "Not a valid URL."}
    archive.outcome = "failed"
    with Bench(archive, tmp_path, to="perma") as bench:
        bench.run(URL, "http://other.example/")
        assert bench.ends() == [
            (SaveState.FAILED, None, "It failed."),
            (SaveState.REFUSED, None, '{"url": ["Not a valid URL."]}'),
        ]


def test_a_queue_takes_settled_pages_anew_and_leaves_open_ones(tmp_path: Path) -> None:
    path = tmp_path / "q" / "saves.sqlite"
    done = Save("http://a.example/", "wayback", SaveState.ARCHIVED, attempts=2)
    running = Save("http://b.example/", "wayback", job="j")
    with SaveQueue(path) as queue:
        queue.put(done)
        queue.put(running)
        queue.add("wayback", [done.url, running.url, "http://c.example/"])
    with SaveQueue(path) as queue:
        assert queue.saves() == [Save(done.url, "wayback"), running, Save("http://c.example/", "wayback")]


def test_a_queue_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "saves.sqlite").write_text("no database, " * 100)
    with pytest.raises(StoreError, match=r"saves\.sqlite: the queue of saves cannot be opened"):
        SaveQueue(tmp_path / "saves.sqlite")
    queue = SaveQueue(tmp_path / "q.sqlite")
    queue._database.close()
    with pytest.raises((StoreError, sqlite3.Error)):
        queue.put(Save("http://quay.example/1", "wayback"))


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, None),
        ({"IA_ACCESS_KEY_ID": "a"}, None),
        ({"IA_ACCESS_KEY_ID": "a", "IA_SECRET_ACCESS_KEY": "s"}, Keys("a", "s")),
        ({"SAVEPAGENOW_ACCESS_KEY": "a", "SAVEPAGENOW_SECRET_KEY": "s"}, Keys("a", "s")),
        ({"IA_CONFIG_FILE": "named.ini"}, Keys("fa", "fs%")),
        ({"XDG_CONFIG_HOME": "."}, Keys("fa", "fs%")),
    ],
)
def test_keys_come_from_the_environment_or_the_file(
    tmp_path: Path, environment: dict[str, str], found: Keys | None
) -> None:
    Path("internetarchive").mkdir()
    for name in ("named.ini", "internetarchive/ia.ini"):
        Path(name).write_text("[s3]\naccess = fa\nsecret = fs%\n")
    assert keys.internet_archive({"HOME": str(tmp_path), **environment}) == found


def test_a_file_of_keys_that_is_broken_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".ia").write_text("nonsense")
    assert keys.internet_archive({"HOME": str(tmp_path)}) is None
