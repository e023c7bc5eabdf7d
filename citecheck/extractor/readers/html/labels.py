"""Lines of a page that only tell when something was written: "Posted at 17:48", "9:04 a.m. ET, March 2, 2022"."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from bs4.element import Tag as Element

from citecheck.extractor import dates
from citecheck.extractor.readers import Stamp
from citecheck.extractor.readers.html.body import name_words
from citecheck.extractor.readers.html.tree import text_of
from citecheck.patterns import regex
from citecheck.tables import table

LABEL_CHARS = 90
"""A line that tells when and by whom an entry was written is shorter."""

_HOUR = regex(
    r"(?<![\d.,:/-])(?P<at>\b[Kk]l\.?\s?)?(?P<hour>[0-2]?\d)(?:\s?(?P<joint>[:.hH])\s?(?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
    r"(?:\s?(?P<half>[apAP])\.?\s?[mM]\b\.?)?(?:\s?(?P<full>h|Uhr|uhr|uur|hs|hrs)\b\.?)?(?:\s\(?(?P<zone>[A-Z]{2,5}(?:[+-]\d+(?::\d\d)?)?)\b\)?)?(?![\d/])"
)
_NUMBERS = regex(
    r"(?<![\d.:/-])(?P<first>\d{1,2})(?P<sign>[./-])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)(?![\d/])"
)
_ISO = regex(r"\s*(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?")
_UNSET_DAYS = (date.min, date(1970, 1, 1), date.max)
"""What programs write for no moment: the first and the last day that they know."""
_EPOCH = regex(r"\s*(1\d{9})(?:\d{3})?\s*")
_WORD = regex(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_SENTENCE_END = regex(r"(?<!, [A-Z][a-z]{2})(?<!, [A-Z][a-z]{3})[.!?…。！？]['\"’”»)]*\Z")
"""Not the stop of "Carson City, Nev.". """
_HALF_A_DAY = 12
_MOST_NAMED = 12
_NAME_WORDS = 3
_MOST_PARTS = 5
_INITIALS = regex(r"\([a-zà-ž]{2,4}(?:[/,]\s?[a-zà-ž]{2,4})*\)")
_SHORT_DAY = regex(r"(\d{1,2})[./](\d{1,2})\.?(?:\s*[|·•–—,-]\s*|\s+)(?=\d{1,2}\s?[:hH]\s?\d\d)")
"""Before an hour: "08/06 – 14h20"."""
_DOTTED = regex(r"([01]?\d|2[0-3])\.([0-5]\d)")
_AGO = regex(r"\b(?:\d+|an?|one)\s?[a-z]+\s+ago\b", re.IGNORECASE)
"""Where "ago" is not short for August."""
_READING = regex(r"\b\d{1,2}[\s-]?(?:min(?:ut\w*)?|мин\w*|dk|dakika)\b\.?", re.IGNORECASE)
"""How long a reader takes, beside a day: "4 min read"."""
_PARTS = regex(r"\s*[|·•]\s*|\s+[–—-]\s+")
"""What stands between when and who."""


class Label(NamedTuple):
    """What such a line tells."""

    stamp: Stamp | None
    """None: only how long ago."""
    is_change: bool = False
    """It is the time of a change, not that of the writing."""


class _Words(NamedTuple):
    words: frozenset[str]
    ago: frozenset[str]
    units: frozenset[str]
    changed: tuple[str, ...]
    written: tuple[str, ...]
    bylines: tuple[str, ...]
    attributes: tuple[str, ...]
    hours: frozenset[str]
    particles: frozenset[str]


@cache
def _lists() -> _Words:
    tables = table(Path(__file__).with_name("labels.toml"))
    return _Words(
        words=frozenset(tables["words"]),
        ago=frozenset(tables["ago"]),
        units=frozenset(tables["units"]),
        changed=tuple(tables["changed"]),
        written=tuple(tables["written"]),
        bylines=tuple(tables["bylines"]),
        attributes=tuple(tables["attributes"]),
        hours=frozenset(tables["hours"]),
        particles=frozenset(tables["particles"]),
    )


@lru_cache(maxsize=4096)
def label(text: str, near: date | None = None) -> Label | None:
    """What a line tells that consists of a day, an hour or how long ago, and of words round them; None for others.

    Of the two days that "06/02/2023" may be, and of the years of a day without one, the one closest to `near` is meant.
    """
    if len(text) > LABEL_CHARS or (not any(map(str.isdigit, text)) and not _is_ago(text)):
        return None
    short = _SHORT_DAY.match(text)
    if short and (timed := label(text[short.end() :])) and timed.stamp and timed.stamp.time:
        return timed._replace(stamp=timed.stamp._replace(day=_nearest(int(short[1]), int(short[2]), near)))
    parts = [each for each in _PARTS.split(text) if each]
    if len(parts) > 1:
        told = [found for each in parts if (found := label(each, near))]
        signed = sum(is_name(each) or is_byline(each) for each in parts)
        if told and len(told) + signed == len(parts):
            stamps = [each.stamp for each in told if each.stamp]
            days, times = (next((s.day for s in stamps if s.day), None), next((s.time for s in stamps if s.time), None))
            return Label(Stamp(days, times) if stamps else None, told[0].is_change)
    ago = _AGO.search(text)
    rest, day = _without_day(_AGO.sub(" ", text), near)
    again, other = _without_day(rest, None)
    rest = again if other else rest
    clock = next((match for match in _HOUR.finditer(rest) if _is_hour(match)), None)
    rest = _HOUR.sub(lambda match: " " if _is_hour(match) else match[0], rest)
    folded = rest.lower()
    if _is_ago(folded) and not (clock and clock["joint"]):  # "Ora 23:10"; but "il y a 3 h"
        return Label(Stamp(day, _time(clock)) if day else None) if _is_small(folded, numbers=True) else None
    if not (day or clock or ago) or not _is_small(_READING.sub(" ", folded) if day else folded, numbers=False):
        return None
    if not (day or clock):
        return Label(None)
    time = _time(clock) if clock else None
    if clock and time is None:
        return None
    return Label(Stamp(day, time), any(each in folded for each in _lists().changed))


def _nearest(first: int, second: int, near: date | None) -> date | None:
    """Of the days that two numbers may be, in either order and in the years about it, the one closest to `near`."""
    if near is None:
        return None
    orders = ((second, first), (first, second))
    days = (dates.day_of(near.year + step, *order) for step in (-1, 0, 1) for order in orders)
    return _closest(days, near)


def _closest(days: Iterable[date | None], near: date) -> date | None:
    return min((each for each in days if each), key=lambda each: abs(each - near), default=None)


def is_name(text: str) -> bool:
    """Whether a line may be somebody's name: few words, each with a capital."""
    words = [each for each in text.split() if each not in _lists().particles]
    return (
        0 < len(words) <= _NAME_WORDS
        and text[:1] != "@"
        and all(each.lstrip("@")[:1].isupper() or each[0] == "@" for each in words)
    )


def is_byline(text: str) -> bool:
    """Whether a line names who wrote: "By Ada Wong", "From the desk's Ben Ruiz", "(mk)"."""
    if len(text) > LABEL_CHARS or _SENTENCE_END.search(text):
        return False
    if _INITIALS.fullmatch(text) or _is_head(text):
        return True
    folded = text.lower()
    opening = next((each for each in _lists().bylines if folded.startswith((f"{each} ", f"{each}: "))), None)
    if opening is None:
        return False
    named = text[len(opening) :].lstrip(" :")
    words = named.partition(",")[0].split()
    return (
        named[:1].isupper()
        and len(named.split()) <= _MOST_NAMED
        and sum(each[:1].isupper() for each in words) * 2 > len(words)
    )


def _is_head(text: str) -> bool:
    """Whether a line tells the day and the hour at which the page was written: "Publié : 24 novembre à 17h40"."""
    folded = text.lower()
    if not any(each in folded for each in _lists().written):
        return False
    rest, _ = _without_day(text, None)
    return rest != text and any(_is_hour(match) for match in _HOUR.finditer(rest))


def has_moment(element: Element) -> bool:
    """Whether an attribute of the element holds the moment at which something was written."""
    if not element.attrs or element.name in ("ins", "del"):
        return False
    return not element.attrs.keys().isdisjoint(_lists().attributes)


def named_hour(element: Element) -> str | None:
    """The hour with a stop in it, "20.12", that an element tells whose class says that it is one."""
    match = _DOTTED.fullmatch(text_of(element)) if len(element.contents) == 1 else None
    if match is None or _lists().hours.isdisjoint(name_words(element)):
        return None
    return f"{int(match[1]):02d}:{match[2]}"


def stamp_of(element: Element, near: date | None = None) -> Stamp | None:
    """When an element tells that something was written: as the reader sees it, else as an attribute has it."""
    seen = label(text_of(element)[: LABEL_CHARS + 1], near) or label(_parted(element), near)
    named = None if seen else named_hour(element)
    shown = seen.stamp if seen else Stamp(None, named) if named else None
    if shown and shown.day and shown.time:
        return shown
    for name in _lists().attributes if element.name not in ("ins", "del") else ():
        value = element.get(name)
        if isinstance(value, str) and (found := _of_attribute(value)):
            return Stamp(local_day(found, shown.time), shown.time) if shown and shown.time else found
    # "3 hours ago" tells the moment when one points at it, and "19:05" its day.
    pointed = label(str(element.get("title") or ""), near) if seen else None
    if pointed is None or pointed.stamp is None:
        return shown
    return Stamp(pointed.stamp.day, shown.time) if shown and shown.time else pointed.stamp


def _parted(element: Element) -> str:
    """The words of an element whose parts are set apart by their looks: "6:20 p.m. ET" and below it "Oct. 30, 2023"."""
    parts = element.find_all(True, recursive=False, limit=_MOST_PARTS)
    return " ".join(text_of(each) for each in parts)[: LABEL_CHARS + 1] if len(parts) > 1 else ""


def local_day(told: Stamp, shown: str) -> date | None:
    """The day on which a clock showed the time at the moment told, perhaps in another zone."""
    if not told.day or not told.time:
        return told.day
    hours = int(shown[:2]) - int(told.time[:2])
    return told.day + timedelta(days=-1 if hours > _HALF_A_DAY else 1 if hours < -_HALF_A_DAY else 0)


def moment(text: str) -> datetime | None:
    """An ISO time with at least its day, as pages write it; without a zone when it says none."""
    match = _ISO.match(text)
    if not match:
        return None
    try:
        zone = (match[3] or "").replace("Z", "+00:00")
        found = datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00'}{zone}")
    except ValueError:
        return None
    return None if found.date() in _UNSET_DAYS else found


def _of_attribute(value: str) -> Stamp | None:
    epoch = _EPOCH.fullmatch(value)
    when = datetime.fromtimestamp(int(epoch[1]), UTC) if epoch else moment(value)
    if when is None:
        return None
    return Stamp(when.date(), f"{when:%H:%M}" if epoch or ":" in value else None)


def _without_day(text: str, near: date | None) -> tuple[str, date | None]:
    """The text without its first day, and that day."""
    numbers = _NUMBERS.search(text)
    day: date | None = None
    if numbers:
        first, second, year = int(numbers["first"]), int(numbers["second"]), int(numbers["year"])
        year += 2000 if year < 100 else 0
        readings = [each for each in (dates.day_of(year, second, first), dates.day_of(year, first, second)) if each]
        if readings:
            day = _closest(readings, near) if near else readings[0]
            return text[: numbers.start()] + " " + text[numbers.end() :], day
    written = dates.first_day(text)
    if written is None:
        return text, None
    if written.year:
        day = dates.day_of(written.year, written.month, written.day)
    elif near:
        years = (dates.day_of(near.year + step, written.month, written.day) for step in (-1, 0, 1))
        day = _closest(years, near)
    return text[: written.start] + " " + text[written.end :], day


def _is_hour(match: re.Match[str]) -> bool:
    # "14" is a number and "14.45" may be a price; "2 p.m." and "14 Uhr" are times.
    return bool(
        match["at"]
        or match["half"]
        or match["full"]
        or match["joint"] in (":", "h", "H")
        or (match["joint"] and match["zone"])
    )


def _time(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{match['minute'] or '00'}" if hour < 24 else None


def _is_ago(text: str) -> bool:
    words = _WORD.findall(text.lower())
    lists = _lists()
    return any(each in lists.ago for each in words) and all(each in lists.ago | lists.units for each in words)


def _is_small(text: str, *, numbers: bool) -> bool:
    """Whether nothing is left but words of such lines, weekdays and signs."""
    lists = _lists()
    if not numbers and any(map(str.isdigit, text)):
        return False
    return all(
        each in lists.words or each in lists.ago or each in lists.units or dates.is_weekday(each)
        for each in _WORD.findall(text)
    )
