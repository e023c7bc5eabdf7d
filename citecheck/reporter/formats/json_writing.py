"""An audit as JSON, written piece by piece: a report of 50,000 links is never in memory as one text."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from citecheck import model
from citecheck.reporter.formats.json import (
    Archived,
    Attribution,
    Claim,
    Credit,
    Day,
    Document,
    Extract,
    Finding,
    Hop,
    Host,
    Link,
    Outlet,
    Place,
    Silenced,
    Snapshot,
    Summary,
    Target,
    Update,
    encoded,
)
from citecheck.reporter.medium import Medium
from citecheck.reporter.totals import totals

_Shape = TypeVar("_Shape", bound=Struct)

SCHEMA = "citecheck/report/1"
_BATCH = 64
"""Encoded at once: one by one takes three times as long."""


def render(audit: model.Audit, medium: Medium) -> Iterator[str]:
    """The report in pieces; with documents, snapshots and sourcing when the audit has its map."""
    yield f'{{\n "schema": "{SCHEMA}"'
    yield _member("summary", summary(audit))
    yield from _array("targets", targets(audit))
    yield from _array("findings", findings(audit))
    if audit.silenced:
        yield from _array("silenced", silenced(audit))
    if audit.is_compared:
        yield _member("compared", True)
    if audit.sourcing:
        yield from _array("documents", map(_document, audit.documents))
        yield _member("snapshots", {url: _like(Snapshot, each) for url, each in audit.snapshots.items()})
        yield from _array("sourcing", (_like(Day, day) for day in audit.sourcing))
    yield _member("started_at", audit.started_at)
    yield _member("version", audit.version)
    for name, lines in (("unread", audit.unread), ("notes", audit.notes)):
        if lines:
            yield _member(name, lines)
    if audit.hosts:
        yield from _array("hosts", map(_host, audit.hosts))
    yield "\n}\n"


def render_extract(documents: Iterable[model.Document]) -> str:
    """What was read, as JSON."""
    return encoded(Extract(schema="citecheck/extract/1", documents=tuple(map(_document, documents))))


def summary(audit: model.Audit) -> Summary:
    count = totals(audit)
    return Summary(
        targets=count.targets,
        occurrences=count.occurrences,
        by_status={status.value: number for status, number in count.by_status.items()},
        elapsed_s=round(audit.elapsed_s, 3),
        complete=audit.is_complete,
    )


def targets(audit: model.Audit) -> Iterator[Target]:
    places = audit.occurrences
    for visit in audit.visits:
        yield target(visit, places[visit.target.url], audit.snapshots, audit.archived)


def findings(audit: model.Audit) -> Iterator[Finding]:
    for finding in audit.findings:
        yield _like(Finding, finding)


def silenced(audit: model.Audit) -> Iterator[Silenced]:
    for each in audit.silenced:
        yield Silenced(_like(Finding, each.finding), each.by, each.reason)


def _member(name: str, value: object) -> str:
    return f',\n "{name}": {_indented(value)}'


def _array(name: str, values: Iterable[object]) -> Iterator[str]:
    yield f',\n "{name}": ['
    remaining = iter(values)
    separator, end = "", "]"
    while batch := list(islice(remaining, _BATCH)):
        yield separator + _indented(batch)[1:-3]  # without the batch's own brackets
        separator, end = ",", "\n ]"
    yield end


def _indented(value: object) -> str:
    """The value as a member of the report: laid out within something, without that."""
    return encoded((value,))[len("[\n ") : -len("\n]\n")]


def target(
    visit: model.Visit,
    places: Iterable[model.Occurrence],
    snapshots: Mapping[str, model.Snapshot],
    archived: Mapping[str, model.Archived],
) -> Target:
    """One target as the report has it."""
    kept, held = snapshots.get(visit.target.url), archived.get(visit.target.url)
    return Target(
        url=visit.target.url,
        status=visit.verdict.status,
        reason=visit.verdict.reason,
        confidence=visit.verdict.confidence,
        signals=visit.verdict.signals,
        http_status=visit.http_status,
        final_url=visit.final_url,
        hops=tuple(
            [Hop(each.url, each.http_status, round(each.elapsed_s, 3), each.failure) for each in visit.exchanges]
        ),
        attempts=visit.attempts,
        elapsed_s=round(visit.elapsed_s, 3),
        snapshot=_like(Snapshot, kept) if kept else None,
        suggestion=visit.verdict.suggestion,
        occurrences=tuple([Place(document.source, link.line, link.column, link.text) for document, link in places]),
        title=visit.title,
        checked_at=visit.checked_at,
        archived=_like(Archived, held) if held else None,
    )


def _host(use: model.HostUse) -> Host:
    times = {name: _rounded(getattr(use, name)) for name in ("median_s", "longest_s", "waited_s")}
    return _like(Host, replace(use, **times))


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(max(0.0, seconds), 3)


def _document(document: model.Document) -> Document:
    return Document(
        source=document.source,
        title=document.title,
        language=document.language,
        published=document.published,
        publisher=document.publisher,
        updates=tuple(map(_update, document.updates)),
        links=tuple(_like(Link, link) for link in document.links),
        outlets=tuple(_like(Outlet, outlet) for outlet in document.outlets),
        keeps_links=document.keeps_links,
        evidence=document.evidence,
        notes=document.notes,
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
            Credit(outlet=credit.name, text=credit.text, line=credit.line, column=credit.column, kind=credit.kind)
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
                is_embed=claim.is_embed,
                paragraph=claim.paragraph,
            )
            for claim in update.claims
        ),
        credit_line=update.credit_line,
        credit_line_at=update.credit_line_at,
        pages=update.pages,
        photo_credits=tuple(_like(Attribution, each) for each in update.photo_credits),
    )


def _like(shape: type[_Shape], noun: Struct) -> _Shape:
    """The noun in the contract's shape, whose fields it has by the same names."""
    return msgspec.convert(noun, shape, from_attributes=True)
