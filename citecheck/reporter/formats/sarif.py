"""SARIF 2.1.0, as code scanning reads it: rules with their pages, a result a finding, lasting fingerprints."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, assert_never
from urllib.parse import quote

from citecheck.model import Audit, Finding, SilencedBy
from citecheck.reporter.findings import RULES, Rule
from citecheck.reporter.fingerprints import marks
from citecheck.reporter.formats.json import encoded
from citecheck.reporter.medium import Medium
from citecheck.reporter.rules import page
from citecheck.reporter.sinks import one_line
from citecheck.settings import RuleLevel

_MOST_RESULTS = 25_000
"""What GitHub takes of one run."""


def render(audit: Audit, medium: Medium) -> str:
    """One run; an empty list of results says that it ran and found nothing."""
    run = {
        "tool": {
            "driver": {
                "name": "citecheck",
                **({"semanticVersion": audit.version} if audit.version else {}),
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder in which citecheck ran."}}},
        "invocations": [{"executionSuccessful": audit.is_complete}],
        "automationDetails": {"id": "citecheck/"},
        "results": list(islice(_results(audit), _MOST_RESULTS)),
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return encoded(log)


def _rule(rule: Rule) -> dict[str, Any]:
    about = page(rule.id)
    return {
        "id": rule.id,
        "shortDescription": {"text": about.title},
        "fullDescription": {"text": about.summary},
        "help": {"text": about.summary, "markdown": about.text},
        "defaultConfiguration": {"enabled": rule.level is not RuleLevel.OFF, "level": _level(rule)},
        "properties": {"tags": ["links" if rule.is_on_links else "sourcing"], "problem.severity": _severity(rule)},
    }


def _results(audit: Audit) -> Iterator[dict[str, Any]]:
    """A result a finding; then the silenced ones, which code scanning shows as dismissed, or as known before."""
    fingerprints = marks(audit)
    new = {"baselineState": "new"} if audit.is_compared else {}
    for finding in audit.findings:
        yield {**_result(finding, fingerprints[id(finding)]), **new}
    for each in audit.silenced:
        made = _result(each.finding, fingerprints[id(each.finding)])
        match each.by:
            case SilencedBy.COMMENT:
                justification = {"justification": one_line(each.reason)} if each.reason else {}
                yield {**made, **new, "suppressions": [{"kind": "inSource", "status": "accepted", **justification}]}
            case SilencedBy.BASELINE:
                yield {**made, "baselineState": "unchanged"}
            case _:
                assert_never(each.by)


def _result(finding: Finding, fingerprint: str) -> dict[str, Any]:
    region: dict[str, int] = {"startLine": finding.line or 1}
    if finding.column:
        region["startColumn"] = finding.column
    if finding.column and finding.end_column:
        region["endColumn"] = finding.end_column
    return {
        "ruleId": finding.rule,
        "ruleIndex": [rule.id for rule in RULES].index(finding.rule),
        "level": finding.level.value,
        "message": {"text": one_line(finding.message)},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(finding.source), "region": region}}],
        "partialFingerprints": {"citecheck/v1": fingerprint, "primaryLocationLineHash": f"{fingerprint}:1"},
    }


def _level(rule: Rule) -> str:
    return "none" if rule.level is RuleLevel.OFF else rule.level.value


def _severity(rule: Rule) -> str:
    """In GitHub's words for it."""
    return {"error": "error", "warning": "warning"}.get(rule.level.value, "recommendation")


def _artifact(source: str) -> dict[str, str]:
    if "://" in source:
        return {"uri": quote(source, safe=":/?#[]@!$&'()*+,;=%~")}
    return {"uri": quote(source.encode("utf-8", "replace"), safe="/~"), "uriBaseId": "SRCROOT"}
