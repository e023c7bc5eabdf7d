"""The links of a text: those in its words belong to their sentence, those of page lists are laid to one."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.extractor import faults, urls
from citecheck.extractor.alignment import MOST_CELLS, Laid, align
from citecheck.extractor.claims import Statement
from citecheck.extractor.likeness import Likeness, Passage
from citecheck.extractor.outlets import Registry
from citecheck.extractor.people import People
from citecheck.extractor.readers import PageLink, Reading
from citecheck.extractor.updates import Section
from citecheck.model import Block, BlockKind, Certainty, Link

_ANCHOR = re.compile(r"(!?)\[([^\[\]]{0,300})\]\(<?\Z")
_ANCHOR_CHARS = 305
_ON_THE_PAGE_BEFORE = 1.0
"""What a link's likeness to a sentence loses where their pages differ, if the text may have no break there."""


class Placed(NamedTuple):
    """A link with the indices of the section and of the statement it belongs to."""

    link: Link
    section: int | None
    statement: int | None


def found_in(blocks: Iterable[Block], registry: Registry) -> Iterator[Link]:
    """The URLs in the words of the blocks, without ids."""
    for block in blocks:
        for found in urls.find(block.text):
            anchor = _anchor(block.text, found.start)
            mark = block.mark(found.start)
            yield Link(
                id="",
                url=found.url,
                target=urls.target_of(found.stands_for or found.url),
                origin=_origin(block, anchor),
                line=mark.line,
                column=mark.column + found.start - mark.offset,
                text=anchor[2] if anchor else "",
                outlet=_outlet(found.stands_for or found.url, registry),
                page=mark.page,
            )


def listed(page_links: Iterable[PageLink], registry: Registry) -> Iterator[Link]:
    """The links of the page lists, without ids."""
    for each in page_links:
        yield Link(
            id="",
            url=each.url,
            target=urls.target_of(each.url),
            origin="footnote",
            line=each.line,
            column=each.column,
            outlet=_outlet(each.url, registry),
            page=each.page,
        )


def carried(reading: Reading, registry: Registry) -> Iterator[Link | None]:
    """The links of the markup, without ids, in its order; None for a relative URL that nothing tells the base of."""
    for each in reading.anchors or ():
        url = each.stands_for or each.url
        target = urls.resolve(url, reading.base)
        if target is None and is_relative(url):
            yield None
            continue
        target = target or url
        yield Link(
            id="",
            url=each.url,
            target=target,
            origin=each.origin,
            line=each.line,
            column=each.column,
            text=each.text,
            outlet=_outlet(target, registry),
            page=each.page,
        )


def is_relative(url: str) -> bool:
    """Whether the URL means something only on a page of its own."""
    return urls.scheme_of(url) is None and faults.fault(url) is None


def unplaced(reading: Reading, registry: Registry) -> list[Placed]:
    """Every link of the text in the order of the source, laid to nothing."""
    found = [*_in_text(reading, registry), *listed(reading.page_links, registry)]
    return [Placed(link, None, None) for link in sorted(found, key=_place)]


def placed(
    reading: Reading, sections: Sequence[Section], statements: Sequence[Statement], registry: Registry
) -> list[Placed]:
    """Every link of the text in the order of the source, each with its section and, where it can be told, statement."""
    words = _Words(sections, statements)
    result = [
        *_from_text(reading, words, registry),
        *_from_lists(reading, sections, statements, registry),
    ]
    return sorted(result, key=lambda each: _place(each.link))


class _Words:
    """Which section and which statement hold a place of the source."""

    def __init__(self, sections: Sequence[Section], statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._starts = [statement.position(0) for statement in statements]
        places = [
            (block.position(0), index)
            for index, section in enumerate(sections)
            for block in ((section.heading,) if section.heading else ()) + section.blocks
        ]
        self._blocks = sorted(places)

    def placed(self, link: Link, place: tuple[int, int], *, has_words: bool = True) -> Placed:
        """The link laid to what holds the place; to a section alone when it has no words."""
        after = bisect_right(self._blocks, place, key=lambda each: each[0])
        section = self._blocks[after - 1][1] if after else None
        before = bisect_right(self._starts, place) - 1
        statement = before if has_words and before >= 0 and _holds(self._statements[before], place) else None
        return Placed(_with(link, None if statement is None else Certainty.HIGH), section, statement)


def _in_text(reading: Reading, registry: Registry) -> Iterator[Link]:
    """The links of the markup, or of a source without markup those in its words."""
    if reading.anchors is None:
        yield from found_in(reading.blocks, registry)
    else:
        yield from (link for link in carried(reading, registry) if link)


def _from_text(reading: Reading, words: _Words, registry: Registry) -> Iterator[Placed]:
    """The same, each laid to its section and statement; those of the page's furniture belong to nothing."""
    if reading.anchors is None:
        yield from (words.placed(link, _place(link)) for link in _in_text(reading, registry))
        return
    for anchor, link in zip(reading.anchors, carried(reading, registry), strict=True):
        if link is None:
            continue
        if anchor.block is None:
            yield Placed(link, None, None)
        else:
            is_bare = anchor.end == 0 and anchor.start is not None  # it is a part of the words themselves
            place = _place(link) if is_bare else reading.blocks[anchor.block].position(anchor.start or 0)
            yield words.placed(link, place, has_words=anchor.start is not None)


def _holds(statement: Statement, place: tuple[int, int]) -> bool:
    return place <= statement.position(statement.end - statement.start - 1)


def crowded(page_links: Iterable[PageLink], statements: Sequence[Statement]) -> tuple[str, ...]:
    """A note on each page whose list of links is too long to be laid to its sentences."""
    on_page = _pages_of(statements)
    counted = Counter(each.page for each in page_links)
    return tuple(
        f"page {page}: its {count} listed links were not laid to its {len(on_page[page])} sentences: too many of both"
        for page, count in counted.items()
        if count * len(on_page[page]) > MOST_CELLS
    )


def _pages_of(statements: Sequence[Statement]) -> dict[int, list[int]]:
    """By page, the indices of the statements that stand on it; another's posts left out."""
    on_page: dict[int, list[int]] = defaultdict(list)
    for index, statement in enumerate(statements):
        if not statement.is_embed:
            last = statement.block.mark(statement.end - 1).page
            for page in range(statement.page, last + 1):
                on_page[page].append(index)
    return on_page


def _from_lists(
    reading: Reading, sections: Sequence[Section], statements: Sequence[Statement], registry: Registry
) -> Iterator[Placed]:
    """The page lists, each laid to the statements of its own page, and of the one before where the break is a guess."""
    on_page = _pages_of(statements)
    by_page: dict[int, list[PageLink]] = defaultdict(list)
    for each in reading.page_links:
        by_page[each.page].append(each)
    people = People(statement.text for statement in statements)
    for page, links in by_page.items():
        is_guess = page in reading.guessed_pages and page - 1 not in by_page
        before = [index for index in on_page[page - 1] if index not in on_page[page]] if is_guess else []
        candidates = before + on_page[page]
        passages = [_before(statements[index], page, sections, registry) for index in before]
        passages += [_passage(statements[index], page, sections, registry) for index in on_page[page]]
        likeness = Likeness(passages, registry, people)
        laid = align([each.url for each in links], [passage.section for passage in passages], likeness)
        for link, where in zip(listed(links, registry), laid, strict=True):
            yield _placed(link, where, candidates)


def _passage(statement: Statement, page: int, sections: Sequence[Section], registry: Registry) -> Passage:
    text = statement.on_page(page)
    context = statement.text if statement.page < page else ""
    return Passage(text, statement.section, sections[statement.section].day, _named(text, registry), context)


def _before(statement: Statement, page: int, sections: Sequence[Section], registry: Registry) -> Passage:
    return _passage(statement, page - 1, sections, registry)._replace(handicap=_ON_THE_PAGE_BEFORE)


def _placed(link: Link, where: Laid, candidates: Sequence[int]) -> Placed:
    statement = None if where.passage is None else candidates[where.passage]
    return Placed(_with(link, where.confidence), where.section, statement)


def _place(link: Link) -> tuple[int, int]:
    return link.line, link.column or 0


def _with(link: Link, confidence: Certainty | None) -> Link:
    return replace(link, confidence=confidence)


def _named(text: str, registry: Registry) -> frozenset[str]:
    return frozenset(each.name for mention in registry.find(text) for each in registry.family(mention.outlet))


def _anchor(text: str, start: int) -> re.Match[str] | None:
    """The words of the Markdown link whose URL begins at `start`."""
    if text[max(0, start - 1) : start] not in ("(", "<"):
        return None
    return _ANCHOR.search(text[max(0, start - _ANCHOR_CHARS) : start])


def _origin(block: Block, anchor: re.Match[str] | None) -> str:
    if block.kind is BlockKind.EMBED:
        return "embed"
    if anchor is None:
        return "bare"
    return "img" if anchor[1] else "a"


def _outlet(url: str, registry: Registry) -> str | None:
    outlet = registry.of_url(url)
    return outlet.name if outlet else None
