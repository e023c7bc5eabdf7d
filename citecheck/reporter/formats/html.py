"""index.html: one self-contained page, readable without scripts, from a file, in light, dark and print."""

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from citecheck.model import Audit, Claim, Link, Snapshot, Status, Update, Visit
from citecheck.reporter.actions import action_groups
from citecheck.reporter.day import Day
from citecheck.reporter.headline import headline
from citecheck.reporter.matrix import GAP_MEANS, Gap, Matrix, gap_of, matrices
from citecheck.reporter.medium import Medium
from citecheck.reporter.occurrences import Occurrence, occurrences, totals, visits_by_url
from citecheck.reporter.sinks import href, plain
from citecheck.reporter.sourcing import names_outlet
from citecheck.reporter.wording import (
    CERTAINTY_MEANS,
    LINKS_MEAN,
    STATUS_MEANS,
    count,
    day_words,
    listed,
    reason_words,
    shortened,
    verdict_words,
)

if TYPE_CHECKING:
    from jinja2 import Environment

WORST_FIRST = (
    Status.DEAD,
    Status.INVALID,
    Status.FAILING,
    Status.MOVED,
    Status.BLOCKED,
    Status.UNCHECKED,
    Status.SKIPPED,
    Status.ALIVE,
)
_MOST_ROWS = 500
"""Of one list; a page of 10,000 static rows takes 1.7 s to open (measured), and nobody reads it."""

_MOST_TEXTS = 50
_MOST_CLAIMS = 5000


class ShownLink(NamedTuple):
    link: Link
    visit: Visit | None
    snapshot: Snapshot | None


class Name(NamedTuple):
    """Who a claim names as its source."""

    text: str
    is_outlet: bool
    """Else a person, an official, an account."""
    is_uncredited: bool


class ShownClaim(NamedTuple):
    claim: Claim
    names: tuple[Name, ...]
    links: tuple[ShownLink, ...]


class Section(NamedTuple):
    """An update with its claims as the page shows them."""

    update: Update
    claims: tuple[ShownClaim, ...]


class LinkGroup(NamedTuple):
    """The targets of one status."""

    status: Status
    rows: tuple[tuple[Visit, tuple[Occurrence, ...], Snapshot | None], ...]
    further: int


def render(audit: Audit, medium: Medium) -> str:
    """The whole page."""
    environment = _environment()
    shown, further = _most_found(audit)
    style = _style()
    visits = visits_by_url(audit)
    links = {
        document.source: {
            link.id: ShownLink(link, visits.get(link.target), audit.snapshots.get(link.target))
            for link in document.links
        }
        for document in audit.documents
    }
    return environment.get_template("index.html.j2").render(
        audit=audit,
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        title=_title(audit),
        headline=headline(audit),
        totals=totals(audit),
        bar=_bar(totals(audit).by_status),
        matrices=shown,
        further=further,
        groups=action_groups(audit),
        link_groups=_link_groups(audit),
        sections_of=_sections_by_day(shown, links),
        loose_of=lambda day: _loose(day, links[day.document.source]),
        most=_MOST_ROWS,
    )


def pages(audit: Audit, name: str) -> Iterator[tuple[str, Iterable[str]]]:
    """The page, under its file's `name`."""
    yield name, (render(audit, Medium()),)


def _most_found(audit: Audit) -> tuple[tuple[Matrix, ...], int]:
    """The matrices to show, and how many are left out: of many texts those with the most findings, in their order."""
    made = matrices(audit)
    found = Counter(finding.source for finding in audit.findings)
    worst = sorted(made, key=lambda matrix: -found[matrix.document.source])[:_MOST_TEXTS]
    chosen = {matrix.document.source for matrix in worst}
    return tuple(matrix for matrix in made if matrix.document.source in chosen), len(made) - len(worst)


@cache
def _environment() -> "Environment":
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("citecheck.reporter"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Every string that is put out passes here, before it is escaped; what a macro made has passed already.
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
    environment.globals.update(
        Gap=Gap,
        GAP_MEANS=GAP_MEANS,
        LINKS_MEAN=LINKS_MEAN,
        STATUS_MEANS=STATUS_MEANS,
        CERTAINTY_MEANS=CERTAINTY_MEANS,
        WORST_FIRST=WORST_FIRST,
    )
    filters: Mapping[str, Callable[..., Any]] = {
        "href": href,
        "count": count,
        "listed": listed,
        "shortened": shortened,
        "day_words": day_words,
        "reason_words": reason_words,
        "verdict_words": verdict_words,
    }
    environment.filters.update(filters)
    return environment


def _style() -> str:
    return resources.files("citecheck.reporter").joinpath("templates", "style.css").read_text(encoding="utf-8")


def _title(audit: Audit) -> str:
    named = [
        document.title or document.source.rstrip("/").rpartition("/")[2] or document.source
        for document in audit.documents
    ]
    if not named:
        return "Nothing was read"
    more = f" and {count(len(named) - 1, 'more text')}" if len(named) > 1 else ""
    return shortened(named[0], 120) + more


class Segment(NamedTuple):
    """A piece of the bar of statuses, in per mille of its width."""

    status: Status
    number: int
    x: float
    width: float


def _bar(by_status: Mapping[Status, int]) -> tuple[Segment, ...]:
    whole = sum(by_status.values())
    made: list[Segment] = []
    x = 0.0
    for status in WORST_FIRST:
        if by_status[status]:
            width = 1000 * by_status[status] / whole
            made.append(Segment(status, by_status[status], round(x, 2), round(width, 2)))
            x += width
    return tuple(made)


def _sections_by_day(
    shown: Iterable[Matrix], links: Mapping[str, Mapping[str, ShownLink]]
) -> Callable[[Day], tuple[Section, ...]]:
    """The sections of each day, until the page has as many claims as anybody reads; none after that."""
    made: dict[tuple[str, tuple[str, ...]], tuple[Section, ...]] = {}
    left = _MOST_CLAIMS
    for row in (row for matrix in shown for row in matrix.rows):
        if left > 0:
            sections = _sections(row.day, links[row.day.document.source])
            made[row.day.document.source, row.day.sourcing.updates] = sections
            left -= sum(len(section.claims) for section in sections)
    return lambda day: made.get((day.document.source, day.sourcing.updates), ())


def _sections(day: Day, links: Mapping[str, ShownLink]) -> tuple[Section, ...]:
    uncredited = {use.outlet for use in day.sourcing.outlets if gap_of(day, use) is Gap.UNCREDITED}
    return tuple(
        Section(
            update,
            tuple(
                ShownClaim(
                    claim=claim,
                    names=_names(claim, uncredited),
                    links=tuple(links[each] for each in claim.links if each in links and not links[each].link.repeats),
                )
                for claim in update.claims
            ),
        )
        for update in day.updates
    )


def _loose(day: Day, links: Mapping[str, ShownLink]) -> tuple[ShownLink, ...]:
    """The day's links that belong to no claim."""
    laid = {each for update in day.updates for claim in update.claims for each in claim.links}
    return tuple(
        shown
        for shown in links.values()
        if shown.link.update in day.sourcing.updates and shown.link.id not in laid and not shown.link.repeats
    )


def _names(claim: Claim, uncredited: Collection[str]) -> tuple[Name, ...]:
    """Everybody whom the claim names, each once, outlets first."""
    outlets = dict.fromkeys(each.name for each in claim.attributions if names_outlet(each))
    people = dict.fromkeys(each.text for each in claim.attributions if not names_outlet(each))
    return (
        *(Name(name, True, name in uncredited) for name in outlets),
        *(Name(name, False, False) for name in people),
    )


def _link_groups(audit: Audit) -> tuple[LinkGroup, ...]:
    places = occurrences(audit)
    by_status: dict[Status, list[Visit]] = {}
    for visit in audit.visits:
        by_status.setdefault(visit.verdict.status, []).append(visit)
    return tuple(
        LinkGroup(
            status=status,
            rows=tuple(
                (visit, places[visit.target.url], audit.snapshots.get(visit.target.url))
                for visit in by_status[status][:_MOST_ROWS]
            ),
            further=max(0, len(by_status[status]) - _MOST_ROWS),
        )
        for status in WORST_FIRST
        if status in by_status
    )
