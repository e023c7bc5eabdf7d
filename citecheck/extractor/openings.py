"""What opens a section of a text: a line that tells a day or an hour, what the markup says, the words "Analysis"."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from citecheck.extractor import dates
from citecheck.extractor.allowance import Allowance
from citecheck.extractor.datelines import are_posted, are_said, dates_all, is_dateline, is_posted, says, states
from citecheck.extractor.daytitles import day_titles
from citecheck.extractor.readers import Reading, Stamp
from citecheck.extractor.readers.pages import BULLET
from citecheck.model import Block, BlockKind, UpdateKind
from citecheck.patterns import regex

_LENGTH = regex(r"\d{1,2}:\d\d")
_FEWEST_ENTRIES = 3
"""So many paragraphs that begin with a date are a timeline."""
_FEWEST_LISTED = 2


class Opening(NamedTuple):
    """What opens a section: its block, what its words tell, and what the markup tells of it."""

    block: Block
    heading: dates.Heading | None
    """None where the words tell no day."""
    time: str | None
    stamp: Stamp | None
    is_title: bool
    """The block is the section's heading and none of its text."""
    kind: UpdateKind = UpdateKind.UPDATE


Group = tuple[Opening, list[Block]]


def opened(reading: Reading, allowance: Allowance) -> tuple[list[Group], list[Block], date | None]:
    """The openings with the blocks under each, what stands before the first, and the day that dates all of it.

    None of the first where the text is an article, whatever days and hours it has. Raises OutOfTime.
    """
    lead: list[Block] = []
    groups: list[Group] = []
    run_in = _run_in(reading)
    titles = day_titles(reading.blocks)
    above = ""
    for index, block in enumerate(allowance.over(reading.blocks)):
        above, before = block.text, above
        opening = (
            _opening(block, reading.stamps.get(index), titles.get(index))
            or run_in.get(index)
            or _analysis(block, groups)
        )
        if opening and not (opening.heading is None and opening.stamp is None and _announces(before)):
            groups.append((opening, [] if opening.is_title else [block]))
        else:
            (groups[-1][1] if groups else lead).append(block)
    if _is_title(groups, reading):
        lead += groups.pop(0)[1]
    if published := _dateline(groups, lead, reading):
        lead += groups.pop(0)[1]
        if all(opening.kind is UpdateKind.ANALYSIS for opening, _ in groups):  # of no day
            lead += [block for opening, blocks in groups for block in (opening.block, *blocks)]
            groups.clear()
    groups = _without_contents(groups, lead)
    if _is_length(groups) or _is_page(groups, lead, reading):
        groups.clear()
    return groups, lead, published


def _announces(line: str) -> bool:
    """Whether the hour of the next line is that at which the page was written: "Aggiornato alle"."""
    return states(line) and not any(map(str.isdigit, line))


def _without_contents(groups: list[Group], lead: list[Block]) -> list[Group]:
    """The groups without those of a list of the main entries, whose hours and titles stand again over their texts."""
    titles = [_title(*each) for each in groups]
    told = {title for title, (_, blocks) in zip(titles, groups, strict=True) if title and are_said([blocks])}
    listed = [title in told and not are_said([blocks]) for title, (_, blocks) in zip(titles, groups, strict=True)]
    if sum(listed) < _FEWEST_LISTED:
        return groups
    lead += [block for (opening, blocks), is_one in zip(groups, listed, strict=True) if is_one for block in blocks]
    return [each for each, is_one in zip(groups, listed, strict=True) if not is_one]


def _title(opening: Opening, blocks: Sequence[Block]) -> str:
    """What an entry is headed with, besides its day and its hour."""
    is_bare = opening.is_title and (opening.heading or dates.hour_alone(BULLET.sub("", opening.block.text)))
    return (blocks[0].text if blocks else "") if is_bare else opening.block.text


def _is_length(groups: Sequence[Group]) -> bool:
    """Whether the one number of a text tells how long something is, and no hour: "7:14" of a video."""
    return len(groups) == 1 and _LENGTH.fullmatch(groups[0][0].block.text) is not None


def _is_page(groups: Sequence[Group], lead: Sequence[Block], reading: Reading) -> bool:
    """Whether days and hours are those of a page that was copied whole, menus and all: its own, and of its teasers."""
    openings = [opening for opening, _ in groups]
    if reading.published or any(opening.stamp for opening in openings) or not says(lead):
        return False
    if len(openings) == 1 and not openings[0].heading:
        return True
    return are_posted([opening.block for opening in openings], [opening.heading for opening in openings])


def _opening(block: Block, stamp: Stamp | None, title: dates.Heading | None) -> Opening | None:
    if block.kind is not BlockKind.HEADING:
        return Opening(block, None, stamp.time, stamp, False) if stamp else None
    heading = dates.heading(block.text) or title
    told = (
        heading.time
        if heading
        else dates.hour_alone(block.text) or dates.hour_before(block.text) or dates.hour_behind(block.text)
    )
    time = (stamp and stamp.time) or told
    return Opening(block, heading, time, stamp, True) if heading or time or stamp else None


def _analysis(block: Block, groups: Sequence[Group]) -> Opening | None:
    """What opens the analysis of the day above, which its heading does not say again."""
    is_one = block.kind is BlockKind.HEADING and dates.heads_analysis(block.text)
    if is_one and any(opening.heading for opening, _ in groups):
        return Opening(block, None, None, None, True, UpdateKind.ANALYSIS)
    return None


def _run_in(reading: Reading) -> dict[int, Opening]:
    """The paragraphs of a timeline, by index of block: most of a text's begin with a date, or with an hour.

    A few alone, or those of a text whose dates stand on lines of their own, are prose.
    """
    prose = [
        (index, block)
        for index, block in enumerate(reading.blocks)
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    ]
    has_days = any(block.kind is BlockKind.HEADING and dates.heading(block.text) for block in reading.blocks)
    found: dict[int, Opening] = {}
    for index, block in prose:
        text = BULLET.sub("", block.text[: dates.HEADING_CHARS])
        heading = None if has_days else dates.run_in(text)
        time = heading.time if heading else dates.run_in_hour(text)
        if heading or time:
            found[index] = Opening(block, heading, time, None, False)
    is_timeline = len(found) >= _FEWEST_ENTRIES and len(found) * 2 >= len(prose)
    return found if is_timeline and not _goes_on(reading, prose[-1][0], max(found)) else {}


def _goes_on(reading: Reading, end: int, last: int) -> bool:
    """Whether a heading stands between the last entry and the text's end: the entries are a part of an article."""
    heads = (index for index in range(last + 1, end) if reading.blocks[index].kind is BlockKind.HEADING)
    return any(not dates.heading(reading.blocks[index].text) for index in heads)


def _is_title(groups: Sequence[Group], reading: Reading) -> bool:
    """Whether the first day is that of the text's title, and every entry below says it again with its hour."""
    if len(groups) < _FEWEST_ENTRIES or not groups[0][0].heading or groups[0][0].block is not reading.blocks[0]:
        return False
    title, *entries = (opening.heading for opening, _ in groups if opening.heading)
    return (
        not title.time
        and bool(entries)
        and all(each.time and (each.month, each.day) == (title.month, title.day) for each in entries)
    )


def _dateline(groups: Sequence[Group], lead: Sequence[Block], reading: Reading) -> date | None:
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
        # A copied page may say twice when it was posted: over its title and below.
        is_twice = heading.time is not None and heading == others[0][0].heading and not are_said([below])
        is_one = is_twice or dates_all(heading, below)
    else:  # hours: what stands above the first of them is no entry
        days = [each.heading for each, _ in others if each.heading]
        is_one = bool(lead) and all((each.month, each.day) == (heading.month, heading.day) for each in days)
    return day if is_one else None
