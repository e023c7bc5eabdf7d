"""GitLab Code Quality: a JSON list, an issue a finding."""

from citecheck.model import Audit, Level
from citecheck.reporter.fingerprints import marks
from citecheck.reporter.formats.json import encoded
from citecheck.reporter.medium import Medium
from citecheck.reporter.sinks import one_line

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}


def render(audit: Audit, medium: Medium) -> str:
    """The rule's id also opens the description: the interface hides `check_name`."""
    fingerprints = marks(audit)
    issues = [
        {
            "check_name": finding.rule,
            "description": one_line(f"{finding.rule}: {finding.message}"),
            "severity": _SEVERITIES[finding.level],
            "fingerprint": fingerprints[id(finding)],
            "location": {"path": finding.source, "lines": {"begin": finding.line or 1}},
        }
        for finding in audit.findings
    ]
    return encoded(issues)
