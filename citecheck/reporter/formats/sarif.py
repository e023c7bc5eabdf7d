"""SARIF 2.1.0, as code scanning reads it: rules with their pages, a result a finding, lasting fingerprints."""

from typing import Any
from urllib.parse import quote

from citecheck.model import Audit, Finding
from citecheck.reporter.findings import RULES
from citecheck.reporter.fingerprints import fingerprinted
from citecheck.reporter.formats.json import encoded
from citecheck.reporter.medium import Medium
from citecheck.reporter.rules import page
from citecheck.reporter.sinks import one_line

_MOST_RESULTS = 25_000
"""What GitHub takes of one run."""


def render(audit: Audit, medium: Medium) -> str:
    """One run; an empty list of results says that it ran and found nothing."""
    run = {
        "tool": {
            "driver": {
                "name": "citecheck",
                **({"semanticVersion": audit.version} if audit.version else {}),
                "rules": [_rule(rule.id) for rule in RULES],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder in which citecheck ran."}}},
        "invocations": [{"executionSuccessful": audit.is_complete}],
        "results": [_result(*each) for each in list(fingerprinted(audit.findings))[:_MOST_RESULTS]],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return encoded(log)


def _rule(rule: str) -> dict[str, Any]:
    about = page(rule)
    return {
        "id": rule,
        "shortDescription": {"text": about.title},
        "fullDescription": {"text": about.summary},
        "help": {"text": about.summary, "markdown": about.text},
    }


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


def _artifact(source: str) -> dict[str, str]:
    if "://" in source:
        return {"uri": quote(source, safe=":/?#[]@!$&'()*+,;=%~")}
    return {"uri": quote(source.encode("utf-8", "replace"), safe="/~"), "uriBaseId": "SRCROOT"}
