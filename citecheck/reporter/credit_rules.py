"""The rules on credit lines: what is credited, cited and linked on a day, and the differences between them.

One function a rule, from an audit to its findings. Each says what was seen and what would settle it.
"""

from collections.abc import Iterator

from citecheck.model import Audit, Finding, Level, LinksKept
from citecheck.reporter.credit_lines import proposal
from citecheck.reporter.day import Day, days_of
from citecheck.reporter.wording import listed, times


def credited_not_cited(audit: Audit, level: Level) -> Iterator[Finding]:
    shown: dict[str, set[str]] = {document.source: set() for document in audit.documents}
    for day in days_of(audit):
        shown[day.document.source].update(
            use.outlet for use in day.sourcing.outlets if use.cited or use.mentioned or use.linked
        )
    for day in days_of(audit):
        for use in day.sourcing.outlets:
            credit = day.credit_of(use.outlet)
            if credit is None or use.is_self or any(kin.cited or kin.mentioned or kin.linked for kin in day.kin(use)):
                continue
            if day.credit and day.credit.is_of_page and use.outlet in shown[day.document.source]:
                continue  # the page's line answers for every day together
            if day.credit and day.credit.is_of_page:
                shown[day.document.source].add(use.outlet)  # said once, not on every day
            seen = f"{use.outlet} is in the credit line of {day.name}, but no sentence names it"
            match day.sourcing.links:
                case LinksKept.KEPT:
                    seen += " and no link leads to it"
                case LinksKept.PARTLY:
                    seen += " (a link may have: some pages of this copy show no links)"
                case LinksKept.LOST:
                    seen += " (a link may have: this copy kept no links of the day)"
            yield day.at_credit(
                credit, "credited-not-cited", level, f"{seen}; name it where its reporting is used, or drop it"
            )


def cited_not_credited(audit: Audit, level: Level) -> Iterator[Finding]:
    """An outlet that is linked and nowhere cited is a note, whatever the level of the rule."""
    for day in days_of(audit):
        if day.credit is None:
            continue  # missing-credits says it for all of them
        for use in day.lacking():
            if use.cited:
                _, attribution = next(day.citations(use.outlet))
                message = f"{use.outlet} is cited on {day.name}, but the credit line lacks it; add it{_proposed(day)}"
                yield day.at_attribution(attribution, "cited-not-credited", level, message)
            elif use.linked:
                link = day.document.links_by_id[use.links[0]]
                message = (
                    f"{use.outlet} is linked on {day.name}, but neither cited nor in the credit line; "
                    "credit it if its reporting was used"
                )
                yield day.at_link(link, "cited-not-credited", Level.NOTE, message, use.outlet)


def credited_not_linked(audit: Audit, level: Level) -> Iterator[Finding]:
    for day in days_of(audit):
        if day.sourcing.links is not LinksKept.KEPT:
            continue  # the copy may have lost the link: nothing can be said
        for use in day.others():
            if not (use.is_credited or use.cited) or any(kin.linked for kin in day.kin(use)):
                continue
            how = "credited and cited" if use.is_credited and use.cited else "cited" if use.cited else "credited"
            message = f"{use.outlet} is {how} on {day.name}, but nothing links to it; link the report that was used"
            credit = day.credit_of(use.outlet)
            citation = next(day.citations(use.outlet), None)
            if citation:
                yield day.at_attribution(citation[1], "credited-not-linked", level, message)
            elif credit:
                yield day.at_credit(credit, "credited-not-linked", level, message)


def missing_credits(audit: Audit, level: Level) -> Iterator[Finding]:
    """Where credit lines are the custom: in dated sections, and in a text that has one elsewhere."""
    custom = {
        document.source
        for document in audit.documents
        if any(update.credit_line is not None for update in document.updates)
    }
    for day in days_of(audit):
        used = [use for use in day.lacking() if use.cited]
        if day.credit or not used or not (day.is_section or day.document.source in custom):
            continue
        outlets = listed(f"{use.outlet} ({times(use.cited)})" for use in used)
        yield day.at_heading(
            "missing-credits", level, f"{day.name} has no credit line, but cites {outlets}; add one{_proposed(day)}"
        )


def _proposed(day: Day) -> str:
    line = proposal(day)
    return f": “{line}”" if line else ""
