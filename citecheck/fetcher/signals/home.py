"""A deep link that ends at a front page: what it led to is gone, though a page is served."""

import re

from citecheck.fetcher.markers import markers
from citecheck.fetcher.urls import Place

_LANGUAGE = re.compile(r"[a-z]{2}([-_][a-z]{2,4})?", re.IGNORECASE)


def is_sent_home(asked: Place, reached: Place) -> bool:
    """Whether a link to a page of its own (`asked`) ends at a front page (`reached`).

    Not so for links that lead to a front page themselves, that differ by query alone, for shorteners, and for a section
    that has moved to a host of its own (/blog to blog.…).
    """
    if not _is_home(reached) or _is_home(asked) or asked.host.removeprefix("www.") in markers().home.shorteners:
        return False
    section = reached.host.partition(".")[0]
    return section not in asked.path.lower().split("/")


def _is_home(place: Place) -> bool:
    segments = [segment for segment in place.path.split("/") if segment]
    if segments and _LANGUAGE.fullmatch(segments[0]):
        segments = segments[1:]
    if not segments:
        return True
    return len(segments) == 1 and segments[0].lower().partition(".")[0] in markers().home.names
