"""The index over several texts: the verdict on all, the texts worst first, what to do, and every link."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from citecheck.model import Audit, DaySourcing, Finding
from citecheck.reporter.actions import action_groups
from citecheck.reporter.headline import headline
from citecheck.reporter.pages import rows
from citecheck.reporter.pages.shown import WORST_FIRST, status_bar
from citecheck.reporter.pictures import pictures
from citecheck.reporter.totals import totals, visits_by_url
from citecheck.reporter.wording import count


def view(audit: Audit, hrefs: Mapping[str, str]) -> dict[str, Any]:
    """What the template of the index is given; `hrefs` has the page of each text, by its source."""
    groups, number = action_groups(audit), totals(audit)
    return {
        "audit": audit,
        "title": count(len(audit.documents), "text"),
        "headline": headline(audit),
        "totals": number,
        "bar": status_bar(number.by_status),
        "pictures": pictures(audit, WORST_FIRST),
        "groups": groups,
        "hrefs": hrefs,
        "texts": rows.texts(audit, hrefs),
        "all_links": rows.links(audit, hrefs, is_anchored=bool(hrefs)),
        "all_findings": rows.findings(audit, hrefs) if any(group.is_cut for group in groups) else None,
    }


def hrefs(audit: Audit, name: str) -> Mapping[str, str]:
    """The page of each text beside an index of that file name: `index-texts/0001-river.html`."""
    folder = f"{name.rpartition('.')[0] or name}-texts"
    return {
        document.source: f"{folder}/{number:04}-{_slug(document.source)}.html"
        for number, document in enumerate(audit.documents, 1)
    }


def parts(audit: Audit) -> Iterator[Audit]:
    """The audit of each text alone."""
    visits = visits_by_url(audit)
    findings: dict[str, list[Finding]] = {}
    for finding in audit.findings:
        findings.setdefault(finding.source, []).append(finding)
    sourcing: dict[str, list[DaySourcing]] = {}
    for day in audit.sourcing:
        sourcing.setdefault(day.document, []).append(day)
    for document in audit.documents:
        targets = dict.fromkeys(link.target for link in document.links)
        yield replace(
            audit,
            documents=(document,),
            visits=tuple(visits[target] for target in targets if target in visits),
            snapshots={target: audit.snapshots[target] for target in targets if target in audit.snapshots},
            archived={target: audit.archived[target] for target in targets if target in audit.archived},
            sourcing=tuple(sourcing.get(document.source, ())),
            findings=tuple(findings.get(document.source, ())),
            unread=(),
            notes=(),
        )


def _slug(source: str) -> str:
    stem = source.rstrip("/").rpartition("/")[2].rpartition(".")[0] or source.rstrip("/").rpartition("/")[2]
    return re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower()[:60] or "text"
