"""The settings: what citecheck.toml or [tool.citecheck] says, with defaults. Flags override them.

An unknown key or a wrong type is a SettingsError that names the file, the key's path and the likely right word.
"""

import difflib
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

import msgspec
from msgspec import Struct

from citecheck.errors import SettingsError


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


class FetchSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[fetch]`: how links are visited."""

    allow_private: bool = False
    """Fetch loopback and private addresses too; otherwise they are skipped."""
    connect_to: tuple[str, ...] = ()
    """`HOST:PORT:ADDRESS:PORT`, as curl has it: where to connect instead of what the resolver says."""
    ca_file: str | None = None
    """A PEM file of certificate authorities to trust, instead of the system's."""
    concurrency: int = 128
    host_concurrency: int = 6
    host_interval_s: float = 0.1
    """The least time between the starts of two requests to one host."""
    connect_timeout_s: float = 6.0
    headers_timeout_s: float = 10.0
    visit_timeout_s: float = 20.0
    """For all hops of one attempt together."""
    redirects: int = 10
    attempts: int = 3
    body_cap_bytes: int = 8 * 1024 * 1024
    """What is read of a body when it is archived; a mere check reads only as far as the verdict needs."""
    user_agent: str = ""
    """Empty: citecheck's own."""
    canaries: tuple[str, ...] = ("example.com", "wikipedia.org", "debian.org")
    """Names that exist. A missing name counts only once some name has been resolved in this run."""


class LimitSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[limits]`: what one source may cost."""

    source_bytes: int = 256 * 1024 * 1024
    url_chars: int = 8192


class PublicArchive(Struct, frozen=True, forbid_unknown_fields=True):
    """`[[archive.public]]`: a web archive that speaks Memento (RFC 7089)."""

    name: str
    timemap: str = ""
    """The page's URL is put behind it; empty: it has none."""
    timegate: str = ""
    interval_s: float = 1.0
    """The least time between two requests."""


class WaybackSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[archive.wayback]`: the Internet Archive. Its limits change; these keep to 80 % of what is known."""

    url: str = "https://web.archive.org"
    availability: str = "https://archive.org/wayback/available"
    index_interval_s: float = 2.5
    """Between two questions to availability, CDX or TimeMap."""
    page_interval_s: float = 0.125
    batch: int = 100
    """URLs in one question of availability."""


class SaveSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[archive.save]`: saving elsewhere, on request. Keys come from the environment or the `ia` tool's file."""

    to: tuple[str, ...] = ()
    """`wayback`, `perma`; empty: nothing is saved elsewhere."""
    interval_s: float = 10.0
    poll_interval_s: float = 3.0
    polls: int = 60
    outstanding: int = 2
    attempts: int = 3
    daily: int = 30_000
    fresh_s: float = 30 * 86400.0
    """A public copy that is younger is taken instead of a new one."""
    perma_url: str = "https://api.perma.cc/v1/"


class ArchiveSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[archive]`: what is kept, and how kept copies are looked up."""

    folder: str = "archive"
    """Where `citecheck archive save` keeps; an audit keeps beside its report."""
    rotate_bytes: int = 1_000_000_000
    look_up: bool = True
    """Whether an audit asks public archives for copies of what is gone."""
    look_up_s: float = 120.0
    """What all look-ups of a run may take."""
    near_days: float = 30.0
    """A copy farther than this from the date that the text means does not end the search."""
    timeout_s: float = 30.0
    attempts: int = 3
    breaker_failures: int = 3
    """After so many failures in a row a host is left alone for the rest of the run, or for `breaker_s`."""
    breaker_s: float = 900.0
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
    alive_max_age_s: float = 7 * 86400.0
    blocked_max_age_s: float = 86400.0


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All of them."""

    offline: bool = False
    fail_on: FailOn = FailOn.ERROR
    publisher: str | None = None
    """Who publishes the sources; None: as the text shows."""
    outlets: tuple[str, ...] = ()
    """Further registries, TOML files in the form of outlets.toml."""
    fetch: FetchSettings = FetchSettings()
    limits: LimitSettings = LimitSettings()
    cache: CacheSettings = CacheSettings()
    archive: ArchiveSettings = ArchiveSettings()
    rules: dict[str, RuleLevel] = {}
    """Rule id to level; `off` silences it."""

    def overridden(self, changes: Mapping[str, object]) -> Self:
        """These settings with `changes` (dotted path to value) laid over them; None changes nothing."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        for path, value in changes.items():
            if value is None:
                continue
            *tables, key = path.split(".")
            table = plain
            for name in tables:
                table = table[name]
            table[key] = value
        return msgspec.convert(plain, type(self))


def load(path: Path) -> Settings:
    """The settings in a TOML file; of a pyproject.toml the table [tool.citecheck].

    Raises SettingsError, one line, for a file that cannot be read, broken TOML, an unknown key or a wrong type.
    """
    try:
        tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}", about=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}", about=str(path)) from error
    if path.name == "pyproject.toml":
        tables = tables.get("tool", {}).get("citecheck", {})
    unknown = _unknown_key(tables, Settings)
    if unknown:
        key, nearest = unknown
        hint = f"; did you mean `{nearest}`?" if nearest else ""
        raise SettingsError(f"{path}: unknown key `{key}`{hint}", about=key)
    try:
        return msgspec.convert(tables, Settings)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        key = where.rstrip("`") or "the top level"
        raise SettingsError(f"{path}: `{key}`: {what[:1].lower()}{what[1:]}", about=key) from error


def find(start: Path) -> Path | None:
    """The settings file that rules in `start`: the nearest citecheck.toml or pyproject.toml with [tool.citecheck]."""
    for folder in (start, *start.parents):
        own, shared = folder / "citecheck.toml", folder / "pyproject.toml"
        if own.is_file():
            return own
        if shared.is_file() and "[tool.citecheck" in shared.read_text(encoding="utf-8", errors="replace"):
            return shared
    return None


def _unknown_key(table: Mapping[str, Any], shape: type[Struct], path: str = "") -> tuple[str, str | None] | None:
    """The first key that `shape` does not have, with its path and the nearest key that it has."""
    fields = {field.name: field.type for field in msgspec.structs.fields(shape)}
    for key, value in table.items():
        if key not in fields:
            near = difflib.get_close_matches(key, fields, n=1, cutoff=0.6)
            return f"{path}{key}", f"{path}{near[0]}" if near else None
        inner = fields[key]
        if isinstance(value, dict) and isinstance(inner, type) and issubclass(inner, Struct):
            found = _unknown_key(value, inner, f"{path}{key}.")
            if found:
                return found
    return None
