"""The index of an archive's folder: sorted CDXJ segments, looked up by bisection, merged as they grow in number.

A folder holds one segment, `index.cdxj`, after its first run. Each later WARC file adds a segment of its own, and two
neighbours are merged when the newer has grown to half of the older: as with a binary counter, n files leave about
log n segments, and no line is rewritten more often than that.
"""

import heapq
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

import msgspec

from citecheck.archive.cdxj import REVISIT, Entry, surt
from citecheck.archive.mapping import mapped
from citecheck.errors import ArchiveError

INDEX_NAME = "index.cdxj"
_PATTERN = "index*.cdxj"


class _Holding(msgspec.Struct):
    """Of a line's JSON, what tells where a payload lies."""

    digest: str
    mime: str
    filename: str
    offset: str


class Index:
    """What an archive's folder holds, by URL and time. It sees what was added after it was made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def captures(self, url: str) -> list[Entry]:
        """Every capture of `url` (or of another spelling of it), the oldest first; redirects and errors among them."""
        key = f"{surt(url)} ".encode()
        lines = {line for path in self.segments() for line in _lines_from(path, key)}
        return [self._entry(line) for line in sorted(lines)]

    def nearest(self, url: str, moment: datetime | None = None) -> Entry | None:
        """The capture that shows the page nearest to `moment`; the newest when none is named."""
        pages = [entry for entry in self.captures(url) if entry.is_page]
        if moment is None:
            return pages[-1] if pages else None
        return min(pages, key=lambda entry: abs(entry.captured_at - moment), default=None)

    def entries(self) -> Iterator[Entry]:
        """Every entry in the order of the index, each once."""
        yield from map(self._entry, self.lines())

    def lines(self) -> Iterator[bytes]:
        """Every line in order, each once, without line end."""
        return _merged(self.segments())

    def add(self, lines: Iterable[bytes], stem: str) -> None:
        """Take in the lines of one WARC file, whole or not at all; `stem` tells its segment from the others.

        Adding the same lines under the same stem again changes nothing.
        """
        name = f"index-{stem}.cdxj" if stem and self.segments() else INDEX_NAME
        path = self._folder / name
        _write(path, _unique(heapq.merge(_lines_from(path, b""), sorted(lines))))
        self._merge()

    def compact(self) -> None:
        """Make one segment of all: after a crash, lines may stand in two."""
        segments = self.segments()
        if len(segments) > 1:
            _write(self._folder / INDEX_NAME, _merged(segments))
            for path in segments[1:]:
                path.unlink()

    def payloads(self) -> dict[str, tuple[str, int]]:
        """By digest, the file and offset of a record that holds the payload; 1 µs and some 200 bytes a capture."""
        found: dict[str, tuple[str, int]] = {}
        decode = msgspec.json.Decoder(_Holding).decode
        for line in self.lines():
            if not line.startswith(b"urn:"):
                try:
                    held = decode(line.split(b" ", 2)[2])
                    place = (held.filename, int(held.offset))
                except (ValueError, IndexError) as error:
                    raise self._broken() from error
                if held.mime != REVISIT:
                    found.setdefault(held.digest, place)
        return found

    def segments(self) -> list[Path]:
        """The files, the oldest first."""
        return sorted(self._folder.glob(_PATTERN), key=lambda path: (path.name != INDEX_NAME, path.name))

    def _entry(self, line: bytes) -> Entry:
        try:
            return Entry.parse(line)
        except (ValueError, TypeError) as error:
            raise self._broken() from error

    def _broken(self) -> ArchiveError:
        return ArchiveError(
            f"{self._folder}: the index has a line that is no entry; `citecheck archive verify` names it",
            about=str(self._folder),
        )

    def _merge(self) -> None:
        segments = self.segments()
        while len(segments) > 1 and segments[-1].stat().st_size * 2 >= segments[-2].stat().st_size:
            newest = segments.pop()
            _write(segments[-1], _merged((segments[-1], newest)))
            newest.unlink()


def _merged(paths: Iterable[Path]) -> Iterator[bytes]:
    """The lines of sorted files in order, equal ones once."""
    return _unique(heapq.merge(*(_lines_from(path, b"") for path in paths)))


def _unique(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line, _ in groupby(lines))


def _lines_from(path: Path, key: bytes) -> Iterator[bytes]:
    """The lines of a sorted file that begin with `key`, found by bisection."""
    # Gone: merged into another since the folder was listed; that one has its lines.
    with mapped(path, may_be_gone=True) as data:
        low, high = 0, len(data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", low, middle) + 1 or low
            end = data.find(b"\n", start)
            end = len(data) if end < 0 else end
            if data[start:end] < key:
                low = end + 1
            else:
                high = start
        while low < len(data):
            end = data.find(b"\n", low)
            end = len(data) if end < 0 else end
            line = data[low:end]
            if not line.startswith(key):
                return
            if line:
                yield line
            low = end + 1


def _write(path: Path, lines: Iterable[bytes]) -> None:
    """A whole file under its name at once: readers see the old one or the new one."""
    part = path.with_name(f"{path.name}.open")
    try:
        with part.open("wb") as file:
            file.writelines(line + b"\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise ArchiveError(
            f"{path}: the index cannot be written: {error.strerror or error}", about=str(path)
        ) from error
