"""One JSON object a line: every target, every finding, the summary last; the objects are those of the JSON report."""

from collections.abc import Iterator

from citecheck.model import Audit
from citecheck.reporter.formats.json import encoded
from citecheck.reporter.formats.json_writing import SCHEMA, findings, summary, targets
from citecheck.reporter.medium import Medium


def render(audit: Audit, medium: Medium) -> Iterator[str]:
    """A line at a time."""
    for target in targets(audit):
        yield encoded({"target": target}, is_indented=False)
    for finding in findings(audit):
        yield encoded({"finding": finding}, is_indented=False)
    yield encoded({"schema": SCHEMA, "summary": summary(audit)}, is_indented=False)
