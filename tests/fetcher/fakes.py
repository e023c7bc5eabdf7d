"""A clock that the test moves and a transport that answers as told: only here, at the fetcher's own seam."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from citecheck.clock import Clock
from citecheck.fetcher.transport import Request
from citecheck.model import Exchange, Target, Verdict, Visit

START = datetime(2024, 5, 1, 12, tzinfo=UTC)


class Time:
    """Seconds since the start; nobody waits for them."""

    def __init__(self) -> None:
        self.elapsed_s = 0.0

    @property
    def clock(self) -> Clock:
        return Clock(
            now=lambda: START + timedelta(seconds=self.elapsed_s),
            monotonic=lambda: self.elapsed_s,
            sleep=self.pass_by,
        )

    def pass_by(self, seconds: float) -> None:
        self.elapsed_s += seconds


class ToldTransport:
    """Answers each request by `answer`, after `latency_s` of the test's time. `starts` is what was asked, and when."""

    def __init__(self, time: Time, answer: Callable[[Request], Exchange], latency_s: float = 0.0) -> None:
        self.starts: list[tuple[float, str]] = []
        self.requests: list[Request] = []
        self.most_at_once = 0
        self.is_closed = False
        self._time = time
        self._answer = answer
        self._latency_s = latency_s
        self._running: list[tuple[float, Request]] = []

    def start(self, request: Request) -> None:
        self.starts.append((round(self._time.elapsed_s, 3), request.url))
        self.requests.append(request)
        self._running.append((self._time.elapsed_s + self._latency_s, request))
        self.most_at_once = max(self.most_at_once, len(self._running))

    def poll(self, timeout_s: float, wakeups: Sequence[int]) -> list[tuple[Request, Exchange]]:
        now = self._time.elapsed_s
        nearest = min((at for at, _ in self._running), default=now + timeout_s)
        self._time.elapsed_s = max(now, min(nearest, now + timeout_s))
        ended = [each for each in self._running if each[0] <= self._time.elapsed_s]
        self._running = [each for each in self._running if each not in ended]
        return [(request, self._answer(request)) for _, request in ended]

    def sent(self) -> list[tuple[Request, float]]:
        return []

    def close(self) -> None:
        self.is_closed = True


def answered(request: Request, status: int, *headers: tuple[str, str], body: bytes = b"<p>text</p>") -> Exchange:
    return Exchange(url=request.url, started_at=START, http_status=status, headers=headers, body=body)


def targets(*urls: str) -> list[Target]:
    return [Target(url, url) for url in urls]


def verdicts(visits: Sequence[Visit]) -> dict[str, Verdict]:
    return {visit.target.url: visit.verdict for visit in visits}
