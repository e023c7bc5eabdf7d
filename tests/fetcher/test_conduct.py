"""What trouble in a row means for a host, and what ends it."""

from math import inf

import pytest

from citecheck.fetcher.conduct import Conduct, Sign
from citecheck.model import Exchange, Failure, Reason, Status, Truncation, Verdict
from tests.fetcher.fakes import START

HOST = "harbour.example"


def exchange(
    status: int | None = None,
    failure: Failure | None = None,
    elapsed_s: float = 0.1,
    truncated: Truncation | None = None,
    retry_after: str = "",
) -> Exchange:
    headers = (("Retry-After", retry_after),) if retry_after else ()
    return Exchange(
        url="http://harbour.example/",
        started_at=START,
        elapsed_s=elapsed_s,
        http_status=status,
        headers=headers,
        failure=failure,
        truncated=truncated,
    )


@pytest.mark.parametrize(
    ("ended", "sign"),
    [
        (exchange(200), Sign.WIDEN),
        (exchange(404), Sign.WIDEN),
        (exchange(429), Sign.PAUSE),
        (exchange(429, retry_after="5"), Sign.NARROW),
        (exchange(503), Sign.NARROW),
        (exchange(failure=Failure.READ_TIMEOUT), Sign.NOTHING),
        (exchange(failure=Failure.REFUSED), Sign.NOTHING),
        (exchange(200, truncated=Truncation.TIME), Sign.NOTHING),
    ],
)
def test_what_an_exchange_says(ended: Exchange, sign: Sign) -> None:
    assert Conduct().note(HOST, ended) is sign


def test_answers_that_grow_slow_narrow_the_window_and_steady_slow_ones_do_not() -> None:
    conduct = Conduct()
    usual = [conduct.note(HOST, exchange(200, elapsed_s=0.2)) for _ in range(20)]
    assert set(usual) == {Sign.WIDEN}
    assert conduct.note(HOST, exchange(200, elapsed_s=1.5)) is Sign.NARROW
    assert {conduct.note("slow.example", exchange(200, elapsed_s=3)) for _ in range(20)} == {Sign.WIDEN}


def test_a_host_silent_twice_running_gets_a_short_probe_until_it_answers() -> None:
    conduct = Conduct()
    seen = []
    for ended in (
        exchange(failure=Failure.READ_TIMEOUT),
        exchange(200, truncated=Truncation.TIME),
        exchange(failure=Failure.CONNECT_TIMEOUT),
        exchange(404),
        exchange(failure=Failure.VISIT_TIMEOUT),
    ):
        conduct.note(HOST, ended)
        seen.append(conduct.patience_s(HOST))
    assert seen == [inf, 3.0, 3.0, inf, inf]
    assert conduct.patience_s("other.example") == inf


def test_eight_complaints_in_a_row_close_a_host() -> None:
    conduct = Conduct()
    for _ in range(7):
        conduct.note(HOST, exchange(429))
    conduct.note(HOST, exchange(200))
    for _ in range(7):
        conduct.note(HOST, exchange(429))
    assert conduct.closing(HOST) is None
    conduct.note(HOST, exchange(429))
    signal = "the host answered 429 8 times in a row"
    assert conduct.closing(HOST) == Verdict(Status.BLOCKED, Reason.RATE_LIMITED, signals=(signal,))


def test_a_host_is_closed_by_one_long_wait_or_by_the_sum_of_many() -> None:
    conduct = Conduct()
    long, short = exchange(503, retry_after="61"), exchange(503, retry_after="60")
    for host, ended in ((HOST, long), ("other.example", short)):
        conduct.note(host, ended)
        conduct.heed(host, ended, START)
    assert conduct.closing(HOST) == Verdict(
        Status.BLOCKED, Reason.RATE_LIMITED, signals=("the host asks to wait 61 s",)
    )
    for _ in range(3):
        assert conduct.closing("other.example") is None
        conduct.waited("other.example", 60)
        conduct.note("other.example", exchange(200))
    conduct.heed("other.example", short, START)
    assert conduct.closing("other.example") is not None


@pytest.mark.parametrize(("asked_s", "times"), [(10, 6), (30, 2), (45, 2), (60, 2)])
def test_a_host_that_was_left_alone_for_a_minute_in_vain_means_all_its_links(asked_s: int, times: int) -> None:
    conduct, busy = Conduct(), exchange(503, retry_after=str(asked_s))
    for _ in range(times):
        conduct.note(HOST, busy)
        conduct.heed(HOST, busy, START)
        assert conduct.closing(HOST) is None
        conduct.waited(HOST, asked_s)
    conduct.heed(HOST, busy, START)
    signal = f"the host was left alone for {asked_s * times} s as it asked, in vain"
    assert conduct.closing(HOST) == Verdict(Status.BLOCKED, Reason.RATE_LIMITED, signals=(signal,))


def test_a_host_whose_waits_helped_is_waited_for_again() -> None:
    conduct, busy = Conduct(), exchange(503, retry_after="40")
    for _ in range(4):
        conduct.note(HOST, busy)
        conduct.heed(HOST, busy, START)
        assert conduct.closing(HOST) is None
        conduct.waited(HOST, 40)
        conduct.note(HOST, exchange(200))


def test_three_links_tried_in_vain_make_a_host_hopeless_until_it_answers() -> None:
    conduct = Conduct()
    for _ in range(3):
        assert not conduct.is_hopeless(HOST)
        conduct.given_up(HOST)
    assert conduct.is_hopeless(HOST)
    conduct.note(HOST, exchange(200))
    assert not conduct.is_hopeless(HOST)


def test_three_mazes_in_a_row_and_the_others_are_not_followed_so_far_until_a_page_comes() -> None:
    conduct = Conduct()
    for _ in range(3):
        assert conduct.follows(HOST, 10, 10)
        assert not conduct.follows(HOST, 11, 10)
        conduct.note(HOST, exchange(302))
    assert conduct.follows(HOST, 5, 10)
    assert not conduct.follows(HOST, 6, 10)
    assert not conduct.follows(HOST, 3, 2)
    conduct.note(HOST, exchange(200))
    assert conduct.follows(HOST, 10, 10)
