"""One JSON object a line: every target, every finding, the summary last; the objects are those of the JSON report."""

from collections.abc import Iterable, Iterator, Mapping

from citecheck.model import Archived, Audit, Document, Snapshot, Visit, places_of
from citecheck.reporter.formats.json import encoded
from citecheck.reporter.formats.json_writing import SCHEMA, findings, silenced, summary, target
from citecheck.reporter.medium import Medium


def render(audit: Audit, medium: Medium) -> Iterator[str]:
    """A line at a time."""
    stream = Stream(audit.documents, audit.snapshots, audit.archived)
    yield from map(stream.line, audit.visits)
    yield from stream.rest(audit)


class Stream:
    """The lines of a run while it goes: one a visit, then the rest."""

    def __init__(
        self,
        documents: Iterable[Document],
        snapshots: Mapping[str, Snapshot] | None = None,
        archived: Mapping[str, Archived] | None = None,
    ) -> None:
        self._snapshots = snapshots or {}
        self._archived = archived or {}
        self._places = places_of(documents)
        self._told: set[str] = set()

    def line(self, visit: Visit) -> str:
        self._told.add(visit.target.url)
        places = self._places.get(visit.target.url, ())
        return encoded({"target": target(visit, places, self._snapshots, self._archived)}, is_indented=False)

    def rest(self, audit: Audit) -> Iterator[str]:
        """What was not visited, the findings, and the summary."""
        yield from (self.line(visit) for visit in audit.visits if visit.target.url not in self._told)
        yield from (encoded({"finding": each}, is_indented=False) for each in findings(audit))
        yield from (encoded({"silenced": each}, is_indented=False) for each in silenced(audit))
        yield encoded({"schema": SCHEMA, "summary": summary(audit)}, is_indented=False)
