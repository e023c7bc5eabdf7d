"""A row of the loopback web: a site, what it does, and the truth about it."""

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from tests.web.connection import Connection

Answer = Callable[[Connection], bytes | None]

TITLE = "Ferry to Holm resumes"
PAGE = (
    f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
    + "<p>The night ferry sailed again on Tuesday, after eleven days in the dock.</p>" * 40
    + "</body></html>"
).encode()


class Tls(Enum):
    GOOD = "good"
    EXPIRED = "expired"
    SELF_SIGNED = "self-signed"
    WRONG_HOST = "wrong host"
    UNTRUSTED = "untrusted"


class Behaviour(NamedTuple):
    """A site. `status` and `reason` are the truth; the rest says how it is asked for."""

    name: str
    answer: Answer | bytes
    status: str
    reason: str
    path: str = "/2024/05/ferry-resumes"
    tls: Tls | None = None
    is_closed: bool = False
    """Nobody listens there."""
    suggestion: str | None = None
    keeps_open: bool = False
    """The connection serves one request after another."""

    @property
    def host(self) -> str:
        return f"{self.name}.example"

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}{self.path}"


def reply(status: int, body: bytes = PAGE, *headers: str, phrase: str = "As It Is") -> bytes:
    """A whole answer; the connection ends after it."""
    lines = [f"HTTP/1.1 {status} {phrase}", "Content-Type: text/html; charset=utf-8", "Connection: close"]
    lines += [f"Content-Length: {len(body)}"] if body or status not in (204, 304) else []
    return "\r\n".join((*lines, *headers, "", "")).encode("latin-1") + body


def redirect(status: int, location: str, *headers: str) -> bytes:
    return reply(status, b"", f"Location: {location}", *headers)
