"""One finding a line, `path:line:col: level[rule] message`, as editors jump to it; the totals last."""

from collections import Counter

from citecheck.model import Audit, Finding, Level, Status
from citecheck.reporter.medium import Medium
from citecheck.reporter.silencing import untold
from citecheck.reporter.sinks import one_line
from citecheck.reporter.totals import totals
from citecheck.reporter.wording import count


def render(audit: Audit, medium: Medium) -> str:
    """The findings by source and place, then one line of totals."""
    ordered = sorted(audit.findings, key=lambda each: (each.source, each.line or 0, each.column or 0))
    return "".join(f"{one_line(_line(finding))}\n" for finding in ordered) + f"{summary(audit)}\n"


def summary(audit: Audit) -> str:
    """The totals in one line."""
    number = totals(audit)
    links = f"{count(number.targets, 'link')} in {count(number.occurrences, 'place')}"
    if number.targets:
        links += ": " + ", ".join(
            f"{number.by_status[status]} {status}" for status in Status if number.by_status[status]
        )
    by_level = Counter(finding.level for finding in audit.findings)
    found = ", ".join(count(by_level[level], level.value) for level in Level if by_level[level]) or "no findings"
    ended = "" if audit.is_complete else "; the run was cut short"
    left_out = "".join(f"; {each}" for each in filter(None, [untold(audit)]))
    return f"{links}; {found}{left_out}{ended}"


def place(finding: Finding) -> str:
    """`path:line:col`, as far as it is known."""
    return ":".join(str(part) for part in (finding.source, finding.line, finding.column) if part is not None)


def _line(finding: Finding) -> str:
    target = f" <{finding.target}>" if finding.target else ""
    return f"{place(finding)}: {finding.level.value}[{finding.rule}] {finding.message}{target}"
