"""Order, pauses, retries and ends of the loop, in a time of the test's own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, pairwise

import pytest

from citecheck import fetcher
from citecheck.fetcher import verdict
from citecheck.fetcher.preparation import Preparation
from citecheck.fetcher.transport import Request
from citecheck.fetcher.verdict import Judgement
from citecheck.model import Exchange, Failure, Reason, Status, Target, Verdict, Visit
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import START, Time, ToldTransport, answered, targets, verdicts

SETTINGS = FetchSettings(host_interval_s=0, canaries=(), second_look_timeout_s=0)
STORY = "http://93.184.216.34/story"
OTHER = "http://93.184.216.35/story"


def run(transport: ToldTransport, time: Time, urls: list[str], settings: FetchSettings = SETTINGS) -> list[Visit]:
    return list(fetcher.Crew(settings, clock=time.clock, transport=transport).visits(targets(*urls)))


def test_a_page_is_asked_once_with_a_browsers_manners() -> None:
    time = Time()
    transport = ToldTransport(time, lambda request: answered(request, 200), latency_s=0.25)
    [visit] = run(transport, time, [STORY])
    assert visit == Visit(
        target=Target(STORY, STORY),
        verdict=Verdict(Status.ALIVE, Reason.OK),
        exchanges=(Exchange(url=STORY, started_at=START, http_status=200),),
        attempts=1,
        elapsed_s=0.25,
        checked_at=time.clock.now(),
    )
    [request] = transport.requests
    assert (request.host, request.port, request.address, request.to_port) == ("93.184.216.34", 80, "93.184.216.34", 80)
    assert dict(request.headers)["User-Agent"].startswith("Mozilla/5.0 (compatible; citecheck/")
    assert dict(request.headers)["Accept"].startswith("text/html,")
    assert dict(request.headers)["Accept-Encoding"] == "gzip"
    assert transport.is_closed


def test_a_passing_failure_is_tried_twice_more_after_one_and_four_seconds() -> None:
    time = Time()
    transport = ToldTransport(time, lambda request: answered(request, 503))
    [visit] = run(transport, time, [STORY])
    first, second, third = (at for at, _ in transport.starts)
    assert 1.0 <= second - first <= 1.5
    assert 4.0 <= third - second <= 4.5
    assert (visit.verdict.reason, visit.attempts, len(visit.exchanges)) == ("http-503", 3, 1)


@pytest.mark.parametrize("failure", [Failure.RESET, Failure.REFUSED, Failure.EMPTY_REPLY])
def test_what_recovers_is_alive(failure: Failure) -> None:
    time, turns = Time(), count()

    def answer(request: Request) -> Exchange:
        if next(turns) == 0:
            return Exchange(url=request.url, started_at=START, failure=failure)
        return answered(request, 200)

    [visit] = run(ToldTransport(time, answer), time, [STORY])
    assert (visit.verdict, visit.attempts) == (Verdict(Status.ALIVE, Reason.OK), 2)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 501, 505, 511, 999])
def test_a_lasting_answer_gets_no_second_try(status: int) -> None:
    time = Time()
    transport = ToldTransport(time, lambda request: answered(request, status))
    run(transport, time, [STORY])
    assert transport.starts == [(0.0, STORY)]


@pytest.mark.parametrize("failure", [Failure.CONNECT_TIMEOUT, Failure.READ_TIMEOUT, Failure.VISIT_TIMEOUT])
def test_a_timeout_is_not_waited_out_again_on_the_spot(failure: Failure) -> None:
    time = Time()
    transport = ToldTransport(time, lambda r: Exchange(url=r.url, started_at=START, failure=failure))
    [visit] = run(transport, time, [STORY])
    assert (visit.verdict.status, visit.verdict.reason, len(transport.starts)) == (Status.FAILING, failure, 1)


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (429, (("Retry-After", "7"),)),
        (503, (("Retry-After", "7"),)),
        (403, (("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset-After", "7"))),
    ],
)
def test_a_retry_after_is_waited_for_by_the_whole_host_and_by_nobody_else(
    status: int, headers: tuple[tuple[str, str], ...]
) -> None:
    time, turns = Time(), count()

    def answer(request: Request) -> Exchange:
        if request.url == f"{STORY}/1" and next(turns) == 0:
            return answered(request, status, *headers)
        return answered(request, 200)

    settings = FetchSettings(host_interval_s=0, host_concurrency=1, canaries=(), second_look_timeout_s=0)
    transport = ToldTransport(time, answer)
    visits = run(transport, time, [f"{STORY}/1", f"{STORY}/2", OTHER], settings)
    assert set(verdicts(visits).values()) == {Verdict(Status.ALIVE, Reason.OK)}
    asked = dict(reversed([(url, at) for at, url in transport.starts]))
    assert asked == {f"{STORY}/1": 0.0, f"{STORY}/2": 7.0, OTHER: 0.0}
    assert sorted(transport.starts)[-1][0] == 7.0


def test_a_host_that_asks_for_an_hour_is_left_alone_at_once() -> None:
    time = Time()
    settings = FetchSettings(host_interval_s=0, host_concurrency=1, canaries=(), second_look_timeout_s=0)
    transport = ToldTransport(time, lambda request: answered(request, 429, ("Retry-After", "3600")))
    visits = run(transport, time, [f"{STORY}/{number}" for number in range(400)], settings)
    assert {(visit.verdict.status, visit.verdict.reason) for visit in visits} == {(Status.BLOCKED, Reason.RATE_LIMITED)}
    assert len(visits) == 400
    assert len(transport.starts) == 1
    assert time.elapsed_s < 1


def test_an_always_limited_host_ends_within_its_wait_budget() -> None:
    time = Time()
    transport = ToldTransport(time, lambda request: answered(request, 429, ("Retry-After", "50")))
    settings = FetchSettings(host_interval_s=0, host_concurrency=1, canaries=(), second_look_timeout_s=0)
    visits = run(transport, time, [f"{STORY}/{number}" for number in range(50)], settings)
    assert Counter(visit.verdict.reason for visit in visits) == {Reason.RATE_LIMITED: 50}
    assert [at for at, _ in transport.starts] == [0.0, 50.0, 100.0]
    assert Counter(visit.attempts for visit in visits) == {0: 47, 1: 3}


def test_one_host_is_never_asked_more_nor_closer_than_set() -> None:
    time = Time()
    settings = FetchSettings(host_interval_s=0.1, host_concurrency=3, canaries=(), second_look_timeout_s=0)
    transport = ToldTransport(time, lambda request: answered(request, 200), latency_s=0.5)
    run(transport, time, [f"{STORY}/{number}" for number in range(30)], settings)
    starts = [at for at, _ in transport.starts]
    assert transport.most_at_once == 3
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.099
    assert time.elapsed_s < 30 / 3 * 0.5 + 1


def test_many_hosts_run_side_by_side_up_to_the_limit() -> None:
    time = Time()
    settings = FetchSettings(host_interval_s=0, concurrency=40, canaries=(), second_look_timeout_s=0)
    transport = ToldTransport(time, lambda request: answered(request, 200), latency_s=1.0)
    visits = run(transport, time, [f"http://93.184.{a}.{b}/" for a in range(10) for b in range(20)], settings)
    assert (len(visits), transport.most_at_once, time.elapsed_s) == (200, 40, 5.0)


def test_targets_are_read_only_as_slots_become_free() -> None:
    time, read = Time(), []

    def endless() -> Iterator[Target]:
        for number in count():
            read.append(number)
            yield Target(f"http://93.184.216.34/{number}", f"http://93.184.216.34/{number}")

    transport = ToldTransport(time, lambda request: answered(request, 200))
    visits = fetcher.Crew(SETTINGS, clock=time.clock, transport=transport).visits(endless())
    for _ in range(10):
        next(visits)
    visits.close()
    assert len(read) < 5000
    assert transport.is_closed


def test_what_can_start_next_is_taken_in_while_a_place_is_waited_for() -> None:
    time, read = Time(), []
    waits: list[tuple[float, int, int]] = []

    def told() -> Iterator[Target]:
        for number in range(7):
            read.append(number)
            yield Target(f"http://93.184.216.{number}/", f"http://93.184.216.{number}/")

    class Watched(ToldTransport):
        def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
            if timeout_s:
                waits.append((time.elapsed_s, len(self.requests), len(read)))
            return super().poll(timeout_s, wakeups)

    settings = FetchSettings(host_interval_s=0, concurrency=2, canaries=(), second_look_timeout_s=0)
    transport = Watched(time, lambda request: answered(request, 200), latency_s=1.0)
    visits = list(fetcher.Crew(settings, clock=time.clock, transport=transport).visits(told()))
    assert len(visits) == 7
    assert [wait for wait in waits if wait[0] % 1 == 0] == [(0.0, 2, 4), (1.0, 4, 6), (2.0, 6, 7), (3.0, 7, 7)]


def test_a_redirect_waits_for_the_budget_of_its_new_host() -> None:
    time = Time()

    def answer(request: Request) -> Exchange:
        if request.host == "93.184.216.34":
            return answered(request, 302, ("Location", f"{OTHER}/{request.url[-1]}"))
        return answered(request, 200)

    settings = FetchSettings(host_interval_s=1.0, canaries=(), second_look_timeout_s=0)
    transport = ToldTransport(time, answer)
    run(transport, time, [f"{STORY}/1", f"{STORY}/2", f"{OTHER}/0"], settings)
    assert sorted(at for at, url in transport.starts if url.startswith(OTHER)) == [0.0, 1.0, 2.0]


def test_a_circle_is_left_when_it_closes() -> None:
    time = Time()
    transport = ToldTransport(time, lambda r: answered(r, 302, ("Location", "/b" if r.url.endswith("/a") else "/a")))
    [visit] = run(transport, time, [f"{STORY}/a"])
    assert visit.verdict.reason == Reason.REDIRECT_LOOP
    assert [url[20:] for _, url in transport.starts] == ["/story/a", "/b", "/a"]


def test_a_public_page_may_not_lead_to_a_private_address() -> None:
    time = Time()
    transport = ToldTransport(time, lambda request: answered(request, 302, ("Location", "http://10.0.0.1/admin")))
    [visit] = run(transport, time, [STORY])
    assert visit.verdict == Verdict(
        Status.FAILING, "private-address", signals=("redirects to a private address: http://10.0.0.1/admin",)
    )
    assert transport.starts == [(0.0, STORY)]


def test_an_unusable_target_ends_without_an_exchange() -> None:
    time = Time()
    transport = ToldTransport(time, lambda request: answered(request, 200))
    visits = run(transport, time, ["http://a..b/", "mailto:desk@harbour.example", "http://127.0.0.1/", STORY])
    assert [(visit.verdict.status, visit.attempts, visit.http_status) for visit in visits] == [
        (Status.INVALID, 0, None),
        (Status.SKIPPED, 0, None),
        (Status.SKIPPED, 0, None),
        (Status.ALIVE, 1, 200),
    ]


def test_the_next_request_goes_out_before_the_last_page_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time()
    order: list[str] = []

    class Watched(ToldTransport):
        def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
            order.extend(f"sent {request.url[-1]}" for _, request in self._running)
            return super().poll(timeout_s, wakeups)

    def weigh(hops: Sequence[Exchange], **_: object) -> Judgement:
        order.append(f"judged {hops[-1].url[-1]}")
        return Judgement(Verdict(Status.ALIVE, Reason.OK))

    monkeypatch.setattr(verdict, "weigh", weigh)
    settings = FetchSettings(host_interval_s=0, concurrency=1, canaries=(), second_look_timeout_s=0)
    run(Watched(time, lambda request: answered(request, 200)), time, [f"{STORY}/1", f"{STORY}/2"], settings)
    assert order == ["sent 1", "sent 2", "judged 1", "judged 2"]


def test_pages_are_judged_when_none_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time()
    order: list[str] = []

    class OneByOne(ToldTransport):
        def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
            came, self._running = self._running[:1], self._running[1:]
            order.extend(f"came {request.url[-1]}" for _, request in came)
            return [(request, answered(request, 200)) for _, request in came]

    def weigh(hops: Sequence[Exchange], **_: object) -> Judgement:
        order.append(f"judged {hops[-1].url[-1]}")
        return Judgement(Verdict(Status.ALIVE, Reason.OK))

    monkeypatch.setattr(verdict, "weigh", weigh)
    urls = [f"http://93.184.216.{number}/" for number in (31, 32, 33)]
    settings = FetchSettings(host_interval_s=0, canaries=(), second_look_timeout_s=0)
    run(OneByOne(time, lambda request: answered(request, 200)), time, [f"{url}{url[-2]}" for url in urls], settings)
    assert order == ["came 1", "came 2", "came 3", "judged 1", "judged 2", "judged 3"]


def test_no_more_pages_wait_to_be_judged_than_have_just_come(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time()
    waiting: list[int] = []

    class Watched(ToldTransport):
        def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
            waiting.append(len(self.requests) - len(judged))
            return super().poll(timeout_s, wakeups)

    judged: list[str] = []

    def weigh(hops: Sequence[Exchange], **_: object) -> Judgement:
        judged.append(hops[-1].url)
        return Judgement(Verdict(Status.ALIVE, Reason.OK))

    monkeypatch.setattr(verdict, "weigh", weigh)
    settings = FetchSettings(host_interval_s=0, concurrency=128, canaries=(), second_look_timeout_s=0)
    urls = [f"http://93.184.{number // 250}.{number % 250}/" for number in range(2000)]
    assert len(run(Watched(time, lambda request: answered(request, 200)), time, urls, settings)) == 2000
    assert max(waiting) <= 2 * 128


def test_the_first_requests_go_out_in_handfuls_between_looks_at_what_has_come() -> None:
    time = Time()
    started: list[int] = []
    pulses: list[int] = []

    class Watched(ToldTransport):
        def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
            started.append(len(self.requests))
            assert timeout_s == 0 or len(self.requests) == 40
            return super().poll(timeout_s, wakeups)

    transport = Watched(time, lambda request: answered(request, 200), latency_s=0.5)
    urls = [f"http://93.184.216.{number}/" for number in range(40)]
    crew = fetcher.Crew(SETTINGS, clock=time.clock, transport=transport)
    visits = list(crew.visits(targets(*urls), pulse=lambda: pulses.append(len(transport.requests))))
    assert started[:10] == [4, 8, 12, 16, 20, 24, 28, 32, 36, 40]
    assert {visit.verdict for visit in visits} == {Verdict(Status.ALIVE, Reason.OK)}
    assert set(pulses) == {40}  # there was more to do before


def test_handfuls_grow_while_there_is_no_idle_time(monkeypatch: pytest.MonkeyPatch) -> None:
    time = Time()
    started: list[int] = []

    class Watched(ToldTransport):
        def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
            started.append(len(self.requests))
            return super().poll(timeout_s, wakeups)

    monkeypatch.setattr(Preparation, "is_over", property(lambda _: True, lambda _, value: None), raising=False)
    settings = FetchSettings(host_interval_s=0, concurrency=64, canaries=(), second_look_timeout_s=0)
    transport = Watched(time, lambda request: answered(request, 200), latency_s=0.5)
    urls = [f"http://93.184.216.{number}/" for number in range(128)]
    assert len(run(transport, time, urls, settings)) == 128
    assert list(dict.fromkeys(started)) == [4, 12, 28, 60, 64, 68, 76, 92, 124, 128]


def test_a_maze_is_left_link_by_link_and_its_others_sooner() -> None:
    time = Time()

    def on(request: Request) -> Exchange:
        path, _, turn = request.url.rpartition("/")
        return answered(request, 302, ("Location", f"{path}/{int(turn) + 1}"))

    transport = ToldTransport(time, on)
    settings = FetchSettings(host_interval_s=0.1, host_concurrency=1, canaries=())
    urls = [f"http://8.8.4.4/{number}/0" for number in range(5)]
    visits = run(transport, time, urls, settings)
    assert [(visit.target.url, visit.verdict.reason, len(visit.exchanges)) for visit in visits] == [
        (url, "too-many-redirects", requests) for url, requests in zip(urls, (11, 11, 11, 6, 6), strict=True)
    ]
    assert time.elapsed_s == pytest.approx(4.4)
