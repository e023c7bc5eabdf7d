"""HTML that is nested without end."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from citecheck.nesting import flattened


def depth(markup: str) -> int:
    node, count = LexborHTMLParser(markup).css_first("body"), 0
    while node:
        node, count = node.child, count + 1
    return count


@pytest.mark.parametrize(
    "tag", ["<div>", "<ul><li>", "<font><div>", '<DIV class="a<b">', "<x-y>", "<table><tr><td>", "<i></b>"]
)
def test_what_lies_too_deep_is_laid_beside(tag: str) -> None:
    deep = tag * 20_000 + "harbour" + "</div>" * 20_000
    flat = flattened(deep)
    assert depth(flat) <= 4 * 512  # a table row stands in a body of its own
    assert LexborHTMLParser(flat).text() == "harbour"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 600 + "harbour",
        "<p>a<br><li>b<img src=x>" * 5000,
        "<div><a href=x>a</a><b>b</b></div>" * 5000,
        "<table>" + "<tr><td>a<th>b" * 5000,
    ],
)
def test_what_browsers_nest_stays_as_it_is(markup: str) -> None:
    assert flattened(markup) == markup


def test_tags_that_do_not_end_take_no_time() -> None:
    assert flattened("<a" * 200_000) == "<a" * 200_000
