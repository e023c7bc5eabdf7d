"""Look-ups against the fake archive: every answer that an archive was seen to give has its end state."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import pytest

from citecheck.archive.copies import CopySearch
from citecheck.model import Archived, ArchivedCopy, CopyState, Exchange
from citecheck.settings import ArchiveSettings, FetchSettings, PublicArchive, WaybackSettings
from tests.archive.clocks import StillClock
from tests.web.archives import RESET, FakeArchive, Kept, Said

QUAY = "http://quay.example/news/1"
DAY = date(2020, 11, 16)
STAMP = "20201118120000"
TOO_MANY = Said(429, b"<html>Too Many Requests</html>")


@pytest.fixture
def archive() -> Iterator[FakeArchive]:
    with FakeArchive().serve() as archive:
        yield archive


def judge(exchanges: Sequence[Exchange]) -> str | None:
    last = exchanges[-1]
    if last.http_status != 200:
        return f"it answers {last.http_status}"
    return "it says that there is nothing" if b"Not here" in last.body else None


def settings(archive: FakeArchive, public: tuple[PublicArchive, ...] = (), **rest: float) -> ArchiveSettings:
    wayback = WaybackSettings(url=archive.base, availability=f"{archive.base}/wayback/available")
    return ArchiveSettings(wayback=wayback, public=public, look_up_s=rest.pop("look_up_s", 3600.0), **rest)  # type: ignore[arg-type]  # test values by name


def search(
    archive: FakeArchive,
    *urls: str,
    day: date | None = DAY,
    time: StillClock | None = None,
    public: tuple[PublicArchive, ...] = (),
    **rest: float,
) -> list[Archived]:
    wanted = dict.fromkeys(urls or (QUAY,), day)
    found = CopySearch(
        settings(archive, public, **rest),
        FetchSettings(),
        judge=judge,
        clock=(time or StillClock()).clock,
        user_agent="citecheck/0 (test)",
    ).find(wanted)
    return [archived for _, archived in found]


def copy(archive: FakeArchive, stamp: str = STAMP, days: float | None = 2.0, url: str = QUAY) -> ArchivedCopy:
    moment = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return ArchivedCopy("Wayback Machine", f"{archive.base}/web/{stamp}/{url}", moment, days)


def found(*copies: ArchivedCopy, detail: str = "") -> list[Archived]:
    return [Archived(CopyState.FOUND, copies, detail)]


def test_the_capture_nearest_to_the_date_is_found_with_its_distance(archive: FakeArchive) -> None:
    archive.kept = [Kept("20190101000000", QUAY), Kept(STAMP, QUAY), Kept("20230101000000", QUAY)]
    assert search(archive) == found(copy(archive))
    assert search(archive, day=None) == found(copy(archive, "20230101000000", None))


def test_many_urls_are_asked_for_in_one_question(archive: FakeArchive) -> None:
    urls = [f"http://quay.example/{number}" for number in range(250)]
    archive.kept = [Kept(STAMP, url) for url in urls]
    assert all(each.state is CopyState.FOUND for each in search(archive, *urls))
    batches = archive.asked("/wayback/available")
    assert [each.body.count("\n") + 1 for each in batches] == [100, 100, 50]
    assert {each.headers["Wayback-Api-Version"] for each in batches} == {"2"}
    assert batches[0].body.splitlines()[0] == (
        "url=http%3A%2F%2Fquay.example%2F0&timestamp=20201116120000&closest=either&statuscodes=200&tag=0"
    )
    assert archive.asked("/cdx") == []


def test_the_bytes_as_they_were_are_what_is_judged(archive: FakeArchive) -> None:
    archive.kept = [Kept(STAMP, QUAY)]
    search(archive)
    assert [each.path for each in archive.asked("/web/")] == [f"/web/{STAMP}id_/{QUAY}"]


def test_a_false_miss_of_availability_is_found_in_the_index(archive: FakeArchive) -> None:
    archive.kept, archive.missed_by_availability = [Kept(STAMP, QUAY)], {QUAY}
    assert search(archive) == found(copy(archive))
    [asked] = archive.asked("/cdx")
    assert "sort=closest&closest=20201116120000" in asked.path and "filter=statuscode%3A200" in asked.path


def test_none_is_said_when_the_index_agrees(archive: FakeArchive) -> None:
    assert search(archive) == [Archived(CopyState.NONE)]
    assert len(archive.asked("/cdx")) == 1


def test_nothing_is_said_when_the_index_does_not_answer(archive: FakeArchive) -> None:
    archive.always["/cdx"] = Said(503)
    assert search(archive) == [Archived(CopyState.UNKNOWN, (), f"{archive.base.removeprefix('http://')} answers 503")]


def test_the_list_of_another_archive_decides_too(archive: FakeArchive) -> None:
    archive.always["/cdx"] = Said(400, b"<html>")
    other = PublicArchive("Other", timemap=f"{archive.base}/web/timemap/link/")
    assert search(archive, public=(other,))[0].state is CopyState.NONE


def test_a_kept_error_page_is_no_copy(archive: FakeArchive) -> None:
    archive.kept = [Kept(STAMP, QUAY, status=403), Kept("20210301000000", QUAY)]
    assert search(archive) == found(copy(archive, "20210301000000", 104.5))


def test_a_kept_soft_404_is_no_copy_and_the_next_nearest_is(archive: FakeArchive) -> None:
    archive.kept = [Kept(STAMP, QUAY, body=b"Not here"), Kept("20210301000000", QUAY)]
    remark = f"{archive.base}/web/{STAMP}/{QUAY} does not show the page: it says that there is nothing"
    assert search(archive) == found(copy(archive, "20210301000000", 104.5), detail=remark)


def test_only_soft_404s_are_none(archive: FakeArchive) -> None:
    archive.kept = [Kept(STAMP, QUAY, body=b"Not here")]
    assert search(archive)[0].state is CopyState.NONE


def test_a_memento_with_status_404_is_judged_as_the_page_that_it_was(archive: FakeArchive) -> None:
    archive.kept = [Kept(STAMP, QUAY, status=404)]
    archive.next_answers["/wayback/available"].append(
        Said(
            200,
            (
                '{"results":[{"tag":"0","archived_snapshots":{"closest":{"available":true,"status":"200",'
                f'"timestamp":"{STAMP}","url":"http://web.archive.org/web/{STAMP}/{QUAY}"}}}}}}]}}'
            ).encode(),
        )
    )
    assert search(archive) == [
        Archived(CopyState.NONE, (), f"{archive.base}/web/{STAMP}/{QUAY} does not show the page: it answers 404")
    ]


def test_an_archived_redirect_is_followed_to_the_page(archive: FakeArchive) -> None:
    new = "http://quay.example/new"
    archive.kept = [Kept(STAMP, QUAY, status=301, location=new), Kept("20201119000000", new)]
    other = PublicArchive("Other", timemap=f"{archive.base}/web/timemap/link/")
    [archived] = search(archive, public=(other,))
    assert archived.copies == (
        ArchivedCopy("Other", f"{archive.base}/web/20201119000000/{new}", datetime(2020, 11, 19, tzinfo=UTC), 2.5),
    )


def test_playback_that_leads_in_a_circle_ends(archive: FakeArchive) -> None:
    archive.kept, archive.circular = [Kept(STAMP, QUAY)], {QUAY}
    assert search(archive) == [Archived(CopyState.NONE, (), f"{archive.base}/web/{STAMP}/{QUAY} is no memento")]


def test_an_excluded_page_is_no_memento_though_it_answers_200(archive: FakeArchive) -> None:
    archive.kept, archive.excluded_playback = [Kept(STAMP, QUAY)], {QUAY}
    assert search(archive) == [Archived(CopyState.NONE, (), f"{archive.base}/web/{STAMP}/{QUAY} is no memento")]


def test_an_excluded_site_is_unknown_and_said_to_be_excluded(archive: FakeArchive) -> None:
    archive.blocked = {"quay.example"}
    assert search(archive) == [Archived(CopyState.UNKNOWN, (), "Wayback Machine does not show quay.example")]


def test_odd_and_repeated_rows_of_the_index_do_no_harm(archive: FakeArchive) -> None:
    archive.kept, archive.missed_by_availability = [Kept(STAMP, QUAY)], {QUAY}
    archive.has_duplicate_rows = archive.has_odd_rows = True
    assert search(archive) == found(copy(archive))


def test_port_80_and_plain_http_are_mended(archive: FakeArchive) -> None:
    archive.kept, archive.names_port_80 = [Kept(STAMP, QUAY)], True
    assert search(archive) == found(copy(archive))


@pytest.mark.parametrize(
    "said", [Said(200, b"<html>oops"), Said(200, b""), Said(200, b"[]"), Said(200, b'{"results": [{}]}'), Said(404)]
)
def test_availability_that_is_no_json_is_no_answer_and_the_index_is_asked(archive: FakeArchive, said: Said) -> None:
    archive.kept = [Kept(STAMP, QUAY)]
    archive.always["/wayback/available"] = said
    assert search(archive) == found(copy(archive))


@pytest.mark.parametrize("said", [Said(200, b"<html>oops"), Said(200, b"{}"), Said(404, b"?")])
def test_an_index_that_cannot_be_read_says_nothing(archive: FakeArchive, said: Said) -> None:
    archive.always["/cdx"] = said
    assert search(archive)[0].state is CopyState.UNKNOWN


def test_an_empty_index_answer_means_none(archive: FakeArchive) -> None:
    archive.always["/cdx"] = Said(200, b"")
    assert search(archive)[0].state is CopyState.NONE


@pytest.mark.parametrize(
    ("retry_after", "slept_s"),
    [(("Retry-After", "7"), 7.0), (("Retry-After", "Wed, 09 Apr 2031 12:00:20 GMT"), 20.0), (("X-None", ""), 60.0)],
)
def test_a_429_is_waited_out_as_it_asks(archive: FakeArchive, retry_after: tuple[str, str], slept_s: float) -> None:
    archive.kept = [Kept(STAMP, QUAY)]
    archive.next_answers["/wayback/available"].append(TOO_MANY._replace(headers=(retry_after,)))
    time = StillClock()
    assert search(archive, time=time) == found(copy(archive))
    assert time.passed_s == pytest.approx(slept_s, abs=1.5)


def test_a_storm_of_429_opens_the_breaker_and_the_run_ends(archive: FakeArchive) -> None:
    for route in ("/wayback", "/cdx", "/web"):
        archive.always[route] = TOO_MANY
    time = StillClock()
    urls = [f"http://quay.example/{number}" for number in range(300)]
    answers = search(archive, *urls, time=time)
    assert {each.state for each in answers} == {CopyState.UNKNOWN}
    assert len(archive.log) <= 3 + 7  # three to learn it; whoever was past the gate by then
    assert time.passed_s < 400


def test_a_reset_is_asked_once_more(archive: FakeArchive) -> None:
    archive.kept = [Kept(STAMP, QUAY)]
    archive.next_answers["/wayback/available"].append(Said(RESET))
    assert search(archive) == found(copy(archive))


def test_the_time_for_look_ups_ends(archive: FakeArchive) -> None:
    urls = [f"http://quay.example/{number}" for number in range(60)]
    answers = search(archive, *urls, look_up_s=50.0)
    assert {each.state for each in answers} == {CopyState.NONE, CopyState.UNKNOWN}
    assert answers[-1].detail == "the time for look-ups is over"


def test_a_far_copy_does_not_end_the_search(archive: FakeArchive) -> None:
    with FakeArchive([Kept("20201117120000", QUAY)]).serve() as near:
        archive.kept = [Kept("20190101000000", QUAY)]
        other = PublicArchive("Other", timemap=f"{near.base}/web/timemap/link/")
        [archived] = search(archive, public=(other,))
    assert [(each.archive, each.distance_days) for each in archived.copies] == [
        ("Other", 1.0),
        ("Wayback Machine", 685.5),
    ]


def test_a_list_of_captures_in_pages_is_read_to_its_end(archive: FakeArchive) -> None:
    with FakeArchive([Kept(f"2020010{day}000000", QUAY) for day in range(1, 8)], timemap_page=2).serve() as other:
        place = PublicArchive("Other", timemap=f"{other.base}/web/timemap/link/")
        [archived] = search(archive, day=date(2020, 1, 7), public=(place,))
        assert [each.captured_at.day for each in archived.copies] == [7]
        assert len(other.asked("/web/timemap/")) == 4


def test_an_archive_with_a_gate_alone_gives_its_nearest(archive: FakeArchive) -> None:
    with FakeArchive([Kept(STAMP, QUAY), Kept("20230101000000", QUAY)]).serve() as other:
        place = PublicArchive("Gate", timegate=f"{other.base}/web/")
        [archived] = search(archive, public=(place,))
        [asked] = other.asked("/web/http")
    assert asked.headers["Accept-Datetime"] == "Mon, 16 Nov 2020 12:00:00 GMT"
    assert [(each.archive, each.captured_at.year) for each in archived.copies] == [("Gate", 2020)]


def test_a_link_into_an_archive_is_looked_up_by_what_it_is_a_copy_of(archive: FakeArchive) -> None:
    archive.kept = [Kept(STAMP, QUAY)]
    dead = f"{archive.base}/web/20201117000000/{QUAY}"
    [archived] = search(archive, dead, day=None)
    assert [(each.url, each.distance_days) for each in archived.copies] == [(f"{archive.base}/web/{STAMP}/{QUAY}", 1.5)]


def test_a_host_without_a_name_is_asked_once(archive: FakeArchive) -> None:
    nowhere = WaybackSettings(url="http://archive.invalid", availability="http://archive.invalid/wayback/available")
    answers = CopySearch(
        ArchiveSettings(wayback=nowhere, public=()),
        FetchSettings(),
        judge=judge,
        clock=StillClock().clock,
        user_agent="x",
    ).find(dict.fromkeys(map("http://quay.example/{}".format, range(20))))
    assert {archived.state for _, archived in answers} == {CopyState.UNKNOWN}


def test_the_detour_of_the_fetcher_is_taken_and_the_name_kept(archive: FakeArchive) -> None:
    archive.kept = [Kept(STAMP, QUAY)]
    port = archive.base.rpartition(":")[2]
    settings = ArchiveSettings(
        wayback=WaybackSettings(url="http://old.example", availability="http://old.example/wayback/available"),
        public=(),
    )
    fetch = FetchSettings(connect_to=(f"old.example:80:127.0.0.1:{port}",))
    search = CopySearch(settings, fetch, judge=judge, clock=StillClock().clock, user_agent="x")
    [(_, archived)] = search.find({QUAY: DAY})
    assert [each.url for each in archived.copies] == [f"http://old.example/web/{STAMP}/{QUAY}"]
    assert {each.headers["Host"] for each in archive.log} == {"old.example"}
