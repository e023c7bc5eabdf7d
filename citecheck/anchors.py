"""Links of a text to places within itself: only those that lead nowhere are told.

Beside audit.py under the same licence: it knows the fetcher, which knows the places.
"""

from msgspec.structs import replace

from citecheck import fetcher
from citecheck.model import Document, Link


def told(document: Document) -> Document:
    """The document, with those of its anchors that lead nowhere among its links, in the order of the text."""
    if not document.anchors:
        return document
    fragments = tuple(dict.fromkeys(map(_fragment, document.anchors)))
    missing = fetcher.missing_within(document.anchors[0].target, fragments)
    gone = [link for link in document.anchors if _fragment(link) in missing]
    links = sorted((*document.links, *gone), key=_place) if gone else document.links
    return replace(document, links=tuple(links), anchors=())


def _fragment(link: Link) -> str:
    return link.url[1:]


def _place(link: Link) -> tuple[int, int]:
    return link.line, link.column or 0
