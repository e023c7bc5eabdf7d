"""The cache of visits: freshness by status, sharing, damage."""

import multiprocessing
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from citecheck.clock import Clock
from citecheck.errors import StoreError
from citecheck.model import Exchange, Reason, Status, Target, Verdict, Visit
from citecheck.settings import CacheSettings
from citecheck.store import Cache

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
URL = "https://harbour.example/story"


def at(moment: datetime) -> Clock:
    return Clock(now=lambda: moment)


def target(url: str) -> Target:
    return Target(url, url)


def visit(status: Status = Status.ALIVE, url: str = URL, checked_at: datetime | None = NOON) -> Visit:
    exchange = Exchange(url=url, started_at=NOON, http_status=200, headers=(("A", "b"),), body=b"bytes", head=b"h")
    return Visit(
        target=target(url),
        verdict=Verdict(status, Reason.OK, signals=("seen",)),
        exchanges=(exchange,),
        attempts=1,
        elapsed_s=0.5,
        title="Harbour",
        checked_at=checked_at,
    )


def reopened(path: Path, moment: datetime) -> Cache:
    return Cache(CacheSettings(path=str(path)), at(moment))


def test_an_alive_visit_comes_back_light_and_marked(tmp_path: Path) -> None:
    cache = reopened(tmp_path / "deep" / "c.sqlite", NOON)
    cache.put(visit())
    expected = replace(visit().light(), is_cached=True)
    assert cache.get(target(URL)) == expected  # before it is written
    cache.close()
    again = reopened(tmp_path / "deep" / "c.sqlite", NOON + timedelta(days=5))
    assert again.get(target(URL)) == expected
    assert again.get(target(URL + "?other")) is None
    again.close()


def test_no_login_of_a_url_is_written_down(tmp_path: Path) -> None:
    whole = "https://mara:tide@harbour.example/story"
    with reopened(tmp_path / "c.sqlite", NOON) as cache:
        seen = visit(url=whole)
        cache.put(replace(seen, verdict=replace(seen.verdict, signals=(f"it leads on to {whole}",))), tmp_path)
        assert cache.get(target(whole)) is not None  # before it is written
        assert cache.kept_in(target(whole)) == tmp_path
    assert not any(b"tide" in each.read_bytes() for each in tmp_path.glob("c.sqlite*"))
    with reopened(tmp_path / "c.sqlite", NOON) as again:
        known = again.get(target(whole))
        assert known is not None
        assert (known.target, known.verdict.signals) == (target(whole), (f"it leads on to {URL}",))
        assert again.get(target(URL)) is not None  # nothing of a login is sent: it is the same page


@pytest.mark.parametrize(
    ("status", "fresh", "stale"),
    [
        (Status.ALIVE, timedelta(days=7 * 0.8) - timedelta(seconds=1), timedelta(days=7 * 1.2)),
        (Status.MOVED, timedelta(days=7 * 0.8) - timedelta(seconds=1), timedelta(days=7 * 1.2)),
        (Status.BLOCKED, timedelta(hours=24) - timedelta(seconds=1), timedelta(hours=24)),
    ],
)
def test_a_visit_is_fresh_for_its_statuss_time(
    tmp_path: Path, status: Status, fresh: timedelta, stale: timedelta
) -> None:
    cache = reopened(tmp_path / "c.sqlite", NOON)
    cache.put(visit(status))
    cache.close()
    for age, is_fresh in ((fresh, True), (stale, False)):
        cache = reopened(tmp_path / "c.sqlite", NOON + age)
        assert (cache.get(target(URL)) is not None) is is_fresh
        cache.close()


@pytest.mark.parametrize("status", [Status.DEAD, Status.FAILING, Status.INVALID, Status.SKIPPED, Status.UNCHECKED])
def test_what_is_not_alive_or_blocked_is_never_reused(tmp_path: Path, status: Status) -> None:
    cache = reopened(tmp_path / "c.sqlite", NOON)
    cache.put(visit(status))
    assert cache.get(target(URL)) is None
    cache.close()


def test_a_dead_visit_replaces_the_alive_one(tmp_path: Path) -> None:
    cache = reopened(tmp_path / "c.sqlite", NOON)
    cache.put(visit())
    cache.flush()
    cache.put(visit(Status.DEAD))
    cache.close()
    cache = reopened(tmp_path / "c.sqlite", NOON)
    assert cache.get(target(URL)) is None
    cache.close()


def test_the_jitter_spreads_the_ends_of_many_urls(tmp_path: Path) -> None:
    urls = [f"https://harbour.example/{number}" for number in range(200)]
    cache = reopened(tmp_path / "c.sqlite", NOON)
    for url in urls:
        cache.put(visit(url=url))
    cache.close()
    kept = []
    for days in (5.5, 6.3, 7.0, 7.7, 8.5):
        cache = reopened(tmp_path / "c.sqlite", NOON + timedelta(days=days))
        kept.append(sum(cache.get(target(url)) is not None for url in urls))
        cache.close()
    assert kept[0] == 200
    assert kept[-1] == 0
    assert 120 < kept[1] < 180
    assert 70 < kept[2] < 130
    assert 20 < kept[3] < 80


def test_what_was_alive_is_to_be_renewed_until_a_month_after_it_was_read(tmp_path: Path) -> None:
    asks = (("If-None-Match", '"a1"'),)
    moments = {
        timedelta(days=1): replace(visit().light(), validators=asks, is_cached=True),
        timedelta(days=20): replace(visit().light(), validators=asks),
        timedelta(days=30): None,
    }
    cache = reopened(tmp_path / "c.sqlite", NOON)
    cache.put(replace(visit(), validators=asks))
    cache.close()
    for age, expected in moments.items():
        cache = reopened(tmp_path / "c.sqlite", NOON + age)
        assert cache.get(target(URL)) == expected
        cache.close()


def test_no_blocked_visit_is_reused_for_longer_than_an_alive_one(tmp_path: Path) -> None:
    for max_age_s, is_reused in ((0, False), (7200, True)):
        cache = Cache(CacheSettings(path=str(tmp_path / "c.sqlite"), alive_max_age_s=max_age_s), at(NOON))
        cache.put(visit(Status.BLOCKED, checked_at=NOON - timedelta(hours=1)))
        assert (cache.get(target(URL)) is not None) is is_reused
        cache.close()


def test_what_was_asked_in_another_way_is_not_remembered(tmp_path: Path) -> None:
    settings = CacheSettings(path=str(tmp_path / "c.sqlite"))
    with Cache(settings, at(NOON), asked_as="plainly") as cache:
        cache.put(visit(Status.BLOCKED))
    for asked_as, is_known in (("with a password", False), ("plainly", True)):
        with Cache(settings, at(NOON), asked_as=asked_as) as cache:
            assert (cache.get(target(URL)) is not None) is is_known


def test_what_has_waited_for_a_moment_is_written(tmp_path: Path) -> None:
    elapsed_s = 100.0
    cache = Cache(CacheSettings(path=str(tmp_path / "c.sqlite")), Clock(lambda: NOON, lambda: elapsed_s))
    other = reopened(tmp_path / "c.sqlite", NOON)
    cache.put(visit())
    elapsed_s += 0.03
    cache.put(visit(url=URL + "?next"))
    cache.keep_up()
    assert other.get(target(URL)) is None
    elapsed_s += 0.03
    cache.keep_up()
    assert other.get(target(URL)) is not None
    assert other.get(target(URL + "?next")) is not None
    other.close()
    cache.close()


def test_where_the_bytes_are_is_known_until_that_run_has_ended(tmp_path: Path) -> None:
    killed, whole = (tmp_path / name for name in ("killed", "whole"))
    folders = {URL: killed, URL + "?2": whole, URL + "?taken-up": killed}
    cache = reopened(tmp_path / "c.sqlite", NOON)
    for url, folder in folders.items():
        cache.put(visit(url=url), folder)
    assert [cache.kept_in(target(url)) for url in folders] == [killed, whole, killed]  # before it is written
    cache.ended(whole, [URL + "?taken-up"])
    cache.close()
    again = reopened(tmp_path / "c.sqlite", NOON)
    assert [again.kept_in(target(url)) for url in folders] == [killed, None, None]
    assert again.kept_in(target("https://unknown.example/")) is None
    again.put(visit())
    assert again.kept_in(target(URL)) is None
    again.close()


def test_a_cached_visit_does_not_renew_itself(tmp_path: Path) -> None:
    cache = reopened(tmp_path / "c.sqlite", NOON)
    cache.put(replace(visit(), is_cached=True))
    assert cache.get(target(URL)) is None
    cache.close()


def test_the_default_file_lies_in_the_users_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    cache = Cache(CacheSettings())
    assert cache.path == tmp_path / "xdg" / "citecheck" / "visits.sqlite"
    assert cache.path.is_file()
    cache.close()
    cache = Cache(CacheSettings(path=str(tmp_path / "own.sqlite")))
    assert cache.path == tmp_path / "own.sqlite"
    cache.close()


def test_a_file_that_is_no_database_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"this is no database at all, " * 100)
    with pytest.raises(StoreError, match=r"c\.sqlite: the cache cannot be opened: .*use --no-cache$"):
        Cache(CacheSettings(path=str(path)))


def test_a_file_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    cache = reopened(path, NOON)
    cache.put(visit())
    cache.close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    cache = reopened(path, NOON)
    assert cache.get(target(URL)) is None
    cache.close()


def test_what_nobody_can_use_any_more_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"

    def rows() -> list[tuple[str]]:
        database = sqlite3.connect(path)
        found = database.execute("SELECT url FROM visits ORDER BY url").fetchall()
        database.close()
        return found

    with reopened(path, NOON) as cache:
        cache.put(visit())
    with reopened(path, NOON + timedelta(days=20)) as cache:
        cache.put(visit(url=f"{URL}/later"))
    reopened(path, NOON + timedelta(days=31)).close()
    assert rows() == [(URL,), (f"{URL}/later",)]
    patient = CacheSettings(path=str(path), alive_max_age_s=365 * 86400.0)
    Cache(patient, at(NOON + timedelta(days=400))).close()
    assert rows() == [(URL,), (f"{URL}/later",)]
    reopened(path, NOON + timedelta(days=32)).close()
    assert rows() == [(f"{URL}/later",)]


def test_a_row_that_is_no_visit_counts_as_absent(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    reopened(path, NOON).close()
    database = sqlite3.connect(path)
    database.execute("INSERT INTO visits VALUES (?, ?, ?, NULL, 999999)", (URL, "", b'{"target": 1}'))
    database.commit()
    database.close()
    cache = reopened(path, NOON)
    assert cache.get(target(URL)) is None
    cache.close()


def _fill(path: Path, writer: int) -> None:
    with reopened(path, NOON) as cache:
        for number in range(1200):
            cache.put(visit(url=f"https://harbour.example/{writer}/{number}"))


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_fill, args=(path, writer)) for writer in (1, 2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    cache = reopened(path, NOON)
    found = sum(
        cache.get(target(f"https://harbour.example/{writer}/{number}")) is not None
        for writer in (1, 2)
        for number in range(1200)
    )
    cache.close()
    assert found == 2400
