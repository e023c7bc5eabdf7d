"""Pages that bring nothing to read: empty ones, and those that a script has yet to fill."""

from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.page import Page

_FEW_WORDS = 25
UNREADABLE = "only a script shows what is here: not verifiable without a browser"


def hollow(evidence: Evidence) -> str | None:
    """What is lacking, in words, or None."""
    page = evidence.page
    if page is None or not page.is_html:
        return None
    if is_hollow(page):
        return UNREADABLE
    if page.is_empty:
        return "the page is empty"
    return None


def is_hollow(page: Page) -> bool:
    """Whether there are next to no words, and a script that may bring them."""
    return page.is_shorter(_FEW_WORDS) and len(page.text.split()) < _FEW_WORDS and bool(page.scripts or page.sources)
