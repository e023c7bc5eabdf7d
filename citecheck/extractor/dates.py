"""Dates as texts write them: in headings of their own line, in signatures of posts, in URLs."""

import re
import tomllib
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from citecheck.model import UpdateKind

HEADING_CHARS = 120
"""A longer line is prose."""
_TITLE_WORDS = 14

_TWITTER_EPOCH_MS = 1288834974657
"""The first millisecond of snowflake ids (twitter-archive/snowflake, IdWorker.scala)."""

_URL_DAY = re.compile(r"[/=_-]((?:19|20)\d\d)([/-]?)(0?[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]|[1-9](?=[/-]))(?!\d)")
_URL_NAMED_DAY = re.compile(r"/((?:19|20)\d\d)/([a-z]{3})/([0-3]?\d)/", re.IGNORECASE)
_STATUS = re.compile(r"//(?:[\w-]+\.)?(?:twitter|x)\.com/\w{1,30}/status(?:es)?/(\d{15,19})(?!\d)", re.IGNORECASE)
_HOUR = re.compile(
    r"(?P<hour>[0-2]?\d)(?:(?P<joint>[:.h])(?P<minute>[0-5]\d)|(?P<full>h))?\s*(?:(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s?(?P<zone>Uhr|[A-Z]{1,4}T|GMT|UTC|BST|MSK))?(?:\s*(?::|\s[-–—|]|\|)(?P<title>\s.*)?)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,/-])((?:19|20)\d\d)(?![\d/-]|[.,]\d)")


class Heading(NamedTuple):
    """A line that opens a dated section. `year` is None when the line does not say it."""

    month: int
    day: int
    year: int | None
    weekday: int | None
    """Monday is 0."""
    time: str | None
    """HH:MM."""
    kind: UpdateKind


class Signature(NamedTuple):
    """The last line of a post set into a text: who, and the post's own date."""

    name: str
    handle: str
    day: date | None


class _Words(NamedTuple):
    months: dict[str, int]
    weekdays: dict[str, int]
    analysis: tuple[str, ...]
    heading: re.Pattern[str]
    day: re.Pattern[str]
    weekday: re.Pattern[str]


def heading(line: str) -> Heading | None:
    """The date that a line consists of, with a short title after it or none; None for prose and anything else.

    "Nov. 16: what you need to know", "Monday, 16 November 2020", "2020-11-16", "Nov 10: Analysis".
    """
    if len(line) > HEADING_CHARS:
        return None
    words = _words()
    match = words.heading.fullmatch(line.strip())
    if not match:
        return None
    title = (match["title"] or "").strip(" *_")
    if title.endswith((".", "!", ";", ",")) or len(title.split()) > _TITLE_WORDS:
        return None
    found = _parts(match, words)
    if found is None:
        return None
    month, day, year = found
    weekday = match["weekday"] or match["weekday_after"]
    is_analysis = title.lower().startswith(words.analysis)
    return Heading(
        month=month,
        day=day,
        year=year,
        weekday=words.weekdays[weekday.lower()] if weekday else None,
        time=_time(match),
        kind=UpdateKind.ANALYSIS if is_analysis else UpdateKind.UPDATE,
    )


def hour(line: str) -> str | None:
    """The time of day, as HH:MM, that a line consists of: "2:45 p.m.", "14.45 Uhr: Title", "14h45 – Title", "14:45"."""
    match = _HOUR.fullmatch(line.strip().strip("*# ")) if len(line) <= HEADING_CHARS else None
    # "14" is a number and "14.45" may be one; "2 p.m." and "14 Uhr" are times.
    if not match or not (match["half"] or match["zone"] or match["joint"] in (":", "h") or match["full"]):
        return None
    title = (match["title"] or "").strip()
    if title.endswith((".", ";", ",")) or len(title.split()) > _TITLE_WORDS:
        return None
    return _time(match)


def signature(line: str) -> Signature | None:
    """Who signs a post: "— Name (@handle) November 16, 2020" on a line of its own."""
    match = _SIGNATURE.fullmatch(line.strip()[:300])
    if not match:
        return None
    return Signature(match["name"].strip(), match["handle"], full_date(match["rest"]))


_SIGNATURE = re.compile(r"(?:—|–|--?|&mdash;)\s*(?P<name>[^@()]{1,100})\(@(?P<handle>\w{1,30})\)(?P<rest>.{0,80})")


class Written(NamedTuple):
    """A day within a line, as it is written there: `text[start:end]`."""

    start: int
    end: int
    month: int
    day: int
    year: int | None


def first_day(text: str) -> Written | None:
    """The first day that a text names, with or without its year."""
    words = _words()
    for match in words.day.finditer(text):
        found = _parts(match, words)
        if found:
            month, day, year = found
            return Written(*match.span(), month, day, year)
    return None


def is_weekday(word: str) -> bool:
    """Whether the word, in lower case, is a weekday or short for one."""
    return word in _words().weekdays


def full_date(text: str) -> date | None:
    """The first date in the text that says its year."""
    words = _words()
    for match in words.day.finditer(text):
        found = _parts(match, words)
        if found and found[2]:
            return day_of(found[2], found[0], found[1])
    return None


def of_url(url: str) -> date | None:
    """The day in a URL's path ("/2020/11/15/", "/20201114-", "/2020/nov/15/") or in a post's snowflake id."""
    status = _STATUS.search(url)
    if status:
        return datetime.fromtimestamp(((int(status[1]) >> 22) + _TWITTER_EPOCH_MS) / 1000, UTC).date()
    match = _URL_DAY.search(url)
    if match:
        return day_of(int(match[1]), int(match[3]), int(match[4]))
    named = _URL_NAMED_DAY.search(url)
    month = _words().months.get(named[2].lower()) if named else None
    return day_of(int(named[1]), month, int(named[3])) if named and month else None


def years_in(text: str) -> list[int]:
    """The years that a running text names."""
    return [int(match[1]) for match in _YEAR.finditer(text)]


def weekdays_in(text: str) -> list[int]:
    """The weekdays that a running text names, in order; Monday is 0."""
    words = _words()
    return [words.weekdays[match[0].lower()] for match in words.weekday.finditer(text)]


def _parts(match: re.Match[str], words: _Words) -> tuple[int, int, int | None] | None:
    """Month, day and year of a match of the date pattern; None for a 31st of April."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    month, day, year = (_first(groups, part) for part in ("month", "day", "year"))
    if month is None or day is None:
        return None
    number = words.months.get(month.lower()) or int(month)
    # 2000 is a leap year: the 29th of February passes when the year is not said.
    if day_of(int(year or 2000), number, int(day)) is None:
        return None
    return number, int(day), int(year) if year else None


def _first(groups: dict[str, str], part: str) -> str | None:
    return next((value for name, value in groups.items() if name.rstrip("1234") == part), None)


def _time(match: re.Match[str]) -> str | None:
    if not match["hour"]:
        return None
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{match['minute'] or '00'}" if hour < 24 else None


def day_of(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _words() -> _Words:
    tables = tomllib.loads(files(__package__).joinpath("dates.toml").read_text(encoding="utf-8"))
    months, weekdays = _numbered(tables["months"], 1), _numbered(tables["weekdays"], 0)
    month, weekday = _any_of(months), _any_of(weekdays)
    year = r"(?:19|20)\d\d"
    day = (
        rf"(?:(?P<month1>{month})\.?\s+(?P<day1>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year1>{year}))?"
        rf"|(?P<day2>[0-3]?\d)(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?(?P<month2>{month})\b\.?"
        rf"(?:,?\s+(?:de\s+)?(?P<year2>{year}))?"
        rf"|(?P<year3>{year})[-/](?P<month3>[01]?\d)[-/](?P<day3>[0-3]?\d)"
        rf"|(?P<day4>[0-3]?\d)\.\s?(?P<month4>[01]?\d)\.\s?(?P<year4>{year}))"
    )
    return _Words(
        months=months,
        weekdays=weekdays,
        analysis=tuple(tables["titles"]["analysis"]),
        heading=re.compile(
            rf"(?:\#{{1,6}}\s+)?\*{{0,2}}(?:(?P<weekday>{weekday})\b\.?,?\s+)?{day}(?:\s+\((?P<weekday_after>{weekday})\))?"
            r"(?:(?:,|\s[-–—]|\s(?:at|um|à))?\s+(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\.?)?)?"
            r"\*{0,2}\s*(?:(?::|\||\s[-–—])(?P<title>.*))?",
            re.IGNORECASE,
        ),
        day=re.compile(rf"(?<!\w){day}", re.IGNORECASE),
        # Full names only: "sun", "sat" and "wed" are words.
        weekday=re.compile(rf"\b(?:{_any_of({name: 0 for name in weekdays if len(name) > 4})})\b", re.IGNORECASE),
    )


def _numbered(languages: dict[str, list[str]], first: int) -> dict[str, int]:
    return {
        name: number
        for rows in languages.values()
        for number, names in enumerate(rows, first)
        for name in names.split()
    }


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
