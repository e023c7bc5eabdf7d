"""Sites that are out of service for now, and say so under a good status."""

import re
from functools import cache

from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.markers import markers
from citecheck.fetcher.signals.notices import without_cries
from citecheck.fetcher.wording import first_of, plain

_SHORT_WORDS = 300
_BARE_WORDS = 70


def out_of_service(evidence: Evidence) -> str | None:
    """What the page says on that, in words, or None. Announcements of such a time, and texts on it, say it not so."""
    page, table = evidence.page, markers().outage
    if page is None or not page.is_shorter(_SHORT_WORDS) or not page.is_bare(_BARE_WORDS):
        return None
    if first_of(table.about, evidence.asked.path.lower()):
        return None
    # A headline that only contains the words is about something else, and the title repeats it.
    headlines = [line for line in map(plain, page.headings) if not _says_so(line)]
    lines = (*evidence.titles, *map(plain, page.sentences))
    told = (line for line in lines if _says_so(line) and not any(line in headline for headline in headlines))
    return next((f"the site says “{line}”" for line in told), None)


def _says_so(line: str) -> bool:
    return not markers().outage.notices.isdisjoint(without_cries(line)) or _states().search(line) is not None


@cache
def _states() -> re.Pattern[str]:
    """A site and its state in one sentence, or behind one another at the line's end; not before a colon or a mark."""
    table = markers().outage
    subjects, states = (
        "|".join(map(re.escape, sorted(each, key=len, reverse=True))) for each in (table.subjects, table.states)
    )
    now = r"(?:(?!\b(?:will|was|were|wird|wurde|sera|será|sarà)\b)[^.!?:]){0,40}?"
    return re.compile(rf"(?<![^\W\d_])(?:{subjects}){now}(?:{states})(?![^.!]*[:?])")
