"""What still fails is looked at once more at the end of the run; a host in trouble is not asked for all its links."""

from collections.abc import Callable

import pytest

from citecheck import fetcher
from citecheck.fetcher.resolver import Resolver
from citecheck.fetcher.transport import Request
from citecheck.model import Exchange, Failure, Visit
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import START, Time, ToldTransport, answered, targets

SETTINGS = FetchSettings(host_interval_s=0, attempts=1, canaries=(), jobs=1)


def visited(
    answer: Callable[[Request], Exchange], *urls: str, settings: FetchSettings = SETTINGS, latency_s: float = 0.0
) -> tuple[dict[str, Visit], ToldTransport]:
    time = Time()
    transport = ToldTransport(time, answer, latency_s)
    resolver = Resolver(settings, clock=time.clock)
    visits = fetcher.Crew(settings, clock=time.clock, transport=transport, resolver=resolver).visits(targets(*urls))
    return {visit.target.url: visit for visit in visits}, transport


def failed(request: Request, failure: Failure) -> Exchange:
    return Exchange(url=request.url, started_at=START, failure=failure)


def test_what_recovers_within_the_run_is_alive() -> None:
    seen: list[str] = []

    def answer(request: Request) -> Exchange:
        seen.append(request.url)
        return answered(request, 200 if seen.count(request.url) > 1 else 500)

    visits, transport = visited(answer, "http://8.8.4.4/a", "http://8.8.8.8/b")
    assert [(url, each.verdict.status, each.attempts) for url, each in visits.items()] == [
        ("http://8.8.4.4/a", "alive", 2),
        ("http://8.8.8.8/b", "alive", 2),
    ]
    assert transport.starts == [
        (0.0, "http://8.8.4.4/a"),
        (0.0, "http://8.8.8.8/b"),
        (5.0, "http://8.8.4.4/a"),
        (5.0, "http://8.8.8.8/b"),
    ]


def test_it_has_more_patience_and_asks_plainly() -> None:
    visits, transport = visited(lambda request: failed(request, Failure.READ_TIMEOUT), "http://8.8.4.4/a")
    first, second = transport.requests
    assert (first.headers_timeout_s, first.visit_timeout_s, first.is_plain) == (10.0, 20.0, False)
    assert (second.headers_timeout_s, second.visit_timeout_s, second.is_plain) == (15.0, 15.0, True)
    assert dict(first.headers)["Accept"].startswith("text/html")
    assert dict(second.headers)["Accept"] == "*/*"
    assert visits["http://8.8.4.4/a"].verdict.reason == "read-timeout"


@pytest.mark.parametrize("status", [404, 410, 403, 501])
def test_an_answer_that_lasts_gets_none(status: int) -> None:
    _, transport = visited(lambda request: answered(request, status), "http://8.8.4.4/a")
    assert len(transport.starts) == 1


@pytest.mark.parametrize("failure", [Failure.VISIT_TIMEOUT, Failure.READ_TIMEOUT])
def test_a_head_whose_body_never_comes_gets_one(failure: Failure) -> None:
    def answer(request: Request) -> Exchange:
        return Exchange(url=request.url, started_at=START, http_status=200, failure=failure)

    visits, transport = visited(answer, "http://8.8.4.4/a")
    assert (len(transport.starts), visits["http://8.8.4.4/a"].verdict.reason) == (2, failure.value)


def test_a_circle_of_redirects_gets_none() -> None:
    _, transport = visited(lambda request: answered(request, 302, ("Location", "/a")), "http://8.8.4.4/a")
    assert len(transport.starts) == 1


@pytest.mark.parametrize("failure", [Failure.TLS_EXPIRED, Failure.BAD_ENCODING])
def test_a_failure_that_lasts_gets_none(failure: Failure) -> None:
    _, transport = visited(lambda request: failed(request, failure), "http://8.8.4.4/a")
    assert len(transport.starts) == 1


def test_a_host_that_is_still_silent_is_not_asked_for_its_other_links() -> None:
    urls = [f"http://8.8.4.4/{number}" for number in range(30)]
    visits, transport = visited(lambda request: failed(request, Failure.REFUSED), *urls)
    assert {each.verdict.reason for each in visits.values()} == {"refused"}
    assert len(visits) == 30
    assert len(transport.starts) == 31


def test_pages_that_fail_each_for_itself_are_looked_at_up_to_a_point() -> None:
    urls = [f"http://8.8.4.4/{number}" for number in range(30)]
    visits, transport = visited(lambda request: answered(request, 500), *urls)
    assert len(visits) == 30
    assert len(transport.starts) == 50


def test_pages_of_a_host_that_is_merely_slow_are_waited_for_side_by_side() -> None:
    seen: list[str] = []

    def answer(request: Request) -> Exchange:
        seen.append(request.url)
        if seen.count(request.url) == 1:
            return failed(request, Failure.READ_TIMEOUT)
        return answered(request, 200)

    urls = [f"http://8.8.4.4/{number}" for number in range(6)]
    visits, transport = visited(answer, *urls, latency_s=12.0)
    assert {each.verdict.status for each in visits.values()} == {"alive"}
    first = transport.starts[-6][0]
    # A host gets one request more at once when it has not answered for a second.
    assert [round(at - first) for at, _ in transport.starts[-6:]] == [0, 12, 13, 13, 24, 24]


def test_it_can_be_turned_off() -> None:
    settings = FetchSettings(attempts=1, canaries=(), second_look_timeout_s=0)
    _, transport = visited(lambda request: answered(request, 500), "http://8.8.4.4/a", settings=settings)
    assert len(transport.starts) == 1
