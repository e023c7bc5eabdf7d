"""What never enters an archive, because archives get shared: credentials, cookies, user names in URLs.

Heads are otherwise kept as received, but so that every WARC reader sees them end where the body begins.
"""

import re
from urllib.parse import quote

from citecheck.patterns import regex

_DROPPED = frozenset(
    {
        b"authorization",
        b"cookie",
        b"cookie2",
        b"proxy-authorization",
        b"set-cookie",
        b"set-cookie2",
        # No credential, but no longer true of a body whose transfer coding is undone.
        b"transfer-encoding",
    }
)
_SUSPECT = regex(
    rb"(?i)\n(?:"
    + b"|".join(sorted(_DROPPED))
    + rb")[ \t]*:|://[^/?#\s]*@|(?<!\r)\n|\n(?![a-z0-9]|\r\n|\Z)|\r\n\r\n(?=.)",
    re.DOTALL,
)
"""What only a head that needs cleaning has; most have none of it."""
_USER_IN_URL = regex(rb"(?<=://)[^/?#\s]*@")
_URL_CHARS = "".join(map(chr, range(0x21, 0x7F)))


def clean_head(head: bytes) -> bytes:
    """A request's or an answer's head without credentials: start line, header lines and empty line, all ended by CRLF.

    A dropped header takes its folded lines along. Lines of white space alone are left out: libcurl reads one as the
    folded end of a header, readers of WARC as the end of the head.
    """
    if head.endswith(b"\r\n\r\n") and head[:1].isalnum() and not _SUSPECT.search(head):
        return head
    kept: list[bytes] = []
    is_dropping = False
    for line in head.split(b"\n"):
        line = line.rstrip(b"\r")
        if _is_blank(line):
            continue
        if not kept or line[:1] not in b" \t":
            is_dropping = bool(kept) and line.partition(b":")[0].strip().lower() in _DROPPED
        if not is_dropping:
            kept.append(_USER_IN_URL.sub(b"", line) if b"://" in line else line)
    return b"\r\n".join((*kept, b"", b""))


def clean_url(url: str) -> str:
    """The URL as a record names it: no user name, no password, no fragment, only visible ASCII."""
    address = url.partition("#")[0].encode("utf-8", "replace")
    return quote(_USER_IN_URL.sub(b"", address, count=1), safe=_URL_CHARS)


def _is_blank(line: bytes) -> bool:
    if line[:1].isalnum():
        return False
    try:
        return not line.decode("utf-8").strip()
    except UnicodeDecodeError:
        return not line.decode("latin-1").strip()
