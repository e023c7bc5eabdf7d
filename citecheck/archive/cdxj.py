"""The index beside the WARC file: one line a capture, `<SURT key> <14-digit UTC time> <JSON>`, sorted by bytes."""

import ipaddress
import re
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

_DEFAULT_PORTS = {"http": 80, "https": 443}
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


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

    def line(self) -> bytes:
        """The entry as a line of the index, without line end; numbers are strings, as every tool writes them."""
        details = {
            "url": self.url,
            "digest": self.digest,
            "mime": self.mime,
            "filename": self.filename,
            "offset": str(self.offset),
            "length": str(self.size_bytes),
            "status": str(self.status or ""),
        }
        stamp = self.captured_at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
        return f"{surt(self.url)} {stamp} ".encode() + msgspec.json.encode(details)


def surt(url: str) -> str:
    """The key by which a URL is looked up: host reversed, one spelling for what usually is one page.

    As the tools of the Internet Archive have it: lower case, no `www.`, no scheme, no default port, no slash at the
    end, query parameters in order. `https://www.Example.org:8080/A/?b&a=1` is `org,example:8080)/a?a=1&b`.
    """
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:  # nothing that can be fetched; still a key that sorts
        return url.lower()
    host = _reversed_host(parts.hostname or "")
    if port and port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    path = parts.path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&")))
    return f"{host}){path}?{query}" if query else f"{host}){path}"


def media_type(content_type: str | None) -> str:
    """The type in a Content-Type header, lower case, without parameters; `unk` when there is none, as pywb has it."""
    found = _MEDIA_TYPE.match((content_type or "").strip())
    return found[0].lower() if found else "unk"


def _reversed_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        host = re.sub(r"^www\d*\.(?=.*\.)", "", host)
    return ",".join(reversed(host.rstrip(".").split(".")))
