"""The fetcher's one plain loop: targets in, visits out, everything else waits in between."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from msgspec.structs import replace

from citecheck.fetcher import renewal
from citecheck.fetcher.asking import Asking
from citecheck.fetcher.conduct import Conduct
from citecheck.fetcher.frontier import Frontier
from citecheck.fetcher.intake import Intake
from citecheck.fetcher.journey import Journey
from citecheck.fetcher.passing import may_pass
from citecheck.fetcher.preparation import Preparation
from citecheck.fetcher.resolver import Resolver
from citecheck.fetcher.second_look import SecondLooks
from citecheck.fetcher.terms import Terms
from citecheck.fetcher.transport import Request, Transport
from citecheck.fetcher.ways import Way, Ways
from citecheck.model import Exchange, Failure, Target, Verdict, Visit

if TYPE_CHECKING:
    from citecheck.fetcher.judge import Judge
    from citecheck.fetcher.ordinary import Ordinary
    from citecheck.fetcher.retry import RetryPolicy
    from citecheck.fetcher.robots import Robots
    from citecheck.fetcher.shards import Mail

_OPEN_VISITS = 4096
_LOOKUPS_AHEAD = 512
_LONGEST_NAP_S = 1.0
_FEW, _MANY = 4, 32  # what sets out as one comes back as one, and each waits for the others; but many cost less
_CONCERN_ONE = frozenset((200, 404, 410))
"""Answers that say nothing of the host's other links: they are judged once the next are on the wire."""
_OTHER_ADDRESS_MAY_DO = frozenset((Failure.REFUSED, Failure.UNREACHABLE, Failure.CONNECT_TIMEOUT))


class FetchLoop:
    """Visits targets. Everything happens in the thread that iterates; only names are looked up elsewhere."""

    def __init__(
        self,
        targets: Iterable[Target],
        terms: Terms,
        *,
        transport: Transport,
        resolver: Resolver,
        remembered: Mapping[str, Visit],
        mail: "Mail | None" = None,
        pulse: Callable[[], None] = lambda: None,
    ) -> None:
        self._terms = terms
        self._settings = settings = terms.settings
        self._intake = Intake(targets, settings, remembered, terms.clock)
        self._clock = terms.clock
        self._transport = transport
        self._hosts = hosts = terms.hosts
        self._ways = Ways(settings, resolver, hosts.proxies, terms.clock)
        self._mail = mail
        self._pulse = pulse
        self._frontier: Frontier[Journey] = Frontier(hosts.pace_of)
        self._open = 0
        self._handful = _FEW
        self.preparation = Preparation()
        self._running: dict[Request, Journey] = {}
        self._conduct = Conduct()
        self._second_looks = SecondLooks(settings)
        self._asking = Asking(settings, terms.user_agent, self._conduct, hosts)
        self._landed: deque[tuple[Journey, Exchange]] = deque()
        """Off the wire and not judged yet."""
        self._ended: list[Visit] = []

    def visits(self) -> Generator[Visit, None, None]:
        """One Visit a target, as each ends; none any more once the run has taken as long as it may."""
        until_s = self._clock.monotonic() + (self._settings.max_run_s or inf)
        try:
            while self._intake.has_more or self._is_busy or self._ended or self._mail:
                if self._clock.monotonic() >= until_s:
                    self._weigh(len(self._landed))
                    yield from self._ended
                    return
                has_more = self._start()
                if (self._is_busy or self._mail) and not self._ended:
                    self._wait(has_more)
                ended, self._ended = self._ended, []
                yield from ended
        finally:
            self._transport.close()
            self._ways.close()

    @property
    def _is_busy(self) -> bool:
        return self._open > 0 or len(self._second_looks) > 0

    @cached_property
    def _robots(self) -> "Robots | None":
        if not self._settings.robots:
            return None
        from citecheck.fetcher.robots import Robots

        return Robots(self._terms.user_agent, self._hosts)

    @cached_property
    def _judge(self) -> "Judge":
        from citecheck.fetcher.judge import Judge

        return Judge(self._hosts, self._clock)

    @cached_property
    def _policy(self) -> "RetryPolicy":
        from citecheck.fetcher.retry import RetryPolicy

        return RetryPolicy(self._settings.attempts)

    def _start(self) -> bool:
        """Starts what may start now, reading targets only as far as that needs; whether there is more of it."""
        now = self._clock.monotonic()
        for journey in self._frontier.due(now):
            self._route(journey)
        for journey in () if self._intake.has_more else self._second_looks.due(now):
            self._open += 1
            journey.look_again()
            self._route(journey)
        most = min(self._settings.concurrency, len(self._running) + self._handful)
        while len(self._running) < most:
            ready = self._frontier.take(now)
            if ready is None:
                if not self._take_in(now):
                    return False
            else:
                self._send(ready)
        if most < self._settings.concurrency and self.preparation.is_over:
            self._handful = min(_MANY, 2 * self._handful)
        return most < self._settings.concurrency

    def _take_in(self, now: float) -> bool:
        """Takes in one more target; False when there is none or enough are on their way."""
        is_busy = self._open >= _OPEN_VISITS or self._ways.pending >= _LOOKUPS_AHEAD
        if not self._intake.has_more or is_busy or len(self._ended) >= self._settings.concurrency:
            return False
        taken = self._intake.next(now)
        if isinstance(taken, Visit):
            self._ended.append(taken)
        elif taken:
            self._open += 1
            taken.begin_attempt()
            self._route(taken)
        return taken is not None

    def _read_ahead(self, now: float) -> bool:
        """In idle time: takes in one more target, where there is room for it; whether there was one."""
        return self._frontier.ready < self._settings.concurrency and self._take_in(now)

    def _route(self, journey: Journey) -> None:
        """Finds the way to the journey's place; it sets out when that is known."""
        place = journey.place
        if self._mail and not journey.is_errand and not self._mail.owns(place.host):
            self._open -= 1
            self._look_on(journey)
            self._mail.hand_over(journey)
            return
        way = self._ways.find(journey)
        if way:
            self._set_out(way)

    def _set_out(self, way: Way) -> None:
        journey = way.journey
        unasked = way.verdict or self._conduct.closing(journey.place.host)
        if unasked:
            self._end(journey, unasked)
        elif way.failure:
            self._land(journey, way.failure)
        elif self._robots and not journey.is_errand:
            self._knock(journey, self._robots)
        else:
            self._frontier.add(journey, journey.place.host, is_under_way=bool(journey.hops))

    def _knock(self, journey: Journey, robots: "Robots") -> None:
        """Lets the journey in where robots.txt does; has that fetched where it is not known."""
        if robots.hold(journey):
            errand = robots.errand(journey, self._clock.monotonic())
            if errand:
                self._open += 1
                self._route(errand)
            return
        refusal = robots.refusal(journey)
        if refusal:
            self._end(journey, refusal)
        else:
            self._frontier.add(journey, journey.place.host)

    def _learn(self, errand: Journey, robots: "Robots") -> None:
        """A robots.txt has come, or will not come."""
        self._open -= 1
        waiting = robots.learn(errand)
        self._frontier.repace(errand.start.host)
        for journey in waiting:
            self._set_out(Way(journey))

    def _send(self, journey: Journey) -> None:
        request = self._asking.request(journey)
        self._running[request] = journey
        self._transport.start(request)

    def _wait(self, has_more: bool) -> None:
        """Waits until something happens, unless there is more to start, and deals with it."""
        is_free = self.preparation.is_over and not (self._landed or has_more)
        if is_free:
            self._pulse()
        if self._mail and is_free:
            self._mail.flush()
        now = self._clock.monotonic()
        naps = (self._frontier.wait_s(now), None if self._intake.has_more else self._second_looks.wait_s(now))
        timeout_s = min((_LONGEST_NAP_S, *(nap_s for nap_s in naps if nap_s is not None)))
        if self._ways.is_waiting:
            timeout_s = min(timeout_s, 0.1)
        wakeups = (self._ways.fileno(), self._mail.fileno()) if self._mail else (self._ways.fileno(),)
        is_idle = is_free and not self._read_ahead(now)
        if is_idle:
            self._handful = _FEW
        ended = self._transport.poll(timeout_s if is_idle else 0.0, wakeups)
        for request, at in self._transport.sent():
            if request in self._running:
                self._frontier.sent(self._running[request].place.host, at)
        landed = len(self._landed)
        for request, exchange in ended:
            self._release(self._running.pop(request), exchange)
        # First the next requests go out; loading and judging, which take longer, are done when nothing has come.
        if landed >= self._settings.concurrency:
            self._weigh(min(landed, max(_MANY, len(ended))))  # or there would be more and more of them
        elif not (ended or has_more or self.preparation.is_over):
            self.preparation.step()
        elif not (ended or has_more):
            self._weigh(min(landed, self._handful))
        for journey in self._mail.received() if self._mail else ():
            self._open += 1
            self._route(journey)
        for way in self._ways.found():
            self._set_out(way)

    def _weigh(self, count: int) -> None:
        for _ in range(count):
            self._land(*self._landed.popleft())

    def _release(self, journey: Journey, exchange: Exchange) -> None:
        """An exchange has ended on the wire: its place there is free at once."""
        now = self._clock.monotonic()
        host = journey.place.host
        is_accepted = self._is_accepted(journey, exchange)
        if not is_accepted:
            self._conduct.steer(self._frontier, host, exchange, now)
        self._frontier.release(host, now)
        journey.spent_s += exchange.elapsed_s
        if exchange.failure in _OTHER_ADDRESS_MAY_DO and not journey.proxy and journey.next_address():
            self._frontier.add(journey, host)
        elif is_accepted or exchange.http_status in _CONCERN_ONE:
            self._landed.append((journey, exchange))
        else:
            self._land(journey, exchange)

    def _land(self, journey: Journey, exchange: Exchange) -> None:
        """Goes on from an exchange: to the next hop, to another attempt, or to the end."""
        journey.hops.append(exchange)
        journey.keep_cookies(exchange)
        if exchange.http_status == 304 and journey.known:
            self._renew(journey)
            return
        page, place = self._judge.glance(exchange)
        most = self._settings.redirects
        if place and self._conduct.follows(journey.start.host, len(journey.hops), most) and journey.go_on(place):
            self._route(journey)
            return
        is_last = page or journey.doubted or journey.is_second_look or self._is_accepted(journey, exchange)
        if is_last or not self._is_tried_again(journey, exchange):
            self._conclude(journey, page)

    def _renew(self, journey: Journey) -> None:
        visit = renewal.renewed(journey, self._clock)
        if visit:
            self._open -= 1
            self._ended.append(visit)
        else:
            journey.known = None
            journey.begin_attempt()
            self._route(journey)

    def _is_accepted(self, journey: Journey, exchange: Exchange) -> bool:
        """Whether the status counts as alive for the host that answers."""
        return exchange.http_status in self._hosts.of(journey.place.host).accept

    def _is_tried_again(self, journey: Journey, exchange: Exchange) -> bool:
        host, now = journey.place.host, self._clock.now()
        self._conduct.heed(host, exchange, now)
        closing = self._conduct.closing(host)
        if closing:
            for waiting in self._frontier.drain(host):
                self._end(waiting, closing)
        attempts = self._settings.attempts if self._conduct.is_hopeless(host) else journey.attempts
        if not may_pass(exchange):
            return False
        again = self._policy.after(exchange, attempts=attempts, now=now)
        if again is None:
            self._conduct.given_up(host)
            return False
        now_s = self._clock.monotonic()
        if again.is_for_host:
            self._conduct.waited(host, self._frontier.hold(host, now_s, now_s + again.wait_s))
        if exchange.failure is Failure.DNS_TEMPORARY:
            self._ways.forget(host)
        journey.failed_at_s = journey.failed_at_s or now_s
        journey.begin_attempt()
        self._frontier.put_off(journey, now_s + again.wait_s)
        return True

    def _conclude(self, journey: Journey, page: "Ordinary | None" = None) -> None:
        if journey.is_errand and self._robots:
            self._learn(journey, self._robots)
            return
        judgement = self._judge.weigh(journey, page)
        if judgement.is_doubtful:
            self._route(journey)
        else:
            journey.title, journey.missing_fragments = judgement.title, judgement.missing_fragments
            self._end(journey, judgement.verdict)

    def _end(self, journey: Journey, found: Verdict) -> None:
        if journey.doubted or journey.is_errand:  # it is the sibling, or robots.txt, that could not be asked
            self._conclude(journey)
            return
        self._open -= 1
        if not self._terms.keep_bodies:
            journey.hops = [replace(hop, body=b"") for hop in journey.hops]
        if self._second_looks.keep(journey, found, self._clock.monotonic()):
            return
        self._look_on(journey)
        self._report(journey, found)

    def _look_on(self, journey: Journey) -> None:
        """After a second look: the host's next may follow, or all that wait for it are given up."""
        if journey.is_second_look:
            for other, found in self._second_looks.ended(journey):
                self._report(other, found)

    def _report(self, journey: Journey, found: Verdict) -> None:
        visit = journey.visit(found, self._clock)
        self._ended.append(renewal.renewable(visit) if self._terms.is_renewable else visit)
