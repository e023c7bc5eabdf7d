"""What was found: the sourcing map, findings, and the audit that holds it all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date  # a field called `date` hides the type in a class body
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from citecheck.model.outlets import AttributionKind
from citecheck.model.texts import Document, Link
from citecheck.model.visits import Archived, Snapshot, Visit


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(Struct, frozen=True, gc=False):
    """A rule was broken here."""

    rule: str
    level: Level
    message: str
    source: str
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    target: str | None = None
    date: Date | None = None
    outlet: str | None = None


class LinksKept(StrEnum):
    KEPT = "kept"
    PARTLY = "partly"
    LOST = "lost"


class OutletUse(Struct, frozen=True):
    """How one day uses one outlet."""

    outlet: str
    kind: AttributionKind
    is_self: bool
    is_credited: bool
    cited: int
    mentioned: int
    linked: int
    claims: tuple[str, ...]
    links: tuple[str, ...]


class ClaimCount(Struct, frozen=True):
    total: int
    attributed: int
    linked: int
    neither: int


class DaySourcing(Struct, frozen=True):
    """One day of the sourcing map: an update and its analysis share it."""

    document: str
    date: Date | None
    updates: tuple[str, ...]
    links: LinksKept
    credit_line: str | None
    outlets: tuple[OutletUse, ...]
    claims: ClaimCount


class SilencedBy(StrEnum):
    COMMENT = "comment"
    """In the text."""
    BASELINE = "baseline"
    """It was known before."""


class Silenced(Struct, frozen=True):
    """A finding that is counted and no longer told."""

    finding: Finding
    by: SilencedBy
    reason: str = ""


class Exclusion(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[exclude]]`: links that are not visited, why, and until when."""

    reason: str
    url: str = ""
    """A regular expression, searched for in the URL."""
    host: str = ""
    """A host's name; `*` stands for any characters."""
    until: Date | None = None
    """The last day on which it holds."""
    file: str = ""
    """The settings file it stands in, with its line: filled in by whoever read it."""
    line: int | None = None


class HostUse(Struct, frozen=True):
    """How one host answered in a run."""

    host: str
    links: int
    """Targets on it."""
    requests: int
    """As far as visits show them: each hop of the last attempt, and one for every attempt before it."""
    retries: int
    cached: int
    """Links of which an earlier run's verdict was taken."""
    statuses: Mapping[str, int]
    """Of its links' verdicts."""
    answers: Mapping[str, int]
    """By HTTP status or failure, those to requests that other hosts' links led to included."""
    median_s: float | None
    """Of the answers; None: it gave none."""
    longest_s: float | None
    waited_s: float
    """The longest that a link waited, for its turn or to be tried again."""


class Occurrence(NamedTuple):
    """Where a target stands."""

    document: Document
    link: Link


class Audit(Struct, frozen=True, dict=True):
    """One run."""

    started_at: datetime
    elapsed_s: float
    is_complete: bool
    documents: tuple[Document, ...]
    visits: tuple[Visit, ...]
    """Light ones, one a target, in the order in which the texts name them."""
    snapshots: Mapping[str, Snapshot] = {}
    """By target URL."""
    archived: Mapping[str, Archived] = {}
    """By target URL, of the targets that public archives were asked for."""
    sourcing: tuple[DaySourcing, ...] = ()
    findings: tuple[Finding, ...] = ()
    silenced: tuple[Silenced, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    is_compared: bool = False
    """With a baseline: then `findings` are the new ones, and those known before are among the silenced."""
    unread: tuple[str, ...] = ()
    """A line for each source that exists and could not be read."""
    notes: tuple[str, ...] = ()
    """What the user must know of the run itself: no network, a resolver in trouble."""
    version: str = ""
    is_cut: bool = False
    """The visits had taken as long as they may (`fetch.max_run_s`): it is not complete."""
    hosts: tuple[HostUse, ...] = ()
    """Where they were asked for."""

    @cached_property
    def occurrences(self) -> Mapping[str, Sequence[Occurrence]]:
        """Every place of every target, by its URL, in the order of the texts; a wrapped link's second half is none."""
        places = places_of(self.documents)
        return {visit.target.url: places.get(visit.target.url, ()) for visit in self.visits}


def places_of(documents: Iterable[Document]) -> dict[str, list[Occurrence]]:
    """Every place of every target that the documents name, whether it was visited or not."""
    found: dict[str, list[Occurrence]] = {}
    for document in documents:
        for link in document.links:
            if link.repeats is None:
                known = found.get(link.target)
                if known is None:
                    found[link.target] = [Occurrence(document, link)]
                else:
                    known.append(Occurrence(document, link))
    return found
