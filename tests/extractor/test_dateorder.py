from collections.abc import Sequence
from datetime import date

import pytest

from citecheck.extractor import dates
from citecheck.extractor.dateorder import in_order


def read(lines: Sequence[str], days: Sequence[date] = (), language: str = "en") -> list[tuple[int, int]]:
    """Month and day of each heading."""
    headings = [found for line in lines if (found := dates.heading(line))]
    return [(each.month, each.day) for each in in_order(headings, days, language)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_number_that_is_no_month_shows_the_order_of_all(language: str) -> None:
    assert read(["10/31/25", "11/5/25"], language=language) == [(10, 31), (11, 5)]
    assert read(["31/10/25", "5/11/25"], language=language) == [(10, 31), (11, 5)]


def test_weekdays_show_it() -> None:
    assert read(["Thu 6/11/25"]) == [(11, 6)]
    assert read(["Thu 11/6/25"], language="fr") == [(11, 6)]


def test_days_that_follow_one_another_show_it() -> None:
    assert read(["5/11/25", "4/11/25", "3/11/25"]) == [(11, 5), (11, 4), (11, 3)]
    assert read(["11/5/25", "11/4/25"], language="fr") == [(11, 5), (11, 4)]


def test_other_dates_of_the_text_show_it() -> None:
    assert read(["5/11/25"], [date(2025, 11, 4)]) == [(11, 5)]
    assert read(["11/5/25"], [date(2025, 11, 4)], "fr") == [(11, 5)]


def test_where_nothing_shows_it_the_language_does() -> None:
    assert read(["11/5/25"]) == [(11, 5)]
    assert read(["11/5/25"], language="fr") == [(5, 11)]


def test_dates_in_words_stay_as_they_are() -> None:
    assert read(["Nov. 5, 2025", "2025-11-04"], language="fr") == [(11, 5), (11, 4)]
