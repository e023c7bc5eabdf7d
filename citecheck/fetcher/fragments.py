"""What a URL points to within its page: ids and names, headings, quoted text, pages of a PDF."""

import re
import unicodedata
from collections.abc import Container, Iterable
from urllib.parse import unquote

from citecheck.fetcher import decoding
from citecheck.fetcher.page import Page
from citecheck.fetcher.signals.shell import is_hollow
from citecheck.model import Exchange

_DIRECTIVE = ":~:"
_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|lines?-\d+(?:-\d+)?|:~:.*", re.IGNORECASE)
"""Lines of code, which hosts of code mark by script."""
_PDF_PAGE = re.compile(r"(?:^|&)page=(\d+)", re.IGNORECASE)
_PDF_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", re.DOTALL)
_SLUG_DROPS = re.compile(r"[^\w\- ]")


def missing(exchange: Exchange, page: Page | None, fragments: Iterable[str]) -> tuple[str, ...]:
    """Those of `fragments` that the page certainly does not have.

    Of a page that came in part, and of one that a script has yet to fill, nothing can be said.
    """
    if exchange.truncated or exchange.failure or not exchange.body:
        return ()
    if "pdf" in (exchange.header("content-type") or "").lower():
        return tuple(each for each in fragments if not _in_pdf(exchange, each))
    if page is None or not page.is_html or is_hollow(page):
        return ()
    whole = Page(decoding.text(exchange, limit_bytes=None))
    places = _Places(whole)
    return tuple(each for each in fragments if each not in places)


def slug(heading: str) -> str:
    """The anchor that GitHub and its like make of a heading."""
    return _SLUG_DROPS.sub("", heading.strip().lower()).replace(" ", "-")


def places(page: Page) -> Container[str]:
    """The fragments that a page has."""
    return _Places(page)


class _Places:
    """What a page can be pointed at."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._names = {"", "top"}
        for node in page.nodes("[id], a[name]"):
            for key in ("id", "name"):
                name = node.attributes.get(key)
                if name:
                    self._names.update((name, name.removeprefix("user-content-")))
        self._slugs: set[str] | None = None

    def __contains__(self, fragment: object) -> bool:
        if not isinstance(fragment, str):
            return False
        name, _, directive = fragment.partition(_DIRECTIVE)
        if directive:
            return all(self._quotes(each) for each in directive.split("&") if each.startswith("text="))
        return (
            name in self._names
            or unquote(name) in self._names
            or _LINES.fullmatch(name) is not None
            or self._heads(name)
        )

    def _heads(self, name: str) -> bool:
        """Whether a script or a renderer will make the anchor of a heading."""
        if self._slugs is None:
            self._slugs = {slug(node.text()) for node in self._page.nodes("h1, h2, h3, h4, h5, h6")}
        wanted = unquote(name).lower()
        return wanted in self._slugs or re.sub(r"-\d+$", "", wanted) in self._slugs

    def _quotes(self, directive: str) -> bool:
        """Whether the page has the text of `text=[prefix-,]start[,end][,-suffix]` (WICG, text fragments)."""
        parts = directive.removeprefix("text=").split(",")
        prefix = unquote(parts.pop(0)[:-1]) if len(parts) > 1 and parts[0].endswith("-") else ""
        suffix = unquote(parts.pop()[1:]) if len(parts) > 1 and parts[-1].startswith("-") else ""
        start, end = unquote(parts[0]), unquote(parts[1]) if len(parts) > 1 else ""
        gap = r"\W*" if prefix or suffix else ""
        pattern = "".join(
            (
                _words(prefix) + gap if prefix else "",
                _words(start),
                f".*?{_words(end)}" if end else "",
                gap + _words(suffix) if suffix else "",
            )
        )
        return re.search(pattern, _folded(self._page.text), re.DOTALL) is not None


def _words(text: str) -> str:
    return r"\s*".join(map(re.escape, _folded(text).split()))


def _folded(text: str) -> str:
    """Without regard to case, accents and kinds of blanks, as browsers search."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(each for each in spread if not unicodedata.combining(each)).split())


def _in_pdf(exchange: Exchange, fragment: str) -> bool:
    """Whether a PDF has the page; where its number of pages cannot be read without unpacking it, it is taken to."""
    page = _PDF_PAGE.search(fragment)
    counts = [int(one or other) for one, other in _PDF_COUNT.findall(exchange.body)]
    return page is None or not counts or 1 <= int(page[1]) <= max(counts)
