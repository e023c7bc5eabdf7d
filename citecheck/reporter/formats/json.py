"""The JSON of `extract` (citecheck/extract/1) and of `check` and `audit` (citecheck/report/1).

The Structs here are the contract: a change of a name is a new version, a further field with a default is not. The
schemas beside them are made from them; json_writing.py fills them, json_reading.py reads them back.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

from citecheck import model
from citecheck.reporter.sinks import encodable, json_escaped


class Credit(Struct, frozen=True, omit_defaults=True):
    outlet: str
    text: str
    line: int
    column: int
    kind: model.AttributionKind = model.AttributionKind.OUTLET


class Attribution(Struct, frozen=True, omit_defaults=True, rename={"is_self": "self"}):
    outlet: str | None
    text: str
    kind: model.AttributionKind
    cue: str
    place: model.Place
    strength: model.Strength
    is_self: bool
    via: str | None
    line: int
    column: int
    qualifiers: tuple[str, ...] = ()


class Claim(Struct, frozen=True, omit_defaults=True, rename={"is_embed": "embed"}):
    id: str
    text: str
    line: int
    column: int
    attributions: tuple[Attribution, ...]
    links: tuple[str, ...]
    is_embed: bool = False
    paragraph: int = 0


class Update(Struct, frozen=True, omit_defaults=True):
    id: str
    heading: str | None
    date: date | None
    time: str | None
    kind: model.UpdateKind
    line: int
    credits: tuple[Credit, ...]
    claims: tuple[Claim, ...]
    credit_line: str | None = None
    credit_line_at: int | None = None
    pages: tuple[int, ...] = (1,)
    photo_credits: tuple[Attribution, ...] = ()


class Link(Struct, frozen=True, omit_defaults=True):
    id: str
    url: str
    target: str
    text: str
    origin: str
    line: int
    column: int | None
    update: str | None
    claim: str | None
    confidence: model.Certainty | None
    outlet: str | None
    page: int = 1
    repeats: str | None = None
    box: model.Box | None = None
    kept_url: str | None = None
    kept_on: date | None = None


class Outlet(Struct, frozen=True, omit_defaults=True):
    """What the registry knows of an outlet that the document uses."""

    name: str
    kind: model.OutletKind
    country: str | None = None
    ownership: model.Ownership = model.Ownership.UNKNOWN
    parent: str | None = None


class Document(Struct, frozen=True, omit_defaults=True):
    source: str
    title: str | None
    language: str | None
    published: date | None
    publisher: str | None
    updates: tuple[Update, ...]
    links: tuple[Link, ...]
    outlets: tuple[Outlet, ...] = ()
    keeps_links: bool = True
    evidence: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Extract(Struct, frozen=True):
    schema: Literal["citecheck/extract/1"]
    documents: tuple[Document, ...]


class Summary(Struct, frozen=True):
    targets: int
    occurrences: int
    by_status: dict[str, int]
    elapsed_s: float
    complete: bool


class Hop(Struct, frozen=True, omit_defaults=True):
    url: str
    http_status: int | None
    elapsed_s: float
    failure: model.Failure | None = None


class Snapshot(Struct, frozen=True):
    file: str
    offset: int
    size_bytes: int
    digest: str
    captured_at: datetime


class ArchivedCopy(Struct, frozen=True):
    archive: str
    url: str
    captured_at: datetime
    distance_days: float | None


class Archived(Struct, frozen=True):
    state: model.CopyState
    copies: tuple[ArchivedCopy, ...]
    detail: str


class Place(Struct, frozen=True):
    source: str
    line: int
    column: int | None
    text: str


class Target(Struct, frozen=True, omit_defaults=True):
    url: str
    status: model.Status
    reason: str
    confidence: model.Certainty
    signals: tuple[str, ...]
    http_status: int | None
    final_url: str | None
    hops: tuple[Hop, ...]
    attempts: int
    elapsed_s: float
    snapshot: Snapshot | None
    suggestion: str | None
    occurrences: tuple[Place, ...]
    title: str | None = None
    checked_at: datetime | None = None
    archived: Archived | None = None
    """What public archives hold of it, where they were asked."""


class Finding(Struct, frozen=True):
    rule: str
    level: model.Level
    message: str
    source: str
    line: int | None
    column: int | None
    end_column: int | None
    target: str | None
    date: date | None
    outlet: str | None


class Silenced(Struct, frozen=True):
    finding: Finding
    by: model.SilencedBy
    reason: str


class OutletUse(Struct, frozen=True, rename={"is_self": "self", "is_credited": "credited"}):
    outlet: str
    kind: model.AttributionKind
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


class Day(Struct, frozen=True):
    document: str
    date: date | None
    updates: tuple[str, ...]
    links: model.LinksKept
    credit_line: str | None
    outlets: tuple[OutletUse, ...]
    claims: ClaimCount


class Host(Struct, frozen=True):
    host: str
    links: int
    requests: int
    retries: int
    cached: int
    statuses: dict[str, int]
    answers: dict[str, int]
    median_s: float | None
    longest_s: float | None
    waited_s: float


class Report(Struct, frozen=True, omit_defaults=True):
    schema: Literal["citecheck/report/1"]
    summary: Summary
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()
    """Findings that are counted and no longer told: a comment silences them, or the baseline knows them."""
    compared: bool = False
    """With a baseline."""
    documents: tuple[Document, ...] | UnsetType = UNSET
    """These three are there when the sourcing was mapped: in an audit, not in a check."""
    snapshots: dict[str, Snapshot] | UnsetType = UNSET
    sourcing: tuple[Day, ...] | UnsetType = UNSET
    started_at: datetime | None = None
    version: str = ""
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    hosts: tuple[Host, ...] = ()
    """How each host answered, where that was asked for."""


SCHEMAS: Mapping[str, type[Struct]] = {"extract-1": Extract, "report-1": Report}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one of SCHEMAS, as shipped in reporter/schema/."""
    made = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(SCHEMAS[name])))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"citecheck/{name}", **made}


def encoded(value: Any, *, is_indented: bool = True) -> str:
    """JSON of builtins and Structs with a final line break; every string in it made safe."""
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:  # a lone surrogate, from bytes that were no text
        data = msgspec.json.encode(_encodable(msgspec.to_builtins(value)))
    safe = json_escaped(data.decode())  # before the layout, whose line breaks would each be looked at
    return (msgspec.json.format(safe, indent=1) if is_indented else safe) + "\n"


def _encodable(value: Any) -> Any:
    match value:
        case str():
            return encodable(value)
        case dict():
            return {encodable(key): _encodable(each) for key, each in value.items()}
        case list() | tuple():
            return [_encodable(each) for each in value]
        case _:
            return value
