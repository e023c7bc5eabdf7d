"""The records of a WARC/1.1 file, as bytes (ISO 28500:2017).

Built by hand: with isal's gzip that is four to five times the pages a second of warcio's own writer, which reads
them all the same.
"""

import base64
import hashlib
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from citecheck.archive.redaction import clean_head, clean_url
from citecheck.model import Exchange

REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

Field = tuple[str, str]


class Capture(NamedTuple):
    """One payload kept: what a later record of the same payload refers to."""

    record_id: str
    uri: str
    date: str


class Response(NamedTuple):
    """The answer of one exchange, cleaned and measured, ready to be written whole or as a revisit."""

    capture: Capture
    head: bytes
    payload: bytes
    payload_digest: str
    common: tuple[Field, ...]
    """The fields that both kinds of record begin with."""
    truncated: str | None


def warcinfo(record_id: uuid.UUID, written_at: datetime, filename: str, software: str) -> bytes:
    """The record that opens a file: who wrote it and by which rules."""
    block = _fields(
        (
            ("software", software),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        )
    )
    fields = (
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", urn(record_id)),
        ("WARC-Date", warc_date(written_at)),
        ("WARC-Filename", filename),
    )
    return _record(fields, "application/warc-fields", (block,))


def request(record_id: uuid.UUID, exchange: Exchange, concurrent_to: str | None) -> bytes:
    """The record of what was sent; `concurrent_to` is the id of the answer's record, if there was an answer."""
    fields = [*_common("request", record_id, exchange)]
    if concurrent_to:
        fields.append(("WARC-Concurrent-To", concurrent_to))
    return _record(fields, "application/http;msgtype=request", (clean_head(exchange.request),))


def measured(record_id: uuid.UUID, exchange: Exchange) -> Response:
    """The answer of `exchange`, which has one, cleaned and digested."""
    return Response(
        capture=Capture(urn(record_id), clean_url(exchange.url), warc_date(exchange.started_at)),
        head=clean_head(exchange.head),
        payload=exchange.body,
        payload_digest=digest((exchange.body,)),
        common=_common("response", record_id, exchange)[1:],
        truncated=exchange.truncated,
    )


def response(answer: Response) -> bytes:
    """The record of an answer with its payload."""
    fields = [("WARC-Type", "response"), *answer.common, ("WARC-Payload-Digest", answer.payload_digest)]
    if answer.truncated:
        fields.append(("WARC-Truncated", answer.truncated))
    return _record(fields, "application/http;msgtype=response", (answer.head, answer.payload))


def revisit(answer: Response, of: Capture) -> bytes:
    """The record of an answer whose payload `of` keeps already: the head alone.

    Refers to it by id, URI and date: replay tools resolve by the latter two only. The payload that is left out counts
    as truncation by length, says the standard.
    """
    fields = [
        ("WARC-Type", "revisit"),
        *answer.common,
        ("WARC-Payload-Digest", answer.payload_digest),
        ("WARC-Profile", REVISIT_PROFILE),
        ("WARC-Refers-To", of.record_id),
        ("WARC-Refers-To-Target-URI", of.uri),
        ("WARC-Refers-To-Date", of.date),
        ("WARC-Truncated", "length"),
    ]
    return _record(fields, "application/http;msgtype=response", (answer.head,))


def digest(parts: Iterable[bytes]) -> str:
    """`sha1:` and base32, as indexes of web archives compare them."""
    sha1 = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        sha1.update(part)
    return f"sha1:{base64.b32encode(sha1.digest()).decode('ascii')}"


def urn(record_id: uuid.UUID) -> str:
    return f"<urn:uuid:{record_id}>"


def warc_date(moment: datetime) -> str:
    """UTC with microseconds: all records of one exchange bear the same."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _common(kind: str, record_id: uuid.UUID, exchange: Exchange) -> tuple[Field, ...]:
    fields = (
        ("WARC-Type", kind),
        ("WARC-Record-ID", urn(record_id)),
        ("WARC-Date", warc_date(exchange.started_at)),
        ("WARC-Target-URI", clean_url(exchange.url)),
    )
    return (*fields, ("WARC-IP-Address", exchange.peer_address)) if exchange.peer_address else fields


def _record(fields: Iterable[Field], media: str, block: Sequence[bytes]) -> bytes:
    size_bytes = sum(map(len, block))
    head = _fields(
        (*fields, ("WARC-Block-Digest", digest(block)), ("Content-Type", media), ("Content-Length", str(size_bytes)))
    )
    return b"".join((b"WARC/1.1\r\n", head, b"\r\n", *block, b"\r\n\r\n"))


def _fields(fields: Iterable[Field]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode("utf-8")
