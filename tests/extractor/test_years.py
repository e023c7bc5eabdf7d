from datetime import date

from citecheck.extractor.years import Days, Undated, infer


def test_links_and_posts_near_a_day_tell_its_year() -> None:
    sections = [Undated(11, 16, None, None, [0]), Undated(11, 13, None, None, [3])]
    days = Days(urls=[date(2020, 11, 15), date(2016, 4, 2)], posts=[date(2020, 11, 16)])
    assert infer(sections, days) == (
        [date(2020, 11, 16), date(2020, 11, 13)],
        (
            "the year 2020 is that of 1 date in URLs and 1 date of posts",
            "the weekdays agree in 2 of 2 sections that name any",
        ),
    )


def test_a_year_ends_between_two_sections() -> None:
    sections = [Undated(1, 2, None, None), Undated(12, 30, None, None), Undated(12, 28, None, None)]
    found, _ = infer(sections, Days(posts=[date(2020, 12, 29)]))
    assert found == [date(2021, 1, 2), date(2020, 12, 30), date(2020, 12, 28)]
    found, evidence = infer(sections, Days(posts=[date(2021, 1, 2)]))
    assert evidence == ("the years 2020 and 2021 are those of 0 dates in URLs and 1 date of posts",)
    assert found == [date(2021, 1, 2), date(2020, 12, 30), date(2020, 12, 28)]


def test_the_order_of_the_source_is_kept_however_odd() -> None:
    sections = [Undated(11, 6, 2020, None), Undated(10, 28, None, None), Undated(11, 5, None, None)]
    assert infer(sections, Days())[0] == [date(2020, 11, 6), date(2020, 10, 28), date(2020, 11, 5)]


def test_a_stated_year_needs_no_evidence() -> None:
    assert infer([Undated(3, 1, 2019, None, [2])], Days(urls=[date(2021, 3, 1)])) == ([date(2019, 3, 1)], ())


def test_a_year_in_the_prose_counts_when_the_weekdays_bear_it_out() -> None:
    sections = [Undated(11, 16, None, 0), Undated(11, 13, None, 4)]
    assert infer(sections, Days(years=[2019, 2019, 2020])) == (
        [date(2020, 11, 16), date(2020, 11, 13)],
        ("the year 2020 is named 1 time in the text", "the weekdays agree in 2 of 2 sections that name any"),
    )
    assert infer(sections, Days(years=[2019])) == (
        [None, None],
        ("nothing in the text tells the year of its dates",),
    )


def test_days_far_off_and_days_that_contradict_each_other_tell_nothing() -> None:
    nothing = ([None], ("nothing in the text tells the year of its dates",))
    sections = [Undated(11, 16, None, None)]
    assert infer(sections, Days(urls=[date(2016, 4, 2)])) == nothing
    assert infer(sections, Days(urls=[date(2019, 11, 10), date(2020, 11, 10)])) == nothing


def test_a_leap_day_takes_a_leap_year() -> None:
    assert infer([Undated(2, 29, None, None)], Days(urls=[date(2020, 3, 1)]))[0] == [date(2020, 2, 29)]


def test_no_sections_need_no_evidence() -> None:
    assert infer([], Days()) == ([], ())


def test_a_date_told_near_them_tells_the_year_and_a_far_one_does_not() -> None:
    sections = [Undated(11, 3, None, None)]
    assert infer(sections, Days(prose=[date(2022, 2, 24), date(2025, 10, 12)])) == (
        [date(2025, 11, 3)],
        ("the year 2025 is that of dates told near them in the text",),
    )
    assert infer(sections, Days(prose=[date(2022, 2, 24)]))[0] == [None]


def test_a_title_tells_the_year_when_it_names_one() -> None:
    sections = [Undated(11, 3, None, None), Undated(11, 2, None, None)]
    assert infer(sections, Days(title=[2024])) == (
        [date(2024, 11, 3), date(2024, 11, 2)],
        ("the title names the year 2024",),
    )
    assert infer(sections, Days(title=[2023, 2024]))[0] == [None, None]


def test_weekdays_tell_whether_the_source_was_published_or_last_changed_in_that_year() -> None:
    sections = [Undated(6, 21, None, 2), Undated(6, 20, None, 1)]
    days = Days(published=date(2022, 11, 8), modified=date(2023, 6, 21))
    assert infer(sections, days) == (
        [date(2023, 6, 21), date(2023, 6, 20)],
        (
            "the year 2023 is the nearest to 2023-06-21, when the source was last changed",
            "the weekdays agree in 2 of 2 sections that name any",
        ),
    )
    assert infer([Undated(6, 21, None, None)], days) == (
        [date(2022, 6, 21)],
        ("the year 2022 is the nearest to 2022-11-08, when the source was published",),
    )
