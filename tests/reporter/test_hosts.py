"""How hosts answered, and what to do about those that gave trouble."""

from collections.abc import Sequence

from citecheck.model import Exchange, Failure, HostUse, Reason, Status, Target, Verdict, Visit
from citecheck.reporter import hints, host_table, host_uses
from tests.fetcher.fakes import START


def hop(url: str, elapsed_s: float, status: int | None = 200, failure: Failure | None = None) -> Exchange:
    return Exchange(url, START, elapsed_s=elapsed_s, http_status=status, failure=failure)


def visit(
    url: str,
    hops: Sequence[Exchange] = (),
    status: Status = Status.ALIVE,
    reason: str = Reason.OK,
    *,
    attempts: int = 1,
    elapsed_s: float = 0.0,
    is_cached: bool = False,
) -> Visit:
    return Visit(Target(url, url), Verdict(status, reason), tuple(hops), attempts, elapsed_s, is_cached=is_cached)


A, B = "https://user:secret@a.example:8443/", "https://b.example/"
VISITS = (
    visit(A + "1", [hop(A + "1", 0.5), hop(B, 2.0)], Status.MOVED, elapsed_s=4.5),
    visit(A + "2", [hop(A + "2", 1.0, 503)], Status.FAILING, "http-503", attempts=3, elapsed_s=7.0),
    visit(A + "3", [hop(A + "3", 3.0, None, Failure.READ_TIMEOUT)], Status.FAILING, Failure.READ_TIMEOUT, elapsed_s=3),
    visit(B + "1", [hop(B + "1", 1.0)], is_cached=True),
    visit("mailto:a@c.example", status=Status.SKIPPED, reason=Reason.UNSUPPORTED_SCHEME, attempts=0),
    visit("https://[broken", status=Status.INVALID, reason=Reason.MALFORMED, attempts=0),
)


def test_each_host_is_told_with_its_requests_answers_and_times() -> None:
    assert host_uses(VISITS) == (
        HostUse(
            host="a.example",
            links=3,
            requests=5,
            retries=2,
            cached=0,
            statuses={"failing": 2, "moved": 1},
            answers={"200": 1, "503": 1, "read-timeout": 1},
            median_s=0.75,
            longest_s=1.0,
            waited_s=6.0,
        ),
        HostUse(
            host="b.example",
            links=1,
            requests=1,
            retries=0,
            cached=1,
            statuses={"alive": 1},
            answers={"200": 1},
            median_s=2.0,
            longest_s=2.0,
            waited_s=0.0,
        ),
    )


def test_the_table_is_set_in_columns() -> None:
    silent = visit("https://s.example/", [hop("https://s.example/", 9, None, Failure.CONNECT_TIMEOUT)])
    assert list(host_table(host_uses((*VISITS, silent)))) == [
        "host       links  requests  tries more  median  longest  waited  verdicts                        answers",
        "a.example      3         5           2  0.75 s   1.00 s  6.00 s  2 failing, 1 moved              "
        "200 ×1, 503 ×1, read-timeout ×1",
        "b.example      1         1           0  2.00 s   2.00 s  0.00 s  1 alive, 1 of these remembered  200 ×1",
        "s.example      1         1           0       –        –  0.00 s  1 alive                         "
        "connect-timeout ×1",
    ]


def test_a_hostile_host_stays_on_its_line_and_many_are_cut() -> None:
    evil = visit("https://a\x1b2J\u202e" + "x" * 99 + ".example/")
    uses = host_uses([evil, *(visit(f"https://h{number}.example/") for number in range(60))])
    lines = list(host_table(uses))
    assert len(lines) == 52
    assert lines[-1] == "… and 11 more hosts: --format json has them all"
    assert all("\x1b" not in line and "\u202e" not in line for line in lines)
    assert max(len(line.partition("  ")[0]) for line in lines[:-1]) <= 40


def test_hints_name_the_hosts_and_what_can_be_set() -> None:
    limited = [
        visit(f"https://{host}.example/{number}", status=Status.BLOCKED, reason=Reason.RATE_LIMITED)
        for host, times in (("slow", 3), ("b", 1), ("c", 1), ("d", 1), ("e", 1))
        for number in range(times)
    ]
    behind = visit(A, [hop(A, 0.1, 302), hop(B, 0.1, 401)], Status.BLOCKED, "http-401")
    local = visit("http://127.0.0.1/", status=Status.SKIPPED, reason=Reason.PRIVATE_ADDRESS)
    assert list(hints((*limited, behind, local, *VISITS))) == [
        "hint: rate limited by slow.example (3 links), b.example (1 link), c.example (1 link), 2 more hosts: ask more "
        'slowly, [hosts."slow.example"] interval_s = 2, concurrency = 1 in the settings, or run it again later',
        'hint: asked for a password by b.example (1 link): [hosts."b.example"] auth = "env:NAME" takes user:password '
        "from the variable NAME, bearer a token",
        'hint: no answer in time from a.example (1 link): [hosts."a.example"] headers_timeout_s = 30 and '
        "visit_timeout_s = 60 have more patience",
        "hint: private addresses were left out: 127.0.0.1 (1 link); --allow-private fetches them too",
    ]


def test_of_links_that_are_alive_or_dead_there_is_nothing_to_hint() -> None:
    assert list(hints([VISITS[0], VISITS[3], visit(A, status=Status.DEAD, reason="http-404")])) == []


def test_a_hostile_host_cannot_write_in_a_hint() -> None:
    url = 'https://a"\nx=1\x1b2J\\b.example/'
    [hint] = hints([visit(url, status=Status.BLOCKED, reason=Reason.RATE_LIMITED)])
    assert hint.isprintable()
    assert '[hosts."ax=1 2jb.example"]' in hint
