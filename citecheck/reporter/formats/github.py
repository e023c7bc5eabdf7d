"""Annotations for a GitHub Actions log: workflow commands, escaped, within what one step is shown of."""

from citecheck.model import Audit, Finding, Level
from citecheck.reporter.formats.concise import summary
from citecheck.reporter.medium import Medium
from citecheck.reporter.sinks import command, command_property
from citecheck.reporter.wording import count

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_SHOWN = 10
"""Annotations of one level that GitHub shows for a step; the rest it drops without a word."""


def render(audit: Audit, medium: Medium) -> str:
    """The first findings of each level, a count of those left out, and the totals as a plain line."""
    lines: list[str] = []
    for level, name in _COMMANDS.items():
        found = [each for each in audit.findings if each.level is level]
        shown = found if len(found) <= _SHOWN else found[: _SHOWN - 1]
        lines += [_annotation(name, each) for each in shown]
        if len(found) > len(shown):
            lines.append(f"::{name} title=citecheck::{count(len(found) - len(shown), f'more {level.value}')}")
    return "".join(f"{line}\n" for line in (*lines, f"citecheck: {summary(audit)}"))


def _annotation(name: str, finding: Finding) -> str:
    places = {"file": finding.source, "line": finding.line, "col": finding.column, "endColumn": finding.end_column}
    properties = [f"{key}={command_property(str(value))}" for key, value in places.items() if value is not None]
    target = f" <{finding.target}>" if finding.target else ""
    return f"::{name} {','.join(properties)},title={finding.rule}::{command(finding.message + target)}"
