"""What was fetched: targets, exchanges, visits, verdicts and snapshots.

Those of which a run holds a hundred thousand are out of the garbage collector's sight: frozen, they make no cycles.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from citecheck.model.texts import Certainty


class Status(StrEnum):
    ALIVE = "alive"
    MOVED = "moved"
    DEAD = "dead"
    BLOCKED = "blocked"
    FAILING = "failing"
    INVALID = "invalid"
    SKIPPED = "skipped"
    UNCHECKED = "unchecked"


class Reason(StrEnum):
    """Why a verdict is what it is; closed but for `http-NNN`. A Failure is the reason of the same spelling."""

    OK = "ok"
    PERMANENT_REDIRECT = "permanent-redirect"
    HOME_REDIRECT = "home-redirect"
    LOGIN = "login"
    CONSENT = "consent"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_REDIRECT = "bad-redirect"
    SOFT_404 = "soft-404"
    NO_FILE = "no-file"
    PARKED = "parked"
    HIJACKED = "hijacked"
    BOT_WALL = "bot-wall"
    PAYWALL = "paywall"
    GEO_BLOCK = "geo-block"
    OUT_OF_SERVICE = "out-of-service"
    RATE_LIMITED = "rate-limited"
    MALFORMED = "malformed"
    UNSUPPORTED_SCHEME = "unsupported-scheme"
    PRIVATE_ADDRESS = "private-address"
    EXCLUDED = "excluded"
    ROBOTS = "robots"
    OFFLINE = "offline"
    NO_NETWORK = "no-network"
    INTERRUPTED = "interrupted"


def http_reason(status: int) -> str:
    """The reason for an answer that speaks by its status code alone."""
    return f"http-{status}"


class Target(Struct, frozen=True, gc=False):
    """One URL to check."""

    url: str
    """Identity: results are keyed by it."""
    request_url: str
    """What is asked for: the URL as first written, fragment cut."""
    fragments: tuple[str, ...] = ()
    """What the texts' links point to within the page, as written, without `#`."""


class Failure(StrEnum):
    """How an exchange ended without a whole answer; the spelling is that of the verdict's reason."""

    DNS_NXDOMAIN = "dns-nxdomain"
    DNS_TEMPORARY = "dns-temporary"
    DNS_NO_ADDRESS = "dns-no-address"
    PRIVATE_ADDRESS = "private-address"
    CONNECT_TIMEOUT = "connect-timeout"
    READ_TIMEOUT = "read-timeout"
    VISIT_TIMEOUT = "visit-timeout"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    RESET = "reset"
    EMPTY_REPLY = "empty-reply"
    BAD_REPLY = "bad-reply"
    SHORT_BODY = "short-body"
    BAD_ENCODING = "bad-encoding"
    TLS_EXPIRED = "tls-expired"
    TLS_SELF_SIGNED = "tls-self-signed"
    TLS_HOSTNAME = "tls-hostname"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_FAILURE = "tls-failure"
    PROXY = "proxy"
    """Ours cannot be reached, or does not carry: nothing is said of the host."""
    CANCELLED = "cancelled"


class Truncation(StrEnum):
    """Why a body was cut, in WARC's words (`WARC-Truncated`)."""

    LENGTH = "length"
    TIME = "time"
    DISCONNECT = "disconnect"


class Exchange(Struct, frozen=True, dict=True):
    """One request and its answer."""

    url: str
    started_at: datetime
    elapsed_s: float = 0.0
    http_status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """As received, order and repeats kept, text decoded as latin-1."""
    failure: Failure | None = None
    detail: str = ""
    """The transport's own words on the failure."""
    peer_address: str | None = None
    request: bytes = b""
    """The request's head as sent, with the empty line."""
    head: bytes = b""
    """Status line and header lines as received, with the empty line; interim 1xx answers left out."""
    body: bytes = b""
    """As received: transfer coding undone, content coding kept."""
    truncated: Truncation | None = None
    is_unverified: bool = False
    """Whose certificate it was did not matter: the settings say so for this host."""

    def header(self, name: str) -> str | None:
        """The first header of that name, or None."""
        return self.fields.get(name.lower())

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The first header of each name, by its name in lower case."""
        return {name.lower(): value for name, value in reversed(self.headers)}


class Verdict(Struct, frozen=True, gc=False):
    """What a visit shows."""

    status: Status
    reason: str
    """A closed, finer code: a `Reason` or `http-NNN`."""
    confidence: Certainty = Certainty.HIGH
    signals: tuple[str, ...] = ()
    """What was seen, in words, for an editor to judge."""
    suggestion: str | None = None
    """The URL that should stand there instead."""


class Visit(Struct, frozen=True, gc=False):
    """All exchanges for one target, and the verdict they bear."""

    target: Target
    verdict: Verdict
    exchanges: tuple[Exchange, ...] = ()
    """The last attempt's, hop by hop."""
    attempts: int = 0
    elapsed_s: float = 0.0
    title: str | None = None
    """Of the page, where it is HTML."""
    missing_fragments: tuple[str, ...] = ()
    """Those of the target's that the page does not have."""
    checked_at: datetime | None = None
    is_cached: bool = False
    validators: tuple[tuple[str, str], ...] = ()
    """Headers that ask whether the page has changed since; empty: nobody can tell, or nobody will ask."""

    @property
    def http_status(self) -> int | None:
        return self.exchanges[-1].http_status if self.exchanges else None

    @property
    def final_url(self) -> str | None:
        return self.exchanges[-1].url if self.exchanges else None

    def light(self) -> "Visit":
        """The same visit without the bytes, to keep in memory by the hundred thousand."""
        return replace(
            self,
            exchanges=tuple(replace(each, headers=(), request=b"", head=b"", body=b"") for each in self.exchanges),
        )


class Snapshot(Struct, frozen=True):
    """What was kept of a target, and where."""

    file: str
    """Name of the WARC file, beside the report."""
    offset: int
    size_bytes: int
    digest: str
    """`sha256:` and hex, of the payload."""
    captured_at: datetime


class ArchivedCopy(Struct, frozen=True):
    """A copy that a public archive holds and that shows the page: it was fetched and judged."""

    archive: str
    url: str
    captured_at: datetime
    distance_days: float | None = None
    """From the date that the text means, earlier or later; None when it names none."""


class CopyState(StrEnum):
    FOUND = "found"
    NONE = "none"
    """An index or a list of captures was read to the end: no archive asked has a copy that shows the page."""
    UNKNOWN = "unknown"
    """The archives could not be asked, or not all: nothing is said."""


class Archived(Struct, frozen=True):
    """What public archives hold of a target."""

    state: CopyState
    copies: tuple[ArchivedCopy, ...] = ()
    """The nearest to the date first."""
    detail: str = ""
    """Why nothing is known, or why a copy does not count, in words."""
