"""The records of a WARC/1.1 file, as bytes (ISO 28500:2017).

Built by hand: with isal's gzip that is four to five times the pages a second of warcio's own writer, which reads
them all the same.
"""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, Self

from citecheck.archive.redaction import clean_head, clean_url
from citecheck.model import Exchange

SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
VERDICT = "Citecheck-Verdict"
"""The field, of our own, that marks an answer which does not show the source: `dead soft-404`."""
TEXT_PREFIX = "urn:text:"
"""What stands before a page's URL to name the record of its text, as Browsertrix has it."""

Field = tuple[str, str]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_BASE32 = [first + second for first in _LETTERS for second in _LETTERS]
"""Ten bits at a time: base64.b32encode takes 10 µs a digest, a third of what a page's compression does."""


class Event(NamedTuple):
    """What the records of one exchange share."""

    uri: str
    date: str
    fields: tuple[Field, ...]

    @classmethod
    def of(cls, exchange: Exchange) -> Self:
        uri, date = clean_url(exchange.url), warc_date(exchange.started_at)
        address = (("WARC-IP-Address", exchange.peer_address),) if exchange.peer_address else ()
        return cls(uri, date, (("WARC-Date", date), ("WARC-Target-URI", uri), *address))


class Response(NamedTuple):
    """The answer of one exchange, cleaned and digested, ready to be written whole or as a revisit."""

    record_id: str
    event: Event
    head: bytes
    payload: bytes
    payload_digest: str
    truncated: str | None
    verdict: str | None = None
    """Why it is not the source, for the VERDICT field."""

    @classmethod
    def of(cls, exchange: Exchange, event: Event, record_id: uuid.UUID, verdict: str | None = None) -> Self:
        return cls(
            record_id=urn(record_id),
            event=event,
            head=clean_head(exchange.head),
            payload=exchange.body,
            payload_digest=digest((exchange.body,)),
            truncated=exchange.truncated,
            verdict=verdict,
        )


class Kept(NamedTuple):
    """A payload that the archive holds: what a later record of the same payload refers to."""

    record_id: str
    uri: str
    date: str
    payload_digest: str


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


def request(record_id: uuid.UUID, head: bytes, event: Event, concurrent_to: str | None) -> bytes:
    """The record of what was sent; `concurrent_to` is the id of the answer's record, if there was an answer."""
    answer = (("WARC-Concurrent-To", concurrent_to),) if concurrent_to else ()
    fields = (("WARC-Type", "request"), ("WARC-Record-ID", urn(record_id)), *event.fields, *answer)
    return _record(fields, "application/http;msgtype=request", (clean_head(head),))


def response(answer: Response) -> bytes:
    """The record of an answer with its payload."""
    cut = (("WARC-Truncated", answer.truncated),) if answer.truncated else ()
    fields = (*_answer_fields("response", answer), *cut)
    return _record(fields, "application/http;msgtype=response", (answer.head, answer.payload))


def revisit(answer: Response, kept: Kept, profile: str = SAME_PAYLOAD) -> bytes:
    """The record of an answer whose payload the archive holds already: the head alone.

    Refers to it by id, URI and date: replay tools resolve by the latter two only. The payload that is left out counts
    as truncation by length, says the standard; an answer 304 (profile NOT_MODIFIED) left nothing out.
    """
    fields = (
        *_answer_fields("revisit", answer._replace(payload_digest=kept.payload_digest)),
        ("WARC-Profile", profile),
        ("WARC-Refers-To", kept.record_id),
        ("WARC-Refers-To-Target-URI", kept.uri),
        ("WARC-Refers-To-Date", kept.date),
        *((("WARC-Truncated", "length"),) if profile == SAME_PAYLOAD else ()),
    )
    return _record(fields, "application/http;msgtype=response", (answer.head,))


def page_text(record_id: uuid.UUID, text: str, event: Event) -> bytes:
    """The record of a page's readable text: evidence of what it said, under a URI of its own."""
    block = text.encode("utf-8", "replace")
    fields = (
        ("WARC-Type", "resource"),
        ("WARC-Record-ID", urn(record_id)),
        ("WARC-Date", event.date),
        ("WARC-Target-URI", f"{TEXT_PREFIX}{event.uri}"),
        ("WARC-Payload-Digest", digest((block,))),
    )
    return _record(fields, "text/plain; charset=utf-8", (block,))


def _answer_fields(kind: str, answer: Response) -> tuple[Field, ...]:
    return (
        ("WARC-Type", kind),
        ("WARC-Record-ID", answer.record_id),
        *answer.event.fields,
        ("WARC-Payload-Digest", answer.payload_digest),
        *(((VERDICT, answer.verdict),) if answer.verdict else ()),
    )


def digest(parts: Iterable[bytes]) -> str:
    """`sha1:` and base32, as indexes of web archives compare them."""
    sha1 = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        sha1.update(part)
    number = int.from_bytes(sha1.digest(), "big")
    return f"sha1:{''.join([_BASE32[number >> shift & 1023] for shift in range(150, -1, -10)])}"


def urn(record_id: uuid.UUID) -> str:
    return f"<urn:uuid:{record_id}>"


def warc_date(moment: datetime) -> str:
    """UTC with microseconds: all records of one exchange bear the same."""
    return f"{moment.astimezone(UTC).isoformat(timespec='microseconds')[:26]}Z"


def _record(fields: Iterable[Field], media: str, block: Sequence[bytes]) -> bytes:
    size_bytes = sum(map(len, block))
    head = _fields(
        (*fields, ("WARC-Block-Digest", digest(block)), ("Content-Type", media), ("Content-Length", str(size_bytes)))
    )
    return b"".join((b"WARC/1.1\r\n", head, b"\r\n", *block, b"\r\n\r\n"))


def _fields(fields: Iterable[Field]) -> bytes:
    return "".join([f"{name}: {value}\r\n" for name, value in fields]).encode("utf-8")
