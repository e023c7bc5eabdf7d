"""Which sentence carries a link: the one it stands in, the one that bears its note's number, or the likeliest of those
that its list serves."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from citecheck.extractor import footnotes, furniture, references
from citecheck.extractor.alignment import MOST_CELLS, Laid, Listed, align, beneath
from citecheck.extractor.claims import Statement
from citecheck.extractor.likeness import Likeness, Passage
from citecheck.extractor.links import Placed, listed, of_text, place
from citecheck.extractor.outlets import Registry
from citecheck.extractor.people import People
from citecheck.extractor.readers import PageLink, Reading
from citecheck.extractor.references import Group
from citecheck.extractor.updates import Section
from citecheck.model import Block, BlockKind, Certainty, Link, Position
from citecheck.patterns import regex

_SIGNED = regex(r"\([^()]{1,40}\)[.]?")
"""A sentence that is nothing but its source in brackets."""
_FEWEST_COUNTED = 3
_ON_THE_PAGE_BEFORE = 1.0
"""What a link's likeness to a sentence loses where their pages differ, if the text may have no break there."""


def placed(
    reading: Reading, sections: Sequence[Section], statements: Sequence[Statement], registry: Registry
) -> list[Placed]:
    """Every link of the text in the order of the source, each with its section and, where it can be told, statement."""
    words = _Words(sections, statements)
    people = People(statement.text for statement in statements)
    result: list[Placed] = []
    referring: dict[Position, list[Link]] = defaultdict(list)
    for link, block, at in of_text(reading, registry):
        if block is None or furniture.is_menu(block.text):
            result.append(Placed(link, None, None))
        elif block.kind is BlockKind.REFERENCE:
            referring[block.position(0)].append(link)
        else:
            result.append(words.placed(link, at or block.position(0), has_words=at is not None))
    away = {mark for each in reading.blocks for mark in furniture.marks_away(each)}
    references = _References(sections, statements, registry, people, has_more=bool(reading.page_links))
    result += references.placed(referring, away)
    result += _from_lists(reading, sections, statements, registry, people)
    return sorted(result, key=lambda each: place(each.link))


def crowded(page_links: Iterable[PageLink], statements: Sequence[Statement]) -> tuple[str, ...]:
    """A note on each page whose list of links is too long to be laid to its sentences."""
    counted = Counter(each.page for each in page_links)
    on_page = _pages_of(statements) if counted else {}
    return tuple(
        f"page {page}: its {count} listed links were not laid to its {len(on_page[page])} sentences: too many of both"
        for page, count in counted.items()
        if count * len(on_page[page]) > MOST_CELLS
    )


class _Words:
    """Which section and which statement hold a place of the source."""

    def __init__(self, sections: Sequence[Section], statements: Sequence[Statement]) -> None:
        # What a page tells in its data stands before what it shows, and is read after it.
        starts = [statement.position(0) for statement in statements]
        self._order = sorted(range(len(statements)), key=starts.__getitem__)
        self._statements = statements
        self._starts = [starts[index] for index in self._order]
        places = [
            (block.position(0), index)
            for index, section in enumerate(sections)
            for block in ((section.heading,) if section.heading else ()) + section.blocks
        ]
        places.sort()
        self._section_of = [section for _, section in places]
        self._block_starts = [place for place, _ in places]

    def placed(self, link: Link, place: tuple[int, int], *, has_words: bool = True) -> Placed:
        """The link laid to what holds the place; to a section alone when it has no words."""
        after = bisect_right(self._block_starts, place)
        section = self._section_of[after - 1] if after else None
        before = bisect_right(self._starts, place) - 1
        near = self._order[before] if before >= 0 else None
        statement = near if has_words and near is not None and _holds(self._statements[near], place) else None
        if statement and _SIGNED.fullmatch(self._statements[statement].text):  # "It rained. (FT)"
            statement -= self._statements[statement - 1].block is self._statements[statement].block
        return Placed(_with(link, None if statement is None else Certainty.HIGH), section, statement)


def _holds(statement: Statement, place: tuple[int, int]) -> bool:
    return place <= statement.block.position(max(statement.end, statement.reach) - 1)


class _References:
    """References, laid to the statements that they serve."""

    def __init__(
        self,
        sections: Sequence[Section],
        statements: Sequence[Statement],
        registry: Registry,
        people: People,
        *,
        has_more: bool,
    ) -> None:
        self._has_more = has_more
        """There are lists of links besides these."""
        self._sections = sections
        self._statements = statements
        self._registry = registry
        self._people = people
        self._of = [statement.section for statement in statements]
        self._groups = [
            each for index, section in enumerate(sections) for each in references.groups(section.blocks, index)
        ]

    @cached_property
    def _starts(self) -> list[Position]:
        return [statement.position(0) for statement in self._statements]

    def placed(self, links: Mapping[Position, Sequence[Link]], away: Collection[str]) -> Iterator[Placed]:
        """The links, which are told by where their references begin; `away` are the numbers of menus' links."""
        beside = [self._beside(group) for group in self._groups]
        lists = {group.section for group, near in zip(self._groups, beside, strict=True) if not near}
        for group, near in zip(self._groups, beside, strict=True):
            own: list[tuple[Block, Link]] = []
            for block in group.blocks:
                for link in links.get(block.position(0), ()):
                    if group.leads_away or _number(block) in away:
                        yield Placed(link, group.section if group.is_aside else None, None)
                    else:
                        own.append((block, link))
            if not own:
                continue
            # The one list of a text stands at its end and serves all of it.
            is_last = lists == {group.section} and group.section == len(self._sections) - 1
            is_only = is_last and not self._has_more
            served = range(len(self._statements)) if is_only and not near else self._of_section(group.section)
            is_numbered = any(map(_number, group.blocks))
            marked = self._marked(served) if is_numbered or not near else {}
            counted = {} if is_numbered else footnotes.counted(group.blocks, marked)
            numbered = [(link, marked.get(_number(block) or counted.get(block.position(0), ""))) for block, link in own]
            yield from (
                Placed(_with(link, Certainty.HIGH), self._statements[at].section, at)
                for link, at in numbered
                if at is not None
            )
            loose = [each for each, (_, at) in zip(own, numbered, strict=True) if at is None]
            if len(own) - len(loose) >= _FEWEST_COUNTED:
                # A text browser numbers every link of a page: those that no sentence has are its menus'.
                yield from (Placed(link, None, None) for block, link in loose if footnotes.count_of(block.text))
                loose = [each for each in loose if not footnotes.count_of(each[0].text)]
            yield from self._likeliest(group, loose, near, served)

    def _likeliest(
        self, group: Group, own: Sequence[tuple[Block, Link]], near: Sequence[int], served: Sequence[int]
    ) -> Iterator[Placed]:
        if not own:
            return
        candidates = near or [each for each in served if not self._statements[each].is_embed]
        passages = [
            Passage(
                (text := self._statements[each].text),
                (section := self._statements[each].section),
                self._sections[section].day,
                _named(text, self._registry),
            )
            for each in candidates
        ]
        if not passages:
            yield from (Placed(link, group.section, None) for _, link in own)
            return
        likeness = Likeness(passages, self._registry, self._people)
        lines = [Listed(link.target, references.label_of(block.text, link.url)) for block, link in own]
        lay = beneath if near else align
        for (_, link), where in zip(own, lay(lines, [each.section for each in passages], likeness), strict=True):
            yield _placed(link, where, candidates)

    def _of_section(self, section: int) -> range:
        return range(bisect_left(self._of, section), bisect_right(self._of, section))

    def _beside(self, group: Group) -> list[int]:
        """The statements of the paragraph above, or where none is, of the one below; none for a list."""
        if group.beside is None or not group.is_near:
            return []
        first = bisect_left(self._starts, group.beside.position(0))
        last = bisect_right(self._starts, group.beside.position(len(group.beside.text) - 1))
        return list(range(first, last))

    def _marked(self, served: Iterable[int]) -> dict[str, int]:
        """By number of a note, the first statement that refers to it."""
        found: dict[str, int] = {}
        for each in served:
            for number in footnotes.marks_in(self._statements[each].text):
                found.setdefault(number, each)
        return found


def _number(block: Block) -> str:
    return footnotes.number_of(block.text) or footnotes.count_of(block.text)


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
    reading: Reading,
    sections: Sequence[Section],
    statements: Sequence[Statement],
    registry: Registry,
    people: People,
) -> Iterator[Placed]:
    """The page lists, each laid to the statements of its own page, and of the one before where the break is a guess."""
    if not reading.page_links:
        return
    on_page = _pages_of(statements)
    by_page: dict[int, list[PageLink]] = defaultdict(list)
    for each in reading.page_links:
        by_page[each.page].append(each)
    for page, links in by_page.items():
        is_guess = page in reading.guessed_pages and page - 1 not in by_page
        before = [index for index in on_page[page - 1] if index not in on_page[page]] if is_guess else []
        candidates = before + on_page[page]
        passages = [_before(statements[index], page, sections, registry) for index in before]
        passages += [_passage(statements[index], page, sections, registry) for index in on_page[page]]
        likeness = Likeness(passages, registry, people)
        laid = align([Listed(each.url) for each in links], [passage.section for passage in passages], likeness)
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


def _with(link: Link, confidence: Certainty | None) -> Link:
    return replace(link, confidence=confidence)


def _named(text: str, registry: Registry) -> frozenset[str]:
    return frozenset(each.name for mention in registry.find(text) for each in registry.family(mention.outlet))
