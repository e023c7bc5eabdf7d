"""The one writer of an archive: fed visit by visit, it appends records and keeps the index."""

import hashlib
import uuid
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from citecheck.archive import cdxj, recovery, warc, warcfile
from citecheck.archive.index import Index
from citecheck.archive.records import DamagedRecord, fields_at
from citecheck.archive.warcfile import WarcFile
from citecheck.clock import Clock
from citecheck.errors import ArchiveError
from citecheck.model import Exchange, Snapshot, Status, Visit

ROTATE_BYTES = 1_000_000_000
"""A file that has grown to this is closed and the next begun, as the world's archives have it."""

TextOf = Callable[[Exchange], str | None]
"""The readable text of a page, or None."""


class Writer:
    """Writes visits into the archive in `folder`: WARC files and their index; a context manager.

    The folder may hold earlier runs' files; what a killed run left half-written is healed first. A file bears the
    suffix `.open` until it is closed. A payload that the archive holds already, in this file or another, is not written
    again but referred to. With `text_of` the text of each page is kept beside it. Not for several threads at once.

    Raises ArchiveError when the folder or a file cannot be written, or another run is writing there.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock,
        software: str,
        new_id: Callable[[], uuid.UUID] = uuid.uuid4,
        text_of: TextOf | None = None,
        rotate_bytes: int = ROTATE_BYTES,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._software = software
        self._new_id = new_id
        self._text_of = text_of
        self._rotate_bytes = rotate_bytes
        self._index = Index(folder)
        self._file: WarcFile | None = None
        self._lines: list[bytes] = []
        self._fresh: dict[str, warc.Kept] = {}
        """By digest, the payloads that this writer wrote."""
        self._held: dict[str, tuple[str, int]] = {}
        """By digest, file and offset of those that were there before."""

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            recovery.recover(self._folder)
            self._held = self._index.payloads()
            self._begin()
        except OSError as error:
            raise self._error(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def write(self, visit: Visit) -> Snapshot | None:
        """Append every exchange of `visit`, and give the snapshot of its page.

        None when the visit does not show the source: it met an error, a wall or nothing at all. Its exchanges are
        written nevertheless, the last answer marked with the verdict. An exchange that failed before an answer leaves
        its request alone, one that failed before a request nothing.
        """
        file = self._open_file()
        is_source = visit.verdict.status in (Status.ALIVE, Status.MOVED)
        mark = None if is_source else f"{visit.verdict.status} {visit.verdict.reason}"
        snapshot = None
        try:
            for exchange in visit.exchanges:
                is_last = exchange is visit.exchanges[-1]
                snapshot = self._write_exchange(file, exchange, mark if is_last else None, is_last and is_source)
            file.flush()
            if file.size_bytes >= self._rotate_bytes:
                self._end()
                self._begin()
        except OSError as error:
            raise self._error(error) from error
        return snapshot if is_source else None

    def close(self) -> None:
        """Give the files their names. A second call does nothing."""
        if self._file is None:
            return
        try:
            self._end()
        except OSError as error:
            raise self._error(error) from error

    def _begin(self) -> None:
        self._file = WarcFile.create(warcfile.next_path(self._folder))
        name = self._file.path.name
        self._file.append(warc.warcinfo(self._new_id(), self._clock.now(), name, self._software))

    def _end(self) -> None:
        """The index before the name: a run killed in between finds the file open and indexes it again, to no effect."""
        file, self._file = self._open_file(), None
        lines, self._lines = self._lines, []
        try:
            file.sync()
            self._index.add(lines, warcfile.stem(file.path))
            file.close()
        finally:
            file.abandon()

    def _write_exchange(self, file: WarcFile, exchange: Exchange, mark: str | None, has_text: bool) -> Snapshot | None:
        snapshot, answer_id = None, None
        event = warc.Event.of(exchange)
        if exchange.head:
            answer = warc.Response.of(exchange, event, self._new_id(), mark)
            answer_id = answer.record_id
            snapshot = self._write_answer(file, answer, exchange, has_text)
        if exchange.request:
            file.append(warc.request(self._new_id(), exchange.request, event, answer_id))
        return snapshot

    def _write_answer(self, file: WarcFile, answer: warc.Response, exchange: Exchange, has_text: bool) -> Snapshot:
        # A cut payload is no whole page: neither may it stand for one, nor one for it.
        is_whole = bool(answer.payload) and not answer.truncated
        kept = self._kept(answer.payload_digest) if is_whole else None
        if exchange.http_status == 304:
            kept = self._last_of(answer)
            place = file.append(warc.revisit(answer, kept, warc.NOT_MODIFIED))
        elif kept:
            place = file.append(warc.revisit(answer, kept))
        else:
            place = file.append(warc.response(answer))
            if is_whole:
                event = answer.event
                self._fresh[answer.payload_digest] = warc.Kept(
                    answer.record_id, event.uri, event.date, answer.payload_digest
                )
        self._enter(
            file,
            exchange,
            answer.event.uri,
            digest=kept.payload_digest if kept else answer.payload_digest,
            mime=cdxj.REVISIT if kept else cdxj.media_type(exchange.header("content-type")),
            place=place,
            verdict=answer.verdict,
        )
        if has_text and not kept:
            self._write_text(file, answer, exchange)
        return Snapshot(
            file=file.path.name,
            offset=place[0],
            size_bytes=place[1],
            digest=f"sha256:{hashlib.sha256(answer.payload).hexdigest()}",
            captured_at=exchange.started_at,
        )

    def _write_text(self, file: WarcFile, answer: warc.Response, exchange: Exchange) -> None:
        text = self._text_of(exchange) if self._text_of else None
        if text:
            record = warc.page_text(self._new_id(), text, answer.event)
            place = file.append(record)
            uri = f"{warc.TEXT_PREFIX}{answer.event.uri}"
            digest = warc.digest((text.encode("utf-8", "replace"),))
            self._enter(file, exchange, uri, digest=digest, mime="text/plain", place=place)

    def _enter(
        self,
        file: WarcFile,
        exchange: Exchange,
        uri: str,
        *,
        digest: str,
        mime: str,
        place: tuple[int, int],
        verdict: str | None = None,
    ) -> None:
        entry = cdxj.Entry(
            url=uri,
            captured_at=exchange.started_at,
            digest=digest,
            mime=mime,
            status=None if uri.startswith(warc.TEXT_PREFIX) else exchange.http_status,
            filename=file.path.name,
            offset=place[0],
            size_bytes=place[1],
            verdict=verdict,
        )
        self._lines.append(entry.line())

    def _kept(self, digest: str) -> warc.Kept | None:
        """The record that holds the payload of that digest, in this run's files or an earlier one's."""
        fresh = self._fresh.get(digest)
        if fresh:
            return fresh
        held = self._held.pop(digest, None)
        if held is None:
            return None
        try:
            fields = fields_at(self._folder / held[0], held[1])
        except (OSError, DamagedRecord):  # the file is gone or damaged: the payload is written anew
            return None
        if fields.get("warc-payload-digest") != digest or "warc-truncated" in fields:
            return None
        kept = warc.Kept(fields["warc-record-id"], fields["warc-target-uri"], fields["warc-date"], digest)
        self._fresh[digest] = kept
        return kept

    def _last_of(self, answer: warc.Response) -> warc.Kept:
        """What an answer 304 refers to: the last capture of the page; itself, where there is none."""
        for entry in reversed(self._index.captures(answer.event.uri)):
            kept = self._kept(entry.digest) if entry.is_page else None
            if kept:
                return kept
        return warc.Kept(answer.record_id, answer.event.uri, answer.event.date, answer.payload_digest)

    def _open_file(self) -> WarcFile:
        if self._file is None:
            path = self._folder / warcfile.FIRST_NAME
            raise ArchiveError(f"{path}: written to while not open", about=str(self._folder))
        return self._file

    def _error(self, error: OSError) -> ArchiveError:
        what = error.strerror or str(error)
        return ArchiveError(
            f"{self._folder}: the archive cannot be written: {what}; choose another folder",
            about=str(self._folder),
        )
