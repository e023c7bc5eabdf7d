"""What a fake web archive holds, how it behaves, and what it was asked."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

RESET = -1
"""In place of a status: the connection is reset, when the request has been read and its effect taken."""
RECORD_AND_RESET = -2
"""The same of a submission, and the capture is made nevertheless."""


class Kept(NamedTuple):
    """One capture."""

    stamp: str
    url: str
    status: int = 200
    body: bytes = b"<!DOCTYPE html><title>Kept</title><p>The quay was open all day, the harbour master said.</p>"
    location: str = ""
    media: str = "text/html; charset=utf-8"

    @property
    def moment(self) -> datetime:
        return datetime.strptime(self.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


class Said(NamedTuple):
    """An answer out of turn."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class ArchiveState:
    """The archive's state, switches and log."""

    kept: list[Kept] = field(default_factory=list)
    next_answers: dict[str, deque[Said]] = field(default_factory=lambda: defaultdict(deque))
    """By the beginning of the path: answers given, one each, before the usual ones."""
    always: dict[str, Said] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    # Looking up
    missed_by_availability: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    """Hosts of excluded sites."""
    has_duplicate_rows: bool = False
    has_odd_rows: bool = False
    names_port_80: bool = False
    excluded_playback: set[str] = field(default_factory=set)
    """URLs whose playback says 200 "URL has been excluded" without Memento-Datetime."""
    circular: set[str] = field(default_factory=set)
    timemap_page: int = 1000
    """Mementos in one TimeMap; what is beyond is in the next."""
    # Saving
    needs_key: bool = True
    pending_polls: int = 1
    outcome: str = "success"
    """`success`, or the `status_ext` that every job ends with."""
    reuses: set[str] = field(default_factory=set)
    """URLs answered with job_id null: captured lately."""
    refusals: dict[str, str] = field(default_factory=dict)
    """By URL, the status_ext said at once on submission, without a job."""
    delay_message: str = ""
    forgotten: set[str] = field(default_factory=set)
    """Jobs whose status has expired."""
    lag_lookups: int = 0
    """So many look-ups see nothing of a new capture."""
    daily: int = 0
    now: datetime = datetime(2031, 4, 9, 12, tzinfo=UTC)
    jobs: dict[str, "Job"] = field(default_factory=dict)
    base: str = ""

    def asked(self, path: str, method: str | None = None) -> list[Asked]:
        return [each for each in self.log if each.path.startswith(path) and method in (None, each.method)]

    def visible(self, *, is_lookup: bool) -> list[Kept]:
        """What look-ups see: new captures lag behind."""
        fresh = {(job.stamp, job.final_url) for job in self.jobs.values() if job.lag > 0}
        if is_lookup:
            for job in self.jobs.values():
                if job.is_done:
                    job.lag -= 1
        return sorted(each for each in self.kept if (each.stamp, each.url) not in fresh)

    def of(self, url: str, *, is_lookup: bool = True) -> list[Kept]:
        return [each for each in self.visible(is_lookup=is_lookup) if url_key(each.url) == url_key(url)]


@dataclass
class Job:
    id: str
    url: str
    polls: int
    stamp: str
    final_url: str
    outcome: str
    lag: int
    is_done: bool = False


def url_key(url: str) -> str:
    parts = urlsplit(unquote(url))
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}".lower()
