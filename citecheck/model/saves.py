"""What is saved elsewhere: one request to a public archive to keep a page."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class SaveState(StrEnum):
    PENDING = "pending"
    """Asked for or to be asked for; nothing is kept yet as far as is known."""
    ARCHIVED = "archived"
    REUSED = "reused"
    """The archive had a copy, young enough, and made no new one."""
    REFUSED = "refused"
    """The archive or the page's server will not have it; asking again is no use."""
    FAILED = "failed"
    UNKNOWN = "unknown"
    """Submitted, and what became of it could not be learnt."""

    @property
    def is_settled(self) -> bool:
        return self not in (SaveState.PENDING, SaveState.UNKNOWN)


class Save(Struct, frozen=True):
    """One page, one archive. It outlives the run that began it."""

    url: str
    archive: str
    """`wayback` or `perma`."""
    state: SaveState = SaveState.PENDING
    job: str | None = None
    copy_url: str | None = None
    """Of an archived or reused one: where a reader finds it."""
    detail: str = ""
    attempts: int = 0
    submitted_at: datetime | None = None
    """Set before the request goes out: a run that was killed then looks before it submits again."""
    due_at: datetime | None = None
    """Not to be asked for again before."""
    is_reused: bool = False
    """The archive said on submission that it had captured the page just before."""
    is_verified: bool = False
    """The copy was seen; a fresh capture may take hours to show up."""
