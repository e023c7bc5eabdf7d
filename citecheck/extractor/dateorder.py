"""Whether a text writes "11/6" for the sixth of November or the eleventh of June: asked once, of all its headings."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from citecheck.extractor.dates import Heading

_MONTH_FIRST = ("en",)
"""The languages of which some countries put the month first."""


def in_order(headings: Sequence[Heading], days: Sequence[date], language: str) -> list[Heading]:
    """The headings with their numbers read in the text's own order.

    It shows in a number that is no month, else in the weekdays beside the dates, else in how near they stand to one
    another and to `days`, the dates that the text tells otherwise; where nothing shows it, `language` (ISO 639-1) does.
    """
    open_ = [each for each in headings if each.is_numeric]
    if not open_:
        return list(headings)
    shown = sum((1 if each.is_month_first else -1) for each in open_ if each.is_month_first is not None)
    is_month_first = shown > 0 if shown else _looks_month_first(open_, days, language)
    if is_month_first:
        return list(headings)
    return [each._replace(month=each.day, day=each.month) if _is_open(each) else each for each in headings]


def _is_open(heading: Heading) -> bool:
    return heading.is_numeric and heading.is_month_first is None


def _looks_month_first(headings: Sequence[Heading], days: Sequence[date], language: str) -> bool:
    one = [date(each.year or 2000, each.month, each.day) for each in headings]
    other = [date(each.year or 2000, each.day, each.month) for each in headings]
    agree, agree_other = (
        sum(said.weekday == day.weekday() for said, day in zip(headings, dated, strict=True)) for dated in (one, other)
    )
    if agree != agree_other:
        return agree > agree_other
    width, width_other = (_width(each, days) for each in (one, other))
    if width != width_other:
        return width < width_other
    return language in _MONTH_FIRST


def _width(dated: Sequence[date], days: Sequence[date]) -> int:
    """How far apart the days lie, in days."""
    steps = sum(abs((one - other).days) for one, other in pairwise(dated))
    return steps + sum(min(abs((each - day).days) for day in days) for each in dated if days)
