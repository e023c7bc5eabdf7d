"""The links of a source and nothing else: what a liveness check needs, and the lines of `citecheck links`."""

import re
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from citecheck.extractor import faults, inventory, urls
from citecheck.extractor.inventory.carried import CODE, Carried, Inventory
from citecheck.extractor.inventory.places import Lines
from citecheck.extractor.neighbours import is_relative, itself, neighbours
from citecheck.extractor.sources import media
from citecheck.model import Document, Link, Source
from citecheck.patterns import regex
from citecheck.settings import Settings

_ADDRESS = regex(r"[a-z]+[:;]*[/\\]", re.IGNORECASE)
"""Written as a URL, if with slips; others, a www host or a DOI, are told as what they stand for."""


class Wanted(Struct, frozen=True):
    """Which links are listed."""

    only: frozenset[str] = frozenset()
    """These origins; empty: all of them."""
    include_code: bool = False
    """Those in code blocks too."""

    def admits(self, origin: str) -> bool:
        """Whether links of that origin are listed."""
        if origin == CODE and not self.include_code:
            return CODE in self.only
        return not self.only or origin in self.only


class Listing(NamedTuple):
    """The lines of one source, ready to print."""

    lines: bytes = b""
    """In UTF-8, as they are printed: bytes go from one process to another as they are."""
    remarks: tuple[str, ...] = ()
    """What is to be said of the source and its URLs, a line each."""


def document_of(source: Source, settings: Settings) -> Document:
    """The document of a source that has an inventory, with the links that can be requested, laid to no claim.

    A relative URL is resolved against the page's `<base href>` or its own address, or names a file beside a Markdown
    file or below `sources.root`, or else is of the page's canonical address; else it is left out, with a note. Code
    blocks count with `sources.include_code`.
    """
    text, found, notes = inventory.take(source, settings.limits)
    lines = Lines(text)
    limit_chars = settings.limits.url_chars
    base = _base(source.address or source.name, found.base)
    carried = [each for each in found.carried if settings.sources.include_code or each.origin != CODE]
    targets = [_target(each, base) for each in carried]
    relative = {each.url for each, target in zip(carried, targets, strict=True) if target is None}
    beside = neighbours(source.name, relative, settings.sources.root) if relative else {}
    if relative and not beside and not base and found.canonical:  # saved from a site
        targets = [_target(each, found.canonical) for each in carried]
    links: list[Link] = []
    homeless = 0
    for each, target in zip(carried, targets, strict=True):
        line, column = lines.position(each.offset)
        if len(each.url) > limit_chars:
            notes += (_too_long(line, each.url, limit_chars),)
            continue
        target = target or beside.get(each.url)
        if target is None:
            homeless += 1
            continue
        links.append(
            Link(
                id=f"l{len(links) + 1}",
                url=each.url,
                target=each.url if target == each.url else target,  # one string, not two alike
                origin=each.origin,
                line=line,
                column=column,
                text=inventory.words(text, each),
            )
        )
    if homeless:
        what = "1 relative URL was" if homeless == 1 else f"{homeless} relative URLs were"
        notes += (f"{what} left out: nothing says where the page stands (no <base href>, no canonical link)",)
    return Document(
        source=source.name, updates=(), links=tuple(links), notes=notes, anchors=_anchors(source, text, found, lines)
    )


def _anchors(source: Source, text: str, found: Inventory, lines: Lines) -> tuple[Link, ...]:
    target = itself(source.name) if found.within and not found.base else None
    if target is None:
        return ()
    return tuple(
        Link(f"a{number}", each.url, target, each.origin, *lines.position(each.offset), inventory.words(text, each))
        for number, each in enumerate(found.within, 1)
    )


def listing_of(source: Source, settings: Settings, wanted: Wanted) -> Listing:
    """The lines `path:line:col`, a tab and the URL, and what is wrong with URLs as written.

    A www host, a DOI or an arXiv id is listed as what it resolves to. Raises ExtractError for a source that cannot be
    read.
    """
    rows = _Rows(source.name, settings.limits.url_chars)
    is_large = len(source.data) > settings.limits.claims_bytes
    if source.media in media.PACKED or not (is_large or source.media in inventory.MEDIA):
        document = _read(source, settings)
        rows.remarks += (f"{source.name}: {note}" for note in document.notes)
        for link in document.links:
            if wanted.admits(link.origin):
                rows.add(link.line, link.column or 1, link.url if _ADDRESS.match(link.url) else link.target)
        return rows.listing()
    text, found, notes = inventory.take(source, settings.limits)
    rows.remarks += (f"{source.name}: {note}" for note in notes)
    starts = Lines(text).starts
    admitted = {origin: wanted.admits(origin) for origin in {each.origin for each in found.carried}}
    take, name, line = rows.rows.append, source.name, 1
    for offset, url, origin, _, stands_for, _, is_plain in found.carried:
        if admitted[origin]:
            while starts[line] <= offset:
                line += 1
            column = offset - starts[line - 1] + 1
            if is_plain:  # by far the most
                take(f"{name}:{line}:{column}\t{url}\n")
            else:
                rows.add(line, column, stands_for or url)
    return rows.listing()


class _Rows:
    """The lines of one source as they grow."""

    def __init__(self, name: str, limit_chars: int) -> None:
        self.rows: list[str] = []
        self.remarks: list[str] = []
        self._name = name
        self._limit_chars = limit_chars

    def add(self, line: int, column: int, url: str) -> None:
        """Take a link, and what is to be said of its URL."""
        if len(url) > self._limit_chars:
            self.remarks.append(f"{self._name}: {_too_long(line, url, self._limit_chars)}")
            return
        remark = _remark(url)
        if remark:
            self.remarks.append(f"{self._name}:{line}:{column}: {remark}")
        self.rows.append(f"{self._name}:{line}:{column}\t{_printable(url)}\n")

    def listing(self) -> Listing:
        """All that was taken. A name of a file that is no UTF-8 is told as well as it can be."""
        return Listing("".join(self.rows).encode("utf-8", "replace"), tuple(self.remarks))


def _read(source: Source, settings: Settings) -> Document:
    """The document of a source of which only its reader knows the links, those in code too."""
    from citecheck.extractor import extraction

    settings = replace(settings, sources=replace(settings.sources, include_code=True))
    return extraction.document_of(source, settings, links_only=True)


def _target(each: Carried, base: str | None) -> str | None:
    """What is checked for a URL; None for a relative one without a base."""
    url = each.stands_for or each.url
    resolved = urls.resolve(url, base)
    if resolved:
        return resolved
    return None if is_relative(url) else urls.as_written(url)


def _base(name: str, written: str | None) -> str | None:
    own = name if urls.normalise(name) else None
    return urls.resolve(written, own) or own if written else own


def _remark(url: str) -> str:
    """What is wrong with a URL as written, in words."""
    fault = faults.fault(url)
    if fault:
        meant = f"; perhaps {_printable(fault.repair)}" if fault.repair else ""
        return f"invalid-url: {_printable(url)}: {fault.what}{meant}"
    if faults.has_credentials(url):
        return "the URL shows a user's name or password to whoever reads it"
    return ""


def _too_long(line: int, url: str, limit_chars: int) -> str:
    return f"line {line}: a URL of {len(url)} characters was left out; limits.url_chars is {limit_chars}"


def _printable(url: str) -> str:
    """The URL on one line, without what would move the cursor or hide something: such characters percent-encoded."""
    if url.isprintable():
        return url
    return "".join(
        each if each.isprintable() else "".join(f"%{byte:02X}" for byte in each.encode("utf-8", "replace"))
        for each in url
    )
