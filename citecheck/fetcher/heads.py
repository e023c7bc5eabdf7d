"""The head of an answer, from its lines as they came off the wire."""

import sys
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from citecheck.patterns import regex

_STATUS_LINE = regex(rb"HTTP/(\d(?:\.\d)?) +(\d{3})(?!\d)([^\r\n]*)")

_WHOLE_URL = regex(rb"(?<=^GET )https?://[^/? ]+/?")


class Head(Struct, frozen=True):
    """Status, headers and raw bytes of a whole head."""

    status: int
    headers: tuple[tuple[str, str], ...]
    raw: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name (lower case), or None."""
        return next((value for key, value in self.headers if key.lower() == name), None)


def read(lines: Sequence[bytes]) -> Head | None:
    """The last head in `lines` that is whole and final; None when there is none yet.

    The lines are one header line each, with its end: interim answers (1xx) stand before the head, each with its empty
    line, and trailers after it.
    """
    start, end = _ends(lines)
    if start is None or end is None:
        return None
    matched = _STATUS_LINE.match(lines[start])
    if not matched or matched[2].startswith(b"1"):
        return None
    headers = tuple(map(_field, lines[start + 1 : end]))
    first = lines[start]
    if matched[1] in (b"2", b"3"):
        first = _as_http_1(int(matched[2]))
    return Head(int(matched[2]), headers, b"".join((first, *lines[start + 1 : end + 1])))


def _ends(lines: Sequence[bytes]) -> tuple[int | None, int | None]:
    """Where the last head begins, and the empty line behind it."""
    if lines and lines[-1] == b"\r\n" and lines.count(b"\r\n") == 1:  # by far the most
        return (0, len(lines) - 1) if lines[0].startswith(b"HTTP/") else (None, None)
    start = end = None
    for index, line in enumerate(lines):
        if line.startswith(b"HTTP/"):
            start, end = index, None
        elif start is not None and end is None and line in (b"\r\n", b"\n"):
            end = index
    return start, end


def told(head: bytes, untold: frozenset[str], *, is_proxied: bool = False) -> bytes:
    """A request's head as it is recorded: without the headers `untold` (lower case), and as a proxy passes it on."""
    if not (untold or is_proxied):
        return head
    first, *lines = head.split(b"\r\n")
    names = [line.partition(b":")[0].decode("latin-1").lower() for line in lines]
    kept = (
        line
        for name, line in zip(names, lines, strict=True)
        if name not in untold and not (is_proxied and name.startswith("proxy-"))
    )
    return b"\r\n".join((_WHOLE_URL.sub(b"/", first) if is_proxied else first, *kept))


@lru_cache(maxsize=1024)  # a server says most of them with every page
def _field(line: bytes) -> tuple[str, str]:
    name, _, value = line.partition(b":")
    return sys.intern(name.decode("latin-1").strip()), value.decode("latin-1").strip()


def _as_http_1(status: int) -> bytes:
    """WARC readers know HTTP/1.1 only; HTTP/2 has no reason phrase."""
    from http import HTTPStatus  # for the few that HTTP/2 brings

    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    return f"HTTP/1.1 {status} {phrase}\r\n".encode("ascii")
