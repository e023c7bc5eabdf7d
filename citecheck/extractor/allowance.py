"""What one source may cost: the limits of the settings, and the clock that runs while its claims are told."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.settings import LimitSettings

Item = TypeVar("Item")


class OutOfTime(Exception):
    """A source has taken as long as it may. It never leaves the extractor: what is known by then is what counts."""


class Allowance:
    """The limits for one source; its time begins to run when it is made."""

    def __init__(self, limits: LimitSettings, clock: Clock = SYSTEM_CLOCK) -> None:
        self.limits = limits
        self._monotonic = clock.monotonic
        self._ends_at = clock.monotonic() + limits.claims_s

    @property
    def is_spent(self) -> bool:
        return self._monotonic() >= self._ends_at

    def check(self) -> None:
        """Raises OutOfTime when there is no time left."""
        if self._monotonic() >= self._ends_at:
            raise OutOfTime

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, as long as there is time. Raises OutOfTime before the first for which there is none."""
        for each in items:
            if self._monotonic() >= self._ends_at:
                raise OutOfTime
            yield each


AMPLE = Allowance(LimitSettings(), Clock(monotonic=lambda: 0.0))
"""The default limits, and a clock that stands still."""
