"""One JSON object a line: every target, every finding, the summary last; the objects are those of the JSON report."""

from citecheck.model import Audit
from citecheck.reporter.formats.json import encoded, report
from citecheck.reporter.medium import Medium


def render(audit: Audit, medium: Medium) -> str:
    made = report(audit)
    lines = [
        *({"target": each} for each in made.targets),
        *({"finding": each} for each in made.findings),
        {"schema": made.schema, "summary": made.summary},
    ]
    return "".join(encoded(line, is_indented=False) for line in lines)
