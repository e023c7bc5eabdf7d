"""Links to another article that are set between an article's paragraphs: "Read also: The dam that was never built"."""

from collections.abc import Iterator
from itertools import islice

from bs4.element import Tag as Element

from citecheck.extractor.readers.html.tree import start_of, text_of
from citecheck.patterns import regex

_TITLE_CHARS = 20
_MOST_NODES = 40
_SLUG = regex(r".*[-_].*[-_].*[-_].*|.*\d{5}.*")
"""What ends the address of an article: words in a row, or its number."""


def lone_link(box: Element) -> Iterator[int]:
    """Where the URL begins of the one article that a box of the page leads to; nothing for a list of several."""
    nodes = list(islice(box.descendants, _MOST_NODES))
    links = [each for each in (box, *nodes) if isinstance(each, Element) and each.name == "a" and each.has_attr("href")]
    addresses = {str(each["href"]).strip() for each in links}
    if len(nodes) == _MOST_NODES or len(addresses) != 1 or not is_article(*addresses):
        return
    titled = (each for each in links if len(text_of(each)) >= _TITLE_CHARS)
    yield from (start_of(each, "href") for each in islice(titled, 1))


def is_article(url: str, own: str | None = None) -> bool:
    """Whether an address looks like that of an article, rather than a section's, a profile's or the page's own."""
    name = _name(url)
    return _SLUG.fullmatch(name) is not None and name != _name(own or "")


def _name(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
