"""Who is named: outlets, and how a text attributes and credits to them."""

from enum import StrEnum

from msgspec import Struct


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
    ownership_source: str | None = None
    """Who says so: it is the one judgement in a row."""
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
