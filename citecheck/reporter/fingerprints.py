"""What a finding is known by from run to run: not its line, so that an edit above it changes nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from citecheck.model import Finding
from citecheck.reporter.sinks import redacted


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
