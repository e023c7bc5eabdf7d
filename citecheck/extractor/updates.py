"""Blocks to dated sections, in the order of the source; a text without dated sections is one article."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from citecheck.extractor import dates, urls, years
from citecheck.extractor.readers import Reading
from citecheck.model import Block, BlockKind, UpdateKind


class Section(NamedTuple):
    """A dated section before its sentences are told: its heading and the blocks under it."""

    kind: UpdateKind
    heading: Block | None
    blocks: tuple[Block, ...]
    day: date | None = None
    time: str | None = None

    @property
    def line(self) -> int:
        first = self.heading or (self.blocks[0] if self.blocks else None)
        return first.marks[0].line if first else 1

    @property
    def pages(self) -> tuple[int, ...]:
        """Where its text stands; the heading alone on a page counts only if there is no text."""
        blocks = self.blocks or ((self.heading,) if self.heading else ())
        return tuple(sorted({mark.page for block in blocks for mark in block.marks})) or (1,)


class _Opening(NamedTuple):
    block: Block
    heading: dates.Heading | None
    """None where the line tells only the hour."""
    time: str | None


def sections(reading: Reading) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The dated sections with their dates, and in words how the year was found.

    What stands before the first is the `lead`. A line that tells an hour opens a section of the day above it. The
    evidence is a dated URL, a post's signature or id, a year or a weekday in the prose.
    """
    lead: list[Block] = []
    groups: list[tuple[_Opening, list[Block]]] = []
    for block in reading.blocks:
        opening = _opening(block)
        if opening:
            groups.append((opening, []))
        else:
            (groups[-1][1] if groups else lead).append(block)
    text = tuple(block for block in lead if block.kind is not BlockKind.HEADING)
    if not groups:
        return ((Section(UpdateKind.ARTICLE, None, text),) if text else ()), ()
    undated = [_undated(opening.heading, blocks) for opening, blocks in groups if opening.heading]
    found, evidence = years.infer(undated, _days(reading))
    dated = list(_dated(groups, found))
    if text:
        dated.insert(0, Section(UpdateKind.LEAD, None, text))
    return tuple(dated), evidence


def _opening(block: Block) -> _Opening | None:
    if block.kind is not BlockKind.HEADING:
        return None
    heading = dates.heading(block.text)
    time = heading.time if heading else dates.hour(block.text)
    return _Opening(block, heading, time) if heading or time else None


def _dated(groups: Sequence[tuple[_Opening, list[Block]]], found: Sequence[date | None]) -> Iterator[Section]:
    """The sections; one that tells only its hour is of the day above it."""
    days = iter(found)
    day: date | None = None
    for (opening, blocks), following in zip_longest(groups, groups[1:]):
        if opening.heading:
            day = next(days)
        # A day over hours is no section of its own unless it has a text.
        if opening.heading and not blocks and following and not following[0].heading:
            continue
        kind = opening.heading.kind if opening.heading else UpdateKind.UPDATE
        yield Section(kind, opening.block, tuple(blocks), day, opening.time)


def _undated(heading: dates.Heading, blocks: Sequence[Block]) -> years.Undated:
    said = [day for block in blocks if block.kind is not BlockKind.EMBED for day in dates.weekdays_in(block.text)]
    return years.Undated(heading.month, heading.day, heading.year, heading.weekday, said)


def _days(reading: Reading) -> years.Days:
    linked = dict.fromkeys(link.url for link in reading.page_links)
    linked |= dict.fromkeys(found.url for block in reading.blocks for found in urls.find(block.text))
    dated = [(url, day) for url in linked if (day := dates.of_url(url))]
    posts = [day for url, day in dated if "/status" in url]
    return years.Days(
        urls=[day for url, day in dated if "/status" not in url],
        posts=[*posts, *(each.day for each in reading.signatures if each.day)],
        years=[year for block in reading.blocks for year in dates.years_in(block.text)],
    )
