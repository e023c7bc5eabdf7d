"""markers.toml and missing.toml, loaded once. What pages say stands there as `wording.folded` spells it."""

from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from citecheck.tables import Table, table

MISSING = Path(__file__).with_name("missing.toml")


class HomeMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    names: frozenset[str]
    codes: frozenset[str]
    scripts: frozenset[str]
    shorteners: frozenset[str]


class MissingMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    slugs: tuple[str, ...]
    beside_code: tuple[str, ...]
    searches: frozenset[str]
    queries: frozenset[str]
    about: tuple[str, ...]
    classes: frozenset[str]
    server_titles: frozenset[str]
    files: frozenset[str]
    helps: tuple[str, ...]
    ways_home: frozenset[str]
    frames: frozenset[str]
    posts: tuple[str, ...]
    works: tuple[str, ...]
    itself: tuple[str, ...]
    unready: tuple[str, ...]


class StoryMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    web: tuple[str, ...]
    voices: tuple[str, ...]


class ParkingMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    hosts: tuple[str, ...]
    labels: frozenset[str]
    paths: tuple[str, ...]
    markup: tuple[str, ...]
    before_name: frozenset[str]
    after_name: tuple[str, ...]
    subjects: tuple[str, ...]
    states: tuple[str, ...]
    absent: tuple[str, ...]
    words: tuple[str, ...]
    services: tuple[str, ...]
    stopped: tuple[str, ...]
    auxiliaries: tuple[str, ...]
    owners: tuple[str, ...]
    offers: tuple[str, ...]
    lands: tuple[str, ...]
    onward: frozenset[str]


class LoginMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    words: frozenset[str]
    vague: frozenset[str]
    titles: frozenset[str]
    demands: tuple[str, ...]
    onward: frozenset[str]


class ConsentMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    words: frozenset[str]
    titles: frozenset[str]
    about: tuple[str, ...]
    subjects: tuple[str, ...]
    buttons: frozenset[str]


class PaywallMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    markup: tuple[str, ...]
    metas: tuple[str, ...]
    classes: tuple[str, ...]
    words: tuple[str, ...]


class OutageMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    about: tuple[str, ...]
    notices: frozenset[str]
    vague: frozenset[str]
    promises: tuple[str, ...]
    crashes: tuple[str, ...]
    subjects: tuple[str, ...]
    states: tuple[str, ...]
    bare: tuple[str, ...]
    moments: tuple[str, ...]
    lacks: tuple[str, ...]


class ClosureMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    subjects: tuple[str, ...]
    states: tuple[str, ...]
    shut: tuple[str, ...]
    onward: tuple[str, ...]
    voices: tuple[str, ...]


class GeographyMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]
    places: tuple[str, ...]
    refusals: tuple[str, ...]


class HijackMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    words: frozenset[str]
    titles: tuple[str, ...]


class WallMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    """One vendor's."""

    name: str
    headers: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()
    markup: tuple[str, ...] = ()
    challenge: tuple[str, ...] = ()


class GateMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    """Anybody's."""

    titles: frozenset[str]
    words: tuple[str, ...]
    vague: frozenset[str]
    verifying: tuple[str, ...]
    humans: tuple[str, ...]
    denials: tuple[str, ...]
    machines: tuple[str, ...]
    rates: tuple[str, ...]
    paths: frozenset[str]
    hosts: tuple[str, ...]


class Markers(Struct, frozen=True, forbid_unknown_fields=True):
    """The words and hosts by which a visit is judged."""

    home: HomeMarkers
    missing: MissingMarkers
    story: StoryMarkers
    parking: ParkingMarkers
    login: LoginMarkers
    consent: ConsentMarkers
    paywall: PaywallMarkers
    outage: OutageMarkers
    closure: ClosureMarkers
    geography: GeographyMarkers
    hijack: HijackMarkers
    wall: tuple[WallMarkers, ...]
    gate: GateMarkers


class Language(Struct, frozen=True, forbid_unknown_fields=True):
    """How one language says that a page is missing."""

    code: str
    noun: tuple[str, ...]
    after: tuple[str, ...]
    whole: tuple[str, ...]
    determiner: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    this: tuple[str, ...] = ()
    requested: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    is_spaced: bool = True


class MissingPhrases(Struct, frozen=True, forbid_unknown_fields=True):
    lead: tuple[str, ...]
    apologies: tuple[str, ...]
    adverbs: tuple[str, ...]
    conditional: tuple[str, ...]
    indefinite: tuple[str, ...]
    language: tuple[Language, ...]


@cache
def markers() -> Markers:
    """The tables of markers.toml."""
    return msgspec.convert(table(Path(__file__).with_name("markers.toml")), Markers)


@cache
def missing_phrases() -> MissingPhrases:
    """The tables of missing.toml."""
    return missing_of(table(MISSING, listed))


def missing_of(listed: Table) -> MissingPhrases:
    """The same of those that are `listed`."""
    return msgspec.convert(listed, MissingPhrases)


def listed(tables: Table) -> Table:
    """The tables of missing.toml, their phrases between bars as lists."""
    return {key: _phrases(value) if key != "language" else list(map(_language, value)) for key, value in tables.items()}


def _language(table: Table) -> Table:
    return {key: value if key in ("code", "is_spaced") else _phrases(value) for key, value in table.items()}


def _phrases(value: str) -> list[str]:
    return [phrase.strip() for phrase in value.split("|") if phrase.strip()]
