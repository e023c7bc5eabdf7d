from dataclasses import dataclass
from datetime import date

import pytest
from msgspec.structs import replace

from citecheck.model import (
    AttributionKind,
    Claim,
    ClaimCount,
    Credit,
    DaySourcing,
    Document,
    Link,
    LinksKept,
    OutletUse,
    Place,
    Update,
    UpdateKind,
)
from citecheck.reporter.sourcing import Families, map_document

OUTLET, ORGANISATION = AttributionKind.OUTLET, AttributionKind.ORGANISATION


def use(
    outlet: str,
    credited: bool,
    cited: int,
    linked: int,
    claims: str = "",
    links: str = "",
    kind: AttributionKind = OUTLET,
    is_self: bool = False,
) -> OutletUse:
    return OutletUse(outlet, kind, is_self, credited, cited, 0, linked, tuple(claims.split()), tuple(links.split()))


def test_the_map_of_a_live_blog_is_whole(document: Document) -> None:
    assert map_document(document) == (
        DaySourcing(
            document="harbour.txt",
            date=date(2031, 5, 6),
            updates=("u1", "u2"),
            links=LinksKept.KEPT,
            credit_line="With reporting by Coast Wire and Island Radio.",
            outlets=(
                use("Coast Wire", True, 1, 2, "c1", "l1 l8"),
                use("Island Radio", True, 0, 1, "", "l3"),
                use("North Post", False, 1, 0, "c2"),
                use("Harbour Gazette", False, 1, 0, "c4", is_self=True),
                use("The Lantern", False, 0, 1, "", "l2"),
            ),
            claims=ClaimCount(total=4, attributed=3, linked=2, neither=1),
        ),
        DaySourcing(
            document="harbour.txt",
            date=date(2031, 5, 2),
            updates=("u3",),
            links=LinksKept.KEPT,
            credit_line=None,
            outlets=(use("Coast Wire", False, 1, 1, "c5", "l5"),),
            claims=ClaimCount(total=2, attributed=1, linked=1, neither=1),
        ),
        DaySourcing(
            document="harbour.txt",
            date=date(2031, 5, 5),
            updates=("u4",),
            links=LinksKept.KEPT,
            credit_line="With reporting by Sea Watch and The Lantern.",
            outlets=(
                use("Sea Watch", True, 1, 0, "c7", kind=ORGANISATION),
                use("The Lantern", True, 0, 0),
                use("Portnews", False, 1, 0, "c8"),
                use("North Post", False, 0, 1, "", "l6"),
            ),
            claims=ClaimCount(total=2, attributed=2, linked=1, neither=0),
        ),
        DaySourcing(
            document="harbour.txt",
            date=None,
            updates=("u5",),
            links=LinksKept.KEPT,
            credit_line=None,
            outlets=(),
            claims=ClaimCount(total=1, attributed=0, linked=0, neither=1),
        ),
    )


def test_a_credit_line_below_the_analysis_is_the_days(document: Document) -> None:
    first, second, *rest = document.updates
    moved = replace(
        document,
        updates=(
            replace(first, credits=(), credit_line=None, credit_line_at=None),
            replace(second, credits=first.credits, credit_line=first.credit_line, credit_line_at=12),
            *rest,
        ),
    )
    before, after = map_document(document)[0], map_document(moved)[0]
    assert (after.credit_line, after.outlets) == (before.credit_line, before.outlets)


def test_a_credit_line_in_the_lead_holds_for_every_day_without_its_own(document: Document) -> None:
    lead = Update(
        id="u0",
        kind=UpdateKind.LEAD,
        line=1,
        credits=(Credit("North Post", "North Post", 1, 19),),
        credit_line="With reporting by North Post.",
        credit_line_at=1,
    )
    days = map_document(replace(document, updates=(lead, *document.updates)))
    assert [day.credit_line for day in days] == [
        "With reporting by North Post.",
        "With reporting by Coast Wire and Island Radio.",
        "With reporting by North Post.",
        "With reporting by Sea Watch and The Lantern.",
        "With reporting by North Post.",
    ]


def test_weak_photo_and_embedded_names_are_mentions(document: Document) -> None:
    claim = document.updates[0].claims[0]
    (named,) = claim.attributions
    for changed in (
        replace(claim, attributions=(replace(named, place=Place.PHOTO),)),
        replace(claim, attributions=(replace(named, place=Place.EMBED),)),
        replace(claim, is_embed=True),
    ):
        first = replace(document.updates[0], claims=(changed,))
        (coast, *_) = map_document(replace(document, updates=(first,)))[0].outlets
        assert (coast.outlet, coast.cited, coast.mentioned) == ("Coast Wire", 0, 1)


def test_a_person_is_no_outlet_but_sources_a_claim(document: Document) -> None:
    claim = document.updates[0].claims[2]
    (cited,) = document.updates[0].claims[0].attributions
    person = replace(cited, outlet=None, text="A docker", kind=AttributionKind.PERSON)
    first = replace(document.updates[0], claims=(replace(claim, attributions=(person,)),))
    (day,) = map_document(replace(document, updates=(first,)))
    assert "A docker" not in {each.outlet for each in day.outlets}
    assert day.claims == ClaimCount(total=1, attributed=1, linked=0, neither=0)


def test_a_link_to_a_child_is_its_own_when_no_parent_is_spoken_of(document: Document) -> None:
    update = Update(id="u1", kind=UpdateKind.UPDATE, line=1, date=date(2031, 5, 6))
    (day,) = map_document(replace(document, updates=(update,), links=(document.links[2],)))
    assert day.outlets == (use("Island Radio South", False, 0, 1, "", "l3"),)


def test_parents_may_form_a_circle(document: Document) -> None:
    one, other, *_ = document.outlets
    families = Families((replace(one, parent=other.name), replace(other, parent=one.name)))
    assert families.above(one.name) == (other.name,)


@dataclass(frozen=True)
class Page:
    number: int
    origin: str
    claim: str | None = None


@pytest.mark.parametrize(
    ("pages", "shown", "expected"),
    [
        ((1,), (), LinksKept.LOST),
        ((1,), (Page(1, "footnote"),), LinksKept.KEPT),
        ((1, 2), (Page(1, "footnote"),), LinksKept.PARTLY),
        ((1, 2), (Page(1, "footnote"), Page(2, "bare", "c1")), LinksKept.KEPT),
        ((1,), (Page(1, "bare"),), LinksKept.LOST),
        ((1,), (Page(1, "bare", "e1"),), LinksKept.LOST),
        ((1,), (Page(2, "footnote"),), LinksKept.LOST),
    ],
)
def test_links_are_kept_as_far_as_the_days_pages_show_some(
    pages: tuple[int, ...], shown: tuple[Page, ...], expected: LinksKept
) -> None:
    update = Update(
        id="u1",
        kind=UpdateKind.UPDATE,
        line=1,
        pages=pages,
        claims=(Claim("c1", "It rains.", 1, 1), Claim("e1", "Look!", 2, 1, is_embed=True)),
    )
    links = tuple(
        Link(f"l{at}", "https://a.example/", "https://a.example/", page.origin, 9, 1,
             update="u1", claim=page.claim, page=page.number)
        for at, page in enumerate(shown)
    )  # fmt: skip
    (day,) = map_document(Document("a.txt", (update,), links, keeps_links=False))
    assert day.links is expected
