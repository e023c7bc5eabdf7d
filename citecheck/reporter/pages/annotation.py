"""The text as it was read: what carries each sentence, where the names stand in it, and the notes beside it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from citecheck.model import Attribution, Claim, Strength, Update
from citecheck.reporter.actions import Action
from citecheck.reporter.day import Day
from citecheck.reporter.matrix import Gap, gap_of
from citecheck.reporter.pages.shown import ShownLink
from citecheck.reporter.sinks import redacted_in_place
from citecheck.reporter.sourcing import has_source, is_citation, names_outlet
from citecheck.reporter.wording import listed, verdict_words

MOST_CLAIMS = 5000
"""Of one text on its page: more is a book, and report.json has it whole."""


class Carried(StrEnum):
    """What a sentence rests on."""

    BOTH = "both"
    OUTLET = "outlet"
    LINK = "link"
    PERSON = "person"
    NOTHING = "nothing"
    EMBED = "embed"


CARRIED_MEANS: Mapping[Carried, str] = {
    Carried.OUTLET: "an outlet is named",
    Carried.LINK: "a link carries it",
    Carried.BOTH: "outlet and link",
    Carried.PERSON: "a person or office is named, or an outlet only mentioned",
    Carried.NOTHING: "nothing",
    Carried.EMBED: "another’s post",
}


class Piece(NamedTuple):
    """A run of a sentence's words that is marked alike."""

    text: str
    kind: str = ""
    """"", "name", "uncredited", "person" or "anchor"."""
    link: ShownLink | None = None


class Name(NamedTuple):
    """Who a sentence names as its source."""

    text: str
    is_outlet: bool
    """Else a person, an official, an account."""
    is_uncredited: bool
    how: str
    """The cue, and what makes it less than sure."""


class Note(NamedTuple):
    """What stands beside a sentence; a footnote on a narrow screen."""

    number: int
    claim: str
    names: tuple[Name, ...]
    links: tuple[ShownLink, ...]
    actions: tuple[Action, ...]


class Sentence(NamedTuple):
    claim: Claim
    pieces: tuple[Piece, ...]
    carried: Carried
    note: Note | None
    tip: str
    """The evidence in a few words, for hover and focus."""


class Paragraph(NamedTuple):
    sentences: tuple[Sentence, ...]
    is_embed: bool

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(each.note for each in self.sentences if each.note)


class Section(NamedTuple):
    """An update as the page shows it."""

    update: Update
    paragraphs: tuple[Paragraph, ...]
    further: int
    """Sentences that are left out."""
    credit: tuple[Piece, ...]
    """Its credit line; the names that no sentence bears out are "unnamed"."""
    credit_actions: tuple[Action, ...]
    actions: tuple[Action, ...]
    """What is to do about the section as a whole."""


class Annotator:
    """Numbers the notes of one text from its beginning to its end."""

    def __init__(self, links: Mapping[str, ShownLink], actions: Mapping[str, Sequence[Action]]) -> None:
        self._links = links
        self._actions = actions
        self._number = 0
        self._left = MOST_CLAIMS

    def sections(self, day: Day) -> tuple[Section, ...]:
        """The updates of a day."""
        gaps = {use.outlet: gap_of(day, use) for use in day.sourcing.outlets}
        uncredited = {name for name, gap in gaps.items() if gap is Gap.UNCREDITED}
        unnamed = {name for name, gap in gaps.items() if gap in (Gap.UNNAMED, Gap.UNNAMED_LINKED)}
        return tuple(self._section(update, uncredited, unnamed) for update in day.updates)

    def _section(self, update: Update, uncredited: Collection[str], unnamed: Collection[str]) -> Section:
        claims = update.claims[: max(0, self._left)]
        self._left -= len(claims)
        paragraphs = tuple(
            Paragraph(tuple(self._sentence(claim, uncredited) for claim in group), is_embed)
            for (_, is_embed), group in groupby(claims, key=lambda claim: (claim.paragraph, claim.is_embed))
        )
        names = [
            (" ".join(each.text.split()), "unnamed" if each.name in unnamed else "name") for each in update.credits
        ]
        credit = tuple(_marked(update.credit_line or "", [(words, kind, None) for words, kind in names]))
        return Section(
            update,
            paragraphs,
            len(update.claims) - len(claims),
            credit,
            tuple(self._actions.get(f"credit-{update.id}", ())),
            tuple(self._actions.get(update.id, ())),
        )

    def _sentence(self, claim: Claim, uncredited: Collection[str]) -> Sentence:
        links = tuple(
            self._links[each] for each in claim.links if each in self._links and not self._links[each].link.repeats
        )
        names = tuple(_names(claim, uncredited))
        actions = tuple(self._actions.get(claim.id, ()))
        note = None
        if names or links or actions:
            self._number += 1
            note = Note(self._number, claim.id, names, links, actions)
        carried = _carried(claim, links)
        return Sentence(claim, tuple(_pieces(claim, uncredited, links)), carried, note, _tip(carried, names, links))


def _carried(claim: Claim, links: Sequence[ShownLink]) -> Carried:
    if claim.is_embed:
        return Carried.EMBED
    has_outlet = any(names_outlet(each) and is_citation(each) for each in claim.attributions)
    if links:
        return Carried.BOTH if has_outlet else Carried.LINK
    return Carried.OUTLET if has_outlet else Carried.PERSON if has_source(claim) else Carried.NOTHING


def _tip(carried: Carried, names: Sequence[Name], links: Sequence[ShownLink]) -> str:
    said = [f"{name.text}{', not credited' if name.is_uncredited else ''}" for name in names]
    led = [f"link {each.visit.verdict.status.value}: {verdict_words(each.visit)}" for each in links if each.visit]
    return " · ".join(filter(None, (listed(said), *led))) if said or led else CARRIED_MEANS[carried]


def _names(claim: Claim, uncredited: Collection[str]) -> Iterator[Name]:
    """Everybody whom the claim names, each once, outlets first."""
    seen: set[str] = set()
    for each in sorted(claim.attributions, key=lambda each: not names_outlet(each)):
        is_outlet = names_outlet(each)
        name = each.name if is_outlet else each.text
        if name not in seen:
            seen.add(name)
            yield Name(name, is_outlet, is_outlet and name in uncredited, _how(each))


def _how(said: Attribution) -> str:
    """ "likely: “the agency” is taken for it"."""
    match said.strength:
        case Strength.ANAPHORA:
            return f"likely: “{said.text}” is taken for it"
        case Strength.WEAK:
            return "mentioned only"
        case Strength.EXPLICIT:
            via = f", via {said.via}" if said.via else ""
            return f"“{said.cue}”{via}" if said.cue.strip() else via.removeprefix(", ")


def _pieces(claim: Claim, uncredited: Collection[str], links: Iterable[ShownLink]) -> Iterator[Piece]:
    marks: list[tuple[str, str, ShownLink | None]] = []
    for said in sorted(claim.attributions, key=lambda each: (each.line, each.column)):
        kind = "person" if not names_outlet(said) else "uncredited" if said.name in uncredited else "name"
        marks.append((" ".join(said.text.split()), kind, None))
    for shown in links:
        for words in (" ".join(shown.link.text.split()), shown.link.url):
            if words and words in claim.text:
                marks.append((words, "anchor", shown))
                break
    return _marked(claim.text, marks)


def _marked(text: str, marks: Sequence[tuple[str, str, ShownLink | None]]) -> Iterator[Piece]:
    """The text in pieces; of marks that overlap the first in `marks` counts, and each word is marked once."""
    taken: list[tuple[int, int, str, ShownLink | None]] = []
    for words, kind, link in sorted(marks, key=lambda mark: mark[1] != "anchor"):
        start = text.find(words) if words else -1
        while start >= 0 and any(start < end and begin < start + len(words) for begin, end, _, _ in taken):
            start = text.find(words, start + 1)
        if start >= 0:
            taken.append((start, start + len(words), kind, link))
    at, text = 0, redacted_in_place(text)  # while it is whole: of a part nobody could tell a password
    for start, end, kind, link in sorted(taken, key=lambda mark: mark[:2]):
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], kind, link)
        at = end
    if at < len(text):
        yield Piece(text[at:])
