"""Budgets of hosts, whatever comes in which order."""

from hypothesis import given
from hypothesis import strategies as st

from citecheck.fetcher.frontier import Frontier

HOSTS = st.sampled_from(["a", "b", "c"])
ACTIONS = st.one_of(
    st.tuples(st.just("add"), HOSTS, st.just(0.0)),
    st.tuples(st.just("take"), HOSTS, st.just(0.0)),
    st.tuples(st.just("release"), HOSTS, st.just(0.0)),
    st.tuples(st.just("hold"), HOSTS, st.floats(0.1, 5)),
    st.tuples(st.just("wait"), HOSTS, st.floats(0.01, 2)),
)


@given(st.lists(ACTIONS, max_size=120), st.integers(1, 3), st.sampled_from([0.0, 0.5]))
def test_budgets_hold_and_nothing_is_lost(actions: list[tuple[str, str, float]], most: int, pause_s: float) -> None:
    frontier: Frontier[str] = Frontier(host_concurrency=most, host_interval_s=pause_s)
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
    assert not frontier._hosts  # nothing is remembered of hosts that have nothing to do


def test_items_put_off_come_back_in_time_and_order() -> None:
    frontier: Frontier[str] = Frontier(host_concurrency=1, host_interval_s=0)
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
    frontier: Frontier[str] = Frontier(host_concurrency=1, host_interval_s=0)
    assert (frontier.hold("a", 0, 5), frontier.hold("a", 1, 4), frontier.hold("a", 2, 8)) == (5, 0, 3)
