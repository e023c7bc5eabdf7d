"""An audit asks archives for what is gone, near the date that the text means, and tells nobody of private pages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import citecheck
from citecheck import copies
from citecheck.clock import SYSTEM_CLOCK
from citecheck.model import Archived, ArchivedCopy, CopyState, Source, Status, Target, Verdict, Visit
from citecheck.settings import ArchiveSettings, CacheSettings, FetchSettings, Settings, WaybackSettings
from tests.web.archives import FakeArchive, Kept

STAMP = "20240310090000"


@pytest.fixture
def archive() -> Iterator[FakeArchive]:
    with FakeArchive().serve() as archive:
        yield archive


def audited(archive: FakeArchive, *paths: str, wayback: str = "", look_up: bool = True) -> citecheck.Audit:
    """An audit of a text of March 9, 2024, that links to those paths of the archive's own host."""
    text = "March 9, 2024\n\n" + "\n\n".join(f"The quay is shut, they said: {archive.base}{path}" for path in paths)
    own = WaybackSettings(
        url=wayback or archive.base, availability=f"{wayback or archive.base}/wayback/available", index_interval_s=0
    )
    settings = Settings(
        fetch=FetchSettings(allow_private=True, host_interval_s=0, attempts=1, second_look_timeout_s=0),
        cache=CacheSettings(enabled=False),
        archive=ArchiveSettings(wayback=own, look_up=look_up),
    )
    return citecheck.audit([Source("note.txt", text.encode())], settings)


def test_a_dead_link_gets_the_copy_nearest_to_its_day(archive: FakeArchive) -> None:
    url = f"{archive.base}/gone"
    archive.kept = [Kept("20200101000000", url), Kept(STAMP, url), Kept("20250101000000", url)]
    result = audited(archive, "/gone")
    copy = f"{archive.base}/web/{STAMP}/{url}"
    moment = datetime(2024, 3, 10, 9, tzinfo=UTC)
    assert result.archived == {url: Archived(CopyState.FOUND, (ArchivedCopy("Wayback Machine", copy, moment, 0.9),))}
    [visit] = result.visits
    assert (visit.verdict.status, visit.verdict.suggestion) == (Status.DEAD, copy)
    [finding] = [each for each in result.findings if each.rule == "dead-link"]
    assert copy in finding.message


def test_a_copy_that_is_an_error_page_by_our_own_verdict_is_none(archive: FakeArchive) -> None:
    url = f"{archive.base}/gone"
    archive.kept = [Kept(STAMP, url, location="/", status=301)]
    assert audited(archive, "/gone").archived[url].state is CopyState.NONE


def test_a_link_that_leads_into_an_archive_is_its_own_copy(archive: FakeArchive) -> None:
    page = "http://quay.example/1"
    archive.kept = [Kept("20240312120000", page)]
    asked = f"/web/20240310000000/{page}"
    result = audited(archive, asked)
    assert result.archived[f"{archive.base}{asked}"].copies == (
        ArchivedCopy(
            "Wayback Machine", f"{archive.base}/web/20240312120000/{page}", datetime(2024, 3, 12, 12, tzinfo=UTC), 3.0
        ),
    )
    assert archive.asked("/wayback") == []


@pytest.mark.parametrize("rest", [{"look_up": False}, {"wayback": "https://web.archive.org"}])
def test_nothing_is_asked_when_it_must_not_be(
    archive: FakeArchive, rest: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citecheck.archive.copies.CopySearch", None)
    assert audited(archive, "/gone", **rest).archived == {}  # type: ignore[arg-type]  # test values by name


def test_no_archive_is_asked_for_a_mail_address(archive: FakeArchive) -> None:
    target = Target("mailto:desk@gone.invalid", "mailto:desk@gone.invalid")
    gone = Visit(target, Verdict(Status.DEAD, "dns-nxdomain"))
    settings = Settings(archive=ArchiveSettings(wayback=WaybackSettings(url=archive.base, availability=archive.base)))
    assert copies.find((), [gone], settings, SYSTEM_CLOCK) == {}


def test_a_check_looks_nothing_up(archive: FakeArchive, tmp_path: Path) -> None:
    text = Source("note.txt", f"See {archive.base}/gone".encode())
    settings = Settings(fetch=FetchSettings(allow_private=True), cache=CacheSettings(enabled=False))
    assert citecheck.audit([text], settings, liveness_only=True).archived == {}
