"""The rules on the run itself: what its settings say."""

from collections.abc import Iterator

from citecheck.model import Audit, Finding, Level


def expired_exclude(audit: Audit, level: Level) -> Iterator[Finding]:
    """An exclusion whose last day has passed, at its place in the settings file."""
    today = audit.started_at.date()
    for index, each in enumerate(audit.exclusions):
        if each.until is not None and each.until < today:
            what = f"drop what excludes `{each.host or each.url}`, or date it anew"
            yield Finding(
                rule="expired-exclude",
                level=level,
                message=f"`exclude[{index}].until`: {each.until} has passed; {what}",
                source=each.file or "settings",
                line=each.line,
            )
