"""Whoever looks on while a run goes: a progress line, a stream of results."""

from collections.abc import Sequence

from citecheck.model import Document, Target, Visit


class Watcher:
    """Is told what happens as it does; by itself it does nothing."""

    def begin(self, documents: tuple[Document, ...], targets: Sequence[Target]) -> None:
        """The texts are read, and these targets will be visited."""

    def visited(self, visit: Visit) -> None:
        """A visit has ended."""

    def wait(self) -> None:
        """There is nothing to do but wait; called at least once a second while visits go."""
