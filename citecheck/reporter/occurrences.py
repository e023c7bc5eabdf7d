"""Where each target stands in the texts: results are keyed by target and reported at every link."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from citecheck.model import Audit, Document, Link, Status, Visit


class Occurrence(NamedTuple):
    document: Document
    link: Link


def occurrences(audit: Audit) -> Mapping[str, tuple[Occurrence, ...]]:
    """Every place of every target, by target URL, in the order of the texts; a wrapped link's second half is none."""
    places = places_of(audit.documents)
    return {visit.target.url: tuple(places.get(visit.target.url, ())) for visit in audit.visits}


def places_of(documents: Iterable[Document]) -> Mapping[str, Sequence[Occurrence]]:
    """The same, of targets that are not visited yet."""
    found: dict[str, list[Occurrence]] = {}
    for document in documents:
        for link in document.links:
            if link.repeats is None:
                found.setdefault(link.target, []).append(Occurrence(document, link))
    return found


class Totals(NamedTuple):
    """The numbers that every format shows."""

    targets: int
    occurrences: int
    by_status: Mapping[Status, int]
    """Every status, also those that no target has."""


def totals(audit: Audit) -> Totals:
    """Counted once, here, so that the formats agree."""
    by_status = dict.fromkeys(Status, 0)
    for visit in audit.visits:
        by_status[visit.verdict.status] += 1
    return Totals(
        targets=len(audit.visits),
        occurrences=sum(len(places) for places in occurrences(audit).values()),
        by_status=by_status,
    )


def visits_by_url(audit: Audit) -> Mapping[str, Visit]:
    return {visit.target.url: visit for visit in audit.visits}
