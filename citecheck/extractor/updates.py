"""Blocks to dated sections, in the order of the source; a text without dated sections is one article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from citecheck.extractor import dates, urls, years
from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.credits import is_source_head
from citecheck.extractor.datelines import (
    are_events,
    are_posted,
    are_said,
    dates_all,
    is_dateline,
    is_posted,
    says,
    stated,
)
from citecheck.extractor.dateorder import in_order
from citecheck.extractor.daytitles import day_titles
from citecheck.extractor.language import language_of
from citecheck.extractor.midnight import Midnight
from citecheck.extractor.readers import Reading, Stamp
from citecheck.extractor.readers.pages import BULLET
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
    """What opens a section: its block, what its words tell, and what the markup tells of it."""

    block: Block
    heading: dates.Heading | None
    """None where the words tell no day."""
    time: str | None
    stamp: Stamp | None
    is_title: bool
    """The block is the section's heading and none of its text."""
    kind: UpdateKind = UpdateKind.UPDATE


_LENGTH = re.compile(r"\d{1,2}:\d\d")
_FEWEST_ENTRIES = 3
"""So many paragraphs that begin with a date are a timeline."""
_SAMPLE_BLOCKS = 40
"""Of which the language is told."""
_Group = tuple[_Opening, list[Block]]


def sections(reading: Reading, allowance: Allowance = AMPLE) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """The dated sections with their dates, and in words how the year was found.

    What stands before the first is the `lead`. A line that tells an hour opens a section of the day above it, or of the
    day below it in a live blog whose newest entry comes first and whose days close their entries. The evidence is the
    day that the source states, a dated URL, a post's signature or id, a year or a weekday in the prose. Raises
    OutOfTime.
    """
    lead: list[Block] = []
    groups: list[_Group] = []
    run_in = _run_in(reading)
    titles = day_titles(reading.blocks)
    for index, block in enumerate(allowance.over(reading.blocks)):
        opening = (
            _opening(block, reading.stamps.get(index), titles.get(index))
            or run_in.get(index)
            or _analysis(block, groups)
        )
        if opening:
            groups.append((opening, [] if opening.is_title else [block]))
        else:
            (groups[-1][1] if groups else lead).append(block)
    if _is_title(groups, reading):
        lead += groups.pop(0)[1]
    if published := _dateline(groups, lead, reading):
        reading = reading._replace(published=reading.published or published)
        lead += groups.pop(0)[1]
        if all(opening.kind is UpdateKind.ANALYSIS for opening, _ in groups):  # of no day
            lead += [block for opening, blocks in groups for block in (opening.block, *blocks)]
            groups.clear()
    if not groups or _is_length(groups) or _is_page(groups, lead, reading):
        return _article(reading.blocks, reading), ()
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


def _is_length(groups: Sequence[_Group]) -> bool:
    """Whether the one number of a text tells how long something is, and no hour: "7:14" of a video."""
    return len(groups) == 1 and _LENGTH.fullmatch(groups[0][0].block.text) is not None


def _is_page(groups: Sequence[_Group], lead: Sequence[Block], reading: Reading) -> bool:
    """Whether days and hours are those of a page that was copied whole, menus and all: its own, and of its teasers."""
    openings = [opening for opening, _ in groups]
    if reading.published or any(opening.stamp for opening in openings) or not says(lead):
        return False
    if len(openings) == 1 and not openings[0].heading:
        return True
    return are_posted([opening.block for opening in openings], [opening.heading for opening in openings])


def _opening(block: Block, stamp: Stamp | None, title: dates.Heading | None) -> _Opening | None:
    if block.kind is not BlockKind.HEADING:
        return _Opening(block, None, stamp.time, stamp, False) if stamp else None
    heading = dates.heading(block.text) or title
    told = (
        heading.time
        if heading
        else dates.hour(block.text) or dates.hour_before(block.text) or dates.hour_behind(block.text)
    )
    time = (stamp and stamp.time) or told
    return _Opening(block, heading, time, stamp, True) if heading or time or stamp else None


def _analysis(block: Block, groups: Sequence[_Group]) -> _Opening | None:
    """What opens the analysis of the day above, which its heading does not say again."""
    is_one = block.kind is BlockKind.HEADING and dates.heads_analysis(block.text)
    if is_one and any(opening.heading for opening, _ in groups):
        return _Opening(block, None, None, None, True, UpdateKind.ANALYSIS)
    return None


def _run_in(reading: Reading) -> dict[int, _Opening]:
    """The paragraphs of a timeline, by index of block: most of a text's begin with a date, or with an hour.

    A few alone, or those of a text whose dates stand on lines of their own, are prose.
    """
    prose = [
        (index, block)
        for index, block in enumerate(reading.blocks)
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    ]
    has_days = any(block.kind is BlockKind.HEADING and dates.heading(block.text) for block in reading.blocks)
    found: dict[int, _Opening] = {}
    for index, block in prose:
        text = BULLET.sub("", block.text[: dates.HEADING_CHARS])
        heading = None if has_days else dates.run_in(text)
        time = heading.time if heading else dates.run_in_hour(text)
        if heading or time:
            found[index] = _Opening(block, heading, time, None, False)
    is_timeline = len(found) >= _FEWEST_ENTRIES and len(found) * 2 >= len(prose)
    return found if is_timeline and not _goes_on(reading, prose[-1][0], max(found)) else {}


def _goes_on(reading: Reading, end: int, last: int) -> bool:
    """Whether a heading stands between the last entry and the text's end: the entries are a part of an article."""
    heads = (index for index in range(last + 1, end) if reading.blocks[index].kind is BlockKind.HEADING)
    return any(not dates.heading(reading.blocks[index].text) for index in heads)


def _in_order(groups: Sequence[_Group], reading: Reading, days: years.Days) -> list[_Group]:
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


def _is_title(groups: Sequence[_Group], reading: Reading) -> bool:
    """Whether the first day is that of the text's title, and every entry below says it again with its hour."""
    if len(groups) < _FEWEST_ENTRIES or not groups[0][0].heading or groups[0][0].block is not reading.blocks[0]:
        return False
    title, *entries = (opening.heading for opening, _ in groups if opening.heading)
    return (
        not title.time
        and bool(entries)
        and all(each.time and (each.month, each.day) == (title.month, title.day) for each in entries)
    )


def _dateline(groups: Sequence[_Group], lead: Sequence[Block], reading: Reading) -> date | None:
    """The day of the first line that tells one, where it dates the whole text and opens no section."""
    if not groups or not (heading := groups[0][0].heading) or not heading.year:
        return None
    (opening, below), *others = groups
    day = dates.day_of(heading.year, heading.month, heading.day)
    if not lead and below and dates.hour(below[0].text.partition(" (")[0]):
        # The clock over a page's menus, "5:06 pm (Paris)", whose sections have names as headings have.
        return None if any(each.kind is UpdateKind.UPDATE for each, _ in others) else day
    if not others:
        is_told = day is not None and day == reading.published
        is_one = is_dateline(opening.block, lead, below, is_told=is_told) or (
            not reading.published and is_posted(heading, lead, below)
        )
    elif others[0][0].heading:
        is_one = dates_all(heading, below)
    else:  # hours: what stands above the first of them is no entry
        is_one = bool(lead) and not any(each.heading for each, _ in others)
    return day if is_one else None


def _lacks_years(groups: Sequence[_Group], reading: Reading) -> bool:
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


def _days_follow(groups: Sequence[_Group]) -> bool:
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
    groups: Sequence[_Group],
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
