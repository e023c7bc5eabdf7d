"""Asked whether it has changed: an unchanged page keeps its verdict, a changed one is judged anew."""

from collections.abc import Callable, Mapping

import pytest
from msgspec.structs import replace

from citecheck.fetcher import Crew
from citecheck.fetcher.resolver import Resolver
from citecheck.fetcher.transport import Request
from citecheck.model import Exchange, Reason, Status, Target, Truncation, Visit
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import START, Time, ToldTransport, answered

SETTINGS = FetchSettings(allow_private=True, canaries=(), second_look_after_s=0)
URL = "http://127.0.0.1/story"
NEW = "http://127.0.0.1/new"
ETAG, SINCE = ("ETag", '"a1"'), ("Last-Modified", "Wed, 01 May 2024 08:00:00 GMT")
CONDITIONS = (("If-None-Match", ETAG[1]), ("If-Modified-Since", SINCE[1]))
PAGE = b"<title>Harbour</title><h2 id=quay>The quay</h2><p>The council agreed on the plan for the harbour."


def visited(
    answer: Callable[[Request], Exchange],
    remembered: Mapping[str, Visit] | None,
    *,
    at_s: float = 0.0,
    target: Target | None = None,
) -> tuple[Visit, ToldTransport]:
    time = Time()
    time.pass_by(at_s)
    transport = ToldTransport(time, answer, latency_s=0.25)
    [visit] = Crew(
        SETTINGS,
        clock=time.clock,
        transport=transport,
        resolver=Resolver(SETTINGS, clock=time.clock),
        is_renewable=remembered is not None,
    ).visits([target or Target(URL, URL)], remembered=remembered)
    return visit.light(), transport


def conditions(request: Request) -> tuple[tuple[str, str], ...]:
    return tuple(each for each in request.headers if each[0].startswith("If-"))


def told(*answers: tuple[str, int, tuple[tuple[str, str], ...]]) -> Callable[[Request], Exchange]:
    """The answers in turn; each is for its URL."""
    waiting = list(answers)

    def answer(request: Request) -> Exchange:
        url, status, headers = waiting.pop(0)
        assert request.url == url
        given = answered(request, status, ("Content-Type", "text/html"), *headers, body=PAGE if status == 200 else b"")
        return replace(given, elapsed_s=0.25)

    return answer


def test_an_unchanged_page_keeps_its_verdict_from_now_on() -> None:
    target = Target(URL, URL, ("quay", "gone"))
    first, asked = visited(told((URL, 200, (ETAG, SINCE))), {}, target=target)
    assert conditions(asked.requests[0]) == ()
    assert (first.validators, first.title, first.missing_fragments) == (CONDITIONS, "Harbour", ("gone",))
    again, asked = visited(told((URL, 304, ())), {URL: first}, at_s=9000.0, target=target)
    assert [conditions(each) for each in asked.requests] == [CONDITIONS]
    assert first.checked_at and again.checked_at
    assert (again.checked_at - first.checked_at).total_seconds() == 9000.0
    assert again == replace(first, checked_at=again.checked_at)
    assert again.exchanges[0].started_at == START  # the page was read then
    assert again.http_status == 200


def test_a_changed_page_is_judged_anew() -> None:
    first, _ = visited(told((URL, 200, (ETAG,))), {})
    again, asked = visited(told((URL, 404, ())), {URL: first})
    assert conditions(asked.requests[0]) == CONDITIONS[:1]
    assert (again.verdict.status, again.verdict.reason) == (Status.DEAD, "http-404")
    again, _ = visited(told((URL, 200, (SINCE,))), {URL: first})
    assert (again.verdict.status, again.validators) == (Status.ALIVE, CONDITIONS[1:])


def test_behind_redirects_only_the_page_is_asked_for_its_change() -> None:
    way = (URL, 301, (("Location", NEW),))
    first, _ = visited(told(way, (NEW, 200, (ETAG,))), {})
    assert (first.verdict.status, first.verdict.suggestion) == (Status.MOVED, NEW)
    again, asked = visited(told(way, (NEW, 304, ())), {URL: first})
    assert [conditions(each) for each in asked.requests] == [(), CONDITIONS[:1]]
    assert replace(again, checked_at=first.checked_at) == first


def test_a_page_reached_in_another_way_is_read_again() -> None:
    first, _ = visited(told((URL, 301, (("Location", NEW),)), (NEW, 200, (ETAG,))), {})
    way = (URL, 302, (("Location", NEW),))
    again, asked = visited(told(way, (NEW, 304, ()), way, (NEW, 200, (ETAG,))), {URL: first})
    assert [conditions(each) for each in asked.requests] == [(), CONDITIONS[:1], (), ()]
    assert (again.verdict.status, again.verdict.reason, again.attempts) == (Status.ALIVE, Reason.OK, 2)


def test_a_304_that_was_not_asked_for_is_no_renewal() -> None:
    first, _ = visited(told((URL, 200, (ETAG,))), {})
    again, asked = visited(told((URL, 304, ())), {})
    assert again.verdict.status is Status.FAILING
    way = (URL, 302, (("Location", NEW),))
    again, asked = visited(told(way, (NEW, 304, ()), way, (NEW, 304, ())), {URL: first})
    assert [conditions(each) for each in asked.requests] == [CONDITIONS[:1], (), (), ()]
    assert again.verdict.status is Status.FAILING


def test_the_second_look_asks_for_the_page_itself() -> None:
    first, _ = visited(told((URL, 200, (ETAG,))), {})
    again, asked = visited(told((URL, 412, ()), (URL, 200, (ETAG,))), {URL: first})
    assert [conditions(each) for each in asked.requests] == [CONDITIONS[:1], ()]
    assert again.verdict.status is Status.ALIVE


def test_nothing_is_noted_when_nobody_will_ask() -> None:
    visit, _ = visited(told((URL, 200, (ETAG,))), None)
    assert visit.validators == ()


@pytest.mark.parametrize(
    ("status", "cut", "is_noted"),
    [(200, None, True), (200, Truncation.LENGTH, True), (200, Truncation.DISCONNECT, False), (206, None, False)],
)
def test_only_a_whole_page_can_be_asked_for_its_change(status: int, cut: Truncation | None, is_noted: bool) -> None:
    def answer(request: Request) -> Exchange:
        return replace(answered(request, status, ETAG, body=PAGE), truncated=cut)

    visit, _ = visited(answer, {})
    assert visit.verdict.status is Status.ALIVE
    assert (visit.validators != ()) is is_noted
