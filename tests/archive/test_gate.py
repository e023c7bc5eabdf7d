import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from citecheck.archive.gate import Gate, HostClosed, gate_of
from citecheck.clock import Clock
from tests.archive.clocks import StillClock


def gate(time: StillClock, failures: int = 3) -> Gate:
    return Gate("archive.example", time.clock, failures=failures, pause_s=900.0)


def test_eight_threads_keep_one_rate() -> None:
    starts: list[float] = []
    lock = threading.Lock()

    def sleep(seconds: float) -> None:
        with lock:
            starts.append(seconds)

    # The clock stands still: each wait is the planned start itself.
    still = Gate("archive.example", Clock(monotonic=lambda: 0.0, sleep=sleep), failures=3, pause_s=900.0)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: still.wait("index", 2.5), range(80)))
    assert sorted(starts) == [2.5 * number for number in range(1, 80)]


def test_lanes_are_limited_apart() -> None:
    time = StillClock()
    door = gate(time)
    for lane in ("index", "pages", "index", "pages"):
        door.wait(lane, 10.0)
    assert time.slept_s == [10.0]


def test_failures_in_a_row_open_the_breaker_until_its_pause_is_over() -> None:
    time = StillClock()
    door = gate(time)
    door.failed()
    door.failed()
    door.succeeded()
    for _ in range(3):
        door.wait("index", 0.0)
        door.failed()
    with pytest.raises(HostClosed, match=r"archive\.example is left alone for 900 s more"):
        door.wait("index", 0.0)
    time.passed_s = 901.0
    door.wait("index", 0.0)


def test_a_refusal_holds_every_lane_back_as_long_as_it_asks() -> None:
    time = StillClock()
    door = gate(time)
    door.wait("index", 1.0)
    door.wait("pages", 0.1)
    assert door.refused(20.0) == 20.0
    door.wait("pages", 0.1)
    assert time.passed_s == 20.0


def test_a_refusal_without_a_time_means_a_minute() -> None:
    time = StillClock()
    door = gate(time)
    door.wait("index", 1.0)
    assert door.refused(None) == 60.0
    door.wait("index", 1.0)
    assert time.passed_s == 60.0


def test_a_refusal_for_longer_than_a_minute_closes_the_host() -> None:
    door = gate(StillClock())
    door.refused(3600.0)
    with pytest.raises(HostClosed, match="3600 s more"):
        door.wait("index", 1.0)


def test_who_waited_while_the_host_was_closed_does_not_ask() -> None:
    time = StillClock()
    door = gate(time, failures=1)
    closing = Clock(monotonic=time.clock.monotonic, sleep=lambda seconds: door.failed())
    door._clock = closing
    door.wait("index", 5.0)
    with pytest.raises(HostClosed, match="was closed while others waited"):
        door.wait("index", 5.0)


def test_a_host_has_one_gate_in_the_process() -> None:
    clock = StillClock().clock
    assert gate_of("a.example", clock, 3, 900.0) is gate_of("a.example", clock, 3, 900.0)
    assert gate_of("a.example", clock, 3, 900.0) is not gate_of("b.example", clock, 3, 900.0)
