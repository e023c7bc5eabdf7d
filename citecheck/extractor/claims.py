"""A section's blocks to what is claimed there: its sentences, without credit lines and what leads out of the text."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from citecheck.extractor import sentences, urls
from citecheck.extractor.allowance import Allowance
from citecheck.extractor.credits import (
    CreditLine,
    credits_of,
    has_signs,
    is_source_head,
    names_in,
    opens_credits,
    signs_off,
)
from citecheck.extractor.creditsigns import are_agencies
from citecheck.extractor.folding import fold
from citecheck.extractor.footnotes import number_of
from citecheck.extractor.furniture import says_nothing
from citecheck.extractor.outlets import Registry
from citecheck.extractor.references import trails
from citecheck.extractor.sentences import Span
from citecheck.extractor.updates import Section
from citecheck.model import Attribution, AttributionKind, Block, BlockKind, Credit, Mark, Position
from citecheck.patterns import regex

_GLUED_STOP = regex(r"\.(?<=[^\W\d_]\.)[A-Z]")
_ENDS_IN_URL = regex(r"https?://\S+\s*\Z")
_URL_CHARS = 300
_LINE_CHARS = 160
_NO_TEXT = (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.REFERENCE)
_HEAD_CHARS = 20
_CREDIT_TAILS = 4
"""A credit line without a blank line above it is looked for in so many line starts from the paragraph's end."""


class Statement(NamedTuple):
    """A sentence of a section, with its place in its block."""

    block: Block
    start: int
    end: int
    section: int
    reach: int = 0
    """Where what only tells its source ends, a URL behind its stop; 0 when nothing does."""

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]

    @property
    def is_embed(self) -> bool:
        return self.block.kind is BlockKind.EMBED

    @property
    def page(self) -> int:
        """Where it begins."""
        return self.block.mark(self.start).page

    def position(self, offset: int) -> Position:
        """Line and column of the source for an offset of the statement's text."""
        return self.block.position(self.start + offset)

    def on_page(self, page: int) -> str:
        """The part of the text that stands on a page."""
        first, last = (bisect_right(self.block.marks, each, key=_offset) for each in (self.start, self.end - 1))
        marks = (*self.block.marks[first - 1 : last], Mark(self.end, 0, 0))
        return "".join(
            self.block.text[max(self.start, mark.offset) : after.offset]
            for mark, after in pairwise(marks)
            if mark.page == page
        )


class Content(NamedTuple):
    """What a section says and whom it credits."""

    statements: tuple[Statement, ...]
    credit_lines: tuple[CreditLine, ...]

    def without(self, publisher: str | None) -> "Content":
        """The content without credits to its publisher, who is no source of its own: "Source: thelark.example, AFP"."""
        lines = (
            line._replace(credits=tuple(each for each in line.credits if each.name != publisher))
            for line in self.credit_lines
        )
        return self._replace(credit_lines=tuple(lines))


def content_of(
    section: Section,
    index: int,
    registry: Registry,
    language: str,
    allowance: Allowance,
    linked: Collection[int],
) -> Content:
    """The statements and credit lines of the section that is number `index`, in order; `linked` are the ids of the
    blocks that end with a link, which is the source of a sentence. Raises OutOfTime.
    """
    listed, listed_lines = _listed(section.blocks, registry)
    parts = list(_parts(section.blocks, listed, registry, allowance, linked))
    # A step at a time over all of them: its code and tables stay at hand.
    lines = [
        None if part.block.kind is BlockKind.REFERENCE else credits_of(part.block, registry, closes=part.closes)
        for part in allowance.over(parts)
    ]
    is_text = [
        not (line or part.block.kind is BlockKind.REFERENCE or says_nothing(part.block) or is_source_head(part.text))
        for part, line in zip(parts, lines, strict=True)
    ]
    spans = [
        list(sentences.split(part.text, _names(part.text, registry), language)) if is_said else []
        for part, is_said in zip(allowance.over(parts), is_text, strict=True)
    ]
    signed = [
        _signed(part.block, own, registry, closes=part.closes_with_names)
        for part, own in zip(parts, spans, strict=True)
    ]
    statements: list[Statement] = []
    credit_lines = [*listed_lines]
    for (block, *_), line, own, signatures in zip(parts, lines, spans, signed, strict=True):
        if block.kind is BlockKind.REFERENCE:
            credit_lines += _beside_url(block, registry)
        credit_lines += [line] if line else signatures.values()
        for span in own:
            if span in signatures:
                continue
            begin = span.start
            if statements and statements[-1].block is block:
                trailing = trails(block.text[begin : span.end])
                if trailing and block.text[begin] not in "([":
                    credit_lines += _beside_url(_part(block, Span(begin, begin + trailing)), registry)
                if trailing:
                    begin += trailing
                    statements[-1] = statements[-1]._replace(reach=begin)
                    begin = next((at for at in range(begin, span.end) if not block.text[at].isspace()), span.end)
            if begin < span.end:
                statements.append(Statement(block, begin, span.end, index))
    return Content(tuple(statements), tuple(credit_lines))


class _Part(NamedTuple):
    """A block of a section, or what a credit line parts from another in it."""

    block: Block
    closes: bool
    """It is the last of its section …"""
    closes_with_names: bool
    """… and names of agencies alone, behind its last sentence, are a credit line."""

    @property
    def text(self) -> str:
        return self.block.text


def _parts(
    blocks: Sequence[Block],
    listed: Collection[int],
    registry: Registry,
    allowance: Allowance,
    linked: Collection[int],
) -> Iterator[_Part]:
    """What may say or credit something; of the blocks without text these are the references."""
    # "It rained. (AFP)" said again and again tells the source of each.
    is_sourced = sum(block.text.endswith(")") for block in blocks if block.kind not in _NO_TEXT) > 1
    last = max((at for at, block in enumerate(blocks) if block.kind not in _NO_TEXT), default=-1)
    for position, block in enumerate(allowance.over(blocks)):
        if position in listed or _is_of_people(block, registry):
            continue
        closes = position == last
        if block.kind is BlockKind.REFERENCE:
            yield _Part(block, closes, closes)
        elif block.kind not in _NO_TEXT:
            for part in _without_credit_tail(block, registry):
                yield _Part(part, closes, closes and not is_sourced and id(block) not in linked)


def _is_of_people(block: Block, registry: Registry) -> bool:
    """Whether a line that tells who wrote names people alone."""
    if block.kind is not BlockKind.BYLINE or registry.find(block.text):
        return False
    line = credits_of(block, registry)
    return not (line and line.credits)


def settled(
    contents: Sequence[Content],
    attributions: Iterable[Sequence[Sequence[Attribution]]],
    guesses: Collection[str],
    hosts: Iterable[str],
) -> list[Content]:
    """The contents, with the names in credit lines that the sentences, or the hosts of links, tell to be outlets'."""
    doubtful = {credit.text for content in contents for line in content.credit_lines for credit in line.doubtful}
    if not doubtful:
        return list(contents)
    labels = {label.replace("-", "") for host in hosts for label in host.split(".")[:-1]}
    linked = {name for name in doubtful if re.sub(r"\W", "", name.lower()) in labels}
    cited = {
        said.text
        for each in attributions
        for of_one in each
        for said in of_one
        if said.outlet is None and said.kind is AttributionKind.OUTLET
    }
    outlets = frozenset((*guesses, *cited, *linked))
    return [
        content._replace(credit_lines=tuple(line.settled(outlets) for line in content.credit_lines))
        for content in contents
    ]


def _listed(blocks: Sequence[Block], registry: Registry) -> tuple[set[int], list[CreditLine]]:
    """The indices of the blocks of lists of sources that name outlets, an item each, and these as credit lines."""
    taken: set[int] = set()
    lines: list[CreditLine] = []
    for head, block in enumerate(blocks):
        if head in taken or not is_source_head(block.text):
            continue
        found: list[Credit] = []
        names: set[int] = set()
        for index in range(head + 1, len(blocks)):
            if blocks[index].kind not in (BlockKind.ITEM, BlockKind.REFERENCE) and not (
                index == head + 1 and _is_line(blocks[index])
            ):
                break
            if number_of(blocks[index].text):
                break  # a note of one sentence
            url = next(urls.find(blocks[index].text), None)
            named = names_in(blocks[index], url.start if url else len(blocks[index].text), registry)
            found += named
            names.add(index)
        if found:
            taken |= {head, *names}
            text = f"{block.text} {', '.join(credit.text for credit in found)}"
            lines.append(CreditLine(text, block.position(0).line, tuple(found)))
    return taken, lines


def _is_line(block: Block) -> bool:
    """Whether it is a line of names rather than a sentence."""
    return block.kind is BlockKind.PARAGRAPH and len(block.text) <= _LINE_CHARS and not sentences.END.search(block.text)


def _beside_url(block: Block, registry: Registry) -> Iterator[CreditLine]:
    """The credit line that a reference is too: "Source: AFP (https://…)"."""
    url = next(urls.find(block.text), None)
    if url and url.start and opens_credits(block.text, strictly=False):
        line = credits_of(Block(BlockKind.PARAGRAPH, block.text[: url.start].rstrip(" (<[–—-"), block.marks), registry)
        if line and line.credits:
            yield line


def _signed(block: Block, spans: Sequence[Span], registry: Registry, *, closes: bool) -> dict[Span, CreditLine]:
    """The credit lines that are the first or last sentence of a paragraph: "With reporting by AFP. We update this."

    Below the last sentence of a text that may be the names alone: "(AFP)".
    """
    found: dict[Span, CreditLine] = {}
    folded = fold(block.text) if len(spans) > 1 else ""
    has_sign = has_signs(folded)
    for span in (spans[0], spans[-1]) if folded else ():
        is_close = closes and span is spans[-1] and are_agencies(block.text[span.start : span.end], registry)
        is_list = span is spans[0] and _begins_list(block.text[span.start : span.end])
        if is_close or is_list or signs_off(folded, *span, has_sign=has_sign):
            line = credits_of(_part(block, span), registry, closes=is_close)
            if line and line.credits:
                found[span] = line
    return found


def _begins_list(text: str) -> bool:
    """Whether a paragraph's first sentence lists sources and no links: "Sources: AP, BBC. Follow us." """
    return ":" in text[:_HEAD_CHARS] and "://" not in text and opens_credits(text, strictly=False)


def _part(block: Block, span: Span) -> Block:
    """The words of the span as a block of their own, each where it stands."""
    first = block.mark(span.start)
    marks = [first._replace(offset=0, column=first.column + span.start - first.offset)]
    marks += (Mark(mark.offset - span.start, *mark[1:]) for mark in block.marks if span.start < mark.offset < span.end)
    return Block(block.kind, block.text[span.start : span.end], tuple(marks))


def _offset(mark: Mark) -> int:
    return mark.offset


def _names(text: str, registry: Registry) -> Sequence[Span]:
    """Outlets with a stop in their name; looked for only where a stop has no blank behind it."""
    if not _GLUED_STOP.search(text):
        return ()
    return [Span(mention.start, mention.end) for mention in registry.find(text)]


def _without_credit_tail(block: Block, registry: Registry) -> Iterator[Block]:
    """The block, parted from a credit line that follows its last sentence on a line of its own."""
    tails = [
        mark
        for mark in block.marks[1:][-_CREDIT_TAILS:]
        if sentences.END.search(block.text[max(0, mark.offset - 8) : mark.offset])
        or ("://" in block.text and _ENDS_IN_URL.search(block.text[max(0, mark.offset - _URL_CHARS) : mark.offset]))
    ]
    for mark in tails:
        tail = _part(block, Span(mark.offset, len(block.text)))
        if credits_of(tail, registry):
            before = tuple(each for each in block.marks if each.offset < mark.offset)
            yield Block(block.kind, block.text[: mark.offset].rstrip(), before)
            yield tail
            return
    yield block
