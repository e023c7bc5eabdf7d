"""What is asked for: one target a URL, however many links lead to it.

Beside audit.py under the same licence: it knows the extractor and the fetcher.
"""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from citecheck import extractor, fetcher
from citecheck.model import Document, Link, Target


def identified(
    documents: tuple[Document, ...], tracking: tuple[str, ...]
) -> tuple[tuple[Document, ...], dict[str, str]]:
    """The documents, links that differ in tracking parameters alone given one target; and how each is first written."""
    if not tracking:
        return documents, {}
    asked: dict[str, str] = {}

    def with_identity(link: Link) -> Link:
        target = extractor.identity_of(link.target, tracking)
        asked.setdefault(target, link.target)
        return replace(link, target=target)

    return tuple(replace(each, links=tuple(map(with_identity, each.links))) for each in documents), asked


def plan(documents: Iterable[Document], remapped: Callable[[str], str] = str) -> tuple[Target, ...]:
    """One target a URL, in the order in which the documents name them, asked for where `remapped` says."""
    fragments: dict[str, dict[str, None]] = {}
    for document in documents:
        for link in document.links:
            wanted = fragments.setdefault(link.target, {})
            fragment = fetcher.fragment_of(link.url)
            if fragment:
                wanted[fragment] = None
    return tuple(
        Target(url=url, request_url=remapped(url), fragments=tuple(wanted)) for url, wanted in fragments.items()
    )
