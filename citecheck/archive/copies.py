"""The search for archived copies: of each URL the capture nearest to a date that shows the page.

What an archive says it has is a candidate; a copy is what was fetched and judged to show the page. That there is none
is said only when an index or a list of captures was read to the end.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from datetime import date as Date
from functools import partial

from citecheck.archive import archive_links, memento, wayback
from citecheck.archive.client import Client, Unanswered
from citecheck.archive.memento import Candidate, MementoArchive
from citecheck.archive.wayback import Excluded, Wayback
from citecheck.clock import Clock
from citecheck.model import Archived, ArchivedCopy, CopyState, Exchange
from citecheck.settings import ArchiveSettings, FetchSettings

Judge = Callable[[Sequence[Exchange]], str | None]
"""What is wrong with archived exchanges as a copy of the page, in words; None when they show it."""

_THREADS = 8
_TRIED = 5
"""Candidates of one archive that are fetched before it counts as having none that shows the page."""
_DAY_S = 86400.0


class CopySearch:
    """Looks up what public archives hold. Raises nothing: an archive that fails is told in the answer."""

    def __init__(
        self, settings: ArchiveSettings, fetch: FetchSettings, *, judge: Judge, clock: Clock, user_agent: str
    ) -> None:
        self._settings = settings
        self._judge = judge
        self._client = Client(settings, fetch, clock=clock, user_agent=user_agent)
        self._clock = clock
        self._wayback = Wayback(self._client, settings.wayback)
        self._others = [MementoArchive(self._client, each) for each in settings.public]
        self._intervals = {each.name: each.interval_s for each in settings.public}
        self._intervals[wayback.NAME] = settings.wayback.page_interval_s

    def find(self, wanted: Mapping[str, Date | None]) -> Iterator[tuple[str, Archived]]:
        """What is held of each URL near its date, one after another as it is known."""
        self._client.stop_after(self._settings.look_up_s)
        moments = {url: _noon(date) for url, date in wanted.items()}
        try:
            available = self._wayback.available(moments) if self._settings.wayback.url else {}
        except Unanswered:
            available = {}
        pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="citecheck-archive")
        try:
            yield from zip(
                moments,
                pool.map(lambda url: self._search(url, moments[url], available.get(url)), moments),
                strict=True,
            )
        finally:
            self._client.stop_after(0.0)  # whoever is still asking asks nothing more
            pool.shutdown(wait=False, cancel_futures=True)

    def _search(self, url: str, moment: datetime | None, available: Candidate | None) -> Archived:
        known = archive_links.recognise(url, (self._settings.wayback.url,))
        original = (known.original if known else None) or url
        moment = moment or (known.moment if known else None)
        remarks: list[str] = []
        copies: list[ArchivedCopy] = []
        is_certain = False
        for archive, candidates in self._sources(original, moment, available):
            if any(copy.archive == archive for copy in copies):
                continue
            try:
                found, is_whole = candidates()
                copy = self._first_that_shows(found, original, moment, remarks)
                is_certain |= is_whole and len(found) <= _TRIED
            except Excluded as excluded:
                remarks.append(str(excluded))
            except Unanswered as error:
                remarks.append(str(error))
            else:
                if copy:
                    copies.append(copy)
                    if copy.distance_days is None or copy.distance_days <= self._settings.near_days:
                        break
        detail = "; ".join(dict.fromkeys(remarks))
        if copies:
            copies.sort(key=lambda copy: copy.distance_days or 0.0)
            return Archived(CopyState.FOUND, tuple(copies), detail)
        return Archived(CopyState.NONE if is_certain else CopyState.UNKNOWN, (), detail)

    def _sources(
        self, url: str, moment: datetime | None, available: Candidate | None
    ) -> Iterator[tuple[str, Callable[[], tuple[list[Candidate], bool]]]]:
        """Who may have it, the likeliest first; each gives candidates and whether they are all that it has."""
        if available:
            yield wayback.NAME, lambda: ([available], False)
        if self._settings.wayback.url:
            yield wayback.NAME, lambda: (self._wayback.captures(url, moment), True)
        for archive in self._others:
            yield archive.name, partial(archive.candidates, url, moment)

    def _first_that_shows(
        self, candidates: list[Candidate], url: str, moment: datetime | None, remarks: list[str]
    ) -> ArchivedCopy | None:
        for candidate in candidates[:_TRIED]:
            shown = memento.fetch(
                self._client,
                candidate,
                url,
                interval_s=self._intervals[candidate.archive],
                raw_bases=(self._settings.wayback.url,),
            )
            if shown is None:
                remarks.append(f"{candidate.url} is no memento")
                continue
            fault = self._judge(shown.exchanges)
            if fault:
                remarks.append(f"{shown.url} does not show the page: {fault}")
                continue
            return ArchivedCopy(candidate.archive, shown.url, shown.moment, distance_days(shown.moment, moment))
        return None


def distance_days(found: datetime, wanted: datetime | None) -> float | None:
    return None if wanted is None else round(abs((found - wanted).total_seconds()) / _DAY_S, 1)


def _noon(date: Date | None) -> datetime | None:
    return datetime.combine(date, time(12), UTC) if date else None
