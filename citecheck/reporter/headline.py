"""The verdict on a whole audit in one sentence, the worst first."""

from citecheck.model import Audit, Status
from citecheck.reporter.day import Day, days_of
from citecheck.reporter.matrix import Gap, gap_of
from citecheck.reporter.occurrences import totals
from citecheck.reporter.wording import count, listed


def headline(audit: Audit) -> str:
    """ "2 of 33 links are dead, and 1 of 16 days has no credit line." """
    said = [*_links(audit), *_gaps(audit)]
    if not audit.is_complete:
        said.append("the run was cut short")
    if not said:
        number = totals(audit).targets
        opens = "the one link opens" if number == 1 else f"all {number:,} links open" if number else "there is no link"
        said = [opens, *(["every outlet that is cited is credited"] if audit.sourcing else [])]
    sentence = ", and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
    return sentence[:1].upper() + sentence[1:] + "."


def _links(audit: Audit) -> list[str]:
    number = totals(audit)
    if not number.targets:
        return []
    left = number.by_status[Status.UNCHECKED]
    if left == number.targets:
        return [f"none of the {left:,} links was checked" if left > 1 else "the one link was not checked"]
    broken = {status: number.by_status[status] for status in (Status.DEAD, Status.INVALID, Status.FAILING)}
    parts = [f"{many:,} {status.value}" for status, many in broken.items() if many]
    said = []
    if parts:
        is_one = sum(broken.values()) == 1
        said.append(f"of {count(number.targets, 'link')} {listed(parts)} {'is' if is_one else 'are'}")
    if left:
        said.append(f"{count(left, 'link')} could not be checked")
    return said


def _gaps(audit: Audit) -> list[str]:
    days = list(days_of(audit))
    sections = [day for day in days if day.is_section]
    bare = [day for day in sections if day.credit is None and _cites(day)]
    gaps = [gap_of(day, use) for day in days if day.credit for use in day.sourcing.outlets]
    uncredited, unnamed = gaps.count(Gap.UNCREDITED), gaps.count(Gap.UNNAMED)
    said = []
    if bare:
        said.append(
            f"{len(bare)} of {count(len(sections), 'day')} {'has' if len(bare) == 1 else 'have'} no credit line"
        )
    if uncredited:
        said.append(
            f"{count(uncredited, 'cited outlet')} {'is' if uncredited == 1 else 'are'} missing from the day’s credits"
        )
    if unnamed:
        said.append(f"{count(unnamed, 'credited outlet')} {'is' if unnamed == 1 else 'are'} never named")
    return said


def _cites(day: Day) -> bool:
    return any(use.cited for use in day.others())
