"""The year of dates that do not say it, inferred from what else the text shows, with the evidence in words."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

_TRIED_YEARS = 20
_TELLING = 1000
"""So many years of the prose are tried on the weekdays of so many sections: more tell nothing new."""
_NEAR_DAYS = 45
"""A day is evidence for a section's year when it lies this near: a live blog links what is new."""


class Undated(NamedTuple):
    """A section's day, and what its own text says of it."""

    month: int
    day: int
    year: int | None
    weekday: int | None
    """Of the heading, Monday is 0."""
    weekdays: Sequence[int] = ()
    """Named in the section's text."""


class Days(NamedTuple):
    """Dates that state their year, by where the text shows them."""

    urls: Sequence[date] = ()
    posts: Sequence[date] = ()
    """Signatures and ids of posts."""
    prose: Sequence[date] = ()
    """Told in the words, as when the text was last brought up to date."""
    years: Sequence[int] = ()
    """Named in the prose."""
    title: Sequence[int] = ()
    """The years that the title names."""
    published: date | None = None
    """The day that the source itself states."""
    modified: date | None = None
    """That of the last change, as the source states it."""


def infer(sections: Sequence[Undated], days: Days) -> tuple[list[date | None], tuple[str, ...]]:
    """Each section's date, None where nothing tells its year, and the evidence in words.

    A section is anchored by a year of its own or by dated links and posts near its day; the others take the year that
    brings them nearest to their neighbour, so that "Jan. 2" above "Dec. 30" falls into the next year. The order of the
    sections is never repaired.
    """
    anchors: dict[int, date] = {}
    evidence: list[str] = []
    stated = [index for index, section in enumerate(sections) if section.year]
    for index in stated:
        section = sections[index]
        anchors[index] = date(section.year or 0, section.month, section.day)
    if len(stated) < len(sections):
        anchors |= _anchored_by_days(sections, days, evidence)
    if not anchors and sections and days.published:
        anchors = _anchored_by_source(sections, days.published, days.modified or days.published, evidence)
    if not anchors and days.prose:
        anchors = _near(sections, days.prose)
        if anchors:
            used = sorted({found.year for found in anchors.values()})
            evidence.append(f"the year {' and '.join(map(str, used))} is that of dates told near them in the text")
    if not anchors and sections:
        anchors = _anchored_by_prose(sections, days.years, evidence)
    if not anchors and sections and len(set(days.title)) == 1 and (named := _on(sections[0], days.title[0])):
        anchors[0] = named
        evidence.append(f"the title names the year {named.year}")
    if not anchors:
        return [None] * len(sections), (("nothing in the text tells the year of its dates",) if sections else ())
    found = _spread(sections, anchors)
    if len(stated) < len(sections):
        evidence += _weekday_check(sections, found)
    return found, tuple(evidence)


def _anchored_by_days(sections: Sequence[Undated], days: Days, evidence: list[str]) -> dict[int, date]:
    """The sections that have dated links or posts near their day, with the year that most of these give."""
    anchors = _near(sections, (*days.urls, *days.posts))
    if anchors:
        used = sorted({found.year for found in anchors.values()})
        shown = " and ".join(map(str, used))
        said = f"the year {shown} is that" if len(used) == 1 else f"the years {shown} are those"
        urls, posts = (sum(day.year in used for day in each) for each in (days.urls, days.posts))
        evidence.append(f"{said} of {_count(urls, 'date')} in URLs and {_count(posts, 'date')} of posts")
    return anchors


def _anchored_by_source(
    sections: Sequence[Undated], published: date, modified: date, evidence: list[str]
) -> dict[int, date]:
    """The first section, in the year nearest to the source's publication, or to its last change if only so the
    weekdays agree: a live blog may run for years.
    """
    found: dict[int, date] = {}
    most = -1
    for day, said in ((published, "when the source was published"), (modified, "when the source was last changed")):
        nearest = _nearest(sections[0], day)
        if nearest is None:
            continue
        agreeing, _ = _weekdays_agreeing(sections, _spread(sections, {0: nearest}))
        if agreeing > most:
            most, found = agreeing, {0: nearest}
            told = f"the year {nearest.year} is the nearest to {day}, {said}"
    if found:
        evidence.append(told)
    return found


def _near(sections: Sequence[Undated], days: Sequence[date]) -> dict[int, date]:
    """The sections that some of the days lie near, with the year that most of these give."""
    counted = Counter(days)
    votes: Counter[tuple[int, int]] = Counter()
    for index, section in enumerate(sections):
        if section.year:
            continue
        for day, count in counted.items():
            nearest = _nearest(section, day)
            if nearest and abs((nearest - day).days) <= _NEAR_DAYS:
                votes[index, nearest.year] += count
    best: dict[int, tuple[int, int]] = {}
    for (index, year), count in votes.items():
        best[index] = max(best.get(index, (0, 0)), (count, year))
    return {
        index: found
        for index, (_, year) in best.items()
        if (found := _on(sections[index], year)) and _is_majority(votes, index)
    }


def _is_majority(votes: Counter[tuple[int, int]], index: int) -> bool:
    counts = sorted((count for (of, _), count in votes.items() if of == index), reverse=True)
    return len(counts) == 1 or counts[0] > counts[1]


def _anchored_by_prose(sections: Sequence[Undated], years: Sequence[int], evidence: list[str]) -> dict[int, date]:
    """The first section, with the year that the prose names most among those that the weekdays bear out."""
    told = sections[:_TELLING]
    for year, count in sorted(Counter(years).items(), key=lambda item: (-item[1], -item[0]))[:_TRIED_YEARS]:
        dated = [_on(section, year) for section in told]
        agreeing, telling = _weekdays_agreeing(told, dated)
        if telling and agreeing * 2 > telling and dated[0]:
            evidence.append(f"the year {year} is named {_count(count, 'time')} in the text")
            return {0: dated[0]}
    return {}


def _spread(sections: Sequence[Undated], anchors: dict[int, date]) -> list[date | None]:
    """Every section's date: from each anchor on, the year nearest to the neighbour's."""
    found: list[date | None] = [anchors.get(index) for index in range(len(sections))]
    first = min(anchors)
    for index in range(first - 1, -1, -1):
        neighbour = found[index + 1]
        found[index] = _nearest(sections[index], neighbour) if neighbour else None
    last = anchors[first]
    for index in range(first + 1, len(sections)):
        last = found[index] = found[index] or _nearest(sections[index], last) or last
    return found


def _weekday_check(sections: Sequence[Undated], found: Sequence[date | None]) -> list[str]:
    agreeing, telling = _weekdays_agreeing(sections, found)
    return [f"the weekdays agree in {agreeing} of {_count(telling, 'section')} that name any"] if telling else []


def _weekdays_agreeing(sections: Sequence[Undated], found: Sequence[date | None]) -> tuple[int, int]:
    """How many sections name their day's or the day before's weekday, of how many that name any."""
    agreeing = telling = 0
    for section, day in zip(sections, found, strict=True):
        if day is None or (section.weekday is None and not section.weekdays):
            continue
        telling += 1
        today = day.weekday()
        if section.weekday is not None:
            agreeing += section.weekday == today
        else:
            agreeing += today in section.weekdays or (today - 1) % 7 in section.weekdays
    return agreeing, telling


def _nearest(section: Undated, day: date) -> date | None:
    """The section's day in the year that brings it nearest to `day`."""
    dated = (_on(section, year) for year in (day.year - 1, day.year, day.year + 1) if date.min.year <= year <= 9999)
    return min((each for each in dated if each), key=lambda each: abs((each - day).days), default=None)


def _on(section: Undated, year: int) -> date | None:
    try:
        return date(year, section.month, section.day)
    except ValueError:
        return None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
