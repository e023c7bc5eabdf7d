"""The words that tell where something comes from: languages/*.toml, loaded once, as sets that the rules ask."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from citecheck.extractor.spelling import spelt_out
from citecheck.tables import table

Words = frozenset[str]
NONE: Words = frozenset()
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "ru")


class Again(Struct, frozen=True, forbid_unknown_fields=True):
    """How a text names an outlet again: "the news site", "it"."""

    determiners: Words = NONE
    pronouns: Words = NONE
    pronoun_says: Words = NONE
    before: Words = NONE
    wire: Words = NONE
    newspaper: Words = NONE
    magazine: Words = NONE
    broadcaster: Words = NONE
    site: Words = NONE
    organisation: Words = NONE
    any: Words = NONE


class Speakers(Struct, frozen=True, forbid_unknown_fields=True):
    """How persons and officials are told to speak."""

    says: Words = NONE
    before: Words = NONE
    officials: Words = NONE
    bodies: Words = NONE
    """Of `officials` those that are no persons: "he" is not the ministry."""
    modifiers: Words = NONE
    roles: Words = NONE
    pronouns: Words = NONE
    tells: Words = NONE
    """`says` and the last words of `before`, made of them when they are loaded."""
    nobody: Words = NONE
    adverbs: Words = NONE


class CreditCues(Struct, frozen=True, forbid_unknown_fields=True):
    """The phrases of sign-off lines."""

    openings: Words
    strict: Words
    separators: Words
    generic: Words
    closings: Words = NONE
    people: Words = NONE
    pictures: Words = NONE
    """Agencies of pictures: what they sign is no text."""
    predicates: Words = NONE
    """What is said before such a phrase of "this report": "draws on" reporting by."""
    joints: Words = NONE
    """Between who signs and whose material it is: "Jo Doe avec AFP"."""
    desks: Words = NONE
    """Who signs for all: "La rédaction avec AFP"."""
    signers: Words = NONE
    """What else stands beside the names of who signs: "By Jo Doe in Paris with AFP"."""
    outlets: Words = NONE
    """Words of a name in such a line that tell an outlet's from a person's."""
    telling: Words = NONE
    """What a line has that is nothing but such words and names: one of these."""
    words: Words = NONE
    """The other words of such lines."""


class Sure(Struct, frozen=True, forbid_unknown_fields=True):
    """Cues that only outlets take: what stands beside them is one, though nothing else tells."""

    says: Words = NONE
    before: Words = NONE
    quoted_before: Words = NONE
    """Others take them too; before a name in quotation marks only outlets."""
    signed: Words = NONE
    """What somebody does in an outlet's name: "O's Jo Doe wrote"."""
    told: Words = NONE
    staff: Words = NONE
    """Of those with an acronym before."""
    acronym_before: Words = NONE
    the_before: Words = NONE
    """Before "the" and a name of several words that is no body's: "obtained by the Baltimore Banner"."""
    kept: Words = NONE
    """Before a name of one word: "obtained by Quaywatch"."""
    companies: Words = NONE
    """Beside a name anywhere in the text these make it a company's or a watcher's: "the security firm Quaywall"."""
    is_latin: bool = False
    """In a text of another script a name in Latin letters is an outlet's there."""


class Own(Struct, frozen=True, forbid_unknown_fields=True):
    """By what an outlet is told to speak of itself, which makes it no source."""

    says: Words = NONE
    selves: Words = NONE
    """Behind any verb: "O calls itself"."""
    words: Words = NONE
    """Behind those: "said it", "anunció la salida de su presidente"."""
    addresses: Words = NONE
    """Verbs of what is said to somebody: "told its staff"; or a person of the outlet's name does it."""
    does: Words = NONE
    reprints: Words = NONE
    """Of "this article": where it stood before is no source."""
    decides: Words = NONE
    """Before a clause of what it wants: "O demanded that"."""
    has: Words = NONE
    """What belongs to it: "told the Tribune building's owner", "according to BBC bosses"."""


class Namesakes(Struct, frozen=True, forbid_unknown_fields=True):
    """By what another of an outlet's name is told."""

    honorifics: Words = NONE
    things: Words = NONE
    """What has names of its own that may be an outlet's too: "завод «Звезда»", "the ferry Express"."""
    before: dict[str, Words] = {}
    """By name, what it stands before when it is something else: "CCTV footage"."""
    behind: dict[str, Words] = {}
    """The same behind it: "caught on CCTV"."""


class Cues(Struct, frozen=True, forbid_unknown_fields=True):
    """One language's cues; what each list holds is told in languages/en.toml."""

    credits: CreditCues
    function_words: Words
    """By which the language is told: frequent, and in few other languages."""
    elisions: Words = NONE
    """What loses its vowel before the next word: "l'agence", "dall'agenzia"."""
    says: Words = NONE
    does: Words = NONE
    datives: Words = NONE
    """Articles of whom it is said to: "Der „Bild“ sagte er"."""
    genitives: Words = NONE
    """Articles of whose spokesman may be meant: "sagte ein Sprecher der ARD", but "dem Kurier"."""
    has_it: Words = NONE
    """What O does that has a story before others: "broke the news"."""
    first_to: Words = NONE
    goes_on: Words = NONE
    clauses: Words = NONE
    """What begins the clause that an outlet tells: "O surmises that"."""
    airs: Words = NONE
    """Of what a broadcaster does, in general: only with what somebody says there, "aired the interview"."""
    spoken: Words = NONE
    """What somebody says there; with `reports`, `talks` and the heads of "to" when they are loaded."""
    hears: Words = NONE
    """Of what is done to an outlet that has it from others: "O has been told"."""
    participle_endings: tuple[str, ...] = ()
    """Of a verb that says, between commas, how the outlet came by it: "O, working with a lab, traced"."""
    inverted: Words = NONE
    is_verb_first: bool = False
    """A verb of `inverted` may stand before the outlet without a break before it: "rapporte l'AFP"."""
    is_kind_first: bool = False
    """The kind stands before the name, adjectives between: "la agencia estatal rusa TASS"."""
    has_capital_nouns: bool = False
    auxiliaries: Words = NONE
    be: Words = NONE
    before: Words = NONE
    before_staff: Words = NONE
    bracket_opens: Words = NONE
    bracket_closes: Words = NONE
    """Of a verb in two parts with the outlet between: "hatte die ARD darüber berichtet"."""
    bylines: Words = NONE
    behind: Words = NONE
    """Directly behind the outlet: "dpa zufolge"."""
    as_words: Words = NONE
    """Between these and a verb of `says` stands the outlet: "wie die dpa am Montag berichtete"."""
    as_names: Words = NONE
    """Before those words they make something else of them: "known as O"."""
    as_says: Words = NONE
    """Verbs that tell only there: "as The Economist put it"."""
    heads: dict[str, Words] = {}
    contractions: dict[str, str] = {}
    """Prepositions with an article in them, or without their vowel, and the plain one: "au", "à"."""
    near: Words = NONE
    fronted: Words = NONE
    """Before an outlet that opens a sentence in which somebody speaks: "Sur BFMTV, le ministre a déclaré"."""
    breaks: Words = NONE
    reports: Words = NONE
    talks: Words = NONE
    staff: Words = NONE
    figures: Words = NONE
    """Of those the ones who speak for themselves: "the Vox founder said"."""
    witnesses: Words = NONE
    """Of those the ones who report what they see, before the outlet: "correspondents of O saw"."""
    captions: Words = NONE
    """What begins the credit of a picture: "Photo: Jo Doe via AP"."""
    countries: Words = NONE
    """Where the language is spoken (ISO 3166-1, in lower case): of several outlets of a name one of these is meant."""
    media: Words = NONE
    media_heads: Words = NONE
    editions: Words = NONE
    kinds: Words = NONE
    kinds_before: Words = NONE
    account_kinds: Words = NONE
    kind_starts: Words = NONE
    """The first words of those three; made of them when they are loaded."""
    all_kinds: Words = NONE
    """`kinds` and `kinds_before`, likewise."""
    account_words: Words = NONE
    outlet_endings: Words = NONE
    outlet_beginnings: Words = NONE
    networks: Words = NONE
    """Before a number they name one of their stations: "NBC 4"."""
    outlet_forms: Words = NONE
    """All three, likewise."""
    not_names: Words = NONE
    bodies: Words = NONE
    """In the names of those who are told things and report, and are no newsrooms: "committee", "bank"."""
    qualifiers: Words = NONE
    qualifier_endings: tuple[str, ...] = ()
    articles: Words = NONE
    examples: Words = NONE
    conjunctions: Words = NONE
    others: Words = NONE
    prepositions: Words = NONE
    person_of: Words = NONE
    purpose: Words = NONE
    again: Again = Again()
    sure: Sure = Sure()
    speakers: Speakers = Speakers()
    own: Own = Own()
    namesakes: Namesakes = Namesakes()

    def plain(self, said: str) -> str:
        """The words with the plain form of a preposition that ends them: "au micro du" is "au micro de"."""
        if " " not in said:
            return self.contractions.get(said, said)
        rest, _, last = said.rpartition(" ")
        return f"{rest} {self.contractions.get(last, last)}"


class Peoples(Struct, frozen=True, forbid_unknown_fields=True):
    """Countries, their seats and their adjectives: peoples.toml."""

    adjectives: Words
    places: Words
    institutions: Words
    given_names: Words
    firms: Words
    """What is called like an outlet, by what follows its name."""


@cache
def cues(language: str = "en") -> Cues:
    """The cues of a language (ISO 639-1, a region behind it aside), of English for one that has none."""
    code = language.lower().partition("-")[0]
    return _loaded(code if code in LANGUAGES else "en")


@cache
def _loaded(code: str) -> Cues:
    found = msgspec.convert(_table(code), Cues)
    said = found.speakers
    kinds = found.kinds | found.kinds_before
    return replace(
        found,
        all_kinds=kinds,
        spoken=found.spoken | found.reports | found.talks | found.heads.get("to", NONE),
        kind_starts=first_words(kinds | found.account_kinds),
        outlet_forms=last_words(found.outlet_endings) | found.outlet_beginnings | found.networks,
        before=frozenset(found.plain(each) for each in found.before),
        speakers=replace(said, tells=said.says | last_words(said.before)),
    )


@cache
def last_words(phrases: Words) -> Words:
    """Of each phrase the last word: where no such word stands, none of the phrases ends."""
    return frozenset(phrase.rpartition(" ")[2] for phrase in phrases)


@cache
def first_words(phrases: Words) -> Words:
    """Of each phrase the first word: where no such word stands, none of the phrases begins."""
    return frozenset(phrase.partition(" ")[0] for phrase in phrases)


def _table(code: str) -> dict[str, Any]:
    return table(Path(__file__).with_name("languages") / f"{code}.toml", spelt_out)


@cache
def credit_cues() -> tuple[CreditCues, ...]:
    """The sign-off phrases of all languages, those of further ones last."""
    return (*(cues(code).credits for code in LANGUAGES), msgspec.convert(_table("further"), CreditCues))


@cache
def peoples() -> Peoples:
    """The names of countries and seats, and the adjectives made of them."""
    return msgspec.convert(table(Path(__file__).with_name("peoples.toml")), Peoples)
