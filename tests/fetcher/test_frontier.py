"""Budgets of hosts, whatever comes in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.fetcher.frontier import Frontier, Pace

HOSTS = st.sampled_from(["a", "b", "c"])
ACTIONS = st.one_of(
    st.tuples(st.just("add"), HOSTS, st.just(0.0)),
    st.tuples(st.just("take"), HOSTS, st.just(0.0)),
    st.tuples(st.just("release"), HOSTS, st.just(0.0)),
    st.tuples(st.just("widen"), HOSTS, st.just(0.0)),
    st.tuples(st.just("narrow"), HOSTS, st.sampled_from([0.25, 1.0])),
    st.tuples(st.just("hold"), HOSTS, st.floats(0.1, 5)),
    st.tuples(st.just("wait"), HOSTS, st.floats(0.01, 2)),
)


@given(st.lists(ACTIONS, max_size=120), st.integers(1, 3), st.sampled_from([0.0, 0.5]))
def test_budgets_hold_and_nothing_is_lost(actions: list[tuple[str, str, float]], most: int, pause_s: float) -> None:
    frontier: Frontier[str] = Frontier(lambda _: Pace(most, pause_s))
    now, added, taken = 0.0, 0, 0
    busy = dict.fromkeys("abc", 0)
    last = dict.fromkeys("abc", -99.0)
    held = dict.fromkeys("abc", 0.0)

    def take() -> bool:
        nonlocal taken
        host = frontier.take(now)
        if host is None:
            return False
        assert now >= last[host] + pause_s
        assert now >= held[host]
        busy[host] += 1
        assert busy[host] <= most
        last[host] = now
        taken += 1
        return True

    for action, host, seconds in actions:
        match action:
            case "add":
                frontier.add(host, host)
                added += 1
            case "take":
                take()
            case "release" if busy[host]:
                busy[host] -= 1
                frontier.release(host, now)
            case "widen" if busy[host]:
                frontier.widen(host)
            case "narrow" if busy[host]:
                frontier.narrow(host, now, least=seconds)
            case "hold":
                frontier.hold(host, now, now + seconds)
                held[host] = max(held[host], now + seconds)
            case "wait":
                now += seconds
    for _ in range(10 * added + 10):
        for host in busy:
            for _ in range(busy[host]):
                frontier.release(host, now)
            busy[host] = 0
        if not take():
            now += frontier.wait_s(now) or 0.0
    assert taken == added
    now += 10
    frontier.take(now)
    kept = {host for host, budget in frontier._hosts.items() if not budget.is_slowed}
    assert not kept  # nothing is remembered of hosts that have nothing to do and never complained


def test_items_put_off_come_back_in_time_and_order() -> None:
    frontier: Frontier[str] = Frontier(lambda _: Pace(1, 0))
    frontier.put_off("later", 4.0)
    frontier.put_off("sooner", 1.0)
    assert (frontier.wait_s(0.5), frontier.due(0.5), frontier.due(1.0), frontier.due(9.0)) == (
        0.5,
        [],
        ["sooner"],
        ["later"],
    )
    assert frontier.wait_s(9.0) is None


def test_a_longer_hold_counts_only_by_what_it_adds() -> None:
    frontier: Frontier[str] = Frontier(lambda _: Pace(1, 0))
    assert (frontier.hold("a", 0, 5), frontier.hold("a", 1, 4), frontier.hold("a", 2, 8)) == (5, 0, 3)


def taken(frontier: Frontier[str], now: float) -> int:
    return sum(1 for _ in iter(lambda: frontier.take(now), None))


def test_a_host_opens_answer_by_answer() -> None:
    frontier: Frontier[str] = Frontier(lambda _: Pace(3, 0))
    for _ in range(9):
        frontier.add("a", "a")
    started = [taken(frontier, 0.0)]
    for _ in range(3):
        frontier.widen("a")
        frontier.release("a", 0.1)
        started.append(taken(frontier, 0.1))
    assert started == [1, 2, 2, 1]  # 1, 2, 3, 3 at once


def test_a_host_that_keeps_silent_gets_its_window_after_a_second() -> None:
    frontier: Frontier[str] = Frontier(lambda _: Pace(3, 0))
    for _ in range(9):
        frontier.add("a", "a")
    assert (taken(frontier, 0.0), frontier.wait_s(0.25), taken(frontier, 0.9), taken(frontier, 1.0)) == (1, 0.75, 0, 2)


def test_a_host_that_complains_gets_half_and_recovers_slowly() -> None:
    frontier: Frontier[str] = Frontier(lambda _: Pace(8, 0))
    for _ in range(99):
        frontier.add("a", "a")
    assert (taken(frontier, 0.0), taken(frontier, 1.0)) == (1, 7)
    frontier.narrow("a", 1.0)
    for _ in range(8):
        frontier.release("a", 1.0)
    assert taken(frontier, 1.0) == 4
    for _ in range(4):
        frontier.widen("a")
        frontier.release("a", 1.0)
    assert taken(frontier, 1.0) == 4  # a whole round of answers for one more: nearly
    frontier.widen("a")
    frontier.release("a", 1.0)
    assert taken(frontier, 1.0) == 2


def test_a_window_below_one_is_a_longer_pause() -> None:
    frontier: Frontier[str] = Frontier(lambda _: Pace(2, 0.1))
    for _ in range(9):
        frontier.add("a", "a")
    assert taken(frontier, 0.0) == 1
    for _ in range(3):
        frontier.narrow("a", 0.0, least=0.25)
    frontier.release("a", 0.0)
    assert (taken(frontier, 2.9), taken(frontier, 3.0)) == (0, 1)


def test_what_is_drained_waits_no_more() -> None:
    frontier: Frontier[str] = Frontier(lambda _: Pace(1, 0))
    for item in ("one", "two", "three"):
        frontier.add(item, "a")
    frontier.add("other", "b")
    assert frontier.take(0.0) == "one"
    assert frontier.drain("a") == ["two", "three"]
    frontier.release("a", 0.0)
    assert (frontier.take(0.0), frontier.take(0.0), frontier.drain("c")) == ("other", None, [])


@pytest.mark.parametrize(
    ("interval_s", "ends_s"),
    [(0.02, 0.221), (0.05, 0.2525), (0.5, 0.705), (5.0, 5.205), (0.0, 0.2)],
)
def test_a_pause_begins_when_the_request_is_on_the_wire_and_lasts_a_little_longer(
    interval_s: float, ends_s: float
) -> None:
    frontier: Frontier[str] = Frontier(lambda _: Pace(1, interval_s))
    frontier.add("one", "a")
    frontier.add("two", "a")
    assert frontier.take(0.0) == "one"
    frontier.sent("a", 0.2)
    frontier.release("a", 0.2)
    assert (frontier.take(ends_s - 0.0001), frontier.take(ends_s + 0.0001)) == (None, "two")
