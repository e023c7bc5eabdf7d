"""What runs that were cut short had archived: carried into the next run's archive, it need not be asked for again."""

from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from citecheck.archive import recovery
from citecheck.archive.holdings import Holdings
from citecheck.archive.records import fields_at, parse_date, records
from citecheck.errors import ArchiveError
from citecheck.model import Exchange, Visit

_BEHIND = 2
"""So many records behind an answer's a Writer has that of its request: the page's text may come first."""


class Unfinished:
    """The archives of such runs, by folder; each is healed and opened when it is first asked for."""

    def __init__(self) -> None:
        self._holdings: dict[Path, Holdings | None] = {}

    def whole(self, visit: Visit, folder: Path) -> Visit | None:
        """The remembered visit with its bytes, as the archive in `folder` has them.

        None when it does not have every exchange: it is gone or damaged, or its run is still writing there.
        """
        try:
            holdings = self._opened(folder)
            exchanges = [_whole(each, holdings) for each in visit.exchanges] if holdings else []
        except (ArchiveError, OSError, ValueError):
            return None
        found = tuple(each for each in exchanges if each)
        return replace(visit, exchanges=found) if found and len(found) == len(visit.exchanges) else None

    def _opened(self, folder: Path) -> Holdings | None:
        if folder not in self._holdings:
            self._holdings[folder] = None  # not tried again, should this fail
            recovery.recover(folder)
            self._holdings[folder] = Holdings(folder)
        return self._holdings[folder]


def _whole(exchange: Exchange, holdings: Holdings) -> Exchange | None:
    for entry in holdings.captures(exchange.url):
        path = holdings.folder / entry.filename
        if parse_date(fields_at(path, entry.offset).get("warc-date", "")) == exchange.started_at:
            capture = holdings.load(entry)
            answer = capture.head
            request = _first_request(path, entry.offset + entry.size_bytes)
            return replace(exchange, head=answer.head, headers=answer.headers, body=capture.payload, request=request)
    return None


def _first_request(path: Path, offset: int) -> bytes:
    """What was sent for the answer whose record ends at `offset`."""
    return next((each.head for each in islice(records(path, offset), _BEHIND) if each.kind == "request"), b"")
