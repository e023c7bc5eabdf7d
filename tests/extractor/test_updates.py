from datetime import date

import pytest

from citecheck.extractor import updates
from citecheck.extractor.headings import headed
from citecheck.extractor.readers import markdown, text
from citecheck.model import BlockKind, UpdateKind

LEAD, UPDATE, ANALYSIS = UpdateKind.LEAD, UpdateKind.UPDATE, UpdateKind.ANALYSIS


def outline(source: str) -> list[tuple[UpdateKind, date | None, str | None, int, int]]:
    """Kind, day, heading, line and number of blocks of each section."""
    found, _ = updates.sections(text.read(source.encode()))
    return [
        (each.kind, each.day, each.heading.text if each.heading else None, each.line, len(each.blocks))
        for each in found
    ]


def test_sections_keep_the_order_of_the_source_and_what_is_above_them_is_the_lead() -> None:
    source = (
        "The river\n\nIt rose.\n\nNov. 6, 2020\n\nOne.\n\nTwo.\n\nNov. 6: Analysis\n\nThree.\n\n"
        "Oct. 28\n\nFour.\n\nNov 5\n\nNov. 4\n\nFive.\n"
    )
    assert outline(source) == [
        (LEAD, None, None, 3, 1),
        (UPDATE, date(2020, 11, 6), "Nov. 6, 2020", 5, 2),
        (ANALYSIS, date(2020, 11, 6), "Nov. 6: Analysis", 11, 1),
        (UPDATE, date(2020, 10, 28), "Oct. 28", 15, 1),
        (UPDATE, date(2020, 11, 5), "Nov 5", 19, 0),
        (UPDATE, date(2020, 11, 4), "Nov. 4", 21, 1),
    ]


def test_a_text_without_dated_sections_is_one_article() -> None:
    assert outline("The river\n\nIt rose on\nNov. 6, they say.\n") == [(UpdateKind.ARTICLE, None, None, 3, 1)]
    assert outline("") == []


def test_a_posts_date_opens_no_section_and_tells_the_year() -> None:
    source = "Nov. 6\n\nShe wrote.\n Water!\n\n— Ada (@ada_v) November 5, 2019\n\nIt rained.\n"
    found, evidence = updates.sections(text.read(source.encode()))
    assert [(each.day, len(each.blocks)) for each in found] == [(date(2019, 11, 6), 3)]
    assert evidence == ("the year 2019 is that of 0 dates in URLs and 1 date of posts",)


def test_a_section_knows_the_pages_of_its_text() -> None:
    found, _ = updates.sections(text.read(b"Nov. 6, 2020\n\nOne.\n\n\fTwo.\n\nNov. 5\n\n\fThree.\n"))
    assert [each.pages for each in found] == [(1, 2), (3,)]


def test_the_time_of_a_heading_is_kept() -> None:
    found, _ = updates.sections(text.read(b"Nov. 6, 2020, 2:45 p.m.\n\nOne.\n"))
    assert [(each.day, each.time) for each in found] == [(date(2020, 11, 6), "14:45")]


def test_hours_open_sections_of_the_day_above_them() -> None:
    source = "It rose.\n\n3 p.m.\n\nOne.\n\nNov. 6, 2020\n\n2:45 p.m.\n\nTwo.\n\n11.05 Uhr:\n\nThree.\n"
    found, _ = updates.sections(text.read(source.encode()))
    assert [(each.kind, each.day, each.time, each.line) for each in found] == [
        (LEAD, None, None, 1),
        (UPDATE, None, "15:00", 3),
        (UPDATE, date(2020, 11, 6), "14:45", 9),
        (UPDATE, date(2020, 11, 6), "11:05", 13),
    ]


def days_of(source: str) -> list[tuple[UpdateKind, date | None, str | None, int]]:
    found, _ = updates.sections(text.read(source.encode()))
    return [(each.kind, each.day, each.time, len(each.blocks)) for each in found]


def test_paragraphs_that_begin_with_their_date_are_the_entries_of_a_timeline() -> None:
    entries = ["It rose.", "- Nov. 17, 2024 — A cable is cut.", "- Nov. 18 — Another one.", "It rained."]
    source = "\n\n".join((*entries, "- Dec. 25: The end."))
    assert days_of(source) == [
        (LEAD, None, None, 1),
        (UPDATE, date(2024, 11, 17), None, 1),
        (UPDATE, date(2024, 11, 18), None, 2),
        (UPDATE, date(2024, 12, 25), None, 1),
    ]


def test_entries_by_the_hour_on_lines_of_their_own_may_end_with_notes() -> None:
    source = "3 May 2023\n\n20.15 Uhr: It rained. [1]\n19.45 Uhr: It shone. [2]\n18.00 Uhr: It snowed. [3]\n"
    assert [(day, time) for _, day, time, _ in days_of(source)] == [
        (date(2023, 5, 3), "20:15"),
        (date(2023, 5, 3), "19:45"),
        (date(2023, 5, 3), "18:00"),
    ]


def test_a_note_behind_the_stop_makes_no_heading_of_an_entry() -> None:
    source = "\n\n".join(f"{day} July 2023 – It rained.[{day}]" for day in (1, 2, 3))
    assert days_of(source) == [(UPDATE, date(2023, 7, day), None, 1) for day in (1, 2, 3)]


def test_two_paragraphs_that_begin_with_a_date_or_few_of_many_are_prose() -> None:
    two = "Nov. 17, 2024 — A cable is cut.\n\nNov. 18 — Another one.\n"
    assert [kind for kind, *_ in days_of(two)] == [UpdateKind.ARTICLE]
    few = two + "\nNov. 19 — A third.\n" + "\nIt rained.\n" * 4
    assert [kind for kind, *_ in days_of(few)] == [UpdateKind.ARTICLE]


def test_paragraphs_that_begin_with_their_hour_are_entries_of_the_day_above() -> None:
    source = "3 November 2025\n\n14:45 – Rain.\n\n14:30 – Sun.\n\n09:05 – Fog.\n"
    assert days_of(source) == [
        (UPDATE, date(2025, 11, 3), "14:45", 1),
        (UPDATE, date(2025, 11, 3), "14:30", 1),
        (UPDATE, date(2025, 11, 3), "09:05", 1),
    ]


def test_a_title_with_the_day_of_all_entries_opens_none_of_its_own() -> None:
    source = "March 7, 2022: The flood\n\nWe follow it.\n\n9:04 p.m. ET, March 7, 2022\n\nRain.\n\n"
    source += "2:12 p.m. ET, March 7, 2022\n\n"
    day = date(2022, 3, 7)
    assert days_of(source + "Sun.\n") == [(LEAD, None, None, 1), (UPDATE, day, "21:04", 1), (UPDATE, day, "14:12", 1)]
    another = source.replace("2:12 p.m. ET, March 7", "2:12 p.m. ET, March 6") + "Sun.\n"
    assert [kind for kind, *_ in days_of(another)] == [UPDATE, UPDATE, UPDATE]


def test_entries_by_the_hour_above_another_heading_are_a_part_of_an_article() -> None:
    source = (
        "# Outage\n\n## Timeline\n\n- 09:12 – An alert.\n- 09:31 – A fix.\n- 10:55 – All clear.\n\n## Press\n\nRain.\n"
    )
    found, _ = updates.sections(markdown.read(source.encode()))
    assert [(each.kind, len(each.blocks)) for each in found] == [(UpdateKind.ARTICLE, 4)]
    alone, _ = updates.sections(markdown.read(source.partition("## Press")[0].encode()))
    assert [(each.kind, each.time) for each in alone] == [(UPDATE, "09:12"), (UPDATE, "09:31"), (UPDATE, "10:55")]


def test_numbers_are_read_in_the_order_of_the_whole_text() -> None:
    source = "6/11/25\n\nThe town is calm.\n\n5/11/25\n\nIt rained.\n\n31/10/25\n\nSun.\n"
    assert [day for _, day, *_ in days_of(source)] == [date(2025, 11, 6), date(2025, 11, 5), date(2025, 10, 31)]


def test_numbers_with_their_year_are_read_in_the_order_that_brings_them_near_to_other_days_of_the_text() -> None:
    source = "04/03/2024 10:00\n\nIt rained.\n\n04/03/2024 09:00\n\nIt froze on 2 March 2024.\n"
    assert [day for _, day, *_ in outline(source)] == [date(2024, 3, 4), date(2024, 3, 4)]
    assert [day for _, day, *_ in outline(source.replace("2 March", "2 April"))] == [date(2024, 4, 3), date(2024, 4, 3)]


def test_the_year_of_a_month_in_a_url_counts() -> None:
    source = "Feb 10\n\nIt rained.\nhttps://a.example/2025/02/rain/\n"
    assert [day for _, day, *_ in days_of(source)] == [date(2025, 2, 10)]


def test_a_day_under_the_title_and_the_author_dates_the_text_and_opens_no_section() -> None:
    source = "The river\n\nBy Ada Vinter\nMarch 6, 2025\n\nIt rose.\n"
    assert days_of(source) == [(UpdateKind.ARTICLE, date(2025, 3, 6), None, 2)]
    with_agencies = source.replace("By Ada Vinter", "Ada Vinter with AFP, Reuters")
    assert days_of(with_agencies) == [(UpdateKind.ARTICLE, date(2025, 3, 6), None, 2)]
    below_menus = f"Home\nWorld\nSport\n\n{source}"
    assert [kind for kind, *_ in days_of(below_menus)] == [UpdateKind.ARTICLE]
    alone = source.replace("By Ada Vinter\n", "")
    assert days_of(alone) == [(UpdateKind.ARTICLE, date(2025, 3, 6), None, 1)]
    for of_its_day in (alone.replace("It rose", "- It rose"), alone.replace("The river", "The river: live updates")):
        assert days_of(of_its_day) == [(UPDATE, date(2025, 3, 6), None, 1)]


def test_a_day_above_the_days_without_a_text_of_its_own_dates_the_text() -> None:
    days = "Nov. 6\n\nRain.\n\nNov. 5\n\nSun.\n"
    dated = [(UPDATE, date(2020, 11, 6), None, 1), (UPDATE, date(2020, 11, 5), None, 1)]
    assert days_of(f"The river\n\nNov. 8, 2020, 6:02 PM\n\n{days}") == dated
    first = days_of(f"The river\n\nNov. 8, 2020\nFirst published on Nov. 7, 2020\n\n{days}")
    assert first == [(LEAD, date(2020, 11, 8), None, 1), *dated]
    assert len(days_of(f"The river\n\nNov. 8, 2020\n\nFog.\n\n{days}")) == 3


def test_what_stands_between_the_day_of_a_text_and_its_first_hour_is_no_entry() -> None:
    hours = "18:20\n\nRain.\n\n16:05\n\nSun.\n"
    entries = [(UPDATE, date(2024, 9, 17), "18:20", 1), (UPDATE, date(2024, 9, 17), "16:05", 1)]
    assert days_of(f"The river\n\nSep 17, 2024\n\nIt rose all day.\n\n{hours}") == [
        (LEAD, date(2024, 9, 17), None, 1),
        *entries,
    ]
    assert days_of(f"The river\n\nSep 17, 2024\n\n{hours}") == entries


def test_lines_that_say_in_the_same_words_when_entries_were_posted_open_them() -> None:
    source = (
        "Posted 5:21 p.m. ET, May 3, 2023\nRain\n\nIt rained.\n\nPosted 1:02 p.m. ET, May 3, 2023\nSun\n\nIt shone.\n"
    )
    assert days_of(source) == [(UPDATE, date(2023, 5, 3), "17:21", 2), (UPDATE, date(2023, 5, 3), "13:02", 2)]
    contents = "Contents\n1 6 February\n2 7 February\n\nIt rained.\n"
    assert [kind for kind, *_ in days_of(contents)] == [UpdateKind.ARTICLE]
    once = source.partition("\n\nPosted")[0]
    assert [kind for kind, *_ in days_of(once)] == [UpdateKind.ARTICLE]


def test_analysis_below_a_day_is_that_days_and_above_all_days_a_heading_like_another() -> None:
    source = "The river\n\nNov. 6, 2020\n\nIt rose.\n\nAnalysis\n\nDams are old.\n\nNov. 5\n\nSun.\n"
    assert outline(source) == [
        (UPDATE, date(2020, 11, 6), "Nov. 6, 2020", 3, 1),
        (ANALYSIS, date(2020, 11, 6), "Analysis", 7, 1),
        (UPDATE, date(2020, 11, 5), "Nov. 5", 11, 1),
    ]
    assert outline("The river\n\nAnalysis\n\nDams are old.\n") == [(UpdateKind.ARTICLE, None, None, 5, 1)]


def test_paragraphs_of_marked_up_texts_that_are_a_day_are_headings_and_cells_of_tables_are_not() -> None:
    def headings(source: str) -> list[str]:
        blocks = headed(markdown.read(source.encode())).blocks
        return [block.text for block in blocks if block.kind is BlockKind.HEADING]

    assert headings("*Tuesday, 4 March 2025*\n\nRain.\n\n**14:45**\n\nSun.\n") == ["Tuesday, 4 March 2025", "14:45"]
    assert headings("| Day | What |\n|---|---|\n| 4 March 2025 | Rain |\n") == []


def test_hours_without_a_day_are_of_the_day_that_a_line_states() -> None:
    source = "Flut\n\n+++ 17:40 +++ Regen\nEs regnet.\n\n+++ 15:05 +++ Flut\nEs steigt.\n\n"
    source += "Mit dpa\nStand: 3. Juni 2024, 18 Uhr\n"
    assert days_of(source) == [(UPDATE, date(2024, 6, 3), "17:40", 1), (UPDATE, date(2024, 6, 3), "15:05", 2)]
    above = "Ice\n\n**Last updated:** 14 January 2024\n\n19:45\n\nLava.\n\n12:10\n\nA crack.\n"
    assert [day for _, day, *_ in days_of(above)] == [None, date(2024, 1, 14), date(2024, 1, 14)]


def test_hours_without_a_day_are_of_the_day_that_the_title_names() -> None:
    source = (
        "Le fil du jeudi 9 octobre\n\n13h05 : Rain.\n\n12h40 : Sun.\n\n8h00 : Fog. https://a.example/2025/10/09/fog\n"
    )
    assert days_of(source) == [(UPDATE, date(2025, 10, 9), time, 1) for time in ("13:05", "12:40", "08:00")]


PUBLISHED = (
    "---\ntitle: Band on the road\ndate: 2024-03-05\n---\n\nThe band goes on tour again, it said on Tuesday.\n\n"
)


def kinds(source: str) -> list[UpdateKind]:
    found, _ = updates.sections(markdown.read(source.encode()))
    return [each.kind for each in found]


def test_days_to_come_and_days_of_decades_are_those_of_events() -> None:
    said = "The band plays in the old mill, and the doors open at seven in the evening.\n\n"
    coming = "".join(f"## {day} April 2024\n\n{said}" for day in (4, 5, 6))
    assert kinds(PUBLISHED + coming) == [UpdateKind.ARTICLE]
    decades = "".join(f"## 4 April {year}\n\n{said}" for year in (1961, 1983, 2024))
    assert kinds(PUBLISHED + decades) == [UpdateKind.ARTICLE]
    assert kinds(PUBLISHED + coming.replace("April", "March")) == [UpdateKind.LEAD, *[UpdateKind.UPDATE] * 3]


def test_days_that_only_name_a_place_are_no_sections() -> None:
    places = "".join(f"## {day} March 2024\n\nOLD MILL, LOWER QUAY\n\n" for day in (3, 4, 5))
    assert kinds(PUBLISHED + places) == [UpdateKind.ARTICLE]


def test_a_lone_day_that_is_that_of_publication_dates_the_text() -> None:
    assert kinds(f"{PUBLISHED}## March 5, 2024\n\nThe singer spoke of her plans.\n") == [UpdateKind.ARTICLE]
    assert kinds(f"{PUBLISHED}## March 4, 2024\n\nThe singer spoke of her plans.\n") != [UpdateKind.ARTICLE]


def test_a_number_that_tells_how_long_a_video_is_opens_nothing() -> None:
    assert kinds(f"{PUBLISHED}## 7:14\n\nThe singer spoke of her plans.\n") == [UpdateKind.ARTICLE]
    assert kinds(f"{PUBLISHED}## 7:14 p.m.\n\nThe singer spoke of her plans.\n") != [UpdateKind.ARTICLE]


MENU = "News\n\n* [1]Home\n* [2]Sport\n\nThe pier is sold\n\n"
SAID = "The pier was sold on Monday, the town said. Nobody knows to whom.\n\n"


@pytest.mark.parametrize(
    "dated",
    [
        f"{MENU}28.04.2023, 20.15 Uhr\n\n{SAID}",
        f"{MENU}April 28, 2023\n\n{SAID}",
        f"{MENU}15:59 Uhr\n\n{SAID}",
        f"{MENU}Live ticker\n\n28.04.2023, 20.15 Uhr\n\n{SAID}",
        f"{MENU}29.04.2023\n\n{SAID}12.03.2023\n\n{SAID}15.04.2023\n\n{SAID}",
        f"{MENU}29.04.2023, 17:26 Uhr\n\n{SAID}12.04.2023, 9:00 Uhr\n\n{SAID}",
    ],
)
def test_the_dates_of_a_page_that_was_copied_whole_open_no_sections(dated: str) -> None:
    found, _ = updates.sections(headed(text.read(dated.encode())))
    assert [each.kind for each in found] == [UpdateKind.ARTICLE]


@pytest.mark.parametrize(
    "dated",
    [
        f"{MENU}Live blog\n\nApril 28, 2023\n\n{SAID}",
        f"{MENU}29.04.2023\n\n{SAID}28.04.2023\n\n{SAID}12.03.2023\n\n{SAID}",
        f"{MENU}29.04.2023, 17:26 Uhr\n\n{SAID}29.04.2023, 9:00 Uhr\n\n{SAID}",
        f"{MENU}9 May 2023\n\n* {SAID}* {SAID}",
    ],
)
def test_days_that_follow_one_another_open_sections_below_menus_too(dated: str) -> None:
    found, _ = updates.sections(headed(text.read(dated.encode())))
    assert UpdateKind.UPDATE in [each.kind for each in found]
