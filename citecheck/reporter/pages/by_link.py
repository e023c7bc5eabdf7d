"""A text by link: each target with what came of it, which sentences rest on it, and whether its outlet is credited."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from citecheck.model import Archived, Audit, Claim, Link, Snapshot, Status, Visit
from citecheck.reporter.day import Day, days_of
from citecheck.reporter.pages.shown import MOST_ROWS, WORST_FIRST, laid_words

_MOST_PLACES = 8


class LinkPlace(NamedTuple):
    source: str
    link: Link
    day: Day | None
    claim: Claim | None
    laid: str
    credited: str
    """ "credited that day", "not credited that day", or nothing where no outlet's it is."""


class LinkRow(NamedTuple):
    anchor: str
    visit: Visit
    snapshot: Snapshot | None
    archived: Archived | None
    places: tuple[LinkPlace, ...]
    further: int


class LinkGroup(NamedTuple):
    """The targets of one status."""

    status: Status
    number: int
    rows: tuple[LinkRow, ...]
    """The first of them: 500 on a page, worst first."""


def anchors(audit: Audit) -> Mapping[str, str]:
    """The id that the row of each target has, of those that the page shows."""
    ordered = [visit for status in WORST_FIRST for visit in audit.visits if visit.verdict.status is status]
    return {visit.target.url: f"link-{number}" for number, visit in enumerate(ordered[:MOST_ROWS], 1)}


def by_link(audit: Audit) -> tuple[LinkGroup, ...]:
    """All links by status, worst first; the first 500 of them."""
    rows = anchors(audit)
    places = audit.occurrences
    days = {(day.document.source, update): day for day in days_of(audit) for update in day.sourcing.updates}
    claims = {
        (document.source, claim.id): claim
        for document in audit.documents
        for update in document.updates
        for claim in update.claims
    }
    by_status: dict[Status, list[Visit]] = {}
    for visit in audit.visits:
        by_status.setdefault(visit.verdict.status, []).append(visit)
    groups = []
    for status in WORST_FIRST:
        if status in by_status:
            shown = [visit for visit in by_status[status] if visit.target.url in rows]
            made = tuple(
                LinkRow(
                    rows[visit.target.url],
                    visit,
                    audit.snapshots.get(visit.target.url),
                    audit.archived.get(visit.target.url),
                    tuple(
                        _place(document.source, link, days, claims)
                        for document, link in places[visit.target.url][:_MOST_PLACES]
                    ),
                    max(0, len(places[visit.target.url]) - _MOST_PLACES),
                )
                for visit in shown
            )
            groups.append(LinkGroup(status, len(by_status[status]), made))
    return tuple(groups)


def _place(
    source: str, link: Link, days: Mapping[tuple[str, str], Day], claims: Mapping[tuple[str, str], Claim]
) -> LinkPlace:
    day = days.get((source, link.update or ""))
    return LinkPlace(source, link, day, claims.get((source, link.claim or "")), laid_words(link), _credited(link, day))


def _credited(link: Link, day: Day | None) -> str:
    if day is None or link.outlet is None or link.outlet == day.document.publisher or day.credit is None:
        return ""
    family: Sequence[str] = [
        use.outlet for use in day.sourcing.outlets if day.families.are_kin(use.outlet, link.outlet) and use.is_credited
    ]
    return f"credited on {day.name}" if family else f"not credited on {day.name}"
