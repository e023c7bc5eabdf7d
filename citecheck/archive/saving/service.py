"""What every archive that saves pages is to the one who works off the queue."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol


class Said(StrEnum):
    """What an archive's answer means for the page."""

    ACCEPTED = "accepted"
    """There is a job, or it goes on."""
    DONE = "done"
    HELD = "held"
    """It has a copy already: look it up."""
    BUSY = "busy"
    """Again in this run."""
    LATER = "later"
    """Another day."""
    REFUSED = "refused"
    FAILED = "failed"
    LOST = "lost"
    """It knows the job no more, or did not answer: what became of it must be looked up."""


class Answer(NamedTuple):
    said: Said
    job: str | None = None
    copy_url: str | None = None
    is_reused: bool = False
    detail: str = ""


class Closed(Exception):
    """The archive takes nothing more in this run; `until`: nor before then."""

    def __init__(self, reason: str, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.until = until


class Service(Protocol):
    """One archive that saves pages. All three raise Closed when it takes nothing more."""

    def open(self) -> None:
        """Prove keys and allowance before the first page."""

    def submit(self, url: str) -> Answer:
        """Ask for a capture."""

    def poll(self, jobs: Sequence[str]) -> Mapping[str, Answer]:
        """How the jobs stand."""

    def held(self, url: str, since: datetime) -> str | None:
        """The copy of the page taken at or after that time, or None. Raises Unanswered when that is not known."""

    def is_shown(self, copy_url: str) -> bool:
        """Whether a reader finds the copy already."""
