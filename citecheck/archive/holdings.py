"""What an archive's folder holds, read back: captures with their payloads, whichever record has them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from citecheck.archive import content, warc, warcfile
from citecheck.archive.cdxj import REVISIT, Entry, stamp
from citecheck.archive.index import Index
from citecheck.archive.records import Record, parse_date, record_at
from citecheck.errors import ArchiveError

_REDIRECTS = 10


class Capture(NamedTuple):
    """One capture: its answer's head, and the payload that it had."""

    entry: Entry
    head: Record
    """The response or revisit record itself."""
    payload: bytes
    """As the server sent it, content coding kept."""

    @property
    def media(self) -> str:
        return content.media_type(self.head.header("content-type"))

    @property
    def is_html(self) -> bool:
        return self.media in content.HTML

    def content(self) -> bytes:
        """The payload with gzip and deflate undone. Raises ValueError when it is coded otherwise or broken."""
        return content.plain(self.payload, self.head.header("content-encoding"))

    def markup(self) -> str:
        """The content as text. Raises ValueError as content()."""
        return content.markup(self.content(), self.head.header("content-type"))

    def title(self) -> str | None:
        """Of an HTML page, in one line."""
        try:
            return content.title(self.markup()) if self.is_html else None
        except ValueError:
            return None


class Holdings:
    """The archive in a folder. Raises ArchiveError when it is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = Index(folder)
        if not self.index.segments() and not warcfile.files(folder):
            raise ArchiveError(f"{folder}: holds no archive; name the folder of an audit", about=str(folder))

    def captures(self, url: str) -> list[Entry]:
        return self.index.captures(url)

    def entries(self) -> Iterator[Entry]:
        """Every capture, derived texts left out, by URL and time."""
        return (entry for entry in self.index.entries() if not entry.url.startswith("urn:"))

    def capture(self, url: str, moment: datetime | None = None) -> Capture | None:
        """The capture of `url` nearest to `moment` (the newest, if none is named): the page, else what there was."""
        entries = self.index.captures(url)
        entry = self.index.nearest(url, moment)
        if entry is None and entries:
            entry = min(entries, key=lambda each: abs(each.captured_at - (moment or entries[-1].captured_at)))
        return self.load(entry) if entry else None

    def page(self, url: str) -> Capture | None:
        """The newest capture of the page that `url` leads to, redirects followed; None when there is none."""
        for _ in range(_REDIRECTS):
            capture = self.capture(url)
            location = capture.head.header("location") if capture else None
            if capture is None or capture.entry.is_page or not location:
                return capture
            url = urljoin(url, location)
        return None

    def load(self, entry: Entry) -> Capture:
        """The capture behind an entry, with the payload of the record that a revisit refers to.

        Raises ArchiveError when a record is damaged or the referred payload is not in the folder.
        """
        record = record_at(self.folder / entry.filename, entry.offset)
        if record.kind != "revisit":
            return Capture(entry, record, record.payload)
        return Capture(entry, record, self._referred(record, entry).payload)

    def referred(self, revisit: Record) -> Entry | None:
        """Where the payload lies that a revisit record refers to."""
        uri = revisit.fields.get("warc-refers-to-target-uri", "")
        digest = revisit.fields.get("warc-payload-digest", "")
        try:
            when = stamp(parse_date(revisit.fields.get("warc-refers-to-date", "")))
        except ValueError:
            return None
        fits = (
            entry
            for entry in self.index.captures(uri)
            if entry.mime != REVISIT and entry.digest == digest and stamp(entry.captured_at) == when
        )
        return next(fits, None)

    def text(self, entry: Entry) -> str | None:
        """The readable text that was kept beside the capture, or beside the one whose payload it shares.

        None when none was kept.
        """
        for each in (entry, *reversed([e for e in self.index.captures(entry.url) if e.digest == entry.digest])):
            for found in self.index.captures(f"{warc.TEXT_PREFIX}{each.url}"):
                if found.captured_at == each.captured_at:
                    return self.load(found).payload.decode("utf-8", "replace")
        return None

    def _referred(self, record: Record, entry: Entry) -> Record:
        if record.fields.get("warc-refers-to") == record.fields.get("warc-record-id"):
            return record
        found = self.referred(record)
        if found is None:
            raise ArchiveError(
                f"{entry.filename}: the payload of {entry.url} is in an earlier file that is not in {self.folder}",
                about=entry.url,
            )
        return record_at(self.folder / found.filename, found.offset)
