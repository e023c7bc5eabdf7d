"""Picture credits of a page: told apart from what is claimed, with the place `photo`."""

import pytest

from citecheck import extractor
from citecheck.model import Attribution, AttributionKind, Place, Source, Strength, Update

PROSE = "The storm tore the roofs off forty houses on the coast on Tuesday night, said the mayor."


def update_of(body: str) -> Update:
    page = f"<html lang=en><body><article>{body}<p>{PROSE}</p></article></body></html>"
    (update,) = extractor.extract(Source("page.html", page.encode(), "text/html")).updates
    return update


@pytest.mark.parametrize(
    ("caption", "outlet", "cue"),
    [
        ("The bridge on Tuesday. Photograph: Ann Reed/Reuters", "Reuters", "Photograph"),
        ("Boats in the harbour. (Jo Wade/Reuters)", "Reuters", "/"),
        ("Boats in the harbour (AFP)", "AFP", "("),
        ("<span>Smoke over town</span> <span class=credit>AFP</span>", "AFP", ""),
        ("AP Photo/Jo Wade", "Associated Press", "Photo"),
        ("© Reuters 2024", "Reuters", "©"),
    ],
)
def test_a_caption_credits_and_claims_nothing(caption: str, outlet: str, cue: str) -> None:
    update = update_of(f"<figure><img src=https://img.example/a.jpg><figcaption>{caption}</figcaption></figure>")
    assert [(each.outlet, each.cue, each.place, each.strength) for each in update.photo_credits] == [
        (outlet, cue, Place.PHOTO, Strength.WEAK)
    ]
    assert [claim.text for claim in update.claims] == [PROSE]


def test_an_outlet_that_a_picture_shows_is_not_credited_with_it() -> None:
    assert (
        update_of("<figure><figcaption>Reuters reporters walk through the town.</figcaption></figure>").photo_credits
        == ()
    )


def test_bylines_and_datelines_of_a_page_have_their_place() -> None:
    update = update_of(f"<p>By Rosa Lind, Associated Press</p><p>By Jo Doe</p><p>MOSCOW (AP) — {PROSE}</p>")
    told = [(claim.text[:11], each.place) for claim in update.claims for each in claim.attributions if each.outlet]
    assert told == [("By Rosa Lin", Place.BYLINE), ("MOSCOW (AP)", Place.DATELINE)]
    assert len(update.claims) == 3
    short = update_of(f"<p>By Reuters</p><p>{PROSE}</p>").claims[0].attributions
    assert [(each.outlet, each.place) for each in short] == [("Reuters", Place.BYLINE)]


def test_a_credit_stands_where_its_outlet_is_named() -> None:
    update = update_of("<figure><figcaption>A boat.\n (Jo Wade/Reuters)</figcaption></figure>")
    assert update.photo_credits == (
        Attribution(
            "Reuters", "Reuters", AttributionKind.OUTLET, "/", 2, 11, place=Place.PHOTO, strength=Strength.WEAK
        ),
    )
