from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from citecheck.extractor.alignment import Laid, Listed, align, beneath
from citecheck.extractor.likeness import Likeness, Passage
from citecheck.extractor.outlets import Registry
from citecheck.extractor.people import People
from citecheck.model import Certainty, Outlet, OutletKind
from tests.effort import ends_within

REGISTRY = Registry([Outlet("Delta Wire", OutletKind.WIRE, domains=("deltawire.example",))], platforms=["twitter.com"])
HIGH, LOW = Certainty.HIGH, Certainty.LOW


class Scored(Likeness):
    """A likeness of given scores."""

    def __init__(self, rows: dict[str, list[float]]) -> None:
        self._rows = rows

    def scores(self, url: str, label: str = "") -> list[float]:
        return self._rows[url]

    def guesses(self, url: str) -> list[float]:
        return [float(place in self.telling) for place in range(len(self._rows[url]))]

    telling: tuple[int, ...] = ()


def named(*urls: str) -> list[Listed]:
    return [Listed(url) for url in urls]


def laid(rows: Sequence[list[float]], sections: list[int] | None = None) -> list[int | None]:
    return [each.passage for each in aligned(rows, sections)]


def aligned(rows: Sequence[list[float]], sections: list[int] | None = None) -> list[Laid]:
    links = [str(index) for index in range(len(rows))]
    count = len(rows[0]) if rows else 1
    return align(named(*links), sections or [0] * count, Scored(dict(zip(links, rows, strict=True))))


def test_the_order_of_the_list_decides_between_equals() -> None:
    assert laid([[3, 0, 3], [0, 3, 0], [3, 0, 3]]) == [0, 1, 2]


def test_the_whole_fits_best_even_if_one_link_fits_worse() -> None:
    assert laid([[2, 0, 2.4], [0, 8, 0], [0, 8, 0]]) == [0, 1, 1]


def test_a_link_that_surely_belongs_elsewhere_is_laid_there_with_less_certainty() -> None:
    assert aligned([[2, 0, 9], [0, 8, 0], [0, 8, 0]]) == [
        Laid(2, 0, Certainty.MEDIUM),
        Laid(1, 0, HIGH),
        Laid(1, 0, HIGH),
    ]


def test_a_list_that_does_not_keep_the_order_is_laid_by_likeness_alone_and_never_surely() -> None:
    assert aligned([[0, 0, 0, 5], [0, 0, 5, 0], [0, 5, 0, 0], [5, 4.9, 0, 0], [1, 0, 0, 0]]) == [
        Laid(3, 0, Certainty.MEDIUM),
        Laid(2, 0, Certainty.MEDIUM),
        Laid(1, 0, Certainty.MEDIUM),
        Laid(0, 0, Certainty.MEDIUM),
        Laid(None, 0, None),
    ]


def test_beneath_a_paragraph_a_link_belongs_to_its_likeliest_sentence_or_the_last() -> None:
    rows = Scored({"a": [3, 0, 0], "b": [0, 0, 0], "c": [1.9, 1.8, 0]})
    assert beneath(named("a", "b", "c"), [4, 4, 4], rows) == [
        Laid(0, 4, HIGH),
        Laid(2, 4, Certainty.LOW),
        Laid(0, 4, Certainty.MEDIUM),
    ]
    assert beneath(named("a", "b"), [4], Scored({"a": [1.2], "b": [0]})) == [
        Laid(0, 4, HIGH),
        Laid(0, 4, Certainty.MEDIUM),
    ]


def test_a_link_like_nothing_is_laid_nowhere_and_holds_nobody_up() -> None:
    assert laid([[3, 0], [1, 1], [0, 3]]) == [0, None, 1]


def test_a_link_like_nothing_is_laid_between_its_neighbours_to_the_likeliest_sentence_and_never_surely() -> None:
    assert aligned([[3, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 3]]) == [Laid(0, 0, HIGH), Laid(2, 0, LOW), Laid(3, 0, HIGH)]
    likeness = Scored({"a": [3, 0, 0, 0, 0], "b": [0] * 5, "c": [0] * 5, "d": [0, 0, 0, 0, 3]})
    likeness.telling = (1, 3)
    assert [each.passage for each in align(named("a", "b", "c", "d"), [0] * 5, likeness)] == [0, 1, 3, 4]
    far: list[list[float]] = [[3, *[0] * 6], [0] * 7, [*[0] * 6, 3]]
    assert laid(far) == [0, None, 6]


def test_two_links_may_share_a_sentence_that_is_clearly_theirs() -> None:
    assert laid([[3, 0], [3, 0]]) == [0, 0]
    assert laid([[3, 2.9], [3, 2.9]]) == [0, 1]


@given(st.lists(st.lists(st.floats(0, 5), min_size=4, max_size=4), max_size=6))
def test_what_is_laid_surely_keeps_the_order(rows: list[list[float]]) -> None:
    found = [each.passage or 0 for each in aligned(rows) if each.confidence is HIGH]
    assert found == sorted(found)


def test_a_wrapped_link_is_laid_as_one() -> None:
    likeness = Scored({"a": [3, 0], "b": [0, 3]})
    assert align(named("a", "a", "b"), [0, 1], likeness) == [Laid(0, 0, HIGH), Laid(0, 0, HIGH), Laid(1, 1, HIGH)]


def test_the_section_is_told_without_the_sentence_where_its_neighbours_agree() -> None:
    none = [0.0] * 7
    likeness = Scored({"a": [3, *none[1:]], "b": none, "c": [0, 3, *none[2:]], "d": none})
    assert align(named("a", "b", "c", "d"), [0, 0, 1, 1, 1, 1, 1], likeness) == [
        Laid(0, 0, HIGH),
        Laid(None, 0, None),
        Laid(1, 0, HIGH),
        Laid(2, 1, LOW),
    ]


def test_confidence_says_how_far_the_next_best_is() -> None:
    assert align(named("a"), [0, 0], Scored({"a": [3, 2.9]})) == [Laid(0, 0, Certainty.MEDIUM)]
    assert align(named("a"), [0, 0], Scored({"a": [1.5, 1.5]})) == [Laid(0, 0, Certainty.LOW)]


def test_no_passages_or_too_many_lay_nothing() -> None:
    assert align(named("a"), [], Scored({})) == [Laid()]
    with ends_within(cpu_s=1):
        assert align(named("a") * 2000, [7] * 2000, Scored({})) == [Laid(section=7)] * 2000


PASSAGES = [
    Passage("The ministry said on Monday that the dam would hold.", 0, date(2020, 11, 5)),
    Passage(
        "Farmers drove their cattle over the pass, Delta Wire reported.",
        0,
        date(2020, 11, 5),
        frozenset({"Delta Wire"}),
    ),
    Passage("The hydrologist Mara Lind explains the clay in a thread.", 0, date(2020, 11, 5)),
    Passage("Moscow sent boats.", 0, date(2020, 11, 5)),
]


def best(url: str, known: Sequence[str] = ()) -> int | None:
    scores = Likeness(PASSAGES, REGISTRY, People(known)).scores(url)
    return scores.index(max(scores)) if max(scores) >= 1.2 else None


def test_what_a_link_shares_with_a_sentence() -> None:
    assert best("https://www.deltawire.example/a/30952489") == 1
    assert best("https://b.example/2020/11/05/farmer-drives-cattle-over-passes") == 1
    assert best("https://twitter.com/MaraLind/status/1") == 2
    assert best("https://b.example/russian-boat-arrives") == 3
    assert best("https://b.example/12345") is None


def test_a_sentence_that_names_an_outlet_carries_a_link_before_one_that_names_none() -> None:
    plain = Passage("The dam broke.", 0, None)
    cited = Passage("The dam broke, Delta Wire said.", 0, None, frozenset({"Delta Wire"}))
    first, second = Likeness([plain, cited], REGISTRY, People([])).scores("https://b.example/dam-broken")
    assert round(second - first, 3) == 0.4


def test_who_was_named_on_the_page_before_is_meant_by_the_next_sentence() -> None:
    passages = [
        Passage("of the dam.", 0, None, context="Mara Lind wrote of the dam."),
        Passage("Her thread is here.", 0, None),
    ]
    assert Likeness(passages, REGISTRY, People([])).scores("https://twitter.com/maralind/status/1") == [0.0, 4.0]


def test_the_unions_own_site_is_told_by_the_unions_name() -> None:
    passages = [Passage("The EU was sad.", 0, None), Passage("Ada was not.", 0, None)]
    scores = Likeness(passages, REGISTRY, People([])).scores("https://eeas.europa.eu/86451/statement_en")
    assert scores[0] > 2.5 and scores[1] < scores[0]


def test_a_post_from_the_future_is_not_what_a_sentence_cites() -> None:
    november_5, november_20 = "1324085043690692608", "1329800000000000000"
    early, late = (
        Likeness(PASSAGES, REGISTRY, People([])).scores(f"https://twitter.com/MaraLind/status/{post}")[2]
        for post in (november_5, november_20)
    )
    assert early - late == 2.5


def test_who_an_account_is_may_be_said_elsewhere_in_the_text() -> None:
    known = ["The ministry spokeswoman Rea Holt, of the dam office, was silent."]
    assert best("https://twitter.com/ReaHolt/status/1") == 2  # which speaks of some post, at least
    assert best("https://twitter.com/ReaHolt/status/1", known) == 0
