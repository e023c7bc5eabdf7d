"""What judging needs, loaded piece by piece while the first answers are awaited: none keeps a free place waiting."""

from collections.abc import Iterator
from importlib import import_module

_PIECES = ("page", "siblings", "fragments", "signals.hijacking", "signals.missing", "ordinary", "verdict", "judge")
"""Modules, each of which brings some 7 ms of others along."""


class Preparation:
    """Loads a piece a step, each of 5 to 10 ms, until it `is_over`."""

    def __init__(self) -> None:
        self.is_over = False
        self._pieces = _pieces()

    def step(self) -> None:
        """Loads the next piece."""
        self.is_over = not next(self._pieces, False)


def _pieces() -> Iterator[bool]:
    """Loads a piece a step; True after every one of them."""
    for name in _PIECES:
        import_module(f"citecheck.fetcher.{name}")
        yield True
    from citecheck.fetcher import markers, ordinary

    markers.markers()
    yield True
    markers.missing_phrases()
    yield True
    ordinary.ready()
