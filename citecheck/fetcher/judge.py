"""What the loop makes of answers. It loads while the first are awaited: it brings parsers and many words along."""

from typing import NamedTuple

from citecheck.clock import Clock
from citecheck.fetcher import ordinary, redirects, siblings, verdict
from citecheck.fetcher.journey import Journey
from citecheck.fetcher.manners import Hosts
from citecheck.fetcher.ordinary import Ordinary
from citecheck.fetcher.urls import Place
from citecheck.fetcher.verdict import Judgement
from citecheck.model import Exchange

_SIBLINGS_KEPT = 500


class Glance(NamedTuple):
    """What an answer plainly is."""

    page: Ordinary | None = None
    following: Place | None = None
    """Where it sends on."""


class Judge:
    """Weighs attempts; remembers what random siblings showed, by family."""

    def __init__(self, hosts: Hosts, clock: Clock) -> None:
        self._hosts = hosts
        self._clock = clock
        self._siblings: dict[str, list[Exchange]] = {}

    def glance(self, exchange: Exchange) -> Glance:
        page = ordinary.seen(exchange)
        if page:
            return Glance(page)
        try:
            return Glance(following=redirects.following(exchange))
        except ValueError:
            return Glance()

    def weigh(self, journey: Journey, page: Ordinary | None) -> Judgement:
        """The judgement on an attempt, which ended at `page` if at an ordinary one; in doubt the journey turns aside.

        That happens once: to an address of the site that cannot exist.
        """
        sibling = None
        if journey.doubted:
            page = None  # that was the sibling
            if len(self._siblings) >= _SIBLINGS_KEPT:
                self._siblings.clear()
            self._siblings[siblings.family(journey.start)] = journey.settle()
        if page is None:
            sibling = self._siblings.get(siblings.family(journey.start))
        judgement = verdict.weigh(
            journey.hops,
            now=self._clock.now(),
            sibling=sibling,
            fragments=journey.target.fragments,
            plainly=page,
            accept=self._hosts.of(journey.place.host).accept,
        )
        if judgement.is_doubtful:
            journey.doubt(siblings.beside(journey.start))
        return judgement
