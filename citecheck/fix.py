"""The repair, offered as a patch: the new address of what moved, a kept copy of what is dead, what was meant of a slip.

Beside audit.py under the same licence. Only what is sure is offered: a temporary redirect, a login, a wall and a
verdict of low confidence leave a link as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from citecheck import patches
from citecheck.model import ArchivedCopy, Audit, Certainty, Document, Link, Source, Status, Visit
from citecheck.patches import Edit, Text


class Kind(StrEnum):
    MOVED = "moved"
    DEAD = "dead"
    INVALID = "invalid"


class Repair(NamedTuple):
    """What should stand in a link's place."""

    kind: Kind
    source: str
    line: int
    column: int | None
    old: str
    new: str
    version_date: str | None
    """Of a copy: when it was taken."""
    edits: tuple[Edit, ...]
    """Empty: the source is none that can be written, or the URL does not stand there as it was read."""


def repairs(audit: Audit, sources: Mapping[str, Source], only: Iterable[Kind] = Kind) -> list[Repair]:
    """The repairs of an audit's links, by source and place. `sources` are those that the audit read, by name."""
    kinds = frozenset(only)
    visits = {visit.target.url: visit for visit in audit.visits}
    found: list[Repair] = []
    for document in audit.documents:
        source = sources.get(document.source)
        text = Text.of(source.data) if source and is_text(source) else None
        found.extend(_of_document(audit, document, visits, text, kinds))
    return found


def is_text(source: Source) -> bool:
    """Whether a URL can be changed where it stands: not in a PDF, an office file or a page of the web."""
    is_file = source.name != "-" and "://" not in source.name
    is_packed = source.data.startswith((b"%PDF", b"PK\x03\x04")) or source.media.startswith("message/")
    return is_file and not is_packed


def _of_document(
    audit: Audit, document: Document, visits: Mapping[str, Visit], text: Text | None, kinds: frozenset[Kind]
) -> Iterator[Repair]:
    for link in document.links:
        visit = visits.get(link.target)
        meant = _meant(audit, visit) if visit else None
        if meant is None or meant[0] not in kinds:
            continue
        kind, address, copy = meant
        new = _with_fragment(address, link)
        if new == link.url:
            continue
        version_date = copy.captured_at.date().isoformat() if copy else None
        edits = (
            patches.edits_for(text, link.line, link.column, link.url, new, version_date=version_date) if text else []
        )
        yield Repair(kind, document.source, link.line, link.column, link.url, new, version_date, tuple(edits))


def _meant(audit: Audit, visit: Visit) -> tuple[Kind, str, ArchivedCopy | None] | None:
    """What the verdict says should stand there; None where nothing is sure."""
    verdict = visit.verdict
    if verdict.confidence is Certainty.LOW:
        return None
    match verdict.status:
        case Status.MOVED:
            address = verdict.suggestion or visit.final_url
            return (Kind.MOVED, address, None) if address else None
        case Status.DEAD:
            held = audit.archived.get(visit.target.url)
            return (Kind.DEAD, held.copies[0].url, held.copies[0]) if held and held.copies else None
        case Status.INVALID:
            return (Kind.INVALID, verdict.suggestion, None) if verdict.suggestion else None
        case _:
            return None


def _with_fragment(address: str, link: Link) -> str:
    """The part of the page that the link meant is meant still, unless the new address names its own."""
    _, mark, fragment = link.url.partition("#")
    return f"{address}#{fragment}" if mark and fragment and "#" not in address else address
