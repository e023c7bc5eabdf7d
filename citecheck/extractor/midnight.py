"""The days of a live blog's entries that tell only their hours."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

_DAY_MINUTES = 24 * 60
_SLIP_MINUTES = 30
"""An entry so little out of order is of the same day: hardly any two stand nearly a day apart."""


class Midnight:
    """Where entries that tell only their hours pass midnight, by the order in which they take the least time."""

    def __init__(self, hours: Sequence[str]) -> None:
        minutes = [_minutes(each) for each in hours]
        backwards = sum((above - below) % _DAY_MINUTES for above, below in pairwise(minutes))
        forwards = sum((below - above) % _DAY_MINUTES for above, below in pairwise(minutes))
        self._is_newest_first = backwards < forwards
        self._nights = sum(below > above + _SLIP_MINUTES for above, below in pairwise(minutes))
        self._last: str | None = None

    def first_day(self, published: date | None, modified: date | None) -> date | None:
        """The day of the first entry where none tells its own: the newest of several days is of a day after that of
        publication, when the first was written, and not after the last change."""
        if not (published and modified and self._is_newest_first):
            return published
        newest = published + timedelta(days=self._nights)
        return newest if newest <= modified else published

    def told(self, day: date | None, time: str | None) -> date | None:
        """The day of an entry that says it itself, from which the count goes on."""
        self._last = time
        return day

    def day(self, day: date | None, time: str | None) -> date | None:
        """The day of the next entry, that of the one above it being `day`."""
        last, self._last = self._last, time or self._last
        if day is None or time is None or last is None:
            return day
        later = _minutes(time) - _minutes(last)
        if self._is_newest_first and later > _SLIP_MINUTES:
            return day - timedelta(days=1)
        if not self._is_newest_first and -later > _SLIP_MINUTES:
            return day + timedelta(days=1)
        return day


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])
