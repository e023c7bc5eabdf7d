"""Lines that tell when something was written, in the words of many newsrooms, and lines that only look like it."""

from datetime import date

import pytest
from bs4.element import Tag as Element

from citecheck.extractor.readers import Stamp
from citecheck.extractor.readers.html.labels import Label, is_byline, label, stamp_of
from citecheck.extractor.readers.html.tree import parse

NEAR = date(2023, 2, 6)


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("Posted at 17:48", None, "17:48"),
        ("2:45 pm", None, "14:45"),
        ("10.42 PM ET", None, "22:42"),
        ("9:04 a.m. ET, March 2, 2022", date(2022, 3, 2), "09:04"),
        ("Stand: 07.03.2024 22:10 Uhr", date(2024, 3, 7), "22:10"),
        ("14.45 Uhr", None, "14:45"),
        ("17h32", None, "17:32"),
        ("Publié le 3 mai 2023 à 9h", date(2023, 5, 3), "09:00"),
        ("06/02/2023, 13:40", NEAR, "13:40"),
        ("02/06/2023 1:40 PM", NEAR, "13:40"),
        ("08.14.23", date(2023, 8, 14), None),
        ("Mon 6 Feb, 08.15 GMT", NEAR, "08:15"),
        ("31 December, 23:50", date(2022, 12, 31), "23:50"),
        ("Aggiornato il 17 maggio 2023 alle 11:08", date(2023, 5, 17), "11:08"),
        ("обновлено 19:12 мск", None, "19:12"),
        ("4 min read · Oct 12, 2022", date(2022, 10, 12), None),
        ("Giriş: 14.05.2023 - 07:50 Güncelleme: 14.05.2023 - 22:47", date(2023, 5, 14), "07:50"),
        ("11:42 British Summer Time", None, "11:42"),
        ("2 hours ago 08.14.23 2:45 pm", date(2023, 8, 14), "14:45"),
    ],
)
def test_a_label_tells_day_and_hour(text: str, day: date | None, time: str | None) -> None:
    told = label(text, NEAR)
    assert told and told.stamp == Stamp(day, time)


@pytest.mark.parametrize("text", ["5m ago", "an hour ago", "vor 3 Minuten", "il y a 2 heures", "hace 5 minutos"])
def test_how_long_ago_is_a_label_without_a_time(text: str) -> None:
    assert label(text) == Label(None)


def test_the_time_of_a_change_is_told_apart() -> None:
    assert label("Updated at 18.50 GMT") == Label(Stamp(None, "18:50"), is_change=True)
    assert label("Posted at 18.50 GMT") == Label(Stamp(None, "18:50"))


@pytest.mark.parametrize(
    "text",
    [
        "14",
        "The bridge was closed at 14:05",
        "2:1",
        "14.45",
        "Room 101",
        "25:10 Uhr",
        "March",
        "",
        "now",
        "3 dead",
        "Drivers wait 45 minutes at the border",
    ],
)
def test_what_says_more_or_less_is_no_label(text: str) -> None:
    told = label(text, NEAR)
    assert told is None or told.stamp is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("By Ada Wong", True),
        ("From Lark's Ben Ruiz and Ada Wong", True),
        ("Von Lea Orr", True),
        ("By Friday the water had gone", False),
        ("By noon", False),
        ("By Ada Wong said.", False),
    ],
)
def test_a_byline_names_who_wrote(text: str, is_one: bool) -> None:
    assert is_byline(text) is is_one


@pytest.mark.parametrize(
    ("markup", "stamp"),
    [
        ('<time datetime="2023-02-06T18:32:10.000Z">18.40 GMT</time>', Stamp(NEAR, "18:40")),
        ('<time datetime="2023-02-06T18:32:10Z">3 min ago</time>', Stamp(NEAR, "18:32")),
        ('<time datetime="2023-02-06">Monday</time>', Stamp(NEAR, None)),
        ('<i data-timestamp="1675708330"></i>', Stamp(NEAR, "18:32")),
        ('<i data-timestamp="1675708330000"></i>', Stamp(NEAR, "18:32")),
        ("<b>Words</b>", None),
    ],
)
def test_an_element_tells_what_is_seen_and_else_what_its_attributes_have(markup: str, stamp: Stamp | None) -> None:
    element = next(each for each in parse(markup).contents if isinstance(each, Element))
    assert stamp_of(element, NEAR) == stamp
