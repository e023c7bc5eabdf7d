"""Paywalls: the page is there, and its beginning can be read."""

import re

from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.markers import markers
from citecheck.fetcher.wording import first_of
from citecheck.patterns import regex

_NOT_FREE = regex(r"\"isaccessibleforfree\"\s*:\s*(?:\"\s*(?:https?://schema\.org/)?false\s*\"|false)", re.IGNORECASE)
_TIERS = frozenset(("locked", "metered", "premium", "paid", "subscriber", "subscribers"))


def paywalled(evidence: Evidence) -> str | None:
    """What shows a paywall, in words, or None."""
    page, table = evidence.page, markers().paywall
    if page is None or not page.is_html:
        return None
    if "sAccessibleForFree" in page.markup and _NOT_FREE.search(page.markup):
        return "the page says that it is not free to read in full (isAccessibleForFree: false)"
    if "_tier" in page.markup or ":tier" in page.markup:
        for name in table.metas:
            if page.metas.get(name, "").strip().lower() in _TIERS:
                return f"the page says that it is not free to read in full ({name}: {page.metas[name]})"
    told = first_of(table.words, evidence.words)
    if told:
        return f"a paywall: “{told}”"
    if "wall" in page.markup or "subscriber" in page.markup:
        selector = ", ".join(f".{name}, #{name}" for name in table.classes)
        if page.node(selector) is not None:
            return "a paywall: the page is built for one"
    return None
