"""The sourcing map: for each day of a document, which outlets are credited, cited, mentioned and linked.

Three kinds of evidence stay apart: the block credit, the sentence, the link. A gap is a difference between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from citecheck.model import (
    Attribution,
    AttributionKind,
    Claim,
    ClaimCount,
    Credit,
    DaySourcing,
    Document,
    Link,
    LinksKept,
    Outlet,
    OutletKind,
    OutletUse,
    Place,
    Strength,
    Update,
    UpdateKind,
)

_NOT_A_CITATION = (Place.PHOTO, Place.EMBED)
"""A picture's credit and another's post name an outlet without carrying a claim of the text."""


class CreditLine(NamedTuple):
    """The block credit that holds for a day."""

    text: str
    line: int | None
    credits: tuple[Credit, ...]
    is_of_page: bool
    """It stands in the lead and holds for every day of the page."""


def map_document(document: Document) -> tuple[DaySourcing, ...]:
    """The sourcing map of one document, days in the order of the source; undated updates are days of their own."""
    families = Families(document.outlets)
    return tuple(_day(document, updates, families) for updates in days(document))


def days(document: Document) -> tuple[tuple[Update, ...], ...]:
    """The updates of a document, those of one date together."""
    groups: dict[date | str, list[Update]] = {}
    for update in document.updates:
        groups.setdefault(update.date or update.id, []).append(update)
    return tuple(tuple(group) for group in groups.values())


def credit_line(document: Document, updates: Sequence[Update]) -> CreditLine | None:
    """The block credit of a day: its own, wherever in the day it stands, else the page's."""
    own = [update for update in updates if update.kind is not UpdateKind.LEAD and update.credit_line is not None]
    lead = takewhile(lambda update: update.kind is UpdateKind.LEAD, document.updates)
    found = own or [update for update in lead if update.credit_line is not None]
    if not found:
        return None
    return CreditLine(
        text=" ".join(update.credit_line or "" for update in found),
        line=found[0].credit_line_at,
        credits=tuple(credit for update in found for credit in update.credits),
        is_of_page=not own,
    )


class Families:
    """Who belongs to whom, by the registry's rows that came with a document."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.rows: Mapping[str, Outlet] = {outlet.name: outlet for outlet in outlets}

    def above(self, name: str) -> tuple[str, ...]:
        """The parents of an outlet, nearest first."""
        found: list[str] = []
        row = self.rows.get(name)
        while row and row.parent and row.parent != name and row.parent not in found:
            found.append(row.parent)
            row = self.rows.get(row.parent)
        return tuple(found)

    def are_kin(self, one: str, other: str) -> bool:
        """One is the other, or stands above it."""
        return one == other or one in self.above(other) or other in self.above(one)

    def kind(self, name: str, said: AttributionKind) -> AttributionKind:
        """Outlet or organisation: as the registry has it, else as the text was read."""
        row = self.rows.get(name)
        is_organisation = row.kind is OutletKind.ORGANISATION if row else said is AttributionKind.ORGANISATION
        return AttributionKind.ORGANISATION if is_organisation else AttributionKind.OUTLET


def names_outlet(attribution: Attribution) -> bool:
    """It names an outlet or organisation; a person or an account does only when the registry knows whose."""
    return attribution.outlet is not None or attribution.kind in (
        AttributionKind.OUTLET,
        AttributionKind.ORGANISATION,
    )


def is_citation(attribution: Attribution) -> bool:
    """A claim is tied to the outlet; a mere mention is not."""
    return attribution.strength is not Strength.WEAK and attribution.place not in _NOT_A_CITATION


def body_claims(updates: Iterable[Update]) -> tuple[Claim, ...]:
    """The document's own claims; those inside another's post are not."""
    return tuple(claim for update in updates for claim in update.claims if not claim.is_embed)


def has_source(claim: Claim) -> bool:
    """Somebody, not only an outlet, is named for what it says."""
    return any(attribution.place not in _NOT_A_CITATION for attribution in claim.attributions)


class _Tally:
    """What one day shows of one outlet, while it is counted."""

    def __init__(self, kind: AttributionKind) -> None:
        self.kind = kind
        self.is_self = self.is_credited = False
        self.cited = self.mentioned = 0
        self.claims: list[str] = []
        self.links: list[str] = []


def _day(document: Document, updates: Sequence[Update], families: Families) -> DaySourcing:
    tallies: dict[str, _Tally] = {}

    def tally(name: str, said: AttributionKind = AttributionKind.OUTLET) -> _Tally:
        return tallies.setdefault(name, _Tally(families.kind(name, said)))

    credited = credit_line(document, updates)
    for credit in credited.credits if credited else ():
        if credit.outlet or credit.kind in (AttributionKind.OUTLET, AttributionKind.ORGANISATION):
            tally(credit.name, credit.kind).is_credited = True
    for claim in (claim for update in updates for claim in update.claims):
        for attribution in filter(names_outlet, claim.attributions):
            entry = tally(attribution.name, attribution.kind)
            entry.is_self |= attribution.is_self
            if is_citation(attribution) and not claim.is_embed:
                entry.cited += 1
            else:
                entry.mentioned += 1
            if claim.id not in entry.claims:
                entry.claims.append(claim.id)
    here = [link for update in updates for link in document.links_by_update.get(update.id, ())]
    for link in here:
        if link.outlet is None:
            continue
        # A link to a child counts for whichever of the family the day speaks of; for the child when it does of none.
        family = [name for name in (link.outlet, *families.above(link.outlet)) if name in tallies]
        for name in family or [link.outlet]:
            tally(name).links.append(link.id)
    return DaySourcing(
        document=document.source,
        date=updates[0].date,
        updates=tuple(update.id for update in updates),
        links=_links_kept(document, updates),
        credit_line=credited.text if credited else None,
        outlets=tuple(
            OutletUse(
                outlet=name,
                kind=entry.kind,
                is_self=entry.is_self or name == document.publisher,
                is_credited=entry.is_credited,
                cited=entry.cited,
                mentioned=entry.mentioned,
                linked=len(entry.links),
                claims=tuple(entry.claims),
                links=tuple(entry.links),
            )
            for name, entry in tallies.items()
        ),
        claims=_count(body_claims(updates), document.links_by_id),
    )


def _count(claims: Sequence[Claim], links: Mapping[str, Link]) -> ClaimCount:
    by_source: dict[tuple[bool, bool], int] = defaultdict(int)
    for claim in claims:
        by_source[has_source(claim), any(link in links for link in claim.links)] += 1
    return ClaimCount(
        total=len(claims),
        attributed=by_source[True, True] + by_source[True, False],
        linked=by_source[True, True] + by_source[False, True],
        neither=by_source[False, False],
    )


def _links_kept(document: Document, updates: Sequence[Update]) -> LinksKept:
    """Whether the pages that a day stands on show links; a page without any may have lost them in the copying."""
    if document.keeps_links:
        return LinksKept.KEPT
    body = {claim.id for claim in body_claims(updates)}
    showing = {
        link.page
        for update in updates
        for link in document.links_by_update.get(update.id, ())
        if link.origin == "footnote" or (link.origin == "bare" and link.claim in body)
    }
    pages = {page for update in updates for page in update.pages}
    if pages <= showing:
        return LinksKept.KEPT
    return LinksKept.PARTLY if pages & showing else LinksKept.LOST
