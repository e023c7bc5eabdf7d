"""The patterns of dates, made of the words in dates.toml."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from citecheck.patterns import regex
from citecheck.tables import table

_DIGITS = regex(r"\d+")
_WORD = regex(r"[^\W_]+")
_ALIKE = str.maketrans("ıİſ", "iis")
SHORT_DAY = 4
"""A weekday of so few letters counts beside a date only: "sun", "sat" and "wed" are words."""
_CENTURY_FROM = 70
"""Two digits from here on are a year of the last century."""


class Words:
    """Words, and patterns that are made when they are asked for; a pattern's groups are read by `parts`."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.months: dict[str, int] = _numbered(tables["months"], 1)
        self.weekdays: dict[str, int] = _numbered(tables["weekdays"], 0)
        self.analysis: tuple[str, ...] = tuple(tables["titles"]["analysis"])
        long = [name for name in self.weekdays if len(name) > SHORT_DAY]
        self._long_weekdays = _any_of(long)
        self.joined_weekdays = tuple(name for name in long if not name.isalpha())
        """Those of its names that are more than one word."""
        self._said = {name: "|".join(map(re.escape, each)) for name, each in tables["round"].items()}
        self._day = _day(_any_of(self.months), self._said)
        self._before = frozenset(tables["round"]["before"])
        names = (*self.months, *self.weekdays, *tables["round"]["day"])
        self._openings = frozenset(_WORD.findall(name)[0] for name in names)

    def may_open(self, text: str) -> bool:
        """Whether `text` begins with a number, a month or the like, as whatever matches `heading` and `run_in` does."""
        opening = (spelt(match[0]) for match in _WORD.finditer(text))
        first = next((word for word in opening if word not in self._before), "")
        return first[:1].isdigit() or first in self._openings

    @cached_property
    def heading(self) -> re.Pattern[str]:
        """A whole line: a date, a title after it or none."""
        title = r"(?:(?::|\||[–—]|\s-)(?P<title>.*?))?"
        counted = rf"(?:[.,]\s+(?:{self._said['day']})\s\d{{1,4}})?"  # "8 September, day 197"
        return re.compile(rf"{self._dated}{counted}[*_\]]*\s*{title}[*_=~\s–—-]*", re.IGNORECASE | re.DOTALL)

    @cached_property
    def run_in(self) -> re.Pattern[str]:
        """The beginning of a paragraph: a date that is set off from its text."""
        return re.compile(rf"{self._dated}[*_\]]*\s*(?::|\||[–—•·]|\s-|\.\s?[-–—]?)[*_]*\s+(?=\S)", re.IGNORECASE)

    @cached_property
    def before_hour(self) -> re.Pattern[str]:
        """What may stand before a time of day: "ore 14.30"."""
        return re.compile(rf"(?:{self._said['hour_before']})\.?\s+(?=\d)", re.IGNORECASE)

    @cached_property
    def today(self) -> re.Pattern[str]:
        """What may stand before the hour of the day on which it was written: "Today, 2:14 pm"."""
        return re.compile(
            rf"(?:{self._said['today']})(?:,|\s+at|\s+um|\s+kl\.?|\s+alle|\s+às|\s+à)?\s+(?=\d)", re.IGNORECASE
        )

    @cached_property
    def a_day(self) -> re.Pattern[str]:
        """The same before a date, which may be of the day before: "Yesterday, 4 October 2023"."""
        return re.compile(rf"(?:{self._said['today']}|{self._said['yesterday']}),?\s+(?=\w)", re.IGNORECASE)

    @cached_property
    def day(self) -> re.Pattern[str]:
        """A date within a text."""
        return re.compile(rf"(?<![\w/.-]){self._day}", re.IGNORECASE)

    @cached_property
    def weekday(self) -> re.Pattern[str]:
        """In a text in lower case, where it is found ten times as fast as in any case."""
        return re.compile(rf"\b(?:{self._long_weekdays})\b")

    @property
    def _dated(self) -> str:
        said, weekday = self._said, _any_of(self.weekdays)
        hour = (
            r"(?P<hour{0}>[0-2]?\d)(?:[:.h](?P<minute{0}>[0-5]\d)|(?=\s?(?:[ap]\.?m\b|Uhr|h\b)))(?:\s?(?P<half{0}>[ap])\.?m\b\.?)?"
            r"(?:\s?(?:Uhr|hrs|hours|h|ч)\b\.?)?(?:\s?\(?(?:(?-i:[A-Z]{{1,4}}T|GMT|UTC|MSK|MEZ|MESZ)|local(?:\stime)?)(?:\s?[+-]\d+)?\)?)?"
        )
        # Beside its weekday a date may be as short as a number: "Mo 3.11", "Mon 11/3".
        short = r"(?:(?P<day6>[0-3]?\d)\.(?P<month6>0?[1-9]|1[0-2])|(?P<one6>[0-3]?\d)/(?P<two6>[0-3]?\d))(?![\d./])"
        return (
            rf"(?:\#{{1,6}}\s+)?[*_=~\[●▪■◆►▶📅🗓\s–—-]*"
            rf"(?:(?:{said['day']})\s\d{{1,4}}\s*(?:[:,.|(–—-]\s*))?"
            rf"(?:{hour.format(1)}(?:\s*[,|–—-]\s*|\s))?"
            rf"(?:(?P<weekday>{weekday})\b\.?,?\s+)?(?:(?:{said['before']})\s+)?"
            rf"(?:{self._day}|(?(weekday){short}|(?!)))"
            rf"(?:,?\s+\(?(?P<weekday_after>{weekday})\b\)?)?\)?"
            rf"(?:(?:,|\s?[–—|/]|\s-|,?\s(?:{said['hour_before']})\.?)?\s+{hour.format(2)})?"
        )


class Parts(NamedTuple):
    month: int
    day: int
    year: int | None
    is_month_first: bool | None = None
    """Of "11/6" and "13/6": what the numbers themselves show."""
    is_numeric: bool = False
    """The order of its numbers is a matter of the country."""


@cache
def words() -> Words:
    return Words(table(Path(__file__).with_name("dates.toml")))


def days_in(text: str) -> Iterator[re.Match[str]]:
    """The dates within a text, in order: what `words().day.finditer` finds, which asks at every character.

    A date has digits, and begins with them or with the month before them.
    """
    done = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() >= done:
            match = _with_month(text, done, digits.start()) or words().day.match(text, digits.start())
            if match:
                yield match
                done = match.end()


def _with_month(text: str, first: int, digits: int) -> re.Match[str] | None:
    """The date that begins with the word before the digits; it begins at `first` or behind."""
    place = digits
    while place > first and text[place - 1].isspace():
        place -= 1
    if place == digits:
        return None
    place -= place > first and text[place - 1] == "."
    while place > first and text[place - 1].isalnum():
        place -= 1
    return words().day.match(text, place)


def parts(match: re.Match[str]) -> Parts | None:
    """What a match of a date says; None for a 31st of April."""
    groups = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}
    if "one" in groups:
        return _of_numbers(int(groups["one"]), int(groups["two"]), _year(groups.get("year")))
    month, day, year = groups.get("month"), groups.get("day"), _year(groups.get("year"))
    if month is None or day is None:
        return None
    number = int(month) if month.isdecimal() else words().months.get(spelt(month))
    return Parts(number, int(day), year) if number and is_day(number, int(day), year) else None


def is_day(month: int, day: int, year: int | None) -> bool:
    # 2000 is a leap year: the 29th of February passes when the year is not said.
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def _of_numbers(one: int, two: int, year: int | None) -> Parts | None:
    """ "11/6" as month and day, where both can be months."""
    month_first, day_first = is_day(one, two, year), is_day(two, one, year)
    if month_first and day_first:
        return Parts(one, two, year, None, is_numeric=True)
    if month_first:
        return Parts(one, two, year, True, is_numeric=True)
    return Parts(two, one, year, False, is_numeric=True) if day_first else None


def _year(written: str | None) -> int | None:
    if not written:
        return None
    number = int(written)
    return number if number > 99 else number + (1900 if number >= _CENTURY_FROM else 2000)


def _day(month: str, said: dict[str, str]) -> str:
    year, number = r"(?:19|20)\d\d", r"(?:0?[1-9]|[12]\d|3[01])"
    behind = rf"(?:\s?(?:{said['year_behind']})\b\.?)?"
    return (
        rf"(?:(?P<month1>{month})\b\.?\s+(?P<day1>{number})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year1>{year})\b)?"
        rf"|(?P<day2>{number})(?:st|nd|rd|th|er|e|\.?º|°|\.|-го|-е)?\s+(?:(?:{said['between']})\s+|d['’])?(?P<month2>{month})\b\.?"
        rf"(?:,?\s+(?:(?:{said['year_before']})\s+)?(?P<year2>{year})\b{behind})?"
        rf"|(?P<year3>{year})(?P<joint>[-/.])(?P<month3>0?[1-9]|1[0-2])(?P=joint)(?P<day3>{number})(?!\d)"
        rf"|(?P<year4>{year})\.?,?\s+(?P<month4>{month})\b\.?\s+(?P<day4>{number})(?!\d)\.?"
        rf"|(?P<day5>{number})\.\s?(?P<month5>0?[1-9]|1[0-2])\.(?:\s?(?P<year5>{year}|\d\d)\b{behind})?"
        rf"|(?P<one7>{number})/(?P<two7>{number})/(?P<year7>{year}|\d\d)(?!\d)"
        rf"|(?P<day8>{number})-(?P<month8>0?[1-9]|1[0-2])-(?P<year8>{year})(?!\d)"
        rf"|(?:(?P<year9>{year})[年년]\s?)?(?P<month9>0?[1-9]|1[0-2])[月월]\s?(?P<day9>{number})[日일])"
    )


def _numbered(languages: dict[str, list[str]], first: int) -> dict[str, int]:
    """Numbers by name; of a name that two languages use the first row counts."""
    found: dict[str, int] = {}
    for rows in languages.values():
        for number, names in enumerate(rows, first):
            for name in names.split():
                found.setdefault(name, number)
                found.setdefault(spelt(name), number)
    return found


def spelt(word: str) -> str:
    """A matched word as the tables have it: in any case "ı" and "İ" are an "i" to patterns, and "KASIM" is "kasım"."""
    return word.translate(_ALIKE).lower()


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
