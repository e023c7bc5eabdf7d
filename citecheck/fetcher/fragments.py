"""What a URL points to within its page: ids and names, headings, quoted text, pages of a PDF."""

import re
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import quote, unquote

from citecheck.fetcher import decoding, pdf_pages
from citecheck.fetcher.headings import Headings
from citecheck.fetcher.page import Page
from citecheck.fetcher.signals.shell import is_hollow
from citecheck.fetcher.text_fragments import MARK, Words
from citecheck.model import Exchange
from citecheck.patterns import regex

_SCRIPTED = regex(
    r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|lines?-\d+(?:[-:,]\d+)*"  # lines of code
    r"|(?:issue|discussion|commit)?comment-\d+|discussion_r\d+|pullrequestreview-\d+|event-\d+|diff-[0-9a-f]{32,}[LR\d-]*"
    r"|[\w.-]+=.*",  # t=30, xywh=…, gid=0, heading=h.1
    re.IGNORECASE | re.DOTALL,
)
"""What scripts of hosts of code, and of players, maps and tables, make of the address: no page has such an id."""
_HOST_PREFIX = "user-content-"
"""What GitHub and others put before the ids of their users' texts, and take for granted in links."""
_HIDDEN = "[hidden], [style*='display:none' i], [style*='display: none' i], dialog:not([open])"
_ANCHORED = "[id], a[name]"


def missing(exchange: Exchange, page: Page | None, fragments: Iterable[str]) -> tuple[str, ...]:
    """Those of `fragments` that the page certainly does not have.

    Of a page that came in part, and of one that a script has yet to fill, nothing can be said.
    """
    if exchange.truncated or exchange.failure or not exchange.body:
        return ()
    if "pdf" in (exchange.header("content-type") or "").lower():
        return tuple(pdf_pages.missing(decoding.content(exchange), fragments))
    if page is None or not page.is_html or is_hollow(page):
        return ()
    places = _Places(Page(decoding.text(exchange, limit_bytes=None)))
    return tuple(each for each in fragments if not places.have(each))


def is_scripted(name: str) -> bool:
    """Whether a script, not the page, knows what it points to."""
    return _SCRIPTED.fullmatch(name) is not None


class _Places:
    """What a page can be pointed at."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._names = {""}
        for node in page.nodes(_ANCHORED):
            for key in ("id", "name"):
                name = node.attributes.get(key)
                if name and (key == "id" or node.tag == "a"):
                    self._names.update((name, name.removeprefix(_HOST_PREFIX)))

    def have(self, fragment: str) -> bool:
        """As the HTML standard looks for it (7.4.6.4), or as scripts and renderers make it."""
        name, mark, directives = fragment.partition(MARK)
        if mark:
            return self._words.has(directives)
        plain = unquote(name)
        return (
            not self._names.isdisjoint((name, plain, quote(name, safe="%/?:@!$&'()*+,;=-._~")))
            or plain.lower() == "top"
            or is_scripted(plain)
            or plain in self._headings
        )

    @cached_property
    def _words(self) -> Words:
        return Words(self._page.text_without(_HIDDEN))

    @cached_property
    def _headings(self) -> Headings:
        """Of the headings that have no id: a script may make one of their words."""
        nodes = self._page.nodes("h1, h2, h3, h4, h5, h6")
        return Headings(
            node.text() for node in nodes if not node.attributes.get("id") and node.css_first(_ANCHORED) is None
        )
