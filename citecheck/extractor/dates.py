"""Dates as texts write them: in headings of their own line, in signatures of posts, in URLs."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple
from unicodedata import category

from citecheck.extractor.datewords import SHORT_DAY, days_in, parts, spelt, words
from citecheck.model import UpdateKind
from citecheck.patterns import regex

HEADING_CHARS = 120
"""A longer line is prose."""
_TITLE_WORDS = 14
_HOUR_TITLE_WORDS = 20
"""The title behind an hour is the whole headline of its entry."""

_TWITTER_EPOCH_MS = 1288834974657
"""The first millisecond of snowflake ids (twitter-archive/snowflake, IdWorker.scala)."""

_URL_DAY = regex(
    r"[/=_-]((?:19|20)\d\d)([/-]?)(0?[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01]|[1-9](?=[/-]))(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)"
)
_URL_NAMED_DAY = regex(
    r"/(?P<year1>(?:19|20)\d\d)/(?P<month1>[a-z]{3})/(?P<day1>[0-3]?\d)/"
    r"|[/_-](?P<day2>[0-3]?\d)-(?P<month2>[a-z]{3,9})-(?P<year2>20\d\d)(?!\d)"
    r"|[/_-](?P<month3>[a-z]{3,9})-(?P<day3>[0-3]?\d)-(?P<year3>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_URL_MONTH = regex(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/")
_STATUS = regex(r"//(?:[\w-]+\.)?(?:twitter|x)\.com/\w{1,30}/status(?:es)?/(\d{15,19})(?!\d)", re.IGNORECASE)
_CLOCK = (
    r"(?P<hour>[0-2]?\d)(?:(?:(?P<joint>[:.h])|(?=[0-5]\d\s?(?-i:GMT|UTC|MSK|[A-Z]{1,4}T)\b))(?P<minute>[0-5]\d)|(?P<full>h))?\s*(?:(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s?\(?(?P<zone>Uhr|(?-i:[A-Z]{1,4}T|GMT|UTC|MSK|MEZ|MESZ))\)?(?:\s?[+-]\d+)?)?"
)
_HOUR = regex(
    rf"(?:update(?:\s#?\d\d?)?,?:?\s+)?(?P<at>(?:alle )?ore\s|kl\.?\s?)?"
    rf"{_CLOCK}(?:\s*(?::|\s[-–—|]|\||—|\s\+{{2,3}})(?P<title>\s.*)?)?",
    re.IGNORECASE,
)
_DOTTED = regex(r"([01]?\d|2[0-3])\.([0-5]\d)")
_HOUR_AHEAD = regex(
    r"[*_\[]*(?P<hour>[0-2]?\d)[:.h](?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?(?:Uhr|hrs?|h)\b)?"
    r"(?:\s?(?:[A-Z]{1,4}T|GMT|UTC|MSK))?[*_\]]*(?:\s?:|\s*[–—|•·]|\s-|(?<=[:h]\d\d)\.|(?<=h)\.|(?<=\]))[*_]*\s+(?=\S)",
)
_SENTENCE = regex(r"[a-zà-ÿа-я)]{3}[.!?]\s+[(\w]|://")
"""A stop within a title, or a URL: it is a text."""
_MARKS = regex(r"(?:\[[\w, ]{1,12}\]|[⁰¹²³⁴-⁹]+)+\Z")
"""The numbers of notes behind a stop."""
_NOTED = regex(r"[.!?…][\"'”’»)]*\s*(?:\[[\w, ]{1,12}\]|[⁰¹²³⁴-⁹]+)+\s*\Z")
"""A stop with a note: it is a text that ends so."""
_DIGIT = regex(r"\d")
_DRAWN = "*#[]_ +►▶➤»›•●◆▪=~"
"""What newsrooms draw round the headings of a ticker: "+++ 14.45 Uhr: Title +++". """
_PICTURES = frozenset({"So", "Sk", "Mn", "Cf"})
_HOUR_BEFORE = regex(
    r"([0-2]?\d[:.h][0-5]\d(?:\s?[apAP]\.?[mM]\b\.?)?(?:\s?(?:Uhr|[A-Z]{1,4}T|GMT|UTC))?)\s+(?=[^\W\d_a-z]|[\"“„«'‘])"
)
_HOUR_BEHIND = regex(r"[(\[]([^()\[\]]{4,16}?)(?:\s(?:h|hs|hrs)\.?)?[)\]]\s*\Z")
_BRACKET_CHARS = 20
_WORD = regex(r"\w+")
_MAY_SAY_YEAR = regex(r"[12][09]\d\d|\d\.\s?\d\d?\.\s?\d\d|\d/\d\d?/\d\d")
"""Looked for before whole dates are: a hundred times as fast, and most paragraphs say no year."""
_YEAR = regex(r"(?<![\d.,/-])((?:19|20)\d\d)(?![\d/-]|[.,]\d)")

_TITLE_YEAR = regex(r"(?<![\d.])((?:19|20)\d\d)(?!\d|[.,]\d)")


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
    is_numeric: bool = False
    """As in "11/6/25", which is read month first."""
    is_month_first: bool | None = None
    """Of such a date: what its own numbers show."""


class Written(NamedTuple):
    """A day within a line, as it is written there: `text[start:end]`."""

    start: int
    end: int
    month: int
    day: int
    year: int | None


class Signature(NamedTuple):
    """The last line of a post set into a text: who, and the post's own date."""

    name: str
    handle: str
    day: date | None


def heading(line: str) -> Heading | None:
    """The date that a line consists of, with a short title after it or none; None for prose and anything else.

    "Nov. 16: what you need to know", "Monday, 16 November 2020", "2020-11-16", "Nov 10: Analysis".
    """
    if len(line) > HEADING_CHARS:
        return None
    if line[:1].isalpha() and _DIGIT.search(line):
        line = _without(words().a_day, line)
    match = words().heading.fullmatch(line.strip()) if _may_open(line) else None
    if not match:
        return None
    title = _MARKS.sub("", (match["title"] or "").strip(" *_")).rstrip()
    if title.endswith((".", "!", ";", ",")) or _SENTENCE.search(title) or len(title.split()) > _TITLE_WORDS:
        return None
    return _heading(match, title)


def _without(opening: re.Pattern[str], line: str) -> str:
    """The line without the "Today," that it begins with."""
    match = opening.match(line)
    return line[match.end() :] if match else line


def heads_analysis(line: str) -> bool:
    """Whether the line does no more than announce the analysis of the day above it: "Analysis", "## Analyse: Title"."""
    said, _, title = line.strip().strip(_DRAWN).partition(":")
    return said.lower() in words().analysis and len(title.split()) <= _TITLE_WORDS and not title.endswith(".")


def run_in(text: str) -> Heading | None:
    """The date that a paragraph begins with, set off from its words: "Nov. 16 — The town fell." """
    text = text[:HEADING_CHARS]
    match = words().run_in.match(text) if _may_open(text) else None
    return _heading(match, "") if match else None


def run_in_hour(text: str) -> str | None:
    """The time of day that a paragraph begins with, set off from its words: "14:45 – The town fell." """
    text = text[:HEADING_CHARS]
    if not _DIGIT.search(text):
        return None
    before = words().before_hour.match(text)
    match = _HOUR_AHEAD.match(text, before.end() if before else 0)
    return _time(match.groupdict()) if match else hour_before(text)


def _may_open(text: str) -> bool:
    return _DIGIT.search(text) is not None and words().may_open(text)


def _heading(match: re.Match[str], title: str) -> Heading | None:
    found = parts(match)
    if found is None:
        return None
    weekday = match["weekday"] or match["weekday_after"]
    groups = match.groupdict()
    number = "1" if groups["hour1"] else "2"
    return Heading(
        month=found.month,
        day=found.day,
        year=found.year,
        weekday=words().weekdays[spelt(weekday)] if weekday else None,
        time=_time({name: groups[f"{name}{number}"] for name in ("hour", "minute", "half")}),
        kind=UpdateKind.ANALYSIS if title.lower().startswith(words().analysis) else UpdateKind.UPDATE,
        is_numeric=found.is_numeric,
        is_month_first=found.is_month_first,
    )


def hour(line: str) -> str | None:
    """The time of day, as HH:MM, that a line consists of: "2:45 p.m.", "14.45 Uhr: Title", "14h45 – Title", "14:45"."""
    may_tell = len(line) <= HEADING_CHARS and _DIGIT.search(line)
    match = _HOUR.fullmatch(undrawn(line)) if may_tell else None
    # "14" is a number and "14.45" may be one; "2 p.m." and "14 Uhr" are times.
    if not match or not (
        match["at"] or match["half"] or match["zone"] or match["joint"] in (":", "h") or match["full"]
    ):
        return None
    title = (match["title"] or "").strip()
    if (
        title.endswith((".", ";", ","))
        or _NOTED.search(line)
        or _SENTENCE.search(title)
        or len(title.split()) > _HOUR_TITLE_WORDS
    ):
        return None
    return _time(match.groupdict())


def undrawn(line: str) -> str:
    """The line without what is drawn round it: signs, and pictures such as 🔴."""
    line = line.strip().strip(_DRAWN)
    while line and not line[0].isascii() and category(line[0]) in _PICTURES:
        line = line[1:].strip(_DRAWN)
    while line and not line[-1].isascii() and category(line[-1]) in _PICTURES:
        line = line[:-1].strip(_DRAWN)
    return line


def hour_alone(line: str) -> str | None:
    """The same of a line by itself, which may say "Today, 2:14 pm", or "14.32" where that is no other number."""
    match = _DOTTED.fullmatch(line.strip())
    if match:
        return f"{int(match[1]):02d}:{match[2]}"
    said = _without(words().today, line) if line[:1].isalpha() and len(line) <= HEADING_CHARS else line
    return hour(said)


def is_dotted(line: str) -> bool:
    """Whether a line is a number that may tell an hour, or something else: "14.32"."""
    return _DOTTED.fullmatch(line.strip()) is not None


def hour_before(title: str) -> str | None:
    """The time of day that a heading begins with: "14:22 Lead grows in the north", "+++ 14:22 Lead grows +++"."""
    match = _HOUR_BEFORE.match(undrawn(title[:HEADING_CHARS]))
    return hour(match[1]) if match else None


def hour_behind(title: str) -> str | None:
    """The time of day in brackets with which a heading ends: "Lead grows in the north (14:22 h)"."""
    match = _HOUR_BEHIND.search(title[-_BRACKET_CHARS:])
    return hour(match[1]) if match else None


def signature(line: str) -> Signature | None:
    """Who signs a post: "— Name (@handle) November 16, 2020" on a line of its own."""
    match = _SIGNATURE.fullmatch(line.strip()[:300])
    if not match:
        return None
    return Signature(match["name"].strip(), match["handle"], full_date(match["rest"]))


_SIGNATURE = regex(r"(?:—|–|--?|&mdash;)\s*(?P<name>[^@()]{1,100})\(@(?P<handle>[\w.-]{1,60})\)(?P<rest>.{0,80})")


def first_day(text: str) -> Written | None:
    """The first day that a text names, with or without its year."""
    for match in days_in(text):
        found = parts(match)
        if found:
            return Written(*match.span(), found.month, found.day, found.year)
    return None


def is_weekday(word: str) -> bool:
    """Whether the word, in lower case, is a weekday or short for one."""
    return word in words().weekdays


def full_date(text: str) -> date | None:
    """The first date in the text that says its year."""
    return next(full_dates(text), None)


def full_dates(text: str) -> Iterator[date]:
    """The dates in the text that say their year; not those whose numbers may be read in two orders."""
    if not _MAY_SAY_YEAR.search(text):
        return
    for match in days_in(text):
        found = parts(match)
        if found and found.year and not (found.is_numeric and found.is_month_first is None):
            yield date(found.year, found.month, found.day)


def of_url(url: str) -> date | None:
    """The day in a URL's path ("/2020/11/15/", "/20201114-", "/2020/nov/15/") or in a post's snowflake id."""
    status = _STATUS.search(url)
    if status:
        return datetime.fromtimestamp(((int(status[1]) >> 22) + _TWITTER_EPOCH_MS) / 1000, UTC).date()
    match = _URL_DAY.search(url)
    if match:
        return day_of(int(match[1]), int(match[3]), int(match[4]))
    for named in _URL_NAMED_DAY.finditer(url):
        found = parts(named)
        if found and found.year:
            return date(found.year, found.month, found.day)
    return None


def month_of_url(url: str) -> date | None:
    """The middle of the month in a URL's path: "/2020/11/"."""
    match = _URL_MONTH.search(url)
    return date(int(match[1]), int(match[2]), 15) if match else None


def years_in(text: str) -> list[int]:
    """The years that a running text names."""
    return [int(match[1]) for match in _YEAR.finditer(text)]


def years_of_title(title: str) -> list[int]:
    """The years that a title names, also as the number of an issue: "41/2025"."""
    return [int(year) for year in _TITLE_YEAR.findall(title)]


def weekdays_in(text: str) -> list[int]:
    """The weekdays that a running text names, in order; Monday is 0."""
    low, days = text.lower(), words().weekdays
    if any(each in low for each in words().joined_weekdays):  # "segunda-feira"
        return [days[match[0]] for match in words().weekday.finditer(low)]
    return [days[each] for each in _WORD.findall(low) if len(each) > SHORT_DAY and each in days]


def _time(groups: Mapping[str, str | None]) -> str | None:
    if not groups["hour"]:
        return None
    hour, half = int(groups["hour"]), (groups["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{groups['minute'] or '00'}" if hour < 24 else None


def day_of(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
