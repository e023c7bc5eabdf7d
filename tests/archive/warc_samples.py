"""Exchanges to archive, and the records as warcio reads them back."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # warcio ships no types

from citecheck.model import Exchange, Reason, Status, Target, Verdict, Visit

NOON = datetime(2031, 4, 9, 12, 0, 0, 250_000, tzinfo=UTC)


class Read(NamedTuple):
    """A record as warcio reads it, digests checked."""

    kind: str
    fields: dict[str, str]
    status_line: str | None
    headers: list[tuple[str, str]]
    payload: bytes
    offset: int
    size_bytes: int


def read_back(path: Path) -> list[Read]:
    records = []
    with path.open("rb") as stream:
        iterator = ArchiveIterator(stream, check_digests="raise")
        for record in iterator:
            http = record.http_headers
            payload = record.raw_stream.read()
            records.append(
                Read(
                    kind=record.rec_type,
                    fields=dict(record.rec_headers.headers),
                    status_line=f"{http.protocol} {http.statusline}" if http else None,
                    headers=http.headers if http else [],
                    payload=payload,
                    offset=iterator.get_record_offset(),
                    size_bytes=iterator.get_record_length(),
                )
            )
    return records


def counted_ids() -> Callable[[], uuid.UUID]:
    numbers = count(1)
    return lambda: uuid.UUID(int=next(numbers))


def urn(number: int) -> str:
    return f"<urn:uuid:{uuid.UUID(int=number)}>"


def exchange(
    url: str = "http://harbour-gazette.example/quay",
    *,
    body: bytes = b"<p>The quay is open.</p>",
    head: bytes | None = None,
    request: bytes | None = None,
    **rest: object,
) -> Exchange:
    """An exchange that went well, but for what is said otherwise."""
    if head is None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    if request is None:
        request = b"GET /quay HTTP/1.1\r\nHost: harbour-gazette.example\r\n\r\n"
    lines = [line.split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line]
    values: dict[str, object] = {
        "started_at": NOON,
        "http_status": 200,
        "headers": tuple((name.decode("latin-1"), value.strip().decode("latin-1")) for name, value in lines),
        "peer_address": "127.0.0.1",
    }
    return Exchange(url=url, request=request, head=head, body=body, **{**values, **rest})  # type: ignore[arg-type]  # test values by name


def visit(*exchanges: Exchange, status: Status = Status.ALIVE, reason: str = Reason.OK) -> Visit:
    url = exchanges[0].url if exchanges else "http://nowhere.invalid/"
    return Visit(target=Target(url, url), verdict=Verdict(status, reason), exchanges=exchanges)
