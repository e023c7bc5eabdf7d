"""robots.txt, on request: asked for once an origin, before the first of its pages (RFC 9309).

Two things are as a reader of links needs them, not as a crawler would have them. A host whose robots.txt cannot be had
for lack of a name, a connection or an answer is asked for the link itself: that its links are dead must be told. And a
link that leads on to a page which is disallowed is not followed there.
"""

from collections import defaultdict
from typing import Protocol

from msgspec import Struct

from citecheck.fetcher import decoding, urls
from citecheck.fetcher.journey import Journey
from citecheck.fetcher.manners import Hosts
from citecheck.fetcher.urls import Place
from citecheck.model import Exchange, Reason, Status, Target, Verdict
from citecheck.patterns import regex

_LARGEST_BYTES = 512 * 1024
"""RFC 9309 asks for no more than 500 KiB to be read."""
_LONGEST_DELAY_S = 10.0
"""Some ask for an hour; then a run would never end."""
_COMPATIBLE = regex(r"compatible;\s*([A-Za-z_-]+)")
_FIRST = regex(r"[A-Za-z_-]+")


class _Rules(Protocol):
    def can_fetch(self, url: str, user_agent: str) -> bool: ...


class _Word(Struct, frozen=True):
    """What is known of an origin."""

    rules: _Rules | None = None
    """None: everything is allowed, or `refusal` says why nothing is."""
    refusal: str = ""
    delay_s: float = 0.0


_ALLOWED = _Word()


def product(user_agent: str) -> str:
    """The name by which a robots.txt means us: the user agent's product token."""
    found = _COMPATIBLE.search(user_agent) or _FIRST.match(user_agent)
    return found[found.re.groups] if found else "*"


class Robots:
    """What each origin says; journeys to one that has not been heard wait here."""

    def __init__(self, user_agent: str, hosts: Hosts) -> None:
        self._product = product(user_agent)
        self._hosts = hosts
        self._words: dict[str, _Word] = {}
        self._waiting: defaultdict[str, list[Journey]] = defaultdict(list)

    def hold(self, journey: Journey) -> bool:
        """Keeps a journey to an origin that has not been heard; whether it was kept."""
        origin = _origin(journey.place)
        if origin in self._words:
            return False
        self._waiting[origin].append(journey)
        return True

    def errand(self, journey: Journey, now_s: float) -> Journey | None:
        """The journey for the robots.txt that `journey` waits for; None when one is on its way."""
        origin = _origin(journey.place)
        if len(self._waiting[origin]) > 1:
            return None
        url = f"{origin}/robots.txt"
        place = urls.parse(url)
        errand = Journey(target=Target(url, url), start=place, place=place, began_s=now_s, is_errand=True)
        errand.begin_attempt()
        return errand

    def learn(self, errand: Journey) -> list[Journey]:
        """Takes in what an errand has brought, a pause for the host among it; the journeys that waited for it."""
        origin = _origin(errand.start)
        word = self._words[origin] = self._read(errand.hops[-1]) if errand.hops else _ALLOWED
        if word.delay_s:
            self._hosts.slow_down(errand.start.host, min(word.delay_s, _LONGEST_DELAY_S))
        return self._waiting.pop(origin, [])

    def refusal(self, journey: Journey) -> Verdict | None:
        """Why the journey's place is not asked for; None: it may be."""
        place = journey.place
        word = self._words[_origin(place)]
        if word.refusal:
            what = word.refusal
        elif word.rules and not word.rules.can_fetch(place.url, self._product):
            what = f"the host's robots.txt disallows it for {self._product}"
        else:
            return None
        signal = what if place.url == journey.start.url else f"it leads on to {place.url}: {what}"
        return Verdict(Status.SKIPPED, Reason.ROBOTS, signals=(signal,))

    def _read(self, last: Exchange) -> _Word:
        status = last.http_status or 0
        if status >= 500:
            return _Word(refusal=f"the host's robots.txt cannot be read ({status}): until it can, nothing is allowed")
        if not 200 <= status < 300:
            return _ALLOWED
        from protego import Protego  # type: ignore[import-untyped, unused-ignore]  # older releases ship no types

        try:
            text = decoding.content(last)[:_LARGEST_BYTES].decode("utf-8-sig", "replace")
        except ValueError:
            return _ALLOWED
        rules = Protego.parse(text)
        return _Word(rules, delay_s=rules.crawl_delay(self._product) or 0.0)


def _origin(place: Place) -> str:
    return place.url[: place.url.index("/", len(place.scheme) + 3)]
