"""From exchanges to verdicts, where sockets are of no use."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from citecheck.fetcher import urls, verdict
from citecheck.fetcher.markers import markers
from citecheck.fetcher.passing import asked_wait_s
from citecheck.fetcher.retry import Again, RetryPolicy
from citecheck.fetcher.signals.home import is_sent_home
from citecheck.model import Certainty, Exchange, Failure, Reason, Status, Verdict
from tests.fetcher.fakes import START

A, B, C = (f"https://harbour.example/2024/{name}" for name in "abc")


def hop(url: str, status: int, location: str = "") -> Exchange:
    headers = (("Location", location),) if location else ()
    return Exchange(url=url, started_at=START, http_status=status, headers=headers, body=b"<p>text")


def failed(url: str, failure: Failure, detail: str = "") -> Exchange:
    return Exchange(url=url, started_at=START, failure=failure, detail=detail)


def judged(*exchanges: Exchange) -> Verdict:
    return verdict.judge(exchanges, now=START)


def test_a_permanent_chain_to_a_live_page_suggests_it() -> None:
    assert judged(hop(A, 301, B), hop(B, 308, C), hop(C, 200)) == Verdict(
        Status.MOVED, Reason.PERMANENT_REDIRECT, suggestion=C
    )


def test_one_temporary_hop_makes_the_chain_temporary() -> None:
    assert judged(hop(A, 301, B), hop(B, 302, C), hop(C, 200)) == Verdict(Status.ALIVE, Reason.OK)


def test_a_permanent_redirect_that_leads_back_has_not_moved() -> None:
    assert judged(hop(A, 301, A), hop(A, 200)) == Verdict(Status.ALIVE, Reason.OK)


def test_a_front_page_instead_of_the_page_is_dead() -> None:
    home = "https://harbour.example/"
    assert judged(hop(A, 302, home), hop(home, 200)) == Verdict(
        Status.DEAD, Reason.HOME_REDIRECT, Certainty.MEDIUM, (f"a deep link ends at the front page {home}",)
    )


@pytest.mark.parametrize(
    ("asked", "reached", "expected"),
    [
        ("https://harbour.example/2024/a", "https://harbour.example/", True),
        ("https://harbour.example/2024/a", "https://www.harbour.example/index.html?x=1", True),
        ("https://harbour.example/2024/a", "https://harbour.example/en/", True),
        ("https://harbour.example/2024/a", "https://other.example/home", True),
        ("https://harbour.example/2024/a", "https://harbour.example/pt-br/ua", True),
        ("https://harbour.example/2024/a", "https://harbour.example/zh_Hans/start.php", True),
        ("https://harbour.example/2024/a", "https://harbour.example/2024/b", False),
        ("https://harbour.example/2024/a", "https://harbour.example/ok", False),
        ("https://harbour.example/2024/a", "https://harbour.example/no-deal", False),
        ("https://harbour.example/index.php", "https://harbour.example/", False),
        ("https://harbour.example/?p=12", "https://harbour.example/", False),
        ("https://harbour.example/de", "https://harbour.example/", False),
        ("https://t.co/abc", "https://harbour.example/", False),
        ("https://harbour.example/blog/", "https://blog.harbour.example/", False),
    ],
)
def test_what_counts_as_sent_home(asked: str, reached: str, expected: bool) -> None:
    assert is_sent_home(urls.parse(asked), urls.parse(reached)) is expected


def test_the_markers_are_lower_case_and_hosts_are_hosts() -> None:
    table = markers()
    assert table.home.names
    assert all(host == urls.parse(f"http://{host}").host for host in table.home.shorteners)
    assert all(name == name.lower() and name.replace("-", "").isalpha() for name in table.home.names)


def test_a_missing_name_behind_a_redirect_names_the_place() -> None:
    gone = "https://gone.example/x"
    assert judged(hop(A, 301, gone), failed(gone, Failure.DNS_NXDOMAIN, "no such name")) == Verdict(
        Status.DEAD, "dns-nxdomain", signals=(f"{gone}: no such name",)
    )


def test_a_circle_and_a_maze_are_told_apart() -> None:
    assert judged(hop(A, 302, B), hop(B, 302, A)).reason == Reason.REDIRECT_LOOP
    assert judged(hop(A, 302, B), hop(B, 302, C)) == Verdict(
        Status.FAILING, Reason.TOO_MANY_REDIRECTS, signals=("still redirecting after 1 redirects",)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7.0),
        (format_datetime(START + timedelta(seconds=90)), 90.0),
        (format_datetime(START - timedelta(seconds=90)), 0.0),
        ("Wed, 01 May 2024 12:00:30", 30.0),
        ("soon", None),
        ("-3", None),
        ("Fri, 31 Dec 99999999999999999999 23:59:59 GMT", None),
        ("Fri, 31 Dec 2026 23:59:59 +99999999999999", None),
        ("", None),
    ],
)
def test_a_retry_after_is_read_in_both_forms(text: str, expected: float | None) -> None:
    exchange = Exchange(url=A, started_at=START, http_status=429, headers=(("Retry-After", text),))
    assert asked_wait_s(exchange, START) == expected


def test_a_retry_after_means_something_for_429_and_503_only() -> None:
    for status in (200, 301, 500):
        exchange = Exchange(url=A, started_at=START, http_status=status, headers=(("Retry-After", "7"),))
        assert asked_wait_s(exchange, START) is None


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("RateLimit", '"default";r=0;t=30', 30.0),
        ("RateLimit", "limit=100, remaining=0, reset=50", 50.0),
        ("RateLimit-Reset", "50", 50.0),
        ("X-RateLimit-Reset", str(int(START.timestamp()) + 40), 40.0),
        ("X-RateLimit-Reset", str(int(START.timestamp()) * 1000 + 40_000), 40.0),
        ("X-RateLimit-Reset-After", "1.5", 1.5),
        ("X-RateLimit-Reset", "later", None),
    ],
)
def test_rate_limit_headers_are_heeded_alike(name: str, text: str, expected: float | None) -> None:
    exchange = Exchange(url=A, started_at=START, http_status=429, headers=((name, text),))
    assert asked_wait_s(exchange, START) == expected


def test_a_403_whose_requests_are_spent_is_a_rate_limit() -> None:
    spent = Exchange(url=A, started_at=START, http_status=403, headers=(("X-RateLimit-Remaining", "0"),), body=b"x")
    left = Exchange(url=A, started_at=START, http_status=403, headers=(("X-RateLimit-Remaining", "9"),), body=b"x")
    assert (judged(spent).reason, judged(left).reason) == ("rate-limited", "http-403")


def test_a_minute_is_waited_for_and_no_more() -> None:
    policy = RetryPolicy(3)
    minute, more = (
        Exchange(url=A, started_at=START, http_status=503, headers=(("Retry-After", text),)) for text in ("60", "61")
    )
    assert policy.after(minute, attempts=1, now=START) == Again(60.0, is_for_host=True)
    assert policy.after(minute, attempts=3, now=START) is None
    assert policy.after(more, attempts=1, now=START) is None
