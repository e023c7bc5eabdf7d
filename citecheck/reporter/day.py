"""A day of the sourcing map together with the texts behind it, as the sourcing rules look at it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.model import (
    Attribution,
    AttributionKind,
    Audit,
    Claim,
    Credit,
    DaySourcing,
    Document,
    Finding,
    Level,
    Link,
    OutletUse,
    Place,
    Update,
    UpdateKind,
)
from citecheck.reporter.sourcing import CreditLine, Families, credit_line, is_citation, names_outlet
from citecheck.reporter.wording import day_name


class Day(NamedTuple):
    """A day of the map with the texts behind it."""

    document: Document
    sourcing: DaySourcing
    updates: tuple[Update, ...]
    credit: CreditLine | None
    families: Families

    @property
    def name(self) -> str:
        return day_name(self.document, self.sourcing)

    @property
    def is_section(self) -> bool:
        """It has dated or at least headed sections; a lead or an article alone is none."""
        return any(update.kind in (UpdateKind.UPDATE, UpdateKind.ANALYSIS) for update in self.updates)

    def others(self) -> tuple[OutletUse, ...]:
        """The outlets of the day: newsrooms, without the publisher itself."""
        return tuple(use for use in self.sourcing.outlets if use.kind is AttributionKind.OUTLET and not use.is_self)

    def lacking(self) -> tuple[OutletUse, ...]:
        """The others that are not credited."""
        return tuple(use for use in self.others() if not self.is_credited(use))

    def is_credited(self, use: OutletUse) -> bool:
        """Whether a credit line of the day has it or one of its house, or a byline has it."""
        return any(kin.is_credited for kin in self.kin(use)) or any(
            said.place is Place.BYLINE for _, said in self.citations(use.outlet)
        )

    def kin(self, use: OutletUse) -> Iterator[OutletUse]:
        return (other for other in self.sourcing.outlets if self.families.are_kin(use.outlet, other.outlet))

    def credit_of(self, outlet: str) -> Credit | None:
        return next((each for each in self.credit.credits if each.name == outlet), None) if self.credit else None

    def citations(self, outlet: str) -> Iterator[tuple[Claim, Attribution]]:
        """Where the day names an outlet, sentences that cite it first."""
        found = [
            (claim, attribution)
            for update in self.updates
            for claim in update.claims
            for attribution in claim.attributions
            if names_outlet(attribution) and attribution.name == outlet
        ]
        return iter(sorted(found, key=lambda pair: not is_citation(pair[1])))

    def at_credit(self, credit: Credit, rule: str, level: Level, message: str) -> Finding:
        return self._at(rule, level, message, credit.name, (credit.line, credit.column, len(credit.text)))

    def at_attribution(self, attribution: Attribution, rule: str, level: Level, message: str) -> Finding:
        place = (attribution.line, attribution.column, len(attribution.text))
        return self._at(rule, level, message, attribution.name, place)

    def at_link(self, link: Link, rule: str, level: Level, message: str, outlet: str | None) -> Finding:
        found = self._at(rule, level, message, outlet, None)
        return replace(found, line=link.line, column=link.column, end_column=link.end_column, target=link.target)

    def at_heading(self, rule: str, level: Level, message: str) -> Finding:
        return replace(self._at(rule, level, message, None, None), line=self.updates[0].line)

    def _at(
        self, rule: str, level: Level, message: str, outlet: str | None, place: tuple[int, int, int] | None
    ) -> Finding:
        line, column, length = place or (None, None, 0)
        return Finding(
            rule=rule,
            level=level,
            message=message,
            source=self.document.source,
            line=line,
            column=column,
            end_column=column + length if column else None,
            date=self.sourcing.date,
            outlet=outlet,
        )


def days_of(audit: Audit) -> Iterator[Day]:
    """Every day of the audit's sourcing map."""
    documents = {document.source: document for document in audit.documents}
    families = {source: Families(document.outlets) for source, document in documents.items()}
    for sourcing in audit.sourcing:
        document = documents[sourcing.document]
        updates = tuple(document.updates_by_id[each] for each in sourcing.updates)
        yield Day(document, sourcing, updates, credit_line(document, updates), families[document.source])


def out_of_order(audit: Audit) -> Iterator[Day]:
    """The days that break the order of their document, newest or oldest first, whichever fits more of them."""
    by_document: dict[str, list[Day]] = {}
    for day in days_of(audit):
        if day.sourcing.date and day.is_section:
            by_document.setdefault(day.document.source, []).append(day)
    for dated in by_document.values():
        ordinals = [day.sourcing.date.toordinal() for day in dated if day.sourcing.date]
        rising, falling = _longest_rise(ordinals), _longest_rise([-each for each in ordinals])
        kept = rising if len(rising) > len(falling) else falling
        yield from (day for place, day in enumerate(dated) if place not in kept)


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Places of a longest non-decreasing subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_right(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    kept: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept
