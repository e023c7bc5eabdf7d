"""The tokens of HTML: places, attribute values by the standard, and hostile texts in linear time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from citecheck.extractor.readers.html import markup
from citecheck.extractor.readers.html.markup import Attribute, Tag, Text
from citecheck.extractor.readers.html.tree import parse, start_of, text_of
from tests.effort import ends_within


def test_every_token_knows_its_place() -> None:
    source = "<p CLASS=a>x<!-- <b> --><A href='?a=1&amp;b=2' href=q hidden>y</a><script>1<2</script>"
    assert list(markup.tokens(source)) == [
        Tag("p", 0, 11, (Attribute("class", "a", 9),)),
        Text(11, 12),
        Tag("a", 24, 61, (Attribute("href", "?a=1&b=2", 33), Attribute("hidden", "", 60))),
        Text(61, 62),
        Tag("a", 62, 66, is_end=True),
        Tag("script", 66, 74),
        Text(74, 77, is_raw=True),
        Tag("script", 77, 86, is_end=True),
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("?a=1&region=2&section=3&copy=1", "?a=1&region=2&section=3&copy=1"),
        ("?a&amp;b", "?a&b"),
        ("?a&amp", "?a&"),
        ("&copy;&copy &#x41;&#66", "©© AB"),
        ("&notit;", "&notit;"),
        ("&nosuch;", "&nosuch;"),
    ],
)
def test_attribute_values_follow_the_standard(written: str, value: str) -> None:
    assert markup.attribute_value(written) == value
    assert [node.attributes for node in LexborHTMLParser(f'<a href="{written}">').css("a")] == [{"href": value}]


@given(st.text(alphabet="<>/!-=\"'& \nabpiAhref;#x1", max_size=80))
def test_links_are_those_that_a_browser_sees(body: str) -> None:
    source = f"<body>{body}"
    ours = [element.get("href") for element in parse(source).find_all("a") if element.has_attr("href")]
    theirs = [node.attributes["href"] or "" for node in LexborHTMLParser(source).css("a[href]")]
    assert [str(each) for each in ours] == theirs


@given(st.lists(st.sampled_from(["<p>", "</p>", "<li>", "<ul>", "</ul>", "a & b", "&lt;", "<b>", "</b>", "\r\n", "é"])))
def test_every_word_stands_where_it_says(parts: list[str]) -> None:
    source = "".join(parts)
    for words in parse(source).find_all(string=True):
        for offset, place in getattr(words, "places", ()):
            assert source[place] in (str(words)[offset], "&")


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000,
        "<ul><li>" * 50_000,
        "<a " + "b " * 200_000,
        '<a href="' * 50_000,
        "<" * 500_000,
        "<!--" * 100_000,
        "<script>" * 60_000,
        "&" * 500_000,
        "<b>" * 100_000 + "</i>" * 100_000,
    ],
    ids=["nested", "lists", "attributes", "quotes", "angles", "comments", "scripts", "ampersands", "misnested"],
)
def test_hostile_markup_is_read_in_linear_time(source: str) -> None:
    with ends_within(cpu_s=10):  # some of these take other parsers 20 to 40 s
        parse(source)


def test_what_nothing_closes_ends_where_browsers_end_it() -> None:
    assert str(parse("<p>a<p>b<ul><li>c<li>d<ul><li>e</ul><tr><td>1<td>2<tr><td>3")) == (
        "<p>a</p><p>b</p><ul><li>c</li><li>d<ul><li>e</li></ul>"
        "<tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></li></ul>"
    )


def test_values_and_texts_of_the_tree() -> None:
    soup = parse('<p>One <b>two</b><script>no</script>\n three <a href="https://a.example/">x</a></p>')
    paragraph, link = soup.p, soup.a
    assert paragraph is not None
    assert link is not None
    assert text_of(paragraph) == "One two three x"
    assert start_of(link, "href") == 53
