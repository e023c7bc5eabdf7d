"""The words that tell where something comes from: cues.toml, loaded once, as sets that the rules ask."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

Words = frozenset[str]


class Again(Struct, frozen=True, forbid_unknown_fields=True):
    """How a text names an outlet again: "the news site", "it"."""

    determiners: Words
    pronouns: Words
    pronoun_says: Words
    before: Words
    wire: Words
    newspaper: Words
    magazine: Words
    broadcaster: Words
    site: Words
    organisation: Words
    any: Words


class Speakers(Struct, frozen=True, forbid_unknown_fields=True):
    """How persons and officials are told to speak."""

    says: Words
    before: Words
    officials: Words
    modifiers: Words
    roles: Words
    pronouns: Words
    nobody: Words
    adverbs: Words


class CreditCues(Struct, frozen=True, forbid_unknown_fields=True):
    """The phrases of sign-off lines."""

    openings: Words
    strict: Words
    separators: Words
    generic: Words
    closings: Words = frozenset()
    people: Words = frozenset()


class Cues(Struct, frozen=True, forbid_unknown_fields=True):
    """One language's cues; what each list holds is told in cues.toml."""

    says: Words
    does: Words
    own_affairs: Words
    acts: Words
    first_to: Words
    goes_on: Words
    inverted: Words
    auxiliaries: Words
    be: Words
    before: Words
    before_staff: Words
    by_heads: Words
    to_heads: Words
    with_heads: Words
    on_heads: Words
    in_heads: Words
    from_heads: Words
    for_heads: Words
    breaks: Words
    reports: Words
    talks: Words
    staff: Words
    media: Words
    media_heads: Words
    editions: Words
    kinds: Words
    kinds_before: Words
    account_kinds: Words
    account_words: Words
    outlet_endings: Words
    outlet_beginnings: Words
    not_names: Words
    qualifiers: Words
    qualifier_endings: tuple[str, ...]
    articles: Words
    examples: Words
    conjunctions: Words
    others: Words
    prepositions: Words
    person_of: Words
    purpose: Words
    again: Again
    speakers: Speakers
    credits: CreditCues

    def heads(self, preposition: str) -> Words:
        """The words that may stand before "by O", "to O", …"""
        return {
            "by": self.by_heads,
            "to": self.to_heads,
            "with": self.with_heads,
            "on": self.on_heads,
            "in": self.in_heads,
            "from": self.from_heads,
            "for": self.for_heads,
        }.get(preposition, frozenset())


class Peoples(Struct, frozen=True, forbid_unknown_fields=True):
    """Countries, their seats and their adjectives: peoples.toml."""

    adjectives: Words
    places: Words


@cache
def _tables() -> dict[str, dict[str, object]]:
    with (files("citecheck.extractor") / "cues.toml").open("rb") as stream:
        return tomllib.load(stream)


@cache
def cues(language: str = "en") -> Cues:
    """The cues of a language, of English for one that has none yet."""
    tables = _tables()
    table = tables.get(language, {})
    return msgspec.convert(table if "says" in table else tables["en"], Cues)


@cache
def credit_cues() -> tuple[CreditCues, ...]:
    """The sign-off phrases of all languages."""
    return tuple(msgspec.convert(table["credits"], CreditCues) for table in _tables().values())


@cache
def peoples() -> Peoples:
    """The names of countries and seats, and the adjectives made of them."""
    with (files("citecheck.extractor") / "peoples.toml").open("rb") as stream:
        return msgspec.convert(tomllib.load(stream), Peoples)
