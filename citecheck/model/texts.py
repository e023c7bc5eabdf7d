"""What was read: sources, blocks, documents, updates, claims and links."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date as Date  # a field called `date` hides the type in a class body
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from citecheck.model.outlets import Attribution, Credit, Outlet


class Source(Struct, frozen=True):
    """What the user named, with its bytes."""

    name: str
    """As the user wrote it (a path, a URL, `-`): what reports show."""
    data: bytes
    media: str = "text/plain"
    address: str | None = None
    """Where it was fetched from, after all redirects."""
    encoding: str | None = None
    """As the server that sent it says."""
    notes: tuple[str, ...] = ()
    """What was done to the bytes before they were these."""


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    EMBED = "embed"
    """Another's post or video set into the text: its words are not the document's own."""
    BYLINE = "byline"
    """Who wrote: it claims nothing, and an outlet named there is credited by it."""
    CAPTION = "caption"
    """Words under a picture, or a label: they claim nothing."""
    REFERENCE = "reference"
    """It only tells where something stands: a URL below its paragraph, a numbered note, an item of a list of links."""


class Position(NamedTuple):
    line: int
    column: int


class Mark(NamedTuple):
    """From `offset` of a block's text on, the source runs on unbroken at this place."""

    offset: int
    line: int
    column: int
    page: int = 1


class Box(NamedTuple):
    """A part of a page of a PDF, in points from its lower left."""

    left: float
    bottom: float
    right: float
    top: float


class Block(Struct, frozen=True):
    """A paragraph, heading, list item, quote or embed: running text, line breaks mended, with its source positions."""

    kind: BlockKind
    text: str
    marks: tuple[Mark, ...]
    """Ascending offsets; the first is 0."""
    box: Box | None = None
    """Of a PDF: what the block takes of the page that it begins on."""

    def rows(self) -> list[str]:
        """The text, parted where the source has a line's end."""
        starts = {mark.line: mark.offset for mark in reversed(self.marks)}.values()
        return [self.text[start:end].strip() for start, end in pairwise((*reversed(starts), None))]

    def mark(self, offset: int) -> Mark:
        """The mark that rules at `offset`."""
        if offset == 0 or len(self.marks) == 1:
            return self.marks[0]
        # (offset + 1,) stands right before a mark at offset + 1: the bisection asks no function of ours.
        return self.marks[max(0, bisect_right(self.marks, (offset + 1,)) - 1)]

    def position(self, offset: int) -> Position:
        """Line and column of the source where the character at `offset` stands."""
        begin, line, column, _page = self.mark(offset)
        # As `Position(…)` does, in half the time: a long article asks 60,000 times.
        return tuple.__new__(Position, (line, column + offset - begin))


class Certainty(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


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
    paragraph: int = 0
    """Claims of one update with the same number stand in one paragraph; ascending."""


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
    photo_credits: tuple[Attribution, ...] = ()
    """Whose pictures it shows, as their captions say; captions make no claims."""


class Link(Struct, frozen=True, gc=False):
    """One occurrence of a URL: where. It stands where its URL begins."""

    id: str
    url: str
    """As written."""
    target: str
    """The Target's URL: normalised, without fragment; as written when it cannot be normalised."""
    origin: str
    """How the text carries it: `a`, `img`, `bare`, `footnote` (in a list, a note or a line of its own), `embed`, …"""
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
    box: Box | None = None
    """Of a PDF: where on the page the link begins."""
    kept_url: str | None = None
    """Robust Links: where the page is kept as it was cited …"""
    kept_on: Date | None = None
    """… and of which day."""

    @property
    def end_column(self) -> int | None:
        return None if self.column is None else self.column + len(self.url)


class Silence(Struct, frozen=True):
    """A comment in the text that silences rules on some of its lines."""

    rules: tuple[str, ...]
    """Empty: all of them."""
    first_line: int
    last_line: int | None
    """None: to the end of the text."""
    reason: str = ""

    def covers(self, rule: str, line: int | None) -> bool:
        """Whether a finding of `rule` on `line` is silenced; one on no line only by a comment for the whole text."""
        if self.rules and rule not in self.rules:
            return False
        if line is None:
            return self.first_line == 1 and self.last_line is None
        return self.first_line <= line and (self.last_line is None or line <= self.last_line)


class Document(Struct, frozen=True, dict=True):
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
    silences: tuple[Silence, ...] = ()
    notes: tuple[str, ...] = ()
    """What the reader had to do to the bytes: "3 bytes that are not UTF-8 were replaced"."""
    anchors: tuple[Link, ...] = ()
    """Links to places within the text itself. Those that lead nowhere are moved to its links when it is checked."""

    @cached_property
    def updates_by_id(self) -> Mapping[str | None, Update]:
        return {update.id: update for update in self.updates}

    def date_of(self, link: Link) -> Date | None:
        """The day of the update that a link of it stands in."""
        update = self.updates_by_id.get(link.update)
        return update.date if update else None

    @cached_property
    def links_by_id(self) -> Mapping[str, Link]:
        return {link.id: link for link in self.links}

    @cached_property
    def links_by_line(self) -> Mapping[int | None, Sequence[Link]]:
        found: dict[int | None, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.line, []).append(link)
        return found

    @cached_property
    def links_by_update(self) -> Mapping[str | None, Sequence[Link]]:
        """Without the further parts of links that go over a line's end."""
        found: dict[str | None, list[Link]] = {}
        for link in self.links:
            if link.repeats is None:
                found.setdefault(link.update, []).append(link)
        return found
