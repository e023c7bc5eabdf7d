"""Pages of a PDF that a URL points to (`#page=12`, RFC 8118)."""

import re
from collections.abc import Iterable, Iterator

from citecheck.patterns import regex

_PAGE = regex(r"(?:^|&)page=(\d{1,9})(?=&|$)", re.IGNORECASE)
_COUNT = regex(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", re.DOTALL)


def missing(data: bytes, fragments: Iterable[str]) -> Iterator[str]:
    """Those of `fragments` that name a page which the PDF does not have; of other fragments nothing is said."""
    count: int | None = None
    for fragment in fragments:
        page = _PAGE.search(fragment)
        if page is None:
            continue
        count = _count(data) if count is None else count
        if count and not 1 <= int(page[1]) <= count:
            yield fragment


def _count(data: bytes) -> int:
    """How many pages it has; 0 where that cannot be told. Without pdfium a page tree that is packed is not read."""
    try:
        import pypdfium2  # type: ignore[import-untyped]  # it ships no types
    except ImportError:
        return _written_count(data)
    try:
        with pypdfium2.PdfDocument(data) as document:
            return len(document)
    except pypdfium2.PdfiumError:  # broken, or locked
        return _written_count(data)


def _written_count(data: bytes) -> int:
    return max((int(one or other) for one, other in _COUNT.findall(data)), default=0)
