"""The sourcing map for a spreadsheet: one row a claim, outlet and link; a credit that nothing shows has a row too."""

import csv
from collections.abc import Iterable, Iterator, Mapping

from citecheck.model import Audit, Claim, Link, OutletUse, Visit
from citecheck.reporter.day import Day, days_of
from citecheck.reporter.formats.csv import Line, row_of
from citecheck.reporter.matrix import GAP_MEANS, gap_of
from citecheck.reporter.medium import Medium
from citecheck.reporter.sourcing import is_citation, names_outlet
from citecheck.reporter.totals import visits_by_url

COLUMNS = (
    "source", "date", "update", "kind", "line", "column", "claim", "outlet", "how", "cue", "self", "credited", "gap",
    "url", "link_outlet", "confidence", "status", "reason", "links_of_day",
)  # fmt: skip


def render(audit: Audit, medium: Medium) -> Iterator[str]:
    """RFC 4180 with a header row; every cell on one line and safe for a spreadsheet."""
    line = Line()
    out = csv.DictWriter(line, COLUMNS, lineterminator="\r\n")
    out.writeheader()
    yield line.taken()
    visits = visits_by_url(audit)
    for day in days_of(audit):
        for values in _rows(day, visits):
            out.writerow(row_of(values))
            yield line.taken()


def _rows(day: Day, visits: Mapping[str, Visit]) -> Iterator[dict[str, object]]:
    uses = {use.outlet: use for use in day.sourcing.outlets}
    here = day.document.links_by_update
    links = {link.id: link for update in day.sourcing.updates for link in here.get(update, ())}
    left = dict(links)
    unseen = dict(uses)
    of_day = {
        "source": day.document.source,
        "date": day.sourcing.date.isoformat() if day.sourcing.date else None,
        "links_of_day": day.sourcing.links.value,
    }
    for update in day.updates:
        of_update = {**of_day, "update": update.id, "kind": update.kind.value}
        for claim in update.claims:
            laid = [links[each] for each in claim.links if each in links]
            of_claim = {**of_update, "line": claim.line, "column": claim.column, "claim": claim.text}
            for named in _named(day, claim, uses):
                unseen.pop(str(named.get("outlet")), None)
                for link in laid or (None,):
                    left.pop(link.id if link else "", None)
                    yield {**of_claim, **named, **_linked(link, visits)}
    for use in unseen.values():
        if use.is_credited:
            yield {**of_day, **_at_credit(day, use), **_outlet(day, use), "how": "credit line"}
        for each in use.links:
            left.pop(each, None)
            yield {**of_day, **_at(links[each]), **_outlet(day, use), "how": "link", **_linked(links[each], visits)}
    for link in left.values():
        yield {
            **of_day,
            **_at(link),
            **_outlet(day, uses.get(link.outlet or "")),
            "how": "link",
            **_linked(link, visits),
        }


def _at(link: Link) -> dict[str, object]:
    return {"line": link.line, "column": link.column, "update": link.update}


def _at_credit(day: Day, use: OutletUse) -> dict[str, object]:
    credit = day.credit_of(use.outlet)
    return {"line": credit.line, "column": credit.column} if credit else {}


def _named(day: Day, claim: Claim, uses: Mapping[str, OutletUse]) -> Iterable[dict[str, object]]:
    """What the row says of each outlet that the claim names; one row without any where it names none."""
    rows = [
        {
            **_outlet(day, uses.get(each.name)),
            "outlet": each.name,
            "how": each.place.value if is_citation(each) and not claim.is_embed else "mention",
            "cue": each.cue,
        }
        for each in claim.attributions
        if names_outlet(each)
    ]
    return rows or [{}]


def _outlet(day: Day, use: OutletUse | None) -> dict[str, object]:
    if use is None:
        return {}
    return {
        "outlet": use.outlet,
        "self": "yes" if use.is_self else "no",
        "credited": "yes" if use.is_credited else "no",
        "gap": GAP_MEANS.get(gap_of(day, use)),
    }


def _linked(link: Link | None, visits: Mapping[str, Visit]) -> dict[str, object]:
    if link is None:
        return {}
    visit = visits.get(link.target)
    return {
        "url": link.url,
        "link_outlet": link.outlet,
        "confidence": link.confidence.value if link.confidence else None,
        "status": visit.verdict.status.value if visit else None,
        "reason": visit.verdict.reason if visit else None,
    }
