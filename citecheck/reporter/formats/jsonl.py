"""One JSON object a line: every target, every finding, the summary last; the objects are those of the JSON report."""

import msgspec

from citecheck.model import Audit
from citecheck.reporter.formats.json import clean, report
from citecheck.reporter.medium import Medium


def render(audit: Audit, medium: Medium) -> str:
    made = report(audit)
    lines = [
        *({"target": each} for each in made.targets),
        *({"finding": each} for each in made.findings),
        {"schema": made.schema, "summary": made.summary},
    ]
    return "".join(msgspec.json.encode(clean(msgspec.to_builtins(line))).decode() + "\n" for line in lines)
