"""What a finding is known by from run to run: not its line, so that an edit above it changes nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from citecheck.model import Audit, Finding
from citecheck.reporter.sinks import redacted


def marks(audit: Audit) -> dict[int, str]:
    """The fingerprint of every finding of an audit, told or silenced, by its id(): silencing one changes no other."""
    findings = [*audit.findings, *(each.finding for each in audit.silenced)]
    ordered = sorted(findings, key=lambda each: (each.source, each.line or 0, each.column or 0))
    return {id(finding): mark for finding, mark in fingerprinted(ordered)}


def fingerprinted(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with its fingerprint, 32 hex digits of a SHA-256, unique among them.

    It is made of rule, source, target, outlet and date, and of how many alike stood before it.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        key = (
            finding.rule,
            finding.source,
            redacted(finding.target or ""),
            finding.outlet or "",
            finding.date.isoformat() if finding.date else "",
        )
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield finding, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
