"""Who fetches: processes stand ready before the targets are known where so many links are to be expected."""

import multiprocessing
from collections.abc import Iterator

import pytest

from citecheck.clock import SYSTEM_CLOCK
from citecheck.errors import SettingsError
from citecheck.fetcher import Crew
from citecheck.model import Exchange, Reason, Status, Target, Verdict, Visit
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import START, Time, ToldTransport, answered, targets
from tests.web.loopback import Handler, Loopback

SETTINGS = FetchSettings(allow_private=True, host_interval_s=0, canaries=(), second_look_timeout_s=0)
ETAG = '"a1"'
# A test is many threads and one process: forking there is safe only because the children touch none of them.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


class Unchanged(Handler):
    def do_GET(self) -> None:
        is_known = self.headers["If-None-Match"] == ETAG
        self.answer(304 if is_known else 200, b"" if is_known else b"<p>The harbour is open.</p>", ETag=ETAG)


@pytest.fixture
def origin(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with Loopback(Unchanged) as server:
        monkeypatch.setattr("threading.active_count", lambda: 1)
        monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(3)))
        yield server.origin


def running() -> int:
    return len(multiprocessing.active_children())


def test_processes_start_as_soon_as_enough_links_are_expected(origin: str) -> None:
    with Crew(SETTINGS) as crew:
        crew.expect(2000)
        assert running() == 0
        crew.expect(1)
        assert running() == 3
        crew.expect(5000)
        assert running() == 3
        found = [(visit.target.url, visit.verdict.status) for visit in crew.visits(targets(f"{origin}/a"))]
        assert found == [(f"{origin}/a", Status.ALIVE)]
        assert running() == 0


def test_processes_that_wait_end_when_reading_fails(origin: str) -> None:
    with pytest.raises(OSError, match="unreadable"), Crew(SETTINGS) as crew:
        crew.expect(9000)
        assert running() == 3
        raise OSError("unreadable")
    assert running() == 0


def test_more_targets_than_were_expected_are_visited_over_processes_too(origin: str) -> None:
    with Crew(SETTINGS) as crew:
        crew.expect(3)
        visits = crew.visits([Target(f"{origin}/{number}", f"{origin}/{number}") for number in range(2001)])
        assert next(visits).verdict.status is Status.ALIVE
        assert running() == 3
    assert running() == 0


def test_whoever_brings_the_transport_fetches_alone(origin: str) -> None:
    time = Time()
    with Crew(
        SETTINGS, clock=time.clock, transport=ToldTransport(time, lambda request: answered(request, 200))
    ) as crew:
        crew.expect(9000)
        assert running() == 0
        assert [visit.verdict.status for visit in crew.visits(targets("http://127.0.0.1/"))] == [Status.ALIVE]


def test_what_cannot_work_is_told_when_processes_start(origin: str) -> None:
    with Crew(FetchSettings(connect_to=("nonsense",))) as crew:
        crew.expect(10)
        with pytest.raises(SettingsError, match="nonsense"):
            crew.expect(9000)
        assert running() == 0


@pytest.mark.parametrize("expected", [1, 9000])
def test_earlier_visits_are_renewed_in_whichever_process(origin: str, expected: int) -> None:
    known = {
        f"{origin}/{number}": Visit(
            Target(f"{origin}/{number}", f"{origin}/{number}"),
            Verdict(Status.ALIVE, Reason.OK),
            (Exchange(f"{origin}/{number}", START, http_status=200),),
            title=f"Harbour {number}",
            validators=(("If-None-Match", ETAG),),
        )
        for number in range(4)
    }
    with Crew(SETTINGS, clock=SYSTEM_CLOCK, is_renewable=True) as crew:
        crew.expect(expected)
        visits = list(crew.visits(targets(*known, f"{origin}/new"), remembered=known))
    assert {visit.target.url: (visit.title, visit.exchanges[-1].started_at == START) for visit in visits} == {
        **{url: (visit.title, True) for url, visit in known.items()},
        f"{origin}/new": (None, False),
    }
    assert {visit.validators for visit in visits} == {(("If-None-Match", ETAG),)}
