"""A deep link that ends at a front page: what it led to is gone, though a page is served."""

from citecheck.fetcher.evidence import path_words
from citecheck.fetcher.markers import markers
from citecheck.fetcher.urls import Place
from citecheck.patterns import regex

_HYPHEN = regex(r"[-_]")
_TOKEN = regex(r"/~?(?=[^/]*[A-Z0-9])[A-Za-z0-9_-]{4,10}/?")
"""What shorteners hand out: one short segment with a capital or a digit in it."""


def is_sent_home(asked: Place, reached: Place) -> bool:
    """Whether a link to a page of its own (`asked`) ends at a front page (`reached`).

    Not so for links that lead to a front page themselves, that differ by query alone, for shorteners, and for a section
    that has moved to a host of its own (/blog to blog.…).
    """
    if not is_home(reached) or is_home(asked) or asked.host.removeprefix("www.") in markers().home.shorteners:
        return False
    labels = reached.host.removeprefix("www.").split(".")[:-1]
    segments = [segment.lstrip("~@") for segment in path_words(asked)]
    if any(label in segments for label in labels):
        return False
    is_elsewhere = reached.host.split(".")[-2:] != asked.host.split(".")[-2:]
    return not (is_elsewhere and len(asked.host) <= 10 and _TOKEN.fullmatch(asked.path))


def is_home(place: Place) -> bool:
    """Whether `place` is a site's front page, of whatever language."""
    segments = [segment for segment in place.path.split("/") if segment]
    while segments and len(segments) <= 2 and _is_language(segments[0]):
        segments = segments[1:]
    if not segments:
        return True
    return len(segments) == 1 and segments[0].lower().partition(".")[0] in markers().home.names


def _is_language(segment: str) -> bool:
    """Whether a segment of a path names a language, a country or both ("de", "pt-br", "zh_Hans")."""
    first, *rest = _HYPHEN.split(segment.lower())
    table = markers().home
    return first in table.codes and len(rest) <= 1 and set(rest) <= table.codes | table.scripts
