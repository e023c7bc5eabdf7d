"""Pages that are not shown to readers of the country that the request comes from."""

from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.markers import markers
from citecheck.fetcher.wording import first_of

_REFUSALS = frozenset((403, 410, 451))


def abroad(evidence: Evidence) -> str | None:
    """What the page says on countries, or None."""
    status = evidence.last.http_status or 0
    if evidence.page is None or not evidence.is_short or not (status in _REFUSALS or 200 <= status < 300):
        return None
    told = first_of(markers().geography.words, evidence.words)
    return f"shown only to readers of some countries: “{told}”" if told else None
