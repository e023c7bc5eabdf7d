"""A report.json back to the audit that it was written from, so that other formats can be made of it.

What older reports do not have yet takes its default; what the report never had (headers, bodies) stays empty.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from citecheck import model
from citecheck.errors import UsageError
from citecheck.reporter.formats.json import Claim, Credit, Day, Document, Report, Target, Update

_Noun = TypeVar("_Noun", bound=Struct)
_EPOCH = datetime.fromtimestamp(0, UTC)


class _Head(Struct, frozen=True):
    schema: str


def audit_of(data: bytes, name: str) -> model.Audit:
    """The audit in a report of any version so far; `name` is the file's, for messages.

    Raises UsageError for what is no report, or one of a version to come.
    """
    try:
        schema = msgspec.json.decode(data, type=_Head).schema
        reader = _READERS.get(schema)
        if reader is None:
            known = ", ".join(_READERS)
            raise UsageError(f"{name}: its schema is {schema}, and this citecheck reads {known}: update it", about=name)
        return reader(data)
    except msgspec.DecodeError as error:
        raise UsageError(f"{name}: is no report.json of an audit or a check: {error}", about=name) from error


def _report_1(data: bytes) -> model.Audit:
    report = msgspec.json.decode(data, type=Report)
    started_at = report.started_at or _EPOCH
    credit_lines = {update: day for day in report.sourcing or () for update in day.updates}
    places = {(place.source, place.line, place.column) for target in report.targets for place in target.occurrences}
    documents = tuple(_document(each, credit_lines, places) for each in report.documents or ())
    return model.Audit(
        started_at=started_at,
        elapsed_s=report.summary.elapsed_s,
        is_complete=report.summary.complete,
        documents=documents or tuple(_checked(report.targets)),
        visits=tuple(_visit(target, started_at) for target in report.targets),
        snapshots={
            target.url: _as(model.Snapshot, target.snapshot) for target in report.targets if target.snapshot is not None
        },
        archived={
            target.url: _as(model.Archived, target.archived) for target in report.targets if target.archived is not None
        },
        sourcing=tuple(_as(model.DaySourcing, day) for day in report.sourcing or ()),
        findings=tuple(_as(model.Finding, finding) for finding in report.findings),
        silenced=tuple(
            model.Silenced(_as(model.Finding, each.finding), each.by, each.reason) for each in report.silenced
        ),
        is_compared=report.compared,
        unread=report.unread,
        notes=report.notes,
        version=report.version,
        hosts=tuple(_as(model.HostUse, each) for each in report.hosts),
    )


_READERS: Mapping[str, Callable[[bytes], model.Audit]] = {"citecheck/report/1": _report_1}


def _visit(target: Target, started_at: datetime) -> model.Visit:
    return model.Visit(
        target=model.Target(url=target.url, request_url=target.url),
        verdict=model.Verdict(
            status=target.status,
            reason=target.reason,
            confidence=target.confidence,
            signals=target.signals,
            suggestion=target.suggestion,
        ),
        exchanges=tuple(
            model.Exchange(
                url=hop.url,
                started_at=target.checked_at or started_at,
                elapsed_s=hop.elapsed_s,
                http_status=hop.http_status,
                failure=hop.failure,
            )
            for hop in target.hops
        ),
        attempts=target.attempts,
        elapsed_s=target.elapsed_s,
        title=target.title,
        checked_at=target.checked_at,
    )


def _document(document: Document, days: Mapping[str, Day], places: Set[tuple[str, int, int | None]]) -> model.Document:
    known = {outlet.name for outlet in document.outlets}
    return model.Document(
        source=document.source,
        updates=tuple(_update(update, known, days) for update in document.updates),
        links=tuple(_links(document, places)),
        title=document.title,
        language=document.language,
        published=document.published,
        publisher=document.publisher,
        outlets=tuple(_as(model.Outlet, outlet) for outlet in document.outlets),
        keeps_links=document.keeps_links,
        evidence=document.evidence,
        notes=document.notes,
    )


def _update(update: Update, known: set[str], days: Mapping[str, Day]) -> model.Update:
    credit_line = update.credit_line
    if credit_line is None and update.credits and update.id in days:
        credit_line = days[update.id].credit_line  # the first reports had it with the day alone
    return model.Update(
        id=update.id,
        kind=update.kind,
        line=update.line,
        heading=update.heading,
        date=update.date,
        time=update.time,
        claims=tuple(map(_claim, update.claims)),
        credits=tuple(_credit(credit, known) for credit in update.credits),
        credit_line=credit_line,
        credit_line_at=update.credit_line_at or (update.credits[0].line if update.credits else None),
        pages=update.pages,
        photo_credits=tuple(_as(model.Attribution, each) for each in update.photo_credits),
    )


def _links(document: Document, places: Set[tuple[str, int, int | None]]) -> Iterator[model.Link]:
    """The links; the first reports told of a link's second half only by not counting it as an occurrence."""
    before: model.Link | None = None
    for each in document.links:
        link = _as(model.Link, each)
        is_counted = (document.source, link.line, link.column) in places
        if before and not (is_counted or link.repeats) and before.target == link.target:
            link = replace(link, repeats=before.repeats or before.id)
        yield link
        before = link


def _credit(credit: Credit, known: set[str]) -> model.Credit:
    return model.Credit(
        outlet=credit.outlet if credit.outlet in known or credit.outlet != credit.text else None,
        text=credit.text,
        line=credit.line,
        column=credit.column,
        kind=credit.kind,
    )


def _claim(claim: Claim) -> model.Claim:
    return model.Claim(
        id=claim.id,
        text=claim.text,
        line=claim.line,
        column=claim.column,
        attributions=tuple(_as(model.Attribution, each) for each in claim.attributions),
        links=claim.links,
        is_embed=claim.is_embed,
        paragraph=claim.paragraph,
    )


def _checked(targets: Iterable[Target]) -> Iterator[model.Document]:
    """The documents of a check, which tells of them by their links alone."""
    links: dict[str, list[model.Link]] = {}
    for target in targets:
        for place in target.occurrences:
            here = links.setdefault(place.source, [])
            here.append(
                model.Link(
                    id=f"l{len(here) + 1}",
                    url=target.url,
                    target=target.url,
                    origin="a",
                    line=place.line,
                    column=place.column,
                    text=place.text,
                )
            )
    for source, found in links.items():
        yield model.Document(source=source, updates=(), links=tuple(found))


def _as(noun: type[_Noun], shape: Struct) -> _Noun:
    """The contract's Struct as the noun, whose fields it has by the same names."""
    return msgspec.convert(shape, noun, from_attributes=True)
