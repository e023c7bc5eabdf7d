"""The page of one text: the verdict, its sources, what to do, the annotated text, the ways in by outlet and link."""

from collections.abc import Mapping
from typing import Any

from citecheck.model import Audit, DaySourcing, Document
from citecheck.reporter.actions import Action, action_groups
from citecheck.reporter.headline import headline
from citecheck.reporter.matrix import whole_matrix
from citecheck.reporter.pages import rows
from citecheck.reporter.pages.annotation import Annotator
from citecheck.reporter.pages.by_link import anchors, by_link
from citecheck.reporter.pages.by_outlet import by_outlet
from citecheck.reporter.pages.shown import MOST_ROWS, WORST_FIRST, ShownLink, shown_links, status_bar
from citecheck.reporter.pictures import pictures
from citecheck.reporter.totals import totals
from citecheck.reporter.wording import shortened


def view(audit: Audit, home: str | None) -> dict[str, Any]:
    """What the template of a text's page is given; `home` is the way back to the index, where there is one."""
    document = next(iter(audit.documents), Document(source="", updates=(), links=()))
    groups, number = action_groups(audit), totals(audit)
    links = shown_links(audit, document, anchors(audit))
    matrix = whole_matrix(audit)
    annotator = Annotator(links, _actions_by_anchor(groups))
    laid = frozenset(each for update in document.updates for claim in update.claims for each in claim.links)
    days = (
        [(row, annotator.sections(row.day), _loose(row.day.sourcing, document, links, laid)) for row in matrix.rows]
        if matrix
        else []
    )
    return {
        "audit": audit,
        "document": document,
        "home": home,
        "title": shortened(title_of(document), 120) if document.source else "Nothing was read",
        "headline": headline(audit),
        "totals": number,
        "bar": status_bar(number.by_status),
        "pictures": pictures(audit, WORST_FIRST),
        "matrix": matrix if matrix and matrix.columns else None,
        "groups": groups,
        "days": days,
        "outlets": by_outlet(matrix, links) if matrix else (),
        "link_groups": by_link(audit),
        "all_links": rows.links(audit, {}, is_anchored=True) if len(audit.visits) > MOST_ROWS else None,
        "all_findings": rows.findings(audit, {}) if any(group.is_cut for group in groups) else None,
    }


def title_of(document: Document) -> str:
    return document.title or document.source.rstrip("/").rpartition("/")[2] or document.source


def _actions_by_anchor(groups: Any) -> Mapping[str, list[Action]]:
    found: dict[str, list[Action]] = {}
    for group in groups:
        for action in group.actions:
            for anchor in action.anchors:
                found.setdefault(anchor, []).append(action)
    return found


def _loose(
    day: DaySourcing, document: Document, links: Mapping[str, ShownLink], laid: frozenset[str]
) -> tuple[ShownLink, ...]:
    """The day's links that belong to no claim."""
    here = (link for update in day.updates for link in document.links_by_update.get(update, ()))
    return tuple(links[link.id] for link in here if link.id in links and link.id not in laid)
