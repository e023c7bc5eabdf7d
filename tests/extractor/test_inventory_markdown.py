"""Every URL of a Markdown text is found where it stands."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from citecheck.extractor.inventory import html, markdown
from citecheck.extractor.inventory.carried import CODE
from citecheck.extractor.inventory.markdown import inventory
from citecheck.extractor.inventory.places import Lines
from citecheck.model import Position
from tests.effort import ends_within

PAGE = (Path(__file__).parent / "data" / "carriers.md").read_text(encoding="utf-8")
_MARKER = re.compile(r"[\w-]+\.carrier\.example")


def found(text: str) -> list[tuple[str, str]]:
    return [(each.origin, each.url) for each in inventory(text).carried]


def expected_places() -> dict[str, Position]:
    places = {}
    for number, line in enumerate(PAGE.split("\n"), 1):
        for match in _MARKER.finditer(line):
            lead = re.search(r"(?:h?ttps?://|desk@|www\.)\Z", line[: match.start()])
            assert lead
            places[match[0].removeprefix("www.")] = Position(number, lead.start() + 1)
    return places


def test_each_carrier_of_a_page_is_found_at_its_line_and_column() -> None:
    lines = Lines(PAGE)
    places = {}
    for each in inventory(PAGE).carried:
        host = _MARKER.search(each.url)
        if host:
            places[host[0].removeprefix("www.")] = lines.position(each.offset)
    assert places == {host: place for host, place in expected_places().items() if not host.startswith("not-")}


def test_what_stands_in_code_has_that_origin() -> None:
    hosts = [each.url.partition("//")[2].partition(".")[0] for each in inventory(PAGE).carried if each.origin == CODE]
    assert hosts == ["code-span", "code-span2", "code-block", "code-indented"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](/b) ![c](d.png) [e](#f) <g@h.example>", [("a", "/b"), ("img", "d.png"), ("a", "mailto:g@h.example")]),
        ("[a](/b_(c)) [d](</e f>) [g](/h\\)i)", [("a", "/b_(c)"), ("a", "/e f"), ("a", "/h)i")]),
        ("[a](/b?c&amp;d)", [("a", "/b?c&d")]),
        ("[a] [b][A]\n\n[A]: /c", [("a", "/c")]),
        ("https://a.example/b_c_d and *https://e.example*", [("bare", "https://a.example/b_c_d"), ("bare", "https://e.example")]),
        ("\\`https://a.example\\`", [("bare", "https://a.example")]),
        ("<pre>https://a.example</pre>", [("code", "https://a.example")]),
        ("<style>a{background:url(/b)}</style>\n", [("css", "/b")]),
        ("export const a = 'https://a.example/b'", [("bare", "https://a.example/b")]),
        ("+++\na = 'https://a.example'\n+++\n", [("meta", "https://a.example")]),
        ("| a |\n|---|\n|https://a.example/|", [("bare", "https://a.example/")]),
        ("a|https://a.example/|b", [("bare", "https://a.example/|b")]),
        ("", []),
    ],
)  # fmt: skip
def test_each_form_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_link_has_its_words_and_a_definition_those_of_its_first_use() -> None:
    text = "[the *old*\nquay](/a) [![badge](/b)](/c) [words][r] [r]\n\n[r]: /d\n[unused]: /e"
    assert [(each.url, each.text) for each in inventory(text).carried] == [
        ("/a", "the old quay"),
        ("/b", "badge"),
        ("/c", "badge"),
        ("/d", "words"),
        ("/e", "unused"),
    ]


_PIECES = st.sampled_from(
    [*"[]()<>!`*_\\|\n -#é𝔘:", "https://a.example/b", "[a](", "](https://b.example)", "[r]: /x\n", "[r]",
     "<a href='/c'>", "\n\n", "```\n", "---\n", "<!--", "-->", "    ", "> ", "- ", "www.c.example"]
)  # fmt: skip


@trying(deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_is_read_and_every_plain_url_stands_where_it_is_said_to(text: str) -> None:
    for each in inventory(text).carried:
        if "\\" not in text and not each.url.startswith("mailto:"):
            assert text.startswith(each.url, each.offset)


_RUNNING = st.sampled_from(
    [
        *"[]().,*_ \n-é𝔘：",
        "https://a.example/b",
        "www.c.example",
        "10.1000/182",
        "arXiv:2101.00001",
        "htps://d.example/",
    ]
)


@trying(deadline=None)
@given(st.lists(_RUNNING, max_size=40).map("".join))
def test_a_text_without_markup_carries_what_it_does_as_html(text: str) -> None:
    assert markdown._inner(text, 99).carried == html.inventory(text, 99).carried


def test_of_running_text_hardly_more_is_read_than_is_wanted() -> None:
    assert len(inventory("https://a.example/b " * 50, most=10).carried) == 11


@pytest.mark.parametrize(
    ("text", "url", "offset"),
    [
        ("[a](> )", ">", 4),
        ("> [a](\n> /b)", "/b", 9),
        ("> [a](\n> <b c>)", "b c", 10),
        ("> [a]\n>\n> [a]:\n> /b\n", "/b", 17),
    ],
)
def test_a_destination_is_found_behind_a_line_s_end_and_a_quotation_s_mark(text: str, url: str, offset: int) -> None:
    assert [(each.url, each.offset) for each in inventory(text).carried] == [(url, offset)]


@pytest.mark.parametrize(
    "text",
    ["[" * 300_000, ">" * 100_000, "*" * 300_000, "[a](" * 80_000, "|" * 300_000, "é[a](/b) " * 30_000,
     "|a|\n|-|\n" + "|https://a.example|\n" * 10_000, "|a|\n|-|\n|https://a.example|\n\n" * 10_000,
     "`https://a.example` " * 10_000],
    ids=lambda text: text[:16],
)  # fmt: skip
def test_half_a_megabyte_of_anything_takes_no_time(text: str) -> None:
    with ends_within(cpu_s=3):
        inventory(text)


def test_a_footnote_that_is_a_link_carries_it_once() -> None:
    carried = inventory("It rained.[^2]\n\n[^2]: <https://a.example/2>\n").carried
    assert [(each.offset, each.url) for each in carried] == [(23, "https://a.example/2")]


def test_a_text_too_large_for_the_parser_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    block = "See [a](https://a.example/b) and https://c.example/, or [d][e] and [f](#g).\n\n"
    text = block * 20 + "[e]: https://h.example/\n" + "[i](j) " * 30
    whole = markdown.inventory(text)
    monkeypatch.setattr(markdown, "_PIECE_CHARS", 100)
    parted = markdown.inventory(text)
    assert [each[:3] for each in parted.carried] == [each[:3] for each in whole.carried]
    assert parted.within == whole.within
    assert len(markdown.inventory(text, 7).carried) < 12
