"""Random siblings: what a site answers for an address that cannot exist, when a page looks as if it did not."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from string import ascii_lowercase

from citecheck.fetcher import urls
from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.urls import Place
from citecheck.model import Exchange
from citecheck.patterns import regex

_SCRIPT = regex(r"\.(?:php\d?|aspx?|jspx?|cgi|cfm|pl|do)$", re.IGNORECASE)
_VALUE = regex(r"(?<==)[^&]*")
_LETTERS = 25
_ALIKE = 0.95


class Sibling(StrEnum):
    """What a random sibling says on the page beside it."""

    ABSENT = "the site answers 404 for other addresses"
    ALIKE = "the site answers any address with the same page"
    OTHER = "the site answers other addresses with another page"
    UNKNOWN = "the site says nothing of other addresses"


def family(place: Place) -> str:
    """What places have in common that share a sibling."""
    if _is_by_query(place):
        return f"{place.scheme}://{place.host}:{place.port}{place.path}?"
    return f"{place.scheme}://{place.host}:{place.port}{place.path.rstrip('/').rpartition('/')[0]}/"


def beside(place: Place) -> Place:
    """A place beside `place` that nobody has made."""
    # Not by `secrets`: that loads OpenSSL's hashes, and a few letters more likely than others do no harm.
    word = "".join(ascii_lowercase[byte % len(ascii_lowercase)] for byte in os.urandom(_LETTERS))
    origin = place.url[: place.url.index("/", len(place.scheme) + 3)]
    if _is_by_query(place):
        return urls.parse(f"{origin}{place.path}{_VALUE.sub(word, place.query)}")
    slash = "/" if place.path.endswith("/") else ""
    return urls.parse(f"{origin}{place.path.rstrip('/').rpartition('/')[0]}/{word}{slash}")


def compare(evidence: Evidence, exchanges: Sequence[Exchange]) -> Sibling:
    """What the sibling's `exchanges` say on the page of `evidence`."""
    last = exchanges[-1] if exchanges else None
    if last is None or last.http_status is None:
        return Sibling.UNKNOWN
    if last.http_status in (404, 410):
        return Sibling.ABSENT
    if not 200 <= last.http_status < 300:
        return Sibling.UNKNOWN
    other = Evidence(exchanges)
    if other.is_redirected and evidence.is_redirected and other.reached.url == evidence.reached.url:
        return Sibling.ALIKE
    if other.page is None or evidence.page is None:
        return Sibling.OTHER
    return Sibling.ALIKE if _likeness(evidence.words, other.words) >= _ALIKE else Sibling.OTHER


def _is_by_query(place: Place) -> bool:
    return "=" in place.query and (place.path == "/" or _SCRIPT.search(place.path) is not None)


def _likeness(one: str, other: str) -> float:
    """The share of words that two texts have in common, however often; 1.0 for two empty ones."""
    ours, theirs = Counter(one.split()), Counter(other.split())
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0
