from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.extractor import dates
from citecheck.extractor.dates import Heading, Signature
from citecheck.extractor.datewords import days_in, words
from citecheck.model import UpdateKind


def update(
    month: int, day: int, year: int | None = None, weekday: int | None = None, time: str | None = None
) -> Heading:
    return Heading(month, day, year, weekday, time, UpdateKind.UPDATE)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Nov. 16: what you need to know today", update(11, 16)),
        ("Nov 4", update(11, 4)),
        (" Nov. 10", update(11, 10)),
        ("Oct 28: Analysis", Heading(10, 28, None, None, None, UpdateKind.ANALYSIS)),
        ("Monday, Nov. 16", update(11, 16, weekday=0)),
        ("16 November 2020", update(11, 16, 2020)),
        ("November 9th, 2020 (Monday)", update(11, 9, 2020, weekday=0)),
        ("2020-11-16", update(11, 16, 2020)),
        ("16.11.2020", update(11, 16, 2020)),
        ("08 Oct 2020, 20:29", update(10, 8, 2020, time="20:29")),
        ("Nov. 16, 2020, 12:05 a.m.", update(11, 16, 2020, time="00:05")),
        ("## Nov. 3", update(11, 3)),
        ("Donnerstag, 18. Juli", update(7, 18, weekday=3)),
        ("1 de mayo de 2020", update(5, 1, 2020)),
        ("16 ноября", update(11, 16)),
        ("Feb. 29", update(2, 29)),
        ("Donnerstag, 19.09.", update(9, 19, weekday=3)),
        ("3.11.25", update(11, 3, 2025)),
        ("Mo 3.11", update(11, 3, weekday=0)),
        ("Mon 11/3", update(11, 3, weekday=0)._replace(is_numeric=True)),
        ("12 апреля 2024 года", update(4, 12, 2024)),
        ("Понедельник, 3 ноября", update(11, 3, weekday=0)),
        ("Segunda-feira, 3 de novembro de 2025", update(11, 3, 2025, weekday=0)),
        ("Lundi 1er décembre", update(12, 1, weekday=0)),
        ("Mercoledì 5 novembre, ore 14.30", update(11, 5, weekday=2, time="14:30")),
        ("3 listopada 2025 r.", update(11, 3, 2025)),
        ("2025. november 3.", update(11, 3, 2025)),
        ("2025年11月3日", update(11, 3, 2025)),
        ("Day 12 (3 November)", update(11, 3)),
        ("День 12. 3 ноября", update(11, 3)),
        ("3 November, day 12", update(11, 3)),
        ("Mon 3 Nov, 2:45 p.m. ET — The vote", update(11, 3, weekday=0, time="14:45")),
        ("14:30 GMT, 3 November 2025", update(11, 3, 2025, time="14:30")),
        ("20:15 9 Mar", update(3, 9, time="20:15")),
        ("Dec. 6, 2022 / 10:31 PM EST", update(12, 6, 2022, time="22:31")),
        ("*** NOV. 3 ***", update(11, 3)),
        ("[3 November]", update(11, 3)),
        ("**The 3 November**", update(11, 3)),
        ("5 Mart SALI", update(3, 5, weekday=1)),
        ("CUMARTESİ, 6 HAZİRAN 2025", update(6, 6, 2025, weekday=5)),
        ("11/6/25", update(11, 6, 2025)._replace(is_numeric=True)),
        ("10/31/2025", update(10, 31, 2025)._replace(is_numeric=True, is_month_first=True)),
        ("31/10/2025", update(10, 31, 2025)._replace(is_numeric=True, is_month_first=False)),
    ],
)
def test_a_date_on_a_line_of_its_own_is_a_heading(line: str, expected: Heading) -> None:
    assert dates.heading(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Nov. 9, the town fell",
        "Nov. 9: The town fell on Monday.",
        "Nov. 31",
        "29 February 2021",
        "Nov. 9, Nov. 10 and Nov. 11",
        "On Nov. 9",
        "Nov. 9 was quiet",
        "Nov. 9 — The town fell. (Delta Wire)",
        "Nov. 9 — The town fell. [2]",
        "Nov. 9 — It fell: https://a.example/1",
        "1/2",
        "1.2. The methods",
        "31/31/25",
        "3.11",
        "May",
        "16",
        "",
        "Nov. 16: " + "a very long title " * 9,
    ],
)
def test_prose_is_no_heading(line: str) -> None:
    assert dates.heading(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2:45 p.m.", "14:45"),
        ("12 a.m.", "00:00"),
        ("9:04 p.m.:", "21:04"),
        ("14.45 Uhr", "14:45"),
        ("14:45", "14:45"),
        ("21:06 (IST)", "21:06"),
        ("**20:29**", "20:29"),
        ("14.45", None),
        ("14", None),
        ("14:", None),
        ("25:10", None),
        ("2:45 p.m. it rained", None),
        ("5 feet", None),
        ("[14:45]", "14:45"),
        ("10:42 ET — The vote", "10:42"),
        ("Update 14:45", "14:45"),
        ("14:45: It rained all day. [2]", None),
    ],
)
def test_an_hour_on_a_line_of_its_own(line: str, expected: str | None) -> None:
    assert dates.hour(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Today, 2:14 pm", "14:14"),
        ("Heute um 14.32 Uhr", "14:32"),
        ("21:06 (IST)", "21:06"),
        ("14.45", "14:45"),
        ("24.45", None),
        ("Today 300 people", None),
        ("Yesterday, 2:14 pm", None),
    ],
)
def test_an_hour_alone_may_be_said_to_be_of_today(line: str, expected: str | None) -> None:
    assert dates.hour_alone(line) == expected


def test_a_date_may_be_said_to_be_today() -> None:
    assert dates.heading("I går, 4. oktober 2023") == dates.heading("4. oktober 2023")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("— Ada Vinter (@ada_v) November 11, 2020", Signature("Ada Vinter", "ada_v", date(2020, 11, 11))),
        ("-- Dr. B (@b) 3 Dec 2019", Signature("Dr. B", "b", date(2019, 12, 3))),
        ("— Ada Vinter (@ada_v)", Signature("Ada Vinter", "ada_v", None)),
        ("— a town on the river", None),
        ("Ada Vinter (@ada_v) November 11, 2020", None),
    ],
)
def test_a_signature_names_who_posted_and_when(line: str, expected: Signature | None) -> None:
    assert dates.signature(line) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2020/11/15/x", date(2020, 11, 15)),
        ("https://a.example/en/20201114-x", date(2020, 11, 14)),
        ("https://a.example/VN-202011140555.html", date(2020, 11, 14)),
        ("https://a.example/VN-202011149955.html", None),
        ("https://a.example/2020/1/5/x", date(2020, 1, 5)),
        ("https://a.example/world/2020/nov/05/x", date(2020, 11, 5)),
        ("https://a.example/x-2-december-2024", date(2024, 12, 2)),
        ("https://a.example/x-december-2-2024-y", date(2024, 12, 2)),
        ("https://a.example/x-2-somebody-2024", None),
        ("https://a.example/2020/13/15/x", None),
        ("https://a.example/2020/abc/15/x", None),
        ("https://a.example/2020/11/", None),
        ("https://a.example/x-12132094", None),
        ("https://twitter.com/somebody/status/1323516518823546880?s=20", date(2020, 11, 3)),
        ("https://a.example/somebody/status/1323516518823546880", None),
    ],
)
def test_the_day_in_a_url(url: str, expected: date | None) -> None:
    assert dates.of_url(url) == expected


def test_the_years_of_a_title() -> None:
    assert dates.years_of_title("Weekly 41/2025: the war of 2020-22, 1.2019 of it") == [2025, 2020]


def test_the_month_in_a_url() -> None:
    assert dates.month_of_url("https://a.example/2025/02/the-dam/") == date(2025, 2, 15)
    assert dates.month_of_url("https://a.example/2025/13/the-dam/") is None


def test_dates_within_a_text_that_say_their_year_and_can_be_read_in_one_way() -> None:
    text = "On 12 October 2025 and 31/10/25, not on 5/6/25, Nov. 3 or 30 February 2025; 2025-11-03."
    assert list(dates.full_dates(text)) == [date(2025, 10, 12), date(2025, 10, 31), date(2025, 11, 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 November 2024 — A cable is cut.", update(11, 17, 2024)),
        ("**Nov. 3:** A cable is cut.", update(11, 3)),
        ("17 de noviembre de 2024.- Cortan un cable.", update(11, 17, 2024)),
        ("March 9, 2020. A cable is cut.", update(3, 9, 2020)),
        ("Nov. 3, a cable was cut.", None),
        ("Nov. 3", None),
    ],
)
def test_a_date_set_off_from_the_words_of_its_paragraph(text: str, expected: Heading | None) -> None:
    assert dates.run_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:45 – A cable is cut.", "14:45"),
        ("2:45 p.m.: It rained.", "14:45"),
        ("2:45 p.m. Rain sets in.", "14:45"),
        ("Ore 14.45 - Piove.", "14:45"),
        ("14:45. It rained.", "14:45"),
        ("21:10 • Het regent.", "21:10"),
        ("21.40h. Llueve.", "21:40"),
        ("[22:14] llueve.", "22:14"),
        ("14.45. It rained.", None),
        ("14:45 it rained", None),
    ],
)
def test_an_hour_set_off_from_the_words_of_its_paragraph(text: str, expected: str | None) -> None:
    assert dates.run_in_hour(text) == expected


def test_years_and_weekdays_in_prose() -> None:
    text = "On Monday, in 2020, 1,950 came; on Friday it was 3.2015. The 1988-94 war; sun and wed are words."
    assert dates.years_in(text) == [2020]
    assert dates.weekdays_in(text) == [0, 4]


def test_every_language_has_twelve_months_and_seven_weekdays() -> None:
    import tomllib
    from importlib.resources import files

    tables = tomllib.loads(files("citecheck.extractor").joinpath("dates.toml").read_text(encoding="utf-8"))
    assert {language: len(rows) for language, rows in tables["months"].items()} == dict.fromkeys(tables["months"], 12)
    assert {language: len(rows) for language, rows in tables["weekdays"].items()} == dict.fromkeys(tables["months"], 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 13.11.25 he left", [date(2025, 11, 13)]),
        ("on 13. 11. 25 he left", [date(2025, 11, 13)]),
        ("by 13/6/98 at last", [date(1998, 6, 13)]),
        ("le 9 novembre 1989", [date(1989, 11, 9)]),
        ("2025年11月3日", [date(2025, 11, 3)]),
        ("on 13.11. and Nov. 3, at 20:29", []),
    ],
)
def test_a_text_with_a_year_in_any_form_is_searched_for_dates(text: str, expected: list[date]) -> None:
    assert list(dates.full_dates(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Monday and on TUESDAY; sun and wed are words", [0, 1]),
        ("am Mittwoch, le jeudi, în VINERI", [2, 3, 4]),
        ("CUMARTESİ günü", [5]),
        ("Mondays and Fridayish", []),
    ],
)
def test_weekdays_are_found_in_any_case(text: str, expected: list[int]) -> None:
    assert dates.weekdays_in(text) == expected


_MONTHS = tuple(form for month in sorted(words().months) for form in (month, month.upper(), month.title()))
_SIGNS = (" ", "  ", ".", ". ", ",", ", ", "/", "-", "年", "月", "日", " de ", "d’", "st", "º", "x", "_", "İ", "\n")
_PIECES = st.one_of(
    st.sampled_from(_MONTHS), st.integers(0, 40).map(str), st.integers(1990, 2030).map(str), st.sampled_from(_SIGNS)
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_the_dates_in_a_text_are_those_that_a_look_at_every_character_finds(text: str) -> None:
    assert [match.span() for match in days_in(text)] == [match.span() for match in words().day.finditer(text)]


@given(
    st.lists(st.one_of(_PIECES, st.sampled_from([*words().weekdays, "The ", "Day 3 ", "**"])), max_size=9).map("".join)
)
def test_what_opens_with_a_date_may(text: str) -> None:
    if words().heading.match(text) or words().run_in.match(text):
        assert words().may_open(text)
