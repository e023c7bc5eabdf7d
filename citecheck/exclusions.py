"""What the settings leave out, with the reason; an exclusion holds to the end of its last day (UTC)."""

import re
from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase

from citecheck.model import Exclusion, Reason, Status, Target, Verdict

_HOST = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)


class Exclusions:
    """The exclusions that hold on a day."""

    def __init__(self, exclusions: Iterable[Exclusion], today: date) -> None:
        self._holding = [
            (each, re.compile(each.url)) for each in exclusions if each.until is None or today <= each.until
        ]

    def __bool__(self) -> bool:
        return bool(self._holding)

    def verdict(self, target: Target) -> Verdict | None:
        """Skipped, with the reason that the settings give; None when nothing excludes the target."""
        named = _HOST.match(target.url)
        host = named[1].lower().removesuffix(".") if named else ""
        for exclusion, pattern in self._holding:
            if fnmatchcase(host, exclusion.host.lower()) if exclusion.host else pattern.search(target.url):
                return Verdict(Status.SKIPPED, Reason.EXCLUDED, signals=(exclusion.reason,))
        return None
