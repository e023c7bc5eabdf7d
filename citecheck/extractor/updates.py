"""Blocks to dated sections, in the order of the source; a text without dated sections is one article."""

from collections.abc import Sequence
from datetime import date
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
    heading: dates.Heading


def sections(reading: Reading) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The dated sections with their dates, and in words how the year was found.

    What stands before the first is the `lead`. The evidence is a dated URL, a post's signature or id, a year or a
    weekday in the prose.
    """
    lead: list[Block] = []
    groups: list[tuple[_Opening, list[Block]]] = []
    for block in reading.blocks:
        heading = dates.heading(block.text) if block.kind is BlockKind.HEADING else None
        if heading:
            groups.append((_Opening(block, heading), []))
        else:
            (groups[-1][1] if groups else lead).append(block)
    text = tuple(block for block in lead if block.kind is not BlockKind.HEADING)
    if not groups:
        return ((Section(UpdateKind.ARTICLE, None, text),) if text else ()), ()
    found, evidence = years.infer([_undated(opening, blocks) for opening, blocks in groups], _days(reading))
    dated = [
        Section(
            kind=opening.heading.kind,
            heading=opening.block,
            blocks=tuple(blocks),
            day=day,
            time=opening.heading.time,
        )
        for (opening, blocks), day in zip(groups, found, strict=True)
    ]
    if text:
        dated.insert(0, Section(UpdateKind.LEAD, None, text))
    return tuple(dated), evidence


def _undated(opening: _Opening, blocks: Sequence[Block]) -> years.Undated:
    heading = opening.heading
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
