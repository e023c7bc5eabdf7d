"""What every view of a page shows of a link: the link, what came of it, what was kept, and where the page has it."""

from collections.abc import Mapping
from typing import NamedTuple

from citecheck.model import Audit, Certainty, Document, Link, Snapshot, Status, Visit
from citecheck.reporter.totals import visits_by_url
from citecheck.reporter.wording import CERTAINTY_MEANS

WORST_FIRST = (
    Status.DEAD,
    Status.INVALID,
    Status.FAILING,
    Status.MOVED,
    Status.BLOCKED,
    Status.UNCHECKED,
    Status.SKIPPED,
    Status.ALIVE,
)
MOST_ROWS = 500
"""Of one list as plain HTML; a page of 10,000 static rows takes 1.7 s to open (measured), and nobody reads it."""


class ShownLink(NamedTuple):
    link: Link
    visit: Visit | None
    snapshot: Snapshot | None
    anchor: str | None
    """The id of its row among the links of the page; None where the page does not show it."""

    @property
    def laid(self) -> str:
        """How sure it is that the link belongs to its sentence, with the reason."""
        return laid_words(self.link)


def shown_links(audit: Audit, document: Document, anchors: Mapping[str, str]) -> Mapping[str, ShownLink]:
    """The document's links by id."""
    visits = visits_by_url(audit)
    return {
        link.id: ShownLink(link, visits.get(link.target), audit.snapshots.get(link.target), anchors.get(link.target))
        for link in document.links
    }


def laid_words(link: Link) -> str:
    """ "likely: by its place in a list of links …"; nothing for a link that stands in its sentence."""
    if link.confidence is None or (link.origin != "footnote" and link.confidence is Certainty.HIGH):
        return ""
    if link.origin == "footnote":
        reason = "by its place in a list of links or beside the text, and the words of its URL"
        if link.confidence is Certainty.LOW:
            reason = "it stands apart from the sentences, and fits several"
    else:
        reason = "it stands beside the sentence"
    return f"{CERTAINTY_MEANS[link.confidence]}: {reason}"


class Segment(NamedTuple):
    """A piece of the bar of statuses, in per mille of its width."""

    status: Status
    number: int
    x: float
    width: float


def status_bar(by_status: Mapping[Status, int]) -> tuple[Segment, ...]:
    """The statuses that are there, worst first."""
    whole = sum(by_status.values())
    made: list[Segment] = []
    x = 0.0
    for status in WORST_FIRST:
        if by_status[status]:
            width = 1000 * by_status[status] / whole
            made.append(Segment(status, by_status[status], round(x, 2), round(width, 2)))
            x += width
    return tuple(made)
