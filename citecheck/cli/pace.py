"""How a run gets on: what is done, how fast, which hosts are slow, and how long the rest may take."""

from collections import Counter, deque
from collections.abc import Iterable

from citecheck.model import Status, Target, Visit
from citecheck.reporter.hosts import host_of

_WINDOW_S = 10.0
"""The rate is that of so long ago until now: what was remembered, or quick to fail, tells nothing of the rest."""
_SLOW_S = 1.0


class _Host:
    __slots__ = ("answered", "began_s", "done", "left", "spent_s")

    def __init__(self) -> None:
        self.left = self.done = self.answered = 0
        self.began_s = 0.0
        self.spent_s = 0.0


class Pace:
    """Counts visits. All times are seconds of one monotonic clock, handed in."""

    def __init__(self, targets: Iterable[Target] = (), now: float = 0.0) -> None:
        self.total = 0
        self.by_status: Counter[Status] = Counter()
        self._hosts: dict[str, _Host] = {}
        self._slow: set[str] = set()
        self._fetched = 0
        self._began_s = now
        self._seen: deque[tuple[float, int]] = deque([(now, 0)])
        for target in targets:
            self.total += 1
            self._hosts.setdefault(host_of(target.request_url), _Host()).left += 1

    @property
    def done(self) -> int:
        return self.by_status.total()

    def note(self, visit: Visit, now: float) -> None:
        """Takes in a visit that has ended."""
        self.by_status[visit.verdict.status] += 1
        name = host_of(visit.target.request_url)
        host = self._hosts.setdefault(name, _Host())
        host.left = max(0, host.left - 1)
        if visit.is_cached or not visit.exchanges:
            return
        self._fetched += 1
        host.done += 1
        host.began_s = host.began_s or max(self._began_s, now - visit.elapsed_s)
        host.answered += len(visit.exchanges)
        host.spent_s += sum(each.elapsed_s for each in visit.exchanges)
        if host.spent_s >= _SLOW_S * host.answered:
            self._slow.add(name)
        else:
            self._slow.discard(name)

    def rate(self, now: float) -> float:
        """Links fetched a second, of late."""
        if now - self._seen[-1][0] >= 1:
            self._seen.append((now, self._fetched))
        while len(self._seen) > 1 and now - self._seen[1][0] >= _WINDOW_S:
            self._seen.popleft()
        since, before = self._seen[0]
        return (self._fetched - before) / max(now - since, 0.001)

    def left_s(self, now: float) -> float | None:
        """How long the rest takes at this pace; the host with most left may take longer than all. None: unknown."""
        left = self.total - self.done
        rate = self.rate(now)
        if not rate or not left:
            return None if left else 0.0
        longest = max(self._hosts.values(), key=lambda each: each.left)
        alone_s = longest.left * (now - longest.began_s) / longest.done if longest.done else 0.0
        return max(left / rate, alone_s)

    def slowest(self, count: int) -> list[tuple[str, float]]:
        """The hosts that take longest to answer, with the mean of their answers in seconds; quick ones are none."""
        means = ((name, self._hosts[name].spent_s / self._hosts[name].answered) for name in self._slow)
        return sorted(means, key=lambda each: (-each[1], each[0]))[:count]

    def waiting(self, most: int) -> list[tuple[str, int]]:
        """The hosts that something is left of, with how much; none while they are more than `most`."""
        left = [(name, host.left) for name, host in self._hosts.items() if host.left]
        return sorted(left, key=lambda each: (-each[1], each[0])) if len(left) <= most else []
