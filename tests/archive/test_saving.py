"""Saving elsewhere, against the fake archive: every answer of the checklist has its end state."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pytest
from msgspec.structs import replace

from citecheck.archive.client import Client
from citecheck.archive.saving import spn
from citecheck.archive.saving.keys import Keys
from citecheck.archive.saving.perma import Perma
from citecheck.archive.saving.saver import Saver
from citecheck.archive.saving.service import Service
from citecheck.archive.saving.spn import SavePageNow
from citecheck.model.saves import Save, SaveState
from citecheck.settings import ArchiveSettings, FetchSettings, SaveSettings, WaybackSettings
from citecheck.store.saves import SaveQueue
from tests.archive.clocks import NOON, StillClock
from tests.web.archives import RECORD_AND_RESET, RESET, FakeArchive, Kept, Said

URL = "http://quay.example/1"
STAMP = "20310409120000"
JOB = "spn2-4a1d7ad2f9d5ff4e8b0c9c0dd6ea5ab9e1c2a4f5"
MIDNIGHT = datetime(2031, 4, 10, 0, 5, tzinfo=UTC)


@pytest.fixture
def archive() -> Iterator[FakeArchive]:
    with FakeArchive().serve() as archive:
        yield archive


class Bench:
    """A queue, a clock and a service; `run` is one run of the program."""

    def __init__(self, archive: FakeArchive, folder: Path, *, to: str = "wayback", key: bool = True) -> None:
        self.archive, self.to, self.key, self.time = archive, to, key, StillClock()
        self.queue = SaveQueue(folder / "saves.sqlite")
        self.settings = ArchiveSettings(
            wayback=WaybackSettings(url=archive.base, availability=f"{archive.base}/wayback/available"),
            public=(),
            save=SaveSettings(perma_url=f"{archive.base}/v1/", polls=5),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.queue.__exit__()

    def service(self) -> Service:
        client = Client(self.settings, FetchSettings(), clock=self.time.clock, user_agent="citecheck/0 (test)")
        if self.to == "perma":
            return Perma(client, self.settings.save, "sesame" if self.key else None)
        return SavePageNow(client, self.settings, Keys("a", "s") if self.key else None, self.time.clock)

    def run(self, *urls: str, saves: tuple[Save, ...] = ()) -> str:
        self.queue.add(self.to, urls)
        for save in saves:
            self.queue.put(save)
        saver = Saver(self.service(), self.settings.save, put=self.queue.put, clock=self.time.clock)
        return saver.run(self.queue.saves())

    def ends(self) -> list[tuple[SaveState, str | None, str]]:
        return [(save.state, save.copy_url, save.detail) for save in self.queue.saves()]


@pytest.fixture
def bench(archive: FakeArchive, tmp_path: Path) -> Iterator[Bench]:
    with Bench(archive, tmp_path) as bench:
        yield bench


def copy(archive: FakeArchive, url: str = URL, stamp: str = STAMP) -> str:
    return f"{archive.base}/web/{stamp}/{url}"


def test_a_capture_that_succeeded_is_archived(bench: Bench, archive: FakeArchive) -> None:
    archive.pending_polls = 3
    assert bench.run(URL) == ""
    [save] = bench.queue.saves()
    assert save == Save(
        URL, "wayback", SaveState.ARCHIVED, copy_url=copy(archive), attempts=1, submitted_at=NOON, is_verified=True
    )
    [submitted] = archive.asked("/save", "POST")[:1]
    assert submitted.body == "url=http%3A%2F%2Fquay.example%2F1&capture_all=0&skip_first_archive=1"
    assert (submitted.headers["Authorization"], submitted.headers["Accept"]) == ("LOW a:s", "application/json")
    assert bench.time.slept_s == [3.0] * 4


def test_submitted_is_not_archived_and_the_next_run_goes_on(bench: Bench, archive: FakeArchive) -> None:
    archive.pending_polls = 6
    bench.run(URL)
    assert bench.ends() == [(SaveState.PENDING, None, "")]
    bench.run()
    assert bench.ends() == [(SaveState.ARCHIVED, copy(archive), "")]
    assert len(archive.asked("/save", "POST")) == 1 + 7


def test_a_young_copy_is_taken_instead_of_a_new_one(bench: Bench, archive: FakeArchive) -> None:
    archive.kept = [Kept("20310401000000", URL)]
    bench.run(URL)
    assert bench.ends() == [(SaveState.REUSED, copy(archive, stamp="20310401000000"), "")]
    assert archive.asked("/save", "POST") == []


def test_an_old_copy_is_not(bench: Bench, archive: FakeArchive) -> None:
    archive.kept = [Kept("20200101000000", URL)]
    bench.run(URL)
    assert bench.ends() == [(SaveState.ARCHIVED, copy(archive), "")]


def test_the_same_job_again_is_a_reuse(bench: Bench, archive: FakeArchive) -> None:
    archive.lag_lookups = 100
    bench.run(URL)
    bench.queue.put(Save(URL, "wayback"))
    bench.run()
    [(state, where, _)] = bench.ends()
    assert (state, where) == (SaveState.REUSED, copy(archive))


def test_job_null_means_a_copy_that_is_looked_up(bench: Bench, archive: FakeArchive) -> None:
    archive.kept, archive.reuses = [Kept("20300101000000", URL)], {URL}
    bench.run(URL)
    assert bench.ends() == [(SaveState.REUSED, copy(archive, stamp="20300101000000"), "")]


def test_job_null_without_a_copy_to_be_found_is_unknown(bench: Bench, archive: FakeArchive) -> None:
    archive.reuses = {URL}
    bench.run(URL)
    [(state, where, detail)] = bench.ends()
    assert (state, where) == (SaveState.UNKNOWN, None)
    assert detail.startswith("The same snapshot had been made 177 hours ago")


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("error:blocked", SaveState.REFUSED),
        ("error:no-access", SaveState.REFUSED),
        ("error:blocked-url", SaveState.REFUSED),
        ("error:filesize-limit", SaveState.REFUSED),
        ("error:not-found", SaveState.FAILED),
        ("error:invalid-host-resolution", SaveState.FAILED),
        ("error:nobody-knows-this", SaveState.FAILED),
    ],
)
@pytest.mark.parametrize("is_at_once", [True, False])
def test_what_is_for_ever_is_settled(
    bench: Bench, archive: FakeArchive, code: str, state: SaveState, is_at_once: bool
) -> None:
    if is_at_once:
        archive.refusals = {URL: code}
    else:
        archive.outcome = code
    bench.run(URL)
    [(found, where, detail)] = bench.ends()
    assert (found, where) == (state, None)
    assert detail.endswith(f"({code})")
    bench.run()
    assert bench.ends() == [(found, where, detail)]


@pytest.mark.parametrize("code", ["error:celery", "error:user-session-limit", "error:browsing-timeout"])
def test_a_busy_archive_is_asked_again_in_the_same_run_but_not_for_ever(
    bench: Bench, archive: FakeArchive, code: str
) -> None:
    archive.refusals = {URL: code}
    bench.run(URL)
    assert [state for state, _, _ in bench.ends()] == [SaveState.FAILED]
    assert len(archive.asked("/save", "POST")) == 3
    assert bench.time.passed_s >= 20


@pytest.mark.parametrize("code", ["error:too-many-requests", "error:bad-gateway", "error:read-timeout"])
def test_a_target_in_trouble_is_put_off_to_another_day(bench: Bench, archive: FakeArchive, code: str) -> None:
    archive.outcome = code
    bench.run(URL)
    [save] = bench.queue.saves()
    assert (save.state, save.due_at, save.attempts) == (SaveState.PENDING, MIDNIGHT, 1)
    asked = len(archive.log)
    bench.run()
    assert len(archive.log) == asked
    archive.outcome = "success"
    archive.jobs.clear()
    bench.time.passed_s = 86400.0
    bench.run()
    assert [state for state, _, _ in bench.ends()] == [SaveState.ARCHIVED]


@pytest.mark.parametrize("code", ["error:max-daily-bandwidth", "error:blocked-client-ip"])
def test_a_used_up_allowance_ends_the_run_until_the_next_day(bench: Bench, archive: FakeArchive, code: str) -> None:
    others = [f"http://quay{number}.example/" for number in range(5)]
    archive.refusals = dict.fromkeys(others, code)
    reason = bench.run(*others)
    assert code in reason
    assert {(save.state, save.due_at) for save in bench.queue.saves()} == {(SaveState.PENDING, MIDNIGHT)}
    assert len(archive.asked("/save", "POST")) == 1


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (code, state)
        for group, state in {
            "busy": SaveState.FAILED,  # after three attempts in one run
            "captured": SaveState.UNKNOWN,  # there is a copy, and it is not found
            "quota": SaveState.PENDING,
            "later": SaveState.PENDING,
            "refused": SaveState.REFUSED,
            "failed": SaveState.FAILED,
        }.items()
        for code in spn._codes()[group]
    ],
)
def test_every_code_has_its_end(bench: Bench, archive: FakeArchive, code: str, state: SaveState) -> None:
    archive.outcome = f"error:{code}"
    archive.pending_polls = 0
    bench.run(URL)
    assert [found for found, _, _ in bench.ends()] == [state]


@pytest.mark.parametrize(
    ("message", "state"),
    [
        ("Crawling this host is paused for 60 seconds.", SaveState.FAILED),
        ("The server encountered an internal error and was unable to complete your request.", SaveState.FAILED),
        ("You have reached your daily not-logged-in captures limit of (200,) webpages.", SaveState.PENDING),
        ("Who knows.", SaveState.FAILED),
    ],
)
def test_what_is_said_in_words_alone_is_understood(
    bench: Bench, archive: FakeArchive, message: str, state: SaveState
) -> None:
    said = Said(200, f'{{"url": "{URL}", "message": "{message}"}}'.encode())
    archive.next_answers["/save"].append(Said(200, b'{"daily_captures":0}'))
    archive.next_answers["/save"].extend([said] * 3)
    bench.run(URL)
    [(found, where, detail)] = bench.ends()
    assert (found, where, detail) == (state, None, message)


def test_too_many_captures_of_a_page_today_means_that_copies_exist(bench: Bench, archive: FakeArchive) -> None:
    archive.refusals = {URL: "error:too-many-daily-captures"}
    archive.kept = [Kept("20200101000000", URL)]
    bench.run(URL)
    assert bench.ends() == [(SaveState.REUSED, copy(archive, stamp="20200101000000"), "")]


def test_wrong_keys_end_the_run_before_the_first_page(bench: Bench, archive: FakeArchive) -> None:
    archive.always["/save"] = Said(401, b'{"message":"You need to be logged in to use Save Page Now."}')
    assert bench.run(URL) == "archive.org does not take the keys, or is overloaded (401)"
    assert [state for state, _, _ in bench.ends()] == [SaveState.PENDING]
    assert archive.asked("/save", "POST") == []


def test_the_daily_allowance_of_the_account_is_kept(bench: Bench, archive: FakeArchive) -> None:
    archive.daily = 29_999
    reason = bench.run("http://a.example/", "http://b.example/")
    assert reason == "the allowance of today is used up"
    assert [(save.state, save.due_at) for save in bench.queue.saves()] == [
        (SaveState.PENDING, MIDNIGHT),  # submitted; asked for again tomorrow
        (SaveState.PENDING, MIDNIGHT),
    ]
    archive.daily = 30_000
    bench.queue.put(Save("http://c.example/", "wayback"))
    assert bench.run() == "the allowance of 30000 captures a day is used up"


@pytest.mark.parametrize("headers", [(), (("Retry-After", "30"),), (("Retry-After", "Wed, 09 Apr 2031 12:00:30 GMT"),)])
def test_a_429_on_submission_is_waited_out(
    bench: Bench, archive: FakeArchive, headers: tuple[tuple[str, str], ...]
) -> None:
    archive.next_answers["/save"].append(Said(200, b'{"daily_captures":0}'))
    archive.next_answers["/save"].append(Said(429, b"<html>Too Many Requests</html>", headers))
    bench.run(URL)
    assert bench.ends() == [(SaveState.ARCHIVED, copy(archive), "")]
    assert bench.time.passed_s >= (30 if headers else 60)


def test_a_reset_after_the_capture_was_made_is_found_by_looking(bench: Bench, archive: FakeArchive) -> None:
    archive.next_answers["/save"].append(Said(200, b'{"daily_captures":0}'))
    archive.next_answers["/save"].append(Said(RECORD_AND_RESET))
    bench.run(URL)
    assert bench.ends() == [(SaveState.ARCHIVED, copy(archive), "")]
    assert len(archive.asked("/save", "POST")) == 1


@pytest.mark.parametrize("said", [Said(RESET), Said(520), Said(200, b""), Said(200, b"<html>What?</html>")])
def test_a_submission_whose_outcome_is_unknown_is_looked_up_before_it_is_repeated(
    bench: Bench, archive: FakeArchive, said: Said
) -> None:
    archive.next_answers["/save"].append(Said(200, b'{"daily_captures":0}'))
    archive.next_answers["/save"].append(said)
    bench.run(URL)
    assert [state for state, _, _ in bench.ends()] == [SaveState.UNKNOWN]
    lookups = len(archive.asked("/cdx"))
    bench.run()
    assert [state for state, _, _ in bench.ends()] == [SaveState.ARCHIVED]
    assert len(archive.asked("/cdx")) == lookups + 1


def test_a_page_in_html_instead_of_json_still_names_its_job(bench: Bench, archive: FakeArchive) -> None:
    archive.pending_polls = 0
    bench.run(URL)
    [job] = archive.jobs
    bench.queue.put(Save("http://other.example/", "wayback"))
    archive.next_answers["/save"].append(Said(200, b'{"daily_captures":0}'))
    archive.next_answers["/save"].append(Said(200, f'<script>spn.watchJob("{job}", x)'.encode()))
    bench.run()
    assert [state for state, _, _ in bench.ends()] == [SaveState.ARCHIVED, SaveState.ARCHIVED]


def test_an_expired_job_is_looked_up(bench: Bench, archive: FakeArchive) -> None:
    archive.pending_polls = 100
    bench.run(URL)
    archive.forgotten = set(archive.jobs)
    bench.run()
    assert bench.ends() == [(SaveState.ARCHIVED, copy(archive), "")]


def test_a_run_that_was_killed_on_submission_looks_before_it_submits(bench: Bench, archive: FakeArchive) -> None:
    archive.kept = [Kept(STAMP, URL)]
    bench.run(saves=(Save(URL, "wayback", attempts=1, submitted_at=NOON),))
    assert bench.ends() == [(SaveState.ARCHIVED, copy(archive), "")]
    assert archive.asked("/save", "POST") == []


def test_a_fresh_copy_that_does_not_show_yet_is_verified_later(bench: Bench, archive: FakeArchive) -> None:
    archive.lag_lookups = 2
    bench.run(URL)
    [save] = bench.queue.saves()
    assert (save.state, save.is_verified) == (SaveState.ARCHIVED, False)
    archive.lag_lookups = 0
    for job in archive.jobs.values():
        job.lag = 0
    saver = Saver(bench.service(), bench.settings.save, put=bench.queue.put, clock=bench.time.clock)
    saver.verify(bench.queue.saves())
    assert bench.queue.saves() == [replace(save, is_verified=True)]


def test_one_host_has_one_job_at_a_time_and_the_rate_is_kept(bench: Bench, archive: FakeArchive) -> None:
    bench.run("http://a.example/1", "http://a.example/2", "http://b.example/")
    posts = archive.asked("/save", "POST")
    order = [each.body.split("&")[0] if each.path == "/save" else "poll" for each in posts]
    assert order[:3] == ["url=http%3A%2F%2Fa.example%2F1", "url=http%3A%2F%2Fb.example%2F", "poll"]
    assert order.index("url=http%3A%2F%2Fa.example%2F2") > 3
    assert bench.time.passed_s >= 20


def test_a_delayed_capture_is_pending(bench: Bench, archive: FakeArchive) -> None:
    archive.pending_polls, archive.delay_message = 100, "The capture will start in 2 hours, 1 minute."
    bench.run(URL)
    assert [state for state, _, _ in bench.ends()] == [SaveState.PENDING]
