"""The records of a WARC file, read back one gzip member at a time: whole or not at all."""

import mmap
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from string import whitespace
from typing import NamedTuple

from citecheck.archive.mapping import mapped
from citecheck.errors import ArchiveError
from citecheck.patterns import regex

_CHUNK_BYTES = 1 << 16
_MEMBER = b"\x1f\x8b\x08"
_LARGEST_BYTES = 1 << 30
"""No record that citecheck writes is larger; a gzip bomb ends here."""
_HEAD_BYTES = 1 << 15
_FRACTION = regex(r"\.(\d+)")


class DamagedRecord(ArchiveError):
    """What should be a record is none: `offset` says where in the file, `reason` in what way."""

    def __init__(self, path: Path, offset: int, reason: str) -> None:
        super().__init__(f"{path}: damaged at offset {offset}: {reason}", about=str(path))
        self.offset = offset
        self.reason = reason


class Record(NamedTuple):
    """A record as it stands in its file."""

    offset: int
    size_bytes: int
    """Of the compressed record."""
    fields: Mapping[str, str]
    """By name in lower case."""
    block: bytes

    @property
    def kind(self) -> str:
        return self.fields.get("warc-type", "")

    @property
    def uri(self) -> str:
        return self.fields.get("warc-target-uri", "").strip("<>")

    @property
    def date(self) -> datetime:
        return parse_date(self.fields.get("warc-date", ""))

    @property
    def is_http(self) -> bool:
        return self.fields.get("content-type", "").startswith("application/http")

    @property
    def head(self) -> bytes:
        """Of a record of HTTP: start line and header lines with the empty line."""
        end = self.block.find(b"\r\n\r\n")
        return self.block if end < 0 else self.block[: end + 4]

    @property
    def payload(self) -> bytes:
        return self.block[len(self.head) :] if self.is_http else self.block

    @property
    def http_status(self) -> int | None:
        parts = self.head.split(b"\r\n", 1)[0].split(None, 2)
        return int(parts[1]) if self.is_http and len(parts) > 1 and parts[1].isdigit() else None

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Of a record of HTTP, as they stand in its head."""
        lines = (line.partition(b":") for line in self.head.split(b"\r\n")[1:])
        return tuple((key.decode("latin-1"), value.strip().decode("latin-1")) for key, colon, value in lines if colon)

    def header(self, name: str) -> str | None:
        """The first HTTP header of that name, or None."""
        return next((value for key, value in self.headers if key.strip(whitespace).lower() == name.lower()), None)


def records(path: Path, offset: int = 0) -> Iterator[Record]:
    """Every record of a gzipped WARC file from `offset` on, in order. Raises DamagedRecord at one that is not whole."""
    with mapped(path) as data:
        while offset < len(data):
            content, size_bytes = _inflated(path, data, offset)
            yield _parsed(path, offset, size_bytes, content)
            offset += size_bytes


def next_offset(path: Path, after: int) -> int | None:
    """Where the first whole record begins behind the damaged one at `after`, or None."""
    with mapped(path) as data:
        offset = after
        while (offset := data.find(_MEMBER, offset + 1)) >= 0:
            with suppress(DamagedRecord):
                _parsed(path, offset, 0, _inflated(path, data, offset)[0])
                return offset
    return None


def record_at(path: Path, offset: int) -> Record:
    """The record that begins at `offset`. Raises DamagedRecord when none does."""
    with mapped(path) as data:
        if not 0 <= offset < len(data):
            raise DamagedRecord(path, offset, "beyond the end of the file")
        content, size_bytes = _inflated(path, data, offset)
        return _parsed(path, offset, size_bytes, content)


def fields_at(path: Path, offset: int) -> Mapping[str, str]:
    """The fields of the record that begins at `offset`, without reading its block."""
    with path.open("rb") as file:
        file.seek(offset)
        try:
            content = zlib.decompressobj(31).decompress(file.read(_HEAD_BYTES), _HEAD_BYTES)
        except zlib.error as error:
            raise DamagedRecord(path, offset, str(error)) from error
    return _fields(path, offset, content.partition(b"\r\n\r\n")[0])


def parse_date(text: str) -> datetime:
    """A WARC-Date as aware UTC, with up to microseconds. Raises ValueError for what is none."""
    plain = _FRACTION.sub(lambda match: f".{match[1][:6]:0<6}", text)
    moment = datetime.fromisoformat(plain)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _inflated(path: Path, data: mmap.mmap | bytes, offset: int) -> tuple[bytes, int]:
    """The content of the gzip member at `offset`, its checksum right, and the member's size."""
    stream = zlib.decompressobj(31)
    parts: list[bytes] = []
    place, inflated_bytes = offset, 0
    try:
        while not stream.eof:
            chunk = data[place : place + _CHUNK_BYTES]
            if not chunk:
                raise DamagedRecord(path, offset, "the file ends within the record")
            parts.append(stream.decompress(chunk))
            place += len(chunk)
            inflated_bytes += len(parts[-1])
            if inflated_bytes > _LARGEST_BYTES:
                raise DamagedRecord(path, offset, f"larger than {_LARGEST_BYTES} bytes")
    except zlib.error as error:
        raise DamagedRecord(path, offset, f"not a whole gzip member ({error})") from error
    return b"".join(parts), place - len(stream.unused_data) - offset


def _parsed(path: Path, offset: int, size_bytes: int, content: bytes) -> Record:
    head, _, rest = content.partition(b"\r\n\r\n")
    fields = _fields(path, offset, head)
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise DamagedRecord(path, offset, "no Content-Length")
    if len(rest) != int(length) + 4 or not rest.endswith(b"\r\n\r\n"):
        raise DamagedRecord(path, offset, f"the block has not the {length} bytes that Content-Length says")
    return Record(offset, size_bytes, fields, rest[:-4])


def _fields(path: Path, offset: int, head: bytes) -> dict[str, str]:
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    if not version.startswith("WARC/1."):
        raise DamagedRecord(path, offset, "no WARC record")
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
