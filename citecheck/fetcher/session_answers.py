"""What http.client refuses and browsers read: hints ahead of an answer, and answers of many headers."""

import http.client
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError

_MOST_HEADERS = 5000
"""As libcurl has it; http.client's own limit of 100 is met by sites with many cookies."""
_MOST_LINE_BYTES = 300 * 1024
"""As libcurl has it for a whole head; browsers take nearly as much."""


_TRANSFER_CODINGS = frozenset(("", "chunked", "identity"))


class _Lines:
    """The head of an answer as http.client reads it, line by line, after the status.

    What is no header, browsers pass over; http.client would take all below it for no headers either, and a head that
    breaks off for a whole one.
    """

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def readline(self, limit: int = -1) -> bytes:
        while True:
            line: bytes = self.stream.readline(limit)
            if not line.endswith(b"\n") and len(line) <= _MOST_LINE_BYTES:
                raise http.client.HTTPException("the head of the answer breaks off")
            if b":" in line or line[:1].isspace():
                return line

    def __getattr__(self, name: str) -> Any:
        """The answer to a CONNECT is closed while it is still read line by line."""
        return getattr(self.stream, name)


class _Answer(http.client.HTTPResponse):
    """Passes over interim answers (RFC 9110, 15.2), http.client knows only 100, and over odd lines."""

    def begin(self) -> None:
        try:
            super().begin()
        finally:
            if isinstance(self.fp, _Lines):
                self.fp = self.fp.stream
        codings = {each.strip() for each in (self.headers.get("Transfer-Encoding") or "").lower().split(",")}
        if strange := codings - _TRANSFER_CODINGS:
            raise DecodeError(f"a transfer coding that nobody asked for: {min(strange)}")

    def _read_status(self) -> Any:
        while True:
            found = super()._read_status()  # type: ignore[misc]  # private, and the only place before the headers
            if not 102 <= found[1] <= 199:
                if found[1] != 100:
                    self.fp = _Lines(self.fp)  # type: ignore[assignment]  # it only reads lines until `begin` ends
                return found
            while self.fp.readline(_MOST_LINE_BYTES).strip():
                pass


class Connection(HTTPConnection):
    response_class = _Answer


class SecureConnection(HTTPSConnection):
    response_class = _Answer


def allow_large_heads() -> None:
    """Raises http.client's limits, for the whole process: it has no other place to set them."""
    http.client._MAXLINE = max(_MOST_LINE_BYTES, http.client._MAXLINE)  # type: ignore[attr-defined]  # private
    http.client._MAXHEADERS = max(_MOST_HEADERS, http.client._MAXHEADERS)  # type: ignore[attr-defined]  # private
