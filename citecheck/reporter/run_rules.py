"""The rules on the run itself: what its settings say."""

from collections.abc import Iterator

from citecheck.model import Audit, Finding, Level


def expired_exclude(audit: Audit, level: Level) -> Iterator[Finding]:
    """An exclusion whose last day has passed, at its place in the settings file."""
    today = audit.started_at.date()
    for each in audit.exclusions:
        if each.until is not None and each.until < today:
            yield Finding(
                rule="expired-exclude",
                level=level,
                message=f"the exclusion of `{each.host or each.url}` ran out on {each.until}; drop it, or date it anew",
                source=each.file or "settings",
                line=each.line,
            )
