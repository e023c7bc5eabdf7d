"""What http.client refuses and browsers read: hints ahead of an answer, and answers of many headers."""

import http.client
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

_MOST_HEADERS = 5000
"""As libcurl has it; http.client's own limit of 100 is met by sites with many cookies."""
_MOST_LINE_BYTES = 65536


class _Answer(http.client.HTTPResponse):
    """Passes over interim answers (RFC 9110, 15.2); http.client knows no other than 100."""

    def _read_status(self) -> Any:
        while True:
            found = super()._read_status()  # type: ignore[misc]  # private, and the only place before the headers
            if not 102 <= found[1] <= 199:
                return found
            while self.fp.readline(_MOST_LINE_BYTES).strip():
                pass


class Connection(HTTPConnection):
    response_class = _Answer


class SecureConnection(HTTPSConnection):
    response_class = _Answer


def allow_many_headers() -> None:
    """Raises http.client's limit, for the whole process: it has no other place to set it."""
    http.client._MAXHEADERS = max(_MOST_HEADERS, http.client._MAXHEADERS)  # type: ignore[attr-defined]  # private
