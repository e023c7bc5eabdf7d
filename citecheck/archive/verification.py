"""Proof of an archive: every record read, every digest computed again, every line of the index followed."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from citecheck.archive import warc, warcfile
from citecheck.archive.cdxj import Entry
from citecheck.archive.holdings import Holdings
from citecheck.archive.records import DamagedRecord, Record, next_offset, records


class Fault(NamedTuple):
    """Something in the archive is not as it should be."""

    file: str
    offset: int | None
    what: str


class Verification:
    """Walks an archive; what was seen is counted as it goes. Iterate over `faults` to the end, then read the counts."""

    def __init__(self, folder: Path) -> None:
        self._holdings = Holdings(folder)
        self.files = 0
        self.records = 0

    def faults(self) -> Iterator[Fault]:
        """Every fault, by file and offset; of the index, after the files. Raises ArchiveError for unreadable files."""
        found: set[tuple[str, int]] = set()
        folder = self._holdings.folder
        for path in warcfile.files(folder):
            self.files += 1
            yield from self._of_file(path, found)
        for path in warcfile.left_open(folder):
            yield Fault(warcfile.opened(path).name, None, "not closed: a run is writing it, or was killed; save again")
        yield from self._of_index(found)

    def _of_file(self, path: Path, found: set[tuple[str, int]]) -> Iterator[Fault]:
        offset: int | None = 0
        while offset is not None:
            try:
                for record in records(path, offset):
                    self.records += 1
                    yield from self._of_record(record, path.name)
                    if Entry.of(record, path.name):
                        found.add((path.name, record.offset))
                return
            except DamagedRecord as damage:
                yield Fault(path.name, damage.offset, damage.reason)
                offset = next_offset(path, damage.offset)

    def _of_record(self, record: Record, name: str) -> Iterator[Fault]:
        for field, content in (("warc-block-digest", record.block), ("warc-payload-digest", record.payload)):
            said = record.fields.get(field)
            if said is None or (field == "warc-payload-digest" and record.kind == "revisit"):
                continue
            computed = warc.digest((content,))
            if said != computed:
                yield Fault(name, record.offset, f"{field} is {said}, its bytes have {computed} ({record.uri})")
        if record.kind == "revisit" and not self._resolves(record):
            yield Fault(name, record.offset, f"refers to a payload that the folder does not hold ({record.uri})")

    def _resolves(self, record: Record) -> bool:
        is_own = record.fields.get("warc-refers-to") == record.fields.get("warc-record-id")
        return is_own or self._holdings.referred(record) is not None

    def _of_index(self, found: set[tuple[str, int]]) -> Iterator[Fault]:
        missing = set(found)
        for path in self._holdings.index.segments():
            for number, line in enumerate(path.read_bytes().splitlines(), 1):
                try:
                    entry = Entry.parse(line)
                except (ValueError, TypeError):
                    yield Fault(path.name, None, f"line {number} is no entry")
                    continue
                place = (entry.filename, entry.offset)
                if place not in found:
                    yield Fault(
                        path.name, None, f"line {number} points at no whole record: {entry.filename} {place[1]}"
                    )
                missing.discard(place)
        for name, offset in sorted(missing):
            yield Fault(name, offset, "not in the index")
