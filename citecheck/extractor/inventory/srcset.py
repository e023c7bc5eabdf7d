"""The URLs of a srcset attribute, parted as the HTML standard parts them (4.8.4.3.10)."""

from collections.abc import Iterator

from citecheck.extractor.inventory.css import Reference
from citecheck.extractor.inventory.tags import SPACE
from citecheck.patterns import regex

_CANDIDATE = regex(rf"[{SPACE},]*+([^{SPACE}]++)")
_DESCRIPTORS = regex(r"(?:\([^)]*+\)?|[^,(])*+")


def candidates(value: str) -> Iterator[Reference]:
    """The URL of each candidate, in order. A URL may hold commas; one at its end parts it from the next."""
    position = 0
    while match := _CANDIDATE.match(value, position):
        url = match[1].rstrip(",")
        position = match.end()
        if len(url) == len(match[1]):
            descriptors = _DESCRIPTORS.match(value, position)
            position = descriptors.end() if descriptors else position
        if url:
            yield Reference(match.start(1), url)
