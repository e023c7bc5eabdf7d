"""The pictures: whole ones, with the words that say the same, and the dates that URLs tell."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from citecheck.model import Audit
from citecheck.reporter.pages.shown import WORST_FIRST
from citecheck.reporter.pictures import pictures, url_date
from tests.bench.bench_report import audit_of


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2024/03/09/x", date(2024, 3, 9)),
        ("https://a.example/en/20201114-x", date(2020, 11, 14)),
        ("https://a.example/world/2024/mar/09/y", date(2024, 3, 9)),
        ("https://a.example/2020/11/x", date(2020, 11, 1)),
        ("https://a.example/2020-1-2-x", date(2020, 1, 2)),
        ("https://a.example/id/202011141", None),
        ("https://a.example/2020/13/01", None),
        ("https://a.example/2023/02/31/x", None),
        ("https://a.example/2024/xyz/09/", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_the_day_that_a_url_tells(url: str, day: date | None) -> None:
    assert url_date(url) == day


def test_each_picture_is_well_formed_and_says_in_words_what_it_shows(audit: Audit) -> None:
    made = pictures(audit, WORST_FIRST)
    assert [each.title for each in made] == [
        "Links by status",
        "Outlets by share of the sentences",
        "Days with their sources",
    ]
    for each in made:
        root = ElementTree.fromstring(each.svg)
        assert root.get("role") == "img" and root.get("aria-label") == each.words
        assert {len(row) for row in each.rows} == {len(each.head)}
    assert made[0].words == (
        "Of 11 links 2 dead, 1 invalid, 1 failing, 1 moved, 1 blocked, 1 unchecked, 1 skipped and 3 alive."
    )
    assert made[1].words == "Coast Wire carries 2 sentences of 9, 22 %; no outlet more."
    assert made[2].rows[0] == ("May 2, 2031", "1", "0", "1", "Coast Wire")


def test_the_bars_are_as_long_as_the_numbers(audit: Audit) -> None:
    widths = re.findall(r'class="fill-(\w+)"[^>]* width="([\d.]+)"', pictures(audit, WORST_FIRST)[0].svg)
    lengths = {status: float(width) for status, width in widths}
    assert lengths["dead"] == pytest.approx(2 * lengths["failing"], abs=0.2)
    assert lengths["alive"] == pytest.approx(3 * lengths["failing"], abs=0.2)


def test_ages_stand_against_statuses() -> None:
    aged = pictures(audit_of(4, 20), WORST_FIRST)[-1]
    assert aged.title == "Age of the cited pages against their status"
    assert [row[0] for row in aged.rows] == ["dead", "failing", "moved", "blocked", "alive"]
    assert aged.words == (
        "32 of 80 URLs tell the day of the page, the oldest May 1, 2031. "
        "The newest was 0 days old when the links were checked. "
        "Of the dead the oldest is of May 5, 2031, the newest of May 8, 2031."
    )


def test_of_a_long_time_columns_stand_for_several_days(audit: Audit) -> None:
    (document,) = audit.documents
    days = tuple(replace(day, date=date(2021 + number, 5, 6)) for number, day in enumerate(audit.sourcing) if day.date)
    timeline = pictures(replace(audit, sourcing=days, documents=(document,)), WORST_FIRST)[2]
    assert "days to a column" in timeline.words


def test_without_links_or_days_there_is_no_picture(audit: Audit) -> None:
    assert pictures(replace(audit, visits=(), sourcing=()), WORST_FIRST) == ()
