"""What the settings leave out, with the reason; an exclusion holds to the end of its last day (UTC)."""

import re
from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase

from citecheck.errors import SettingsError
from citecheck.model import Exclusion, Reason, Status, Target, Verdict
from citecheck.patterns import regex

_HOST = regex(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)


class Exclusions:
    """The exclusions that hold on a day, and what is visited in spite of them.

    With `include`, regular expressions, only what they are found in is visited. Raises SettingsError for an
    expression of either that is none.
    """

    def __init__(self, exclusions: Iterable[Exclusion], today: date, include: Iterable[str] = ()) -> None:
        self._included = [_compiled(each, "include") for each in include]
        self._holding = [
            (each, _compiled(each.url, "exclude")) for each in exclusions if each.until is None or today <= each.until
        ]

    def __bool__(self) -> bool:
        return bool(self._holding or self._included)

    def verdict(self, target: Target) -> Verdict | None:
        """Skipped, with the reason that the settings give; None when nothing excludes the target."""
        if self._included:
            if any(pattern.search(target.url) for pattern in self._included):
                return None
            return Verdict(Status.SKIPPED, Reason.EXCLUDED, signals=("it is not among what is to be visited",))
        named = _HOST.match(target.url)
        host = named[1].lower().removesuffix(".") if named else ""
        for exclusion, pattern in self._holding:
            if fnmatchcase(host, exclusion.host.lower()) if exclusion.host else pattern.search(target.url):
                return Verdict(Status.SKIPPED, Reason.EXCLUDED, signals=(exclusion.reason,))
        return None


def _compiled(pattern: str, setting: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise SettingsError(f"{setting} `{pattern}`: not a regular expression: {error}", about=pattern) from error
