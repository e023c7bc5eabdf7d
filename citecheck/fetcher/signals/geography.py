"""Pages that are not shown to readers of the country that the request comes from."""

from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.markers import markers
from citecheck.fetcher.signals.hints import supposes
from citecheck.fetcher.wording import first_of, goes_on, plain

_REFUSALS = frozenset((403, 410, 451))


def abroad(evidence: Evidence) -> str | None:
    """What the page says on countries, or None."""
    status = evidence.last.http_status or 0
    if not (status in _REFUSALS or 200 <= status < 300):
        return None
    if evidence.page is None or not evidence.is_short:
        return None
    told = _told(evidence.words, [*evidence.page.headings, *evidence.page.sentences])
    if told is None or any(goes_on(line, told) for line in evidence.titles):
        return None
    return f"shown only to readers of some countries: “{told}”"


def _told(words: str, sentences: list[str]) -> str | None:
    """The words that refuse readers of some place, or None; to ask is not to say so."""
    table = markers().geography
    lines = [plain(each) for each in sentences if not _is_aside(each)]
    for aside in (plain(each) for each in sentences if _is_aside(each)):
        words = words.replace(aside, " ")
    refusals = (line for line in lines if first_of(table.places, line) and first_of(table.refusals, line))
    return first_of(table.words, words) or next(refusals, None)


def _is_aside(sentence: str) -> bool:
    """Whether it asks or supposes, or begins to tell why."""
    return sentence.endswith("?") or supposes(plain(sentence))
