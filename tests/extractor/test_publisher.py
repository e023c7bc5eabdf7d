from citecheck.extractor.outlets import registry
from citecheck.extractor.publisher import publisher_of
from citecheck.extractor.words import Sentence
from citecheck.model import Position


def said(*texts: str) -> list[Sentence]:
    return [Sentence(text, lambda offset: Position(1, offset + 1)) for text in texts]


OWN = [
    said("“It is over,” Jo Doe told The Kyiv Independent.", "AFP reported rain."),
    said("Analysts interviewed by the Kyiv Independent were divided."),
    said("The Kyiv Independent previously described the town in an update (below on this page)."),
]


def test_who_speaks_of_itself_on_several_days_is_the_publisher() -> None:
    assert publisher_of(OWN, ["AFP"], registry(), ["kyivindependent.com", "tass.ru"]) == (
        "The Kyiv Independent",
        "publisher taken to be The Kyiv Independent: “told The Kyiv Independent” in 1 update, “interviewed by the Kyiv "
        "Independent” in 1 update, “The Kyiv Independent previously” in 1 update, “below on this page” in 1 update, "
        "its own host among the links; in no credit line",
    )


def test_who_is_credited_or_reported_from_is_not() -> None:
    assert publisher_of(OWN, ["The Kyiv Independent"], registry(), []) == (None, "")
    told = [*OWN, said("The Kyiv Independent reported that the bridge was closed.")]
    assert publisher_of(told, [], registry(), []) == (None, "")


def test_an_agency_that_is_told_things_all_day_is_not() -> None:
    one_day = [said(*["“It is over,” Jo Doe told Reuters."] * 9)]
    assert publisher_of(one_day, [], registry(), []) == (None, "")
    assert publisher_of([], [], registry(), []) == (None, "")
