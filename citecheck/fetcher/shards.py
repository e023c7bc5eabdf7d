"""Fetching over several processes: each has its own hosts and the same loop, and what is redirected to another's
host is handed over to it, so that no host is asked by two."""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from math import inf
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr, replace

from citecheck.clock import Clock
from citecheck.errors import CitecheckError, FetchError
from citecheck.fetcher import order, partings
from citecheck.fetcher.journey import Journey
from citecheck.fetcher.terms import Terms
from citecheck.fetcher.wakeup import Wakeup
from citecheck.model import Target, Verdict, Visit

_BATCH = 256
_BATCH_BYTES = 1 << 20
_PORTION = 1024
_ENDINGS = (signal.SIGINT, signal.SIGTERM)
_PORTIONS_AHEAD = 2
"""So many wait with a shard: the next is asked for in time, and its memory stays flat in the number of targets."""


class Parcel(Struct):
    """What a shard sends: visits that ended, journeys whose next host is another's; or why it cannot work."""

    visits: list[Visit] = []
    journeys: list[Journey] = []
    is_portion_begun: bool = False
    """The next may come."""
    error: str = ""


class Letter(Struct):
    """What the parent sends: a portion of targets, none when all have been sent; or journeys from another shard."""

    targets: list[Target] | None = None
    remembered: list[Visit] = []
    """Earlier visits of the portion's targets."""
    journeys: list[Journey] = []


class Mail:
    """A shard's line to the others, by way of the parent."""

    def __init__(self, connection: Connection, number: int, of: int) -> None:
        self.remembered: dict[str, Visit] = {}
        """Earlier visits of the targets that have come."""
        self._connection = connection
        self._number, self._of = number, of
        self._parcel = Parcel()
        self._bytes = 0
        self._encoder = msgspec.msgpack.Encoder()
        self._arrived: SimpleQueue[Journey] = SimpleQueue()
        self._portions: SimpleQueue[Letter] = SimpleQueue()
        self._wakeup = Wakeup()
        threading.Thread(target=self._listen, name="citecheck-mail", daemon=True).start()

    def owns(self, host: str) -> bool:
        """Whether this shard asks `host`."""
        return shard_of(host, self._of) == self._number

    def fileno(self) -> int:
        """Becomes readable when something has arrived."""
        return self._wakeup.fileno()

    def is_idle(self) -> bool:
        """Whether no targets have come yet."""
        return self._portions.empty()

    def targets(self) -> Iterator[Target]:
        """All that this shard begins with, as they come."""
        while portion := (letter := self._portions.get()).targets:
            self.send(Parcel(is_portion_begun=True))
            self.remembered.update((visit.target.url, visit) for visit in letter.remembered)
            for target in portion:
                if target.request_url == target.url:
                    force_setattr(target, "request_url", target.url)  # one string, not two alike
                yield target

    def post(self, visit: Visit) -> None:
        """Sends a visit, soon."""
        self._parcel.visits.append(visit)
        self._bytes += sum(len(each.body) for each in visit.exchanges)
        if len(self._parcel.visits) >= _BATCH or self._bytes >= _BATCH_BYTES:
            self.flush()

    def hand_over(self, journey: Journey) -> None:
        """Sends a journey to whoever owns its next host, soon."""
        self._parcel.journeys.append(journey)
        if len(self._parcel.journeys) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Sends what waits. Without a parent there is nobody to work for: the process ends."""
        if self._parcel.visits or self._parcel.journeys:
            self.send(self._parcel)
            self._parcel, self._bytes = Parcel(), 0

    def send(self, parcel: Parcel) -> None:
        try:
            self._connection.send_bytes(self._encoder.encode(parcel))
        except OSError:
            os._exit(1)

    def received(self) -> list[Journey]:
        """The journeys that have arrived."""
        self._wakeup.quiet()
        journeys = []
        while not self._arrived.empty():
            journey = self._arrived.get()
            journeys.append(journey)
        return journeys

    def _listen(self) -> None:
        decoder = msgspec.msgpack.Decoder(Letter)
        try:
            while True:
                letter = decoder.decode(self._connection.recv_bytes())
                if letter.targets is not None:
                    self._portions.put(letter)
                for journey in letter.journeys:
                    self._arrived.put(journey)
                    self._wakeup.ring()
        except (EOFError, OSError):  # the parent has all it wants, or was killed
            os._exit(1)


def shard_of(host: str, of: int) -> int:
    """The number of the shard that asks `host`; "www." and its parent are asked by one, as one leads to the other."""
    return zlib.crc32(host.removeprefix("www.").encode("utf-8", "replace")) % of


class Shards:
    """Processes that fetch, forked before libcurl is used. They load what they need, and then wait for targets."""

    def __init__(self, number: int, terms: Terms) -> None:
        self._terms = terms
        self._lines: list[Connection] = []
        self._processes: list[BaseProcess] = []
        settings = terms.settings
        share = replace(settings, concurrency=max(1, settings.concurrency // number), max_run_s=None)
        context = multiprocessing.get_context("fork")
        partings.part()  # or the children would hold those connections too
        gc.freeze()  # or the children's collector would copy every page that they share with us
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)  # what comes at a fork is not for the child to tell of
        for index in range(number):
            ours, theirs = context.Pipe()
            self._lines.append(ours)
            process: BaseProcess = context.Process(
                target=_serve, args=(index, number, theirs, self._lines, replace(terms, settings=share)), daemon=True
            )
            process.start()
            self._processes.append(process)
            theirs.close()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)

    def visits(
        self, targets: Sequence[Target], remembered: Mapping[str, Visit], pulse: Callable[[], None]
    ) -> Generator[Visit, None, None]:
        """Visits `targets`, once. Raises FetchError when a process cannot work or dies."""
        clock = self._terms.clock
        until_s = clock.monotonic() + (self._terms.settings.max_run_s or inf)
        yield from _gathered(self._lines, _Post(self._lines, targets, remembered), until_s, clock, pulse)

    def close(self) -> None:
        """Ends the processes, whatever they do."""
        for line in self._lines:
            line.close()
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()
        gc.unfreeze()


class _Post:
    """What the parent sends to whom. A shard that is no more is sent nothing: the next look at its line tells why."""

    def __init__(self, lines: Sequence[Connection], targets: Sequence[Target], remembered: Mapping[str, Visit]) -> None:
        self.left = len(targets)
        """So many visits have not come back."""
        self.under_way: dict[str, Target] = {}
        self._lines = lines
        self._remembered = remembered
        self._encoder = msgspec.msgpack.Encoder()
        self._shares: list[deque[Target]] = [deque() for _ in lines]
        for chunk in order.chunks(targets):
            self._shares[shard_of(order.name_of(chunk[0].request_url), len(lines))].extend(chunk)
        for _ in range(_PORTIONS_AHEAD):
            for line in lines:
                self.serve(line)

    def serve(self, line: Connection) -> None:
        """Sends a shard its next targets; none when it has had all."""
        share = self._shares[self._lines.index(line)]
        portion = [share.popleft() for _ in range(min(_PORTION, len(share)))]
        self.under_way.update((target.url, target) for target in portion)
        known = [self._remembered[target.url] for target in portion if target.url in self._remembered]
        self._send(line, Letter(targets=portion, remembered=known))

    def deliver(self, journey: Journey) -> None:
        """Sends a journey to whoever owns its next host."""
        self._send(self._lines[shard_of(journey.place.host, len(self._lines))], Letter(journeys=[journey]))

    def _send(self, line: Connection, letter: Letter) -> None:
        with contextlib.suppress(OSError):
            line.send_bytes(self._encoder.encode(letter))


def _gathered(
    lines: Sequence[Connection], post: _Post, until_s: float, clock: Clock, pulse: Callable[[], None]
) -> Generator[Visit, None, None]:
    """The visits of all shards, until the run has taken as long as it may; journeys go to whoever owns their host."""
    decoder = msgspec.msgpack.Decoder(Parcel)
    verdicts: dict[Verdict, Verdict] = {}
    while post.left and clock.monotonic() < until_s:
        pulse()
        for line in wait(lines, timeout=min(1.0, until_s - clock.monotonic())):
            assert isinstance(line, Connection)  # noqa: S101 - typeshed: wait may be given sockets too
            try:
                parcel = decoder.decode(line.recv_bytes())
            except (EOFError, OSError) as error:
                raise FetchError("a process that fetched has ended before its work; try --jobs 1") from error
            if parcel.error:
                raise FetchError(parcel.error)
            if parcel.is_portion_begun:
                post.serve(line)
            for journey in parcel.journeys:
                post.deliver(journey)
            post.left -= len(parcel.visits)
            for visit in parcel.visits:
                _share(visit, post.under_way.pop(visit.target.url), verdicts)
                yield visit


def _share(visit: Visit, target: Target, verdicts: dict[Verdict, Verdict]) -> None:
    """Has a visit that has just been read speak of the target that we have, in words that were said: a third less."""
    force_setattr(visit, "target", target)
    if not (visit.verdict.signals or visit.verdict.suggestion):
        force_setattr(visit, "verdict", verdicts.setdefault(visit.verdict, visit.verdict))
    for exchange in visit.exchanges:
        if exchange.url == target.request_url:
            force_setattr(exchange, "url", target.request_url)
        if exchange.peer_address:  # one for all links of a host
            force_setattr(exchange, "peer_address", sys.intern(exchange.peer_address))


def _serve(number: int, of: int, line: Connection, inherited: Sequence[Connection], terms: Terms) -> None:
    """A shard's life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent says when it is over
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
    for each in inherited:  # or nobody would notice that the parent has gone
        each.close()
    mail = Mail(line, number, of)
    # Late: the parent, which has no use for it, goes on reading meanwhile.
    from citecheck.fetcher.loop import FetchLoop
    from citecheck.fetcher.resolver import Resolver
    from citecheck.fetcher.tolerance import TolerantTransport

    try:
        loop = FetchLoop(
            mail.targets(),
            terms,
            transport=TolerantTransport(terms.settings, keep_bodies=terms.keep_bodies, clock=terms.clock),
            resolver=Resolver(terms.settings, clock=terms.clock),
            mail=mail,
            remembered=mail.remembered,
        )
        while mail.is_idle() and not loop.preparation.is_over:
            loop.preparation.step()
        for visit in loop.visits():
            mail.post(visit if terms.keep_bodies else visit.light())
    except CitecheckError as error:
        mail.send(Parcel(error=str(error)))
