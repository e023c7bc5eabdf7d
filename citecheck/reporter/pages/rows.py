"""Long tables: the first rows as HTML, all as a JSON island that the page's script pages, sorts and searches."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from citecheck.model import Audit, Document, Level, Status
from citecheck.reporter.day import days_of
from citecheck.reporter.formats.json import encoded
from citecheck.reporter.headline import is_bare
from citecheck.reporter.pages.shown import MOST_ROWS, WORST_FIRST
from citecheck.reporter.sinks import plain
from citecheck.reporter.wording import shortened, verdict_words

_CHUNK = 500
_URL_CHARS = 400


class Place(NamedTuple):
    """Where a row leads: a text, by its number among the table's texts, a line and an anchor on its page."""

    text: int
    line: int | None
    anchor: str


class Text(NamedTuple):
    name: str
    href: str
    """Empty for the page itself, None-like for a text without a page."""
    has_page: bool


class Column(NamedTuple):
    label: str
    kind: str
    """"text", "number", "status", "url" or "place"."""


Cell = str | int | Place
Row = tuple[Cell, ...]


class Table(NamedTuple):
    id: str
    title: str
    columns: tuple[Column, ...]
    texts: tuple[Text, ...]
    number: int
    rows: Callable[[], Iterator[Row]]
    """Made anew each time, worst first: the whole is never in memory."""

    @property
    def first(self) -> list[Row]:
        return list(islice(self.rows(), MOST_ROWS))

    def island(self) -> Iterator[str]:
        """The JSON of the table in pieces, safe inside a script element."""
        yield f'{{"texts":{_json([[text.name, text.href, text.has_page] for text in self.texts])},"rows":['
        rows, comma = self.rows(), ""
        while chunk := list(islice(rows, _CHUNK)):
            yield (
                comma + _json([[plain(each) if isinstance(each, str) else each for each in row] for row in chunk])[1:-1]
            )
            comma = ","
        yield "]}"


def links(audit: Audit, hrefs: Mapping[str, str], *, is_anchored: bool) -> Table:
    """A row a link and text, dead ones first; `hrefs` has the pages of the texts.

    `is_anchored`: the sentences stand on those pages, or on this one.
    """
    numbers = {document.source: number for number, document in enumerate(audit.documents)}
    places = audit.occurrences

    def made() -> Iterator[Row]:
        for status in WORST_FIRST:
            for visit in audit.visits:
                if visit.verdict.status is not status:
                    continue
                seen = Counter(document.source for document, _ in places[visit.target.url])
                for document, link in places[visit.target.url]:
                    times = seen.pop(document.source, 0)
                    anchor = (link.claim or link.update or "") if is_anchored else ""
                    if times:
                        yield (
                            status.value,
                            verdict_words(visit),
                            visit.target.url[:_URL_CHARS],
                            link.outlet or "",
                            Place(numbers[document.source], link.line, anchor),
                            times,
                        )

    return Table(
        "links-table",
        "Links",
        (
            Column("Status", "status"),
            Column("What was seen", "text"),
            Column("Address", "url"),
            Column("Outlet", "text"),
            Column("Text", "place"),
            Column("Times", "number"),
        ),
        _texts(audit.documents, hrefs),
        sum(len({document.source for document, _ in found}) for found in places.values()),
        made,
    )


def findings(audit: Audit, hrefs: Mapping[str, str]) -> Table:
    """A row a finding, errors first."""
    numbers = {document.source: number for number, document in enumerate(audit.documents)}

    def made() -> Iterator[Row]:
        for level in Level:
            for each in audit.findings:
                if each.level is level:
                    yield (
                        level.value,
                        each.rule,
                        shortened(each.message, 600),
                        (each.target or "")[:_URL_CHARS],
                        Place(numbers.get(each.source, 0), each.line, ""),
                    )

    return Table(
        "findings-table",
        "All findings",
        (
            Column("Level", "text"),
            Column("Rule", "text"),
            Column("Finding", "text"),
            Column("Address", "url"),
            Column("Text", "place"),
        ),
        _texts(audit.documents, hrefs),
        len(audit.findings),
        made,
    )


def texts(audit: Audit, hrefs: Mapping[str, str]) -> Table:
    """A row a text, the one with the most and worst findings first."""
    found = Counter((finding.source, finding.level) for finding in audit.findings)
    status = {visit.target.url: visit.verdict.status for visit in audit.visits}
    bare = Counter(day.document.source for day in days_of(audit) if is_bare(day))

    def row(number: int, document: Document) -> Row:
        targets = {link.target for link in document.links}
        of_status = Counter(status.get(target) for target in targets)
        return (
            Place(number, None, ""),
            found[document.source, Level.ERROR],
            found[document.source, Level.WARNING],
            found[document.source, Level.NOTE],
            of_status[Status.DEAD] + of_status[Status.INVALID],
            of_status[Status.FAILING],
            len(targets),
            bare[document.source],
        )

    def rank(row: Row) -> tuple[int, ...]:
        return tuple(-each for each in row[1:4] if isinstance(each, int))

    made = sorted((row(number, document) for number, document in enumerate(audit.documents)), key=rank)
    return Table(
        "texts-table",
        "Texts",
        (
            Column("Text", "place"),
            Column("Errors", "number"),
            Column("Warnings", "number"),
            Column("Notes", "number"),
            Column("Dead", "number"),
            Column("Failing", "number"),
            Column("Links", "number"),
            Column("Days without credit line", "number"),
        ),
        _texts(audit.documents, hrefs),
        len(audit.documents),
        lambda: iter(made),
    )


def _texts(documents: Iterable[Document], hrefs: Mapping[str, str]) -> tuple[Text, ...]:
    return tuple(
        Text(
            plain(shortened(f"{each.title} ({each.source})" if each.title else each.source, 140)),
            hrefs.get(each.source, ""),
            each.source in hrefs,
        )
        for each in documents
    )


def _json(value: object) -> str:
    """One line of JSON in which nothing ends the script element or begins a comment of HTML."""
    return encoded(value, is_indented=False).rstrip("\n").replace("<", "\\u003c").replace(">", "\\u003e")
