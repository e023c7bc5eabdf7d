"""Sites that are out of service for now, and say so under a good status."""

import re
from functools import cache

from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.markers import markers
from citecheck.fetcher.signals import stories
from citecheck.fetcher.signals.notices import says_missing, without_cries
from citecheck.fetcher.wording import any_of, by_script, first_of, is_about, plain, segments
from citecheck.patterns import regex

_SHORT_WORDS = 300
_BARE_WORDS = 70
_HEADLINE_WORDS = 3
_NEXT_TO_NOTHING = 8
_TAIL = regex(
    r"[,.!;–—-]? (?:(?:en el|no|nel|sur le|auf dem|op de|на) (?:servidor|server|serveur|сервере)"
    r"|on our (?:end|side|part|servers?)|here|in progress|under ?way|at the moment|right now|today"
    r"|at this time|currently|(?:so )?please (?:try|check|come|bear|stand).*|try again.*"
    r"|in (?:a|an|about|the|few|\d).*|check back.*|but we.*|and we.*|we .*)$"
)
"""What may follow a notice."""
_CODE = regex(r"^(?:error |http )*5\d\d(?: error)?\s?[:–—-]\s?(?=\D)")
"""What may stand before it."""
_PLACE_IN_CODE = regex(r"\b(?:in|at) [/\w:.\\-]*[/\\][/\w:.\\-]+(?::| on| at| in)? ?(?:line )?\d+$")
"""Where a program broke."""


def out_of_service(evidence: Evidence) -> str | None:
    """What the page says on that, in words, or None. Announcements of such a time, and texts on it, say it not so."""
    page, table = evidence.page, markers().outage
    if page is None or not page.is_shorter(_SHORT_WORDS) or not page.is_bare(_BARE_WORDS):
        return None
    if is_about(evidence.asked.path, table.about):
        return None
    # A headline is about something else, and what the title says beside it is not meant of the site.
    headlines = [line for line in map(plain, page.headings) if not _says_so(line)]
    is_about_it = not any(len(line.split()) >= _HEADLINE_WORDS for line in headlines)
    titles = segments(page.title or "") if is_about_it else ()
    lines = (*titles, *map(plain, (*page.headings, *page.sentences)))
    if any(says_missing(line) and not _says_so(line) for line in lines):
        return None  # the trouble is with the address
    told = [line for line in lines if _says_so(line) and not any(line in headline for headline in headlines)]
    if table.vague.issuperset(told) and not (
        first_of(table.promises, evidence.words) or page.is_bare(_NEXT_TO_NOTHING)
    ):
        return None
    heads = [plain(each) for each in page.headings]
    if all(any(line in head for head in heads) for line in told) and stories.tells(page):
        return None
    return f"the site says “{told[0]}”" if told else None


def _says_so(line: str) -> bool:
    table = markers().outage
    if not table.notices.isdisjoint(without_cries(_CODE.sub("", _TAIL.sub("", line)))):
        return True
    if line.startswith(table.crashes) or _PLACE_IN_CODE.search(line):
        return True
    return _states().search(line) is not None


@cache
def _states() -> re.Pattern[str]:
    """A site and its state in one sentence, now, and nothing behind a colon or a question about it."""
    table = markers().outage
    moments, lacks = any_of(table.moments), any_of(table.lacks)
    wanting = rf"(?:{moments}) (?:\w+ )?(?:{lacks})|(?:{lacks})\w{{0,3}} (?:{moments})"
    states = rf"{any_of(table.states)}|{wanting}"
    spaced, others = by_script(table.subjects)
    subjects = rf"(?<![^\W\d_])(?:{any_of(spaced)})|{any_of(others)}"
    then = r"\b(?:will|was|were|wird(?! (?:gerade|derzeit|zurzeit|momentan|aktuell|soeben))|wurde|sera|será|sarà)\b"
    day = r"\b(?:on|from|between|am|vom|le|du|el|il|dal|em|op|den|od|с|з) (?:the )?\d"
    now = rf"(?:(?!{then})[^.!?:]){{0,40}}?"
    return re.compile(
        rf"(?:(?:{subjects}){now}(?:{states})|(?<![^\W\d_])(?:{states}){now}(?:{subjects})"
        rf"|^(?:{any_of(table.bare)}) (?:{wanting})$)(?![^.!]*(?:[:?]|{day}))"
    )
