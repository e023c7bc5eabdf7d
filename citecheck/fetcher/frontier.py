"""What may start now: each host has a number of requests at once, a pause between two starts, and may be held.

How much a host bears shows as it answers: its window opens answer by answer, so that the first connections carry the
rest, and is halved when the host complains (additive increase, multiplicative decrease).
"""

import heapq
from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Generic, TypeVar

from msgspec import Struct

Item = TypeVar("Item")

_OPENING_S = 1.0
"""A host that has not answered by then gets its whole window: its silence must not be waited out one by one."""

_DELAYED = 0.05
_DELAYED_AT_MOST_S = 0.005


class Pace(Struct, frozen=True):
    """What is set for a host."""

    concurrency: int
    interval_s: float
    """The least time between the starts of two requests."""


class _Host(Generic[Item]):
    __slots__ = (
        "busy",
        "has_opening",
        "held_until",
        "is_listed",
        "is_slowed",
        "next_at",
        "opens_at",
        "pace",
        "queue",
        "window",
    )

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.queue: deque[Item] = deque()
        self.busy = 0
        self.next_at = 0.0
        self.held_until = 0.0
        self.window = 1.0
        """So many at once; below 1 it stands for a longer pause."""
        self.is_slowed = False
        self.opens_at: float | None = None
        self.has_opening = False
        self.is_listed = False
        """It stands in the line of hosts that may start something, or among those that wait for their time."""


class Frontier(Generic[Item]):
    """Items waiting for their host's budget. All times are seconds of one monotonic clock, handed in."""

    def __init__(self, pace_of: Callable[[str], Pace]) -> None:
        self._pace_of = pace_of
        self._hosts: dict[str, _Host[Item]] = {}
        self._line: deque[str] = deque()
        self._sleeping: list[tuple[float, int, str]] = []
        self._opening: list[tuple[float, int, str]] = []
        self._put_off: list[tuple[float, int, Item]] = []
        self._order = count()

    def add(self, item: Item, host: str, *, is_under_way: bool = False) -> None:
        """Queues `item` behind what waits for `host`; before it, if it has begun: what has begun is ended first."""
        budget = self._hosts.get(host)
        if budget is None:
            budget = self._hosts[host] = _Host(self._pace_of(host))
        if is_under_way:
            budget.queue.appendleft(item)
        else:
            budget.queue.append(item)
        self._list(host, budget)

    def put_off(self, item: Item, until: float) -> None:
        """Keeps `item` out of all budgets until it is `due`."""
        heapq.heappush(self._put_off, (until, next(self._order), item))

    def due(self, now: float) -> list[Item]:
        """The items that were put off until now."""
        ended = []
        while self._put_off and self._put_off[0][0] <= now:
            ended.append(heapq.heappop(self._put_off)[2])
        return ended

    def take(self, now: float) -> Item | None:
        """The next item that may start now; its host is busy with it until `release`."""
        while self._opening and self._opening[0][0] <= now:
            self._open(heapq.heappop(self._opening)[2])
        while self._sleeping and self._sleeping[0][0] <= now:
            host = heapq.heappop(self._sleeping)[2]
            budget = self._hosts[host]
            budget.is_listed = False
            self._list(host, budget)
            self._drop_idle(host, budget, now)
        while self._line:
            host = self._line.popleft()
            budget = self._hosts[host]
            budget.is_listed = False
            if not budget.queue:  # drained meanwhile
                self._drop_idle(host, budget, now)
                continue
            at = max(budget.next_at, budget.held_until)
            if at > now:
                self._sleep(host, budget, at)
                continue
            item = budget.queue.popleft()
            budget.busy += 1
            budget.next_at = now + self._pause_s(budget)
            if budget.opens_at is None:
                budget.opens_at = now + _OPENING_S
            self._list(host, budget)
            return item
        return None

    @property
    def ready(self) -> int:
        """How many hosts may start something by now."""
        return len(self._line)

    def repace(self, host: str) -> None:
        """What is set for the host has changed."""
        budget = self._hosts.get(host)
        if budget:
            budget.pace = self._pace_of(host)

    def sent(self, host: str, at: float) -> None:
        """The host's last request went on the wire only at `at`: the pause begins there."""
        budget = self._hosts[host]
        pause_s = self._pause_s(budget)
        # What is on its way, or before a busy server, a little longer than the next would seem too close to it there.
        budget.next_at = max(budget.next_at, at + pause_s + min(pause_s * _DELAYED, _DELAYED_AT_MOST_S))

    def release(self, host: str, now: float) -> None:
        """Takes back one `take` of `host`."""
        budget = self._hosts[host]
        budget.busy -= 1
        self._list(host, budget)
        self._drop_idle(host, budget, now)

    def widen(self, host: str) -> None:
        """The host has answered as it should: it may be asked for more at once, up to what is set."""
        budget = self._hosts[host]
        step = 1 / max(1.0, budget.window) if budget.is_slowed else 1.0
        budget.window = min(float(budget.pace.concurrency), budget.window + step)

    def narrow(self, host: str, now: float, *, least: float = 1.0) -> None:
        """The host complains, or slows down: half as much from now on, down to `least` (below 1: longer pauses)."""
        budget = self._hosts[host]
        budget.is_slowed = True
        budget.window = max(least, min(budget.window, float(max(1, budget.busy))) / 2)
        budget.next_at = max(budget.next_at, now + self._pause_s(budget))

    def hold(self, host: str, now: float, until: float) -> float:
        """Starts nothing more of `host` before `until`; how many seconds that adds to what it was held for already."""
        budget = self._hosts.get(host) or self._hosts.setdefault(host, _Host(self._pace_of(host)))
        added_s = max(0.0, until - max(now, budget.held_until))
        budget.held_until = max(budget.held_until, until)
        self._drop_idle(host, budget, now)
        return added_s

    def drain(self, host: str) -> list[Item]:
        """Everything that waits for `host`, which waits no more."""
        budget = self._hosts.get(host)
        if budget is None:
            return []
        items, budget.queue = list(budget.queue), deque()
        return items

    def wait_s(self, now: float) -> float | None:
        """How long until an item may start by the mere passing of time; None: nothing waits for that."""
        heaps = (self._put_off, self._sleeping, self._opening)
        times = [heap[0][0] for heap in heaps if heap]
        return max(0.0, min(times) - now) if times else None

    def _pause_s(self, budget: _Host[Item]) -> float:
        pause_s = budget.pace.interval_s
        return max(pause_s, 1 / budget.window - 1) if budget.window < 1 else pause_s

    def _list(self, host: str, budget: _Host[Item]) -> None:
        if not budget.queue or budget.is_listed:
            return
        if budget.busy < max(1, int(budget.window)):
            budget.is_listed = True
            self._line.append(host)
        elif not (budget.opens_at is None or budget.has_opening or budget.is_slowed or self._is_open(budget)):
            budget.has_opening = True
            heapq.heappush(self._opening, (budget.opens_at, next(self._order), host))

    def _is_open(self, budget: _Host[Item]) -> bool:
        return budget.window >= budget.pace.concurrency

    def _open(self, host: str) -> None:
        budget = self._hosts.get(host)
        if budget and not budget.is_slowed:
            budget.window = float(budget.pace.concurrency)
            self._list(host, budget)

    def _sleep(self, host: str, budget: _Host[Item], at: float) -> None:
        budget.is_listed = True
        heapq.heappush(self._sleeping, (at, next(self._order), host))

    def _drop_idle(self, host: str, budget: _Host[Item], now: float) -> None:
        """Forgets a host that has nothing to do, once its pause is over: memory stays flat in the number of hosts."""
        if budget.busy or budget.is_listed or budget.queue or budget.is_slowed:
            return
        at = max(budget.next_at, budget.held_until)
        if at > now:
            self._sleep(host, budget, at)
        else:
            del self._hosts[host]
