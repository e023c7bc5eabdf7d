"""Pages that are not shown to readers of the country that the request comes from."""

from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.markers import markers
from citecheck.fetcher.page import Page
from citecheck.fetcher.wording import first_of, goes_on, plain

_REFUSALS = frozenset((403, 410, 451))


def abroad(evidence: Evidence) -> str | None:
    """What the page says on countries, or None."""
    status = evidence.last.http_status or 0
    if not (status in _REFUSALS or 200 <= status < 300):
        return None
    if evidence.page is None or not evidence.is_short:
        return None
    told = first_of(markers().geography.words, evidence.words) or _refusal(evidence.page)
    if told is None or any(goes_on(line, told) for line in evidence.titles):
        return None
    return f"shown only to readers of some countries: “{told}”"


def _refusal(page: Page) -> str | None:
    """The sentence that refuses readers of some place, or None."""
    table = markers().geography
    lines = (plain(sentence) for sentence in page.sentences)
    return next((each for each in lines if first_of(table.places, each) and first_of(table.refusals, each)), None)
