"""Words quoted in a URL: found as browsers find them, in time that a page cannot stretch."""

import pytest

from citecheck.fetcher.text_fragments import Words
from tests.effort import ends_within

TEXT = """T he harbour’s old “cran e” was sold, not often, to the co\u00aduncil. Tickets: 5 £ – return 9 £. \
Der Fährmann Müller fährt täglich. Überfahrt. 港口今天关闭。明天开放。 The harbour was shut on Monday. Боцман пришёл."""


@pytest.mark.parametrize(
    "directives",
    [
        "text=The%20harbour's%20old%20%22crane%22",
        "text=council",
        "text=Der-,F%C3%A4hrmann&x=1",
        "text=fahrmann%20MULLER",
        "text=今天",
        "text=口今天关",
        "text=5%20%C2%A3,9%20%C2%A3",
        "text=return-,9",
        "text=the%20harbour,Monday",
        "text=shut,-on%20Monday",
        "text=The-,harbour,shut,-on",
        "text=%D0%B1%D0%BE%D1%86%D0%BC%D0%B0%D0%BD",
        "text=5%20%C2%A3%20%2D%20return",
        "text=Tickets&text=T%C3%A4glich",
        "text=",
        "selector=x",
    ],
)
def test_what_a_page_says_is_found(directives: str) -> None:
    assert Words(TEXT).has(directives)


@pytest.mark.parametrize(
    "directives",
    [
        "text=ten",  # of "often"
        "text=arbour",
        "text=counc",
        "text=Monday,harbour",
        "text=harbour-,shut",
        "text=shut,-Monday",
        "text=Tickets&text=free",
        "text=明日",
    ],
)
def test_what_it_does_not_say_is_not(directives: str) -> None:
    assert not Words(TEXT).has(directives)


@pytest.mark.parametrize("directives", ["text=a,z", "text=a-,b", "text=-%20-,b", "text=a%20a%20a%20b", "text=a,-b"])
@pytest.mark.parametrize("text", ["a " * 300_000, "a" * 600_000, "- " * 300_000])
def test_no_page_takes_long(text: str, directives: str) -> None:
    words = Words(text)
    with ends_within(cpu_s=4):
        assert not words.has(directives)
