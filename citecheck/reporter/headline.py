"""The verdict on a whole audit in one sentence, the worst first."""

from citecheck.model import Audit, Status
from citecheck.reporter.day import Day, days_of
from citecheck.reporter.matrix import Gap, gap_of
from citecheck.reporter.totals import totals
from citecheck.reporter.wording import count, listed


def headline(audit: Audit) -> str:
    """ "2 of 33 links lead nowhere; 1 of 16 days has no credit line." """
    links, gaps = _links(audit), _gaps(audit)
    ended = [] if audit.is_complete else ["the run was cut short"]
    if not links and not gaps and not ended:
        number = totals(audit).targets
        opens = (
            "there is no link" if not number else "the one link works" if number == 1 else f"all {number:,} links work"
        )
        links = [opens]
        gaps = ["every outlet that is cited is credited"] if any(day.outlets for day in audit.sourcing) else []
    sentence = "; ".join(listed(part) for part in (links, gaps, ended) if part)
    return sentence[:1].upper() + sentence[1:] + "."


def _links(audit: Audit) -> list[str]:
    number = totals(audit)
    gone = number.by_status[Status.DEAD] + number.by_status[Status.INVALID]
    failing, left = number.by_status[Status.FAILING], number.by_status[Status.UNCHECKED]
    if left and left == number.targets:
        return [f"none of the {left:,} links was checked" if left > 1 else "the one link was not checked"]
    said: list[str] = []
    for many, does, do in (
        (gone, "leads nowhere", "lead nowhere"),
        (failing, "is failing", "are failing"),
        (left, "could not be checked", "could not be checked"),
    ):
        if many:
            of_all = f"{many:,}" if said else f"{many:,} of {count(number.targets, 'link')}"
            said.append(f"{of_all} {does if many == 1 else do}")
    return said


def _gaps(audit: Audit) -> list[str]:
    days = list(days_of(audit))
    sections = [day for day in days if day.is_section]
    bare = [day for day in sections if is_bare(day)]
    gaps = [gap_of(day, use) for day in days if day.credit for use in day.sourcing.outlets]
    uncredited, unnamed = gaps.count(Gap.UNCREDITED), gaps.count(Gap.UNNAMED)
    said = []
    if bare:
        said.append(
            f"{len(bare)} of {count(len(sections), 'day')} {'has' if len(bare) == 1 else 'have'} no credit line"
        )
    if uncredited:
        said.append(f"{count(uncredited, 'cited outlet')} {'goes' if uncredited == 1 else 'go'} uncredited")
    if unnamed:
        said.append(f"{count(unnamed, 'credited outlet')} {'is' if unnamed == 1 else 'are'} never named")
    return said


def is_bare(day: Day) -> bool:
    """It cites outlets that nothing credits, and has no credit line."""
    return day.is_section and day.credit is None and any(use.cited for use in day.lacking())
