"""The settings: what can be set, with defaults. Where they come from is in layers.py."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from msgspec import Struct

from citecheck.amounts import Amount, Count, Patience, Seconds
from citecheck.hosts import HostSettings, check_names, is_field_value
from citecheck.model import Exclusion


class FailOn(StrEnum):
    NEW = "new"
    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class RuleLevel(StrEnum):
    OFF = "off"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class ReadAs(StrEnum):
    AUTO = "auto"
    """As what the content shows, then the name."""
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


class TransportName(StrEnum):
    CURL = "curl"
    REQUESTS = "requests"


class FetchSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[fetch]`: how links are visited."""

    allow_private: bool = False
    """Fetch loopback and private addresses too; otherwise they are skipped."""
    connect_to: tuple[str, ...] = ()
    """`HOST:PORT:ADDRESS:PORT`, as curl has it: where to connect instead of what the resolver says."""
    ca_file: str | None = None
    """A PEM file of certificate authorities to trust, instead of the system's."""
    schemes: tuple[str, ...] = ("http", "https")
    """Links of other schemes are skipped; of these two one may be left out."""
    skip_examples: bool = True
    """example.com, .org and .net are skipped: their links stand for others (RFC 2606)."""
    concurrency: Count = 128
    """Requests at once, over all hosts."""
    jobs: Amount = 0
    """Processes that share the hosts among them, at most 4; 0: one for each core once there are over 2,000 links."""
    transport: TransportName = TransportName.CURL
    """Who speaks HTTP: libcurl, or a requests Session, slower and with the same verdicts."""
    max_run_s: Seconds | None = None
    """What all visits together may take; what is not visited by then stays unchecked."""
    host_concurrency: Count = 6
    host_interval_s: Seconds = 0.1
    """The least time between the starts of two requests to one host."""
    connect_timeout_s: Patience = 6.0
    headers_timeout_s: Patience = 10.0
    visit_timeout_s: Patience = 20.0
    """For all hops of one attempt together."""
    second_look_after_s: Seconds = 5.0
    """What still fails at the end of the run is asked once more, so long after its first failure or later."""
    second_look_timeout_s: Seconds = 15.0
    """The patience of the second look, for the head and for the whole visit; 0: there is none."""
    redirects: Amount = 10
    attempts: Count = 3
    body_cap_bytes: Count = 8 * 1024 * 1024
    """What is read of a body when it is archived; a mere check reads only as far as the verdict needs."""
    user_agent: str = ""
    """Empty: citecheck's own."""
    robots: bool = False
    """Ask each host's robots.txt first (RFC 9309): what it disallows is skipped, its Crawl-delay kept, up to 10 s."""
    proxy: str | None = None
    """The proxy for every request, as a URL or `env:NAME`; "": none. None: what http_proxy, https_proxy and all_proxy
    say."""
    no_proxy: tuple[str, ...] | None = None
    """Hosts to be reached without it, names with all below them, addresses, networks; None: what no_proxy says."""
    mail_mx: bool = False
    """Ask the name server whether a `mailto:` address's domain takes mail; otherwise only its spelling is checked."""
    canaries: tuple[str, ...] = ("example.com", "wikipedia.org", "debian.org")
    """Names that exist. A missing name counts only once some name has been resolved in this run."""

    def __post_init__(self) -> None:
        if not is_field_value(self.user_agent):
            raise ValueError("`user_agent` must be printable ASCII on one line")


class SourceSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[sources]`: what is read of what is named."""

    read_as: ReadAs = ReadAs.AUTO
    root: str | None = None
    """The folder that links beginning with a slash begin at; HTML files in it are taken for a site's."""
    hidden: bool = False
    """Folders and globs give hidden files too."""
    include_code: bool = False
    """Links in code blocks and code words count too."""
    pages: Count = 1000
    """At most so many pages of a sitemap, or entries of a feed, are read."""


class LimitSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[limits]`: what one source may cost."""

    source_bytes: Count = 256 * 1024 * 1024
    claims_bytes: Count = 8 * 1024 * 1024
    """Of a larger source only the links are read, not the sentences: those take two seconds a megabyte."""
    claims_s: Patience = 30.0
    """Of a source whose sentences take longer only the links are given."""
    url_chars: Count = 8192
    links: Count = 500_000
    """Of a source with more links the first ones are read."""
    pdf_pages: Count = 2000
    """At most so many pages of a PDF are read."""
    part_bytes: Count = 64 * 1024 * 1024
    """What one part of a Word document may unpack to: a book's text has a few megabytes."""
    mail_parts: Count = 50
    """A mail with more parts within parts is not read."""


class PublicArchive(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[archive.public]]`: a web archive that speaks Memento (RFC 7089)."""

    name: str
    timemap: str = ""
    """The page's URL is put behind it; empty: it has none."""
    timegate: str = ""
    interval_s: Seconds = 1.0
    """The least time between two requests."""


class WaybackSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[archive.wayback]`: the Internet Archive. Its limits change; these keep to 80 % of what is known."""

    url: str = "https://web.archive.org"
    """Empty: it is not asked."""
    availability: str = "https://archive.org/wayback/available"
    index_interval_s: Seconds = 2.5
    """Between two questions to availability, CDX or TimeMap."""
    page_interval_s: Seconds = 0.125
    batch: Count = 100
    """URLs in one question of availability."""


class SaveSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[archive.save]`: saving elsewhere, on request. Keys come from the environment or the `ia` tool's file."""

    to: tuple[str, ...] = ()
    """`wayback`, `perma`; empty: nothing is saved elsewhere."""
    interval_s: Seconds = 10.0
    poll_interval_s: Seconds = 3.0
    polls: Amount = 60
    outstanding: Count = 2
    attempts: Count = 3
    daily: Amount = 30_000
    fresh_s: Seconds = 30 * 86400.0
    """A public copy that is younger is taken instead of a new one."""
    perma_url: str = "https://api.perma.cc/v1/"


class ArchiveSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[archive]`: what is kept, and how kept copies are looked up."""

    folder: str = "archive"
    """Where `citecheck archive save` keeps; an audit keeps beside its report."""
    rotate_bytes: Count = 1_000_000_000
    look_up: bool = True
    """Whether an audit asks public archives for copies of what is gone."""
    look_up_s: Seconds = 120.0
    """What all look-ups of a run may take."""
    near_days: Seconds = 30.0
    """A copy farther than this from the date that the text means does not end the search."""
    timeout_s: Patience = 30.0
    attempts: Count = 3
    breaker_failures: Count = 3
    """After so many failures in a row a host is left alone for the rest of the run, or for `breaker_s`."""
    breaker_s: Seconds = 900.0
    wayback: WaybackSettings = WaybackSettings()
    public: tuple[PublicArchive, ...] = (
        PublicArchive("arquivo.pt", "https://arquivo.pt/wayback/timemap/link/", "https://arquivo.pt/wayback/"),
        PublicArchive(
            "Archive-It",
            "https://wayback.archive-it.org/all/timemap/link/",
            "https://wayback.archive-it.org/all/",
        ),
        PublicArchive("perma.cc", "https://perma.cc/timemap/link/", "https://perma.cc/timegate/"),
        PublicArchive("vefsafn.is", "https://vefsafn.is/is/timemap/link/", "https://vefsafn.is/is/"),
        PublicArchive(
            "UK Web Archive",
            "https://www.webarchive.org.uk/wayback/archive/timemap/link/",
            "https://www.webarchive.org.uk/wayback/archive/",
        ),
    )
    save: SaveSettings = SaveSettings()


class CacheSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[cache]`: verdicts remembered between runs."""

    enabled: bool = True
    path: str | None = None
    """The SQLite file; None: in the user's cache folder."""
    alive_max_age_s: Seconds = 7 * 86400.0
    """So long, a fifth more or less by URL, a link that was alive is not asked again; from then on its server is asked
    whether the page has changed."""
    blocked_max_age_s: Seconds = 86400.0
    """The same of a blocked one; never longer than an alive one."""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All of them."""

    offline: bool = False
    fail_on: FailOn = FailOn.ERROR
    """The least finding that makes the exit code 1; `new`: an error that the baseline does not know."""
    baseline: str | None = None
    """The file of known findings; None: citecheck-baseline.json, and only where `fail_on` is `new`."""
    max_dead: Amount = 0
    """So many dead links do not fail the run."""
    fail_if_empty: bool | None = None
    """Whether finding no link at all ends with exit code 3; None: unless `changed_since` is set."""
    strict: bool = False
    """A failing link is an error, once a second visit at the end of the run has failed too."""
    changed_since: str | None = None
    """A git revision: only links on lines added since are checked."""
    exclude: tuple[Exclusion, ...] = ()
    include: tuple[str, ...] = ()
    """Regular expressions: only URLs in which one is found are visited, also those that are excluded."""
    tracking_parameters: tuple[str, ...] = ()
    """Query parameters that make no other page of a URL ("utm_*", "fbclid"): links that differ in them are one target.
    It is asked for as first written."""
    remap: tuple[str, ...] = ()
    """`FROM=TO`: links in which the regular expression FROM is found are asked for with TO in its place,
    in which `$1` or `\\1` is its first group."""
    host_stats: bool = False
    """Tell after the run how each host answered; in the report as JSON too."""
    publisher: str | None = None
    """Who publishes the sources; None: as the text shows."""
    outlets: tuple[str, ...] = ()
    """Further registries, TOML files in the form of outlets.toml."""
    fetch: FetchSettings = FetchSettings()
    hosts: dict[str, HostSettings] = {}
    """What differs for a host, for all below a name or for every host (`*`); each key from the most specific table."""
    sources: SourceSettings = SourceSettings()
    limits: LimitSettings = LimitSettings()
    cache: CacheSettings = CacheSettings()
    archive: ArchiveSettings = ArchiveSettings()
    rules: dict[str, RuleLevel] = {}
    """Rule id to level; `off` silences it."""

    def __post_init__(self) -> None:
        check_names(self.hosts)


@cache
def rule_ids() -> tuple[str, ...]:
    """The rules that there are: each has its page."""
    folder = Path(__file__).parent / "rules"
    return tuple(sorted(each.name.removesuffix(".md") for each in folder.iterdir() if each.name.endswith(".md")))
