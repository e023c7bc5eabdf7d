"""The JSON of `extract` (citecheck/extract/1) and of `check` and `audit` (citecheck/report/1).

The Structs here are the contract: a change of a name is a new version. The schemas beside them are made from them.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from citecheck import model
from citecheck.reporter.medium import Medium
from citecheck.reporter.occurrences import Occurrence, occurrences, totals
from citecheck.reporter.sinks import encodable, json_escaped

_Shape = TypeVar("_Shape", bound=Struct)


class Credit(Struct, frozen=True):
    outlet: str
    text: str
    line: int
    column: int


class Attribution(Struct, frozen=True, rename={"is_self": "self"}):
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


class Claim(Struct, frozen=True):
    id: str
    text: str
    line: int
    column: int
    attributions: tuple[Attribution, ...]
    links: tuple[str, ...]


class Update(Struct, frozen=True):
    id: str
    heading: str | None
    date: date | None
    time: str | None
    kind: model.UpdateKind
    line: int
    credits: tuple[Credit, ...]
    claims: tuple[Claim, ...]


class Link(Struct, frozen=True):
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


class Document(Struct, frozen=True):
    source: str
    title: str | None
    language: str | None
    published: date | None
    publisher: str | None
    updates: tuple[Update, ...]
    links: tuple[Link, ...]


class Extract(Struct, frozen=True):
    schema: Literal["citecheck/extract/1"]
    documents: tuple[Document, ...]


class Summary(Struct, frozen=True):
    targets: int
    occurrences: int
    by_status: dict[str, int]
    elapsed_s: float
    complete: bool


class Hop(Struct, frozen=True):
    url: str
    http_status: int | None
    elapsed_s: float


class Snapshot(Struct, frozen=True):
    file: str
    offset: int
    size_bytes: int
    digest: str
    captured_at: datetime


class Place(Struct, frozen=True):
    source: str
    line: int
    column: int | None
    text: str


class Target(Struct, frozen=True):
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


class Report(Struct, frozen=True):
    schema: Literal["citecheck/report/1"]
    summary: Summary
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]
    documents: tuple[Document, ...] | UnsetType = UNSET
    """These three are there when the sourcing was mapped: in an audit, not in a check."""
    snapshots: dict[str, Snapshot] | UnsetType = UNSET
    sourcing: tuple[Day, ...] | UnsetType = UNSET


SCHEMAS: Mapping[str, type[Struct]] = {"extract-1": Extract, "report-1": Report}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one of SCHEMAS, as shipped in reporter/schema/."""
    made = msgspec.json.schema(SCHEMAS[name])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"citecheck/{name}", **made}


def render(audit: model.Audit, medium: Medium) -> str:
    """The report as JSON; with documents, snapshots and sourcing when the audit has its map."""
    return encoded(report(audit))


def render_extract(documents: Iterable[model.Document]) -> str:
    """What was read, as JSON."""
    return encoded(Extract(schema="citecheck/extract/1", documents=tuple(map(_document, documents))))


def report(audit: model.Audit) -> Report:
    """The report as its contract has it."""
    places, count = occurrences(audit), totals(audit)
    full = bool(audit.sourcing)
    return Report(
        schema="citecheck/report/1",
        summary=Summary(
            targets=count.targets,
            occurrences=count.occurrences,
            by_status={status.value: number for status, number in count.by_status.items()},
            elapsed_s=round(audit.elapsed_s, 3),
            complete=audit.is_complete,
        ),
        targets=tuple(_target(visit, places[visit.target.url], audit.snapshots) for visit in audit.visits),
        findings=tuple(_like(Finding, finding) for finding in audit.findings),
        documents=tuple(map(_document, audit.documents)) if full else UNSET,
        snapshots={url: _like(Snapshot, each) for url, each in audit.snapshots.items()} if full else UNSET,
        sourcing=tuple(_like(Day, day) for day in audit.sourcing) if full else UNSET,
    )


def _target(visit: model.Visit, places: Iterable[Occurrence], snapshots: Mapping[str, model.Snapshot]) -> Target:
    kept = snapshots.get(visit.target.url)
    return Target(
        url=visit.target.url,
        status=visit.verdict.status,
        reason=visit.verdict.reason,
        confidence=visit.verdict.confidence,
        signals=visit.verdict.signals,
        http_status=visit.http_status,
        final_url=visit.final_url,
        hops=tuple(Hop(each.url, each.http_status, round(each.elapsed_s, 3)) for each in visit.exchanges),
        attempts=visit.attempts,
        elapsed_s=round(visit.elapsed_s, 3),
        snapshot=_like(Snapshot, kept) if kept else None,
        suggestion=visit.verdict.suggestion,
        occurrences=tuple(
            Place(source=document.source, line=link.line, column=link.column, text=link.text)
            for document, link in places
        ),
    )


def _document(document: model.Document) -> Document:
    return Document(
        source=document.source,
        title=document.title,
        language=document.language,
        published=document.published,
        publisher=document.publisher,
        updates=tuple(map(_update, document.updates)),
        links=tuple(_like(Link, link) for link in document.links),
    )


def _update(update: model.Update) -> Update:
    return Update(
        id=update.id,
        heading=update.heading,
        date=update.date,
        time=update.time,
        kind=update.kind,
        line=update.line,
        credits=tuple(
            Credit(outlet=credit.name, text=credit.text, line=credit.line, column=credit.column)
            for credit in update.credits
            if credit.outlet or credit.kind is not model.AttributionKind.PERSON
        ),
        claims=tuple(
            Claim(
                id=claim.id,
                text=claim.text,
                line=claim.line,
                column=claim.column,
                attributions=tuple(_like(Attribution, each) for each in claim.attributions),
                links=claim.links,
            )
            for claim in update.claims
        ),
    )


def _like(shape: type[_Shape], noun: Struct) -> _Shape:
    """The noun in the contract's shape, whose fields it has by the same names."""
    return msgspec.convert(noun, shape, from_attributes=True)


def encoded(value: Any, *, is_indented: bool = True) -> str:
    """JSON of builtins and Structs with a final line break; every string in it made safe."""
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:  # a lone surrogate, from bytes that were no text
        data = msgspec.json.encode(_encodable(msgspec.to_builtins(value)))
    return json_escaped((msgspec.json.format(data, indent=1) if is_indented else data).decode()) + "\n"


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
