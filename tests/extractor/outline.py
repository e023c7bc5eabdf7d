"""A document as a few lines of text, for tests that compare whole documents with what was annotated by hand."""

from collections.abc import Iterator

from citecheck.model import Document


def outline(document: Document) -> str:
    """Each section with its claims, each claim with its links, then the links that belong to no section."""
    return "".join(f"{line}\n" for line in _lines(document))


def _lines(document: Document) -> Iterator[str]:
    for update in document.updates:
        told = (update.kind.value, update.date, update.time, update.heading and f"| {update.heading}")
        yield " ".join(str(each) for each in told if each)
        for claim in update.claims:
            yield f"  {claim.text}"
            yield from (f"    {link.url}" for link in document.links if link.claim == claim.id)
        loose = [link.url for link in document.links if link.update == update.id and link.claim is None]
        yield from (f"    beside: {url}" for url in loose)
        if update.credit_line:
            yield f"  credits: {update.credit_line}"
    yield from (f"apart: {link.url}" for link in document.links if link.update is None)
