"""The credit line as it should read: the one that stands there, with the outlets that the sentences cite."""

import re

from citecheck.model import Document
from citecheck.patterns import regex
from citecheck.reporter.day import Day
from citecheck.reporter.wording import listed

_LEAD_IN = "With reporting by "
_SEPARATORS = regex(r"(?:[\s,;/&.]|\b(?:and|the|und|et|y|и)\b)*", re.IGNORECASE)


def proposal(day: Day) -> str | None:
    """The credit line of a day with the cited outlets that it lacks, ready to copy; None when it lacks none.

    None also for a line with people or other words between its names: there a machine would only spoil it.
    """
    missing = [use.outlet for use in day.lacking() if use.cited]
    if not missing:
        return None
    if day.credit is None:
        return f"{_house_lead_in(day.document)}{listed(missing)}."
    line, names = day.credit.text, [" ".join(credit.text.split()) for credit in day.credit.credits]
    if not names:
        return None
    start = line.find(names[0])
    rest = line[start:]
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "", 1)
    if start < 0 or not _SEPARATORS.fullmatch(rest):
        return None
    together = [*names, *missing]
    order = next((order for order in (_order, str.casefold) if names == sorted(names, key=order)), None)
    if order:
        together.sort(key=order)
    stop = "." if line.rstrip().endswith(".") else ""
    return f"{line[:start]}{listed(together)}{stop}"


def _house_lead_in(document: Document) -> str:
    """The words with which this document opens its credit lines."""
    for update in document.updates:
        if update.credit_line and update.credits:
            start = update.credit_line.find(" ".join(update.credits[0].text.split()))
            if start > 0:
                return update.credit_line[:start]
    return _LEAD_IN


def _order(name: str) -> str:
    return name.casefold().removeprefix("the ")
