"""What a finding is known by from run to run: not its line, so that an edit above it changes nothing."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

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
            aim(finding),
            finding.outlet or "",
            finding.date.isoformat() if finding.date else "",
        )
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield finding, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def aim(finding: Finding) -> str:
    """The target of a finding as it is known by: a local file as its text names it, wherever both lie."""
    target = finding.target or ""
    if not target.startswith("file:///"):
        return redacted(target)
    folder = os.path.dirname(os.path.abspath(finding.source))  # noqa: PTH100, PTH120 - by names alone
    return Path(os.path.relpath(unquote(urlsplit(target).path), folder)).as_posix()
