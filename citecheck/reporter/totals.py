"""The numbers that every format shows: counted once, here, so that the formats agree."""

from collections.abc import Mapping
from typing import NamedTuple

from citecheck.model import Audit, Status, Visit


class Totals(NamedTuple):
    targets: int
    occurrences: int
    by_status: Mapping[Status, int]
    """Every status, also those that no target has."""


def totals(audit: Audit) -> Totals:
    by_status = dict.fromkeys(Status, 0)
    for visit in audit.visits:
        by_status[visit.verdict.status] += 1
    return Totals(
        targets=len(audit.visits),
        occurrences=sum(map(len, audit.occurrences.values())),
        by_status=by_status,
    )


def visits_by_url(audit: Audit) -> Mapping[str, Visit]:
    return {visit.target.url: visit for visit in audit.visits}
