"""Blocks to dated sections, in the order of the source; a text without dated sections is one article."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from citecheck.extractor import dates, urls, years
from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.credits import is_source_head
from citecheck.extractor.datelines import (
    are_events,
    are_said,
    says,
    stated,
)
from citecheck.extractor.dateorder import in_order
from citecheck.extractor.language import language_of
from citecheck.extractor.midnight import Midnight
from citecheck.extractor.openings import Group, opened
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


_SAMPLE_BLOCKS = 40
"""Of which the language is told."""


def sections(reading: Reading, allowance: Allowance = AMPLE) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The dated sections with their dates, and in words how the year was found.

    What stands before the first is the `lead`. A line that tells an hour opens a section of the day above it, or of the
    day below it in a live blog whose newest entry comes first and whose days close their entries. The evidence is the
    day that the source states, a dated URL, a post's signature or id, a year or a weekday in the prose. Raises
    OutOfTime.
    """
    groups, lead, dated_on = opened(reading, allowance)
    if not groups:
        return _article(reading.blocks, reading._replace(published=reading.published or dated_on)), ()
    reading = reading._replace(published=reading.published or dated_on)
    days_follow = _days_follow(groups)
    if days_follow:
        # What stands below the last day belongs to no entry.
        lead += groups[-1][1]
        groups[-1][1].clear()
    days = _days(reading, allowance) if _lacks_years(groups, reading) else years.Days()
    groups = _in_order(groups, reading, days)
    undated = [_undated(opening.heading, blocks) for opening, blocks in groups if opening.heading]
    found, evidence = years.infer(undated, days)
    published = reading.published or (
        None
        if undated
        else stated((*lead, *(block for _, blocks in groups for block in blocks)))
        or _day_of_title(reading.title or "", days)
    )
    dated = list(_dated(groups, found, published, days_follow, reading.modified))
    days_told = [each.day for each in dated if each.day]
    if are_events(days_told, reading) or (says(lead) and not are_said(each.blocks for each in dated)):
        return _article(reading.blocks, reading), ()
    text = tuple(
        block for block in lead if block.kind is not BlockKind.HEADING or days_follow or is_source_head(block.text)
    )
    if says(text):
        dated.insert(0, Section(UpdateKind.LEAD, None, text, reading.published))
    return tuple(dated), evidence


def _article(blocks: Iterable[Block], reading: Reading) -> tuple[Section, ...]:
    text = tuple(block for block in blocks if block.kind is not BlockKind.HEADING or is_source_head(block.text))
    return (Section(UpdateKind.ARTICLE, None, text, reading.published),) if text else ()


def _in_order(groups: Sequence[Group], reading: Reading, days: years.Days) -> list[Group]:
    """The groups with their days' numbers read in the order of the text: "11/6"."""
    headings = [opening.heading for opening, _ in groups if opening.heading]
    if not any(heading.is_numeric for heading in headings):
        return list(groups)
    told = [*days.urls, *days.posts, *days.prose, *((days.published,) if days.published else ())]
    words = " ".join(block.text for block in reading.blocks[:_SAMPLE_BLOCKS])
    ordered = iter(in_order(headings, told, reading.language or language_of(words)))
    return [
        (opening._replace(heading=next(ordered)) if opening.heading else opening, blocks) for opening, blocks in groups
    ]


def _lacks_years(groups: Sequence[Group], reading: Reading) -> bool:
    """Whether other days of the text have to date it: a day says no year, or its numbers stand in either order."""
    headings = [opening.heading for opening, _ in groups if opening.heading]
    named = None if headings else dates.first_day(reading.title or "")
    return any(not each.year or each.is_numeric for each in headings) or (named is not None and not named.year)


def _day_of_title(title: str, days: years.Days) -> date | None:
    """The day that the title of a ticker names: "Live: the vote of 9 October"."""
    named = dates.first_day(title)
    if named is None:
        return None
    return years.infer([years.Undated(named.month, named.day, named.year, None)], days)[0][0]


def _days_follow(groups: Sequence[Group]) -> bool:
    """Whether each day stands below its entries: the first entry has none above it, and the last line is a day."""
    first, last = groups[0], groups[-1]
    return (
        len(groups) > 1
        and first[0].heading is None
        and last[0].heading is not None
        and not says(last[1])
        and all(not says(blocks) for opening, blocks in groups if opening.heading)
    )


def _dated(
    groups: Sequence[Group],
    found: Sequence[date | None],
    published: date | None,
    days_follow: bool,
    modified: date | None,
) -> Iterator[Section]:
    """The sections; one that tells only its hour is of the day above it, else of the day that the source states."""
    days = iter(found)
    told = [next(days) if opening.heading else None for opening, _ in groups]
    own = [
        (opening.stamp.day if opening.stamp else None) or each for (opening, _), each in zip(groups, told, strict=True)
    ]
    day = published
    if days_follow:
        shared: list[date | None] = []
        for each in reversed(own):
            day = each or day
            shared.append(day)
        shared.reverse()
    else:
        shared = []
        rolled = Midnight([opening.time for opening, _ in groups if opening.time and not opening.heading])
        if not any(own):
            day = rolled.first_day(published, modified)
        # Days that head their entries tell theirs; a single one may head those of the night after it too.
        are_headed = len(set(filter(None, told))) > 1
        for (opening, _), each in zip(groups, own, strict=True):
            if each or opening.heading:
                day = rolled.told(each, opening.time)
            elif not are_headed:
                day = rolled.day(day, opening.time)
            shared.append(day)
    for index, (opening, blocks) in enumerate(groups):
        following = groups[index + 1][0] if index + 1 < len(groups) else None
        # A day over or under hours is no section of its own unless it has a text.
        if opening.heading and not says(blocks) and (days_follow or (following and not following.heading)):
            continue
        kind = opening.heading.kind if opening.heading else opening.kind
        heading = opening.block if opening.is_title else None
        yield Section(kind, heading, tuple(blocks), shared[index], opening.time)


def _is_own(block: Block) -> bool:
    """Words of the text that are no heading of a day: those tell their year themselves."""
    return block.kind not in (BlockKind.EMBED, BlockKind.REFERENCE) and not (
        block.kind is BlockKind.HEADING and dates.heading(block.text)
    )


def _undated(heading: dates.Heading, blocks: Sequence[Block]) -> years.Undated:
    said = [day for block in blocks if block.kind is not BlockKind.EMBED for day in dates.weekdays_in(block.text)]
    return years.Undated(heading.month, heading.day, heading.year, heading.weekday, said)


def _days(reading: Reading, allowance: Allowance) -> years.Days:
    linked = dict.fromkeys(link.url for link in reading.page_links)
    linked |= dict.fromkeys(found.url for block in reading.blocks for found in urls.find(block.text))
    linked |= dict.fromkeys(anchor.url for anchor in reading.anchors or () if anchor.block is not None)
    dated = [(url, day) for url in linked if (day := dates.of_url(url) or dates.month_of_url(url))]
    posts = [day for url, day in dated if "/status" in url]
    return years.Days(
        urls=[day for url, day in dated if "/status" not in url],
        posts=[*posts, *(each.day for each in reading.signatures if each.day)],
        prose=[
            day
            for text in (*reading.margins, *(block.text for block in allowance.over(reading.blocks) if _is_own(block)))
            for day in dates.full_dates(text)
        ],
        years=[year for block in reading.blocks for year in dates.years_in(block.text)],
        title=dates.years_of_title(reading.title or ""),
        published=reading.published,
        modified=reading.modified,
    )
