"""The elements that carry a URL, of a page's tree."""

from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup

from citecheck.extractor.readers.html.tree import start_of

_CARRIERS = {
    "a": "href",
    "area": "href",
    "img": "src",
    "iframe": "src",
    "video": "src",
    "audio": "src",
    "source": "src",
    "embed": "src",
    "object": "data",
}


class Carried(NamedTuple):
    url: str
    origin: str
    start: int
    """Where the URL begins in the source."""


def carried(soup: BeautifulSoup) -> Iterator[Carried]:
    """Every URL with a host that an element of the page carries, as written, in the order of the source."""
    for element in soup.find_all(list(_CARRIERS)):
        attribute = _CARRIERS[element.name]
        value = element.get(attribute)
        url = value.strip() if isinstance(value, str) else ""
        if "://" in url.partition("?")[0]:
            yield Carried(url, element.name, start_of(element, attribute))
