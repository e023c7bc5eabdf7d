"""What may start now: each host has a number of requests at once, a pause between two starts, and may be held."""

import heapq
from collections import deque
from itertools import count
from typing import Generic, TypeVar

Item = TypeVar("Item")


class _Host(Generic[Item]):
    __slots__ = ("busy", "held_until", "is_listed", "next_at", "queue")

    def __init__(self) -> None:
        self.queue: deque[Item] = deque()
        self.busy = 0
        self.next_at = 0.0
        self.held_until = 0.0
        self.is_listed = False
        """It stands in the line of hosts that may start something, or among those that wait for their time."""


class Frontier(Generic[Item]):
    """Items waiting for their host's budget. All times are seconds of one monotonic clock, handed in."""

    def __init__(self, *, host_concurrency: int, host_interval_s: float) -> None:
        self._concurrency = max(1, host_concurrency)
        self._interval_s = host_interval_s
        self._hosts: dict[str, _Host[Item]] = {}
        self._line: deque[str] = deque()
        self._sleeping: list[tuple[float, int, str]] = []
        self._put_off: list[tuple[float, int, Item]] = []
        self._order = count()

    def add(self, item: Item, host: str) -> None:
        """Queues `item` behind what waits for `host`."""
        budget = self._hosts.get(host)
        if budget is None:
            budget = self._hosts[host] = _Host()
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
            at = max(budget.next_at, budget.held_until)
            if at > now:
                self._sleep(host, budget, at)
                continue
            item = budget.queue.popleft()
            budget.busy += 1
            budget.next_at = now + self._interval_s
            self._list(host, budget)
            return item
        return None

    def release(self, host: str, now: float) -> None:
        """Takes back one `take` of `host`."""
        budget = self._hosts[host]
        budget.busy -= 1
        self._list(host, budget)
        self._drop_idle(host, budget, now)

    def hold(self, host: str, now: float, until: float) -> float:
        """Starts nothing more of `host` before `until`; how many seconds that adds to what it was held for already."""
        budget = self._hosts.setdefault(host, _Host())
        added_s = max(0.0, until - max(now, budget.held_until))
        budget.held_until = max(budget.held_until, until)
        self._drop_idle(host, budget, now)
        return added_s

    def wait_s(self, now: float) -> float | None:
        """How long until an item may start by the mere passing of time; None: nothing waits for that."""
        times = [heap[0][0] for heap in (self._put_off, self._sleeping) if heap]
        return max(0.0, min(times) - now) if times else None

    def _list(self, host: str, budget: _Host[Item]) -> None:
        if budget.queue and not budget.is_listed and budget.busy < self._concurrency:
            budget.is_listed = True
            self._line.append(host)

    def _sleep(self, host: str, budget: _Host[Item], at: float) -> None:
        budget.is_listed = True
        heapq.heappush(self._sleeping, (at, next(self._order), host))

    def _drop_idle(self, host: str, budget: _Host[Item], now: float) -> None:
        """Forgets a host that has nothing to do, once its pause is over: memory stays flat in the number of hosts."""
        if budget.busy or budget.is_listed:
            return
        at = max(budget.next_at, budget.held_until)
        if at > now:
            self._sleep(host, budget, at)
        else:
            del self._hosts[host]
