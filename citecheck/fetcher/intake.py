"""How targets come in: each becomes a journey, or a visit at once where nothing is to be asked."""

from collections.abc import Iterable, Mapping

from citecheck.clock import Clock
from citecheck.fetcher import guard, urls
from citecheck.fetcher.journey import Journey
from citecheck.model import Target, Visit
from citecheck.settings import FetchSettings


class Intake:
    """Reads targets one by one, as they are asked for. `remembered` are earlier visits by URL."""

    def __init__(
        self, targets: Iterable[Target], settings: FetchSettings, remembered: Mapping[str, Visit], clock: Clock
    ) -> None:
        self.has_more = True
        self._targets = iter(targets)
        self._settings = settings
        self._remembered = remembered
        self._clock = clock

    def next(self, now: float) -> Journey | Visit | None:
        """What comes of the next target; None when there are no more."""
        target = next(self._targets, None)
        if target is None:
            self.has_more = False
            return None
        if urls.is_file(target.request_url):
            from citecheck.fetcher import files

            found, missing = files.look(target)
            # Without a time, so that nobody remembers it: a file is looked for anew each time.
            return Visit(target=target, verdict=found, missing_fragments=missing)
        refusal = guard.refusal(target.request_url, self._settings)
        if refusal:
            return Visit(target=target, verdict=refusal, checked_at=self._clock.now())
        place = urls.parse(target.request_url)
        known = self._remembered.get(target.url)
        return Journey(target=target, start=place, place=place, began_s=now, known=known)
