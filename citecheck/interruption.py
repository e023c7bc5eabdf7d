"""Ctrl-C in an audit: it ends what takes long, and the report is still made of what there is."""

from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

_Made = TypeVar("_Made")


class Interruption:
    """A context manager for the work that Ctrl-C ends; it takes note and lets the rest go on."""

    def __init__(self) -> None:
        self.has_come = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        is_ours = isinstance(error, KeyboardInterrupt)
        self.has_come = self.has_come or is_ours
        return is_ours

    def insist(self, work: Callable[[], _Made]) -> _Made:
        """What `work` makes, which no report can do without: it is done once more when it is cut off."""
        with self:
            return work()
        return work()
