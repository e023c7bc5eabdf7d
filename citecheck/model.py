"""The nouns of citecheck, as frozen values. This module knows nothing of the others.

Lines and columns are 1-based and count code points of the source text; times are aware UTC.
"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date as Date  # a field called `date` hides the type in a class body
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

# ---------------------------------------------------------------- what was read


class Source(Struct, frozen=True):
    """What the user named, with its bytes."""

    name: str
    """As the user wrote it (a path, a URL, `-`): what reports show."""
    data: bytes
    media: str = "text/plain"


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    EMBED = "embed"
    """Another's post or video set into the text: its words are not the document's own."""


class Position(NamedTuple):
    line: int
    column: int


class Mark(NamedTuple):
    """From `offset` of a block's text on, the source runs on unbroken at this place."""

    offset: int
    line: int
    column: int
    page: int = 1


class Block(Struct, frozen=True):
    """A paragraph, heading, list item, quote or embed: running text, line breaks mended, with its source positions."""

    kind: BlockKind
    text: str
    marks: tuple[Mark, ...]
    """Ascending offsets; the first is 0."""

    def mark(self, offset: int) -> Mark:
        """The mark that rules at `offset`."""
        return self.marks[max(0, bisect_right(self.marks, offset, key=lambda mark: mark.offset) - 1)]

    def position(self, offset: int) -> Position:
        """Line and column of the source where the character at `offset` stands."""
        mark = self.mark(offset)
        return Position(mark.line, mark.column + offset - mark.offset)


class OutletKind(StrEnum):
    WIRE = "wire"
    BROADCASTER = "broadcaster"
    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    SITE = "site"
    ORGANISATION = "organisation"
    """Not a newsroom, but named in credit lines: an NGO, a think-tank."""


class Ownership(StrEnum):
    STATE_RUN = "state-run"
    STATE_FUNDED = "state-funded-independent"
    PUBLIC = "public"
    PRIVATE = "private"
    UNKNOWN = "unknown"


class Outlet(Struct, frozen=True):
    """One row of the registry: who publishes under which names, hosts and handles."""

    name: str
    kind: OutletKind
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    """Without `@`."""
    ownership: Ownership = Ownership.UNKNOWN
    parent: str | None = None
    """The name of the outlet it belongs to: a link to the child counts as a link to the parent's family."""
    ambiguous: tuple[str, ...] = ()
    """Aliases that are words or other names too ("Time", "the Post"): they need a cue beside them or the full form
    earlier."""


class AttributionKind(StrEnum):
    OUTLET = "outlet"
    ORGANISATION = "organisation"
    ACCOUNT = "account"
    PERSON = "person"
    OFFICIAL = "official"


class Place(StrEnum):
    INLINE = "inline"
    PARENTHETICAL = "parenthetical"
    DATELINE = "dateline"
    BYLINE = "byline"
    HEADLINE = "headline"
    PHOTO = "photo"
    EMBED = "embed"


class Strength(StrEnum):
    EXPLICIT = "explicit"
    """A cue ties the outlet to what is said."""
    WEAK = "weak"
    """Affiliation, or the outlet as an actor."""
    ANAPHORA = "anaphora"
    """"The news site argued": resolved to the last named outlet."""


class Attribution(Struct, frozen=True):
    """A claim is said, inline, to come from somebody."""

    outlet: str | None
    """The registry's name, or None: an outlet it does not know, a person, an official."""
    text: str
    """The name as it stands in the text."""
    kind: AttributionKind
    cue: str
    line: int
    column: int
    place: Place = Place.INLINE
    strength: Strength = Strength.EXPLICIT
    is_self: bool = False
    """The outlet is the document's own publisher."""
    via: str | None = None
    """"RBC reported, citing Novosti Armenia": RBC came by it via Novosti Armenia."""
    qualifiers: tuple[str, ...] = ()
    """The words between cue and name that say what it is: "state-run", "news agency"."""

    @property
    def name(self) -> str:
        """The outlet's name as reports use it: the registry's, else as written."""
        return self.outlet or self.text


class Credit(Struct, frozen=True):
    """An outlet or organisation in a block credit ("With reporting by …")."""

    outlet: str | None
    text: str
    line: int
    column: int
    kind: AttributionKind = AttributionKind.OUTLET

    @property
    def name(self) -> str:
        return self.outlet or self.text


class Claim(Struct, frozen=True):
    """A sentence that asserts."""

    id: str
    text: str
    line: int
    column: int
    attributions: tuple[Attribution, ...] = ()
    links: tuple[str, ...] = ()
    """Ids of the links laid to it."""
    is_embed: bool = False
    """It stands in another's post set into the text."""


class UpdateKind(StrEnum):
    UPDATE = "update"
    ANALYSIS = "analysis"
    LEAD = "lead"
    ARTICLE = "article"


class Update(Struct, frozen=True):
    """A dated section."""

    id: str
    kind: UpdateKind
    line: int
    heading: str | None = None
    date: Date | None = None
    time: str | None = None
    """HH:MM, as the text says."""
    claims: tuple[Claim, ...] = ()
    credits: tuple[Credit, ...] = ()
    credit_line: str | None = None
    """The block credit's whole text, even when nobody in it is an outlet."""
    credit_line_at: int | None = None
    """The source line where the block credit begins."""
    pages: tuple[int, ...] = (1,)
    """The pages of the source that its text stands on (a copy out of a PDF has several)."""


class Certainty(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Link(Struct, frozen=True):
    """One occurrence of a URL: where. It stands where its URL begins."""

    id: str
    url: str
    """As written."""
    target: str
    """The Target's URL: normalised, without fragment; as written when it cannot be normalised."""
    origin: str
    """How the text carries it: `a`, `img`, `bare`, `footnote` (a list of URLs at the foot of a page), `embed`, …"""
    line: int
    column: int | None
    text: str = ""
    """Anchor text."""
    update: str | None = None
    claim: str | None = None
    confidence: Certainty | None = None
    """How sure it is that the link belongs to that claim."""
    outlet: str | None = None
    """Whose host or account it is, by the registry."""
    page: int = 1
    repeats: str | None = None
    """The id of the link of which this is the second half: one link wrapped over two lines of the source."""

    @property
    def end_column(self) -> int | None:
        return None if self.column is None else self.column + len(self.url)


class Document(Struct, frozen=True):
    """One text, read."""

    source: str
    updates: tuple[Update, ...]
    links: tuple[Link, ...]
    title: str | None = None
    language: str | None = None
    published: Date | None = None
    publisher: str | None = None
    outlets: tuple[Outlet, ...] = ()
    """The registry's rows for every outlet that the text names, credits or links, parents included."""
    keeps_links: bool = True
    """False for a plain-text copy with page lists: its pages may have lost their links."""
    evidence: tuple[str, ...] = ()
    """What the year of the dates and the publisher were inferred from, in words."""
    notes: tuple[str, ...] = ()
    """What the reader had to do to the bytes: "3 bytes that are not UTF-8 were replaced"."""


# ---------------------------------------------------------------- what was fetched


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
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_REDIRECT = "bad-redirect"
    SOFT_404 = "soft-404"
    PARKED = "parked"
    HIJACKED = "hijacked"
    BOT_WALL = "bot-wall"
    PAYWALL = "paywall"
    GEO_BLOCK = "geo-block"
    RATE_LIMITED = "rate-limited"
    MALFORMED = "malformed"
    UNSUPPORTED_SCHEME = "unsupported-scheme"
    PRIVATE_ADDRESS = "private-address"
    EXCLUDED = "excluded"
    OFFLINE = "offline"
    NO_NETWORK = "no-network"
    INTERRUPTED = "interrupted"


def http_reason(status: int) -> str:
    """The reason for an answer that speaks by its status code alone."""
    return f"http-{status}"


class Target(Struct, frozen=True):
    """One URL to check."""

    url: str
    """Identity: results are keyed by it."""
    request_url: str
    """What is asked for: the URL as first written, fragment cut."""


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
    CANCELLED = "cancelled"


class Truncation(StrEnum):
    """Why a body was cut, in WARC's words (`WARC-Truncated`)."""

    LENGTH = "length"
    TIME = "time"
    DISCONNECT = "disconnect"


class Exchange(Struct, frozen=True):
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

    def header(self, name: str) -> str | None:
        """The first header of that name, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


class Verdict(Struct, frozen=True):
    """What a visit shows."""

    status: Status
    reason: str
    """A closed, finer code: a `Reason` or `http-NNN`."""
    confidence: Certainty = Certainty.HIGH
    signals: tuple[str, ...] = ()
    """What was seen, in words, for an editor to judge."""
    suggestion: str | None = None
    """The URL that should stand there instead."""


class Visit(Struct, frozen=True):
    """All exchanges for one target, and the verdict they bear."""

    target: Target
    verdict: Verdict
    exchanges: tuple[Exchange, ...] = ()
    """The last attempt's, hop by hop."""
    attempts: int = 0
    elapsed_s: float = 0.0
    title: str | None = None
    """Of the page, where it is HTML."""
    checked_at: datetime | None = None
    is_cached: bool = False

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


# ---------------------------------------------------------------- what was found


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(Struct, frozen=True):
    """A rule was broken here."""

    rule: str
    level: Level
    message: str
    source: str
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    target: str | None = None
    date: Date | None = None
    outlet: str | None = None


class LinksKept(StrEnum):
    KEPT = "kept"
    PARTLY = "partly"
    LOST = "lost"


class OutletUse(Struct, frozen=True):
    """How one day uses one outlet."""

    outlet: str
    kind: AttributionKind
    is_self: bool
    is_credited: bool
    cited: int
    mentioned: int
    linked: int
    claims: tuple[str, ...]
    links: tuple[str, ...]


class ClaimCount(Struct, frozen=True):
    total: int
    attributed: int
    linked: int
    neither: int


class DaySourcing(Struct, frozen=True):
    """One day of the sourcing map: an update and its analysis share it."""

    document: str
    date: Date | None
    updates: tuple[str, ...]
    links: LinksKept
    credit_line: str | None
    outlets: tuple[OutletUse, ...]
    claims: ClaimCount


class Audit(Struct, frozen=True):
    """One run."""

    started_at: datetime
    elapsed_s: float
    is_complete: bool
    documents: tuple[Document, ...]
    visits: tuple[Visit, ...]
    """Light ones, one a target, in the order in which the texts name them."""
    snapshots: Mapping[str, Snapshot] = {}
    """By target URL."""
    sourcing: tuple[DaySourcing, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[str, ...] = ()
    """A line for each source that exists and could not be read."""
    notes: tuple[str, ...] = ()
    """What the user must know of the run itself: no network, a resolver in trouble."""
    version: str = ""
