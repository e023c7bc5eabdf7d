"""The index beside the WARC file: one line a capture, `<SURT key> <14-digit UTC time> <JSON>`, sorted by bytes."""

import ipaddress
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple, Self

import msgspec

from citecheck.archive import warc
from citecheck.archive.records import Record
from citecheck.patterns import regex

REVISIT = "warc/revisit"

_DEFAULT_PORTS = {"http": "80", "https": "443"}
_PARTS = regex(
    r"(https?)://(?:[^/?#]*@)?(\[[^\]/?#]*\]|[^/?#:\[]*)(?::(\d*))?(/[^?#]*)?(?:\?([^#]*))?(?:#.*)?", re.DOTALL
)
_MEDIA_TYPE = regex(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_SIGNS = str.maketrans("", "", "-T:")
_WWW = regex(r"^www\d*\.(?=.*\.)")


class _Details(msgspec.Struct):
    """The JSON of a line; numbers are strings, as every tool writes them."""

    url: str
    digest: str
    mime: str
    filename: str
    offset: str
    length: str
    status: str = ""
    verdict: str = ""


class Entry(NamedTuple):
    """Where one capture lies."""

    url: str
    """As its record names it."""
    captured_at: datetime
    digest: str
    mime: str
    status: int | None
    filename: str
    offset: int
    size_bytes: int
    """Of the compressed record."""
    verdict: str | None = None
    """Why it does not show the source ("dead soft-404"), where it does not."""

    @classmethod
    def of(cls, record: Record, filename: str) -> Self | None:
        """The entry of a record, as the writer made it; None for a record that is not looked up."""
        match record.kind:
            case "response":
                mime = media_type(record.header("content-type"))
            case "resource":
                mime = media_type(record.fields.get("content-type"))
            case "revisit":
                mime = REVISIT
            case _:
                return None
        return cls(
            url=record.uri,
            captured_at=record.date,
            digest=record.fields.get("warc-payload-digest", ""),
            mime=mime,
            status=record.http_status,
            filename=filename,
            offset=record.offset,
            size_bytes=record.size_bytes,
            verdict=record.fields.get(warc.VERDICT.lower()),
        )

    @classmethod
    def parse(cls, line: bytes) -> Self:
        """The entry on a line of the index. Raises ValueError for a line that is none."""
        _, stamp, details = line.split(b" ", 2)
        found = msgspec.json.decode(details, type=_Details)
        return cls(
            url=found.url,
            captured_at=parse_stamp(stamp[:14].decode("ascii")),
            digest=found.digest,
            mime=found.mime,
            status=int(found.status) if found.status.isdigit() else None,
            filename=found.filename,
            offset=int(found.offset),
            size_bytes=int(found.length),
            verdict=found.verdict or None,
        )

    @property
    def is_page(self) -> bool:
        """It shows what was asked for: neither a mark against it, nor a redirect or an error, nor derived text."""
        is_success = self.status is not None and (200 <= self.status < 300 or self.status == 304)
        return is_success and not self.verdict

    def line(self) -> bytes:
        """The entry as a line of the index, without line end."""
        details = {
            "url": self.url,
            "digest": self.digest,
            "mime": self.mime,
            "filename": self.filename,
            "offset": str(self.offset),
            "length": str(self.size_bytes),
            "status": str(self.status or ""),
        }
        if self.verdict:
            details["verdict"] = self.verdict
        return f"{surt(self.url)} {stamp(self.captured_at)} ".encode() + msgspec.json.encode(details)


def stamp(moment: datetime) -> str:
    """The 14 digits by which web archives tell a time (UTC)."""
    return moment.astimezone(UTC).isoformat()[:19].translate(_SIGNS)


def parse_stamp(digits: str) -> datetime:
    """The time that 4 to 14 digits tell: what is missing is the earliest that fits. Raises ValueError."""
    if not (digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 14):
        raise ValueError(f"no timestamp: {digits}")
    full = digits + "00000101000000"[len(digits) :]
    month, day, hour, minute, second = (int(full[at : at + 2]) for at in range(4, 14, 2))
    return datetime(int(full[:4]), month, day, hour, minute, second, tzinfo=UTC)


def surt(url: str) -> str:
    """The key by which a URL is looked up: host reversed, one spelling for what usually is one page.

    As the tools of the Internet Archive have it: lower case, no `www.`, no scheme, no default port, no slash at the
    end, query parameters in order. `https://www.Example.org:8080/A/?b&a=1` is `org,example:8080)/a?a=1&b`.
    """
    found = _PARTS.fullmatch(url.lower())
    if not found:  # nothing that can be fetched, or the name of a derived record; still a key that sorts
        return url.lower().replace(" ", "%20")
    scheme, name, port, path, query = found.groups()
    host = _reversed_host(name)
    if port and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    path = (path or "").rstrip("/") or "/"
    if query:
        path = f"{path}?{'&'.join(sorted(query.split('&')))}"
    return f"{host}){path}"


def media_type(content_type: str | None) -> str:
    """The type in a Content-Type header, lower case, without parameters; `unk` when there is none, as pywb has it."""
    found = _MEDIA_TYPE.match((content_type or "").strip())
    return found[0].lower() if found else "unk"


@lru_cache(maxsize=4096)
def _reversed_host(host: str) -> str:
    if host.startswith("["):
        return host
    try:
        ipaddress.ip_address(host)
    except ValueError:
        host = _WWW.sub("", host)
    return ",".join(reversed(host.rstrip(".").split(".")))
