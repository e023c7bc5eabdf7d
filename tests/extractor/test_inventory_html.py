"""Every URL of an HTML text is found where it stands, and nothing that is none."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from citecheck.extractor.inventory.carried import Carried, Inventory
from citecheck.extractor.inventory.html import inventory, words
from citecheck.extractor.inventory.places import Lines
from citecheck.model import Position
from tests.effort import ends_within

PAGE = (Path(__file__).parent / "data" / "carriers.html").read_text(encoding="utf-8")
_MARKER = re.compile(r"[\w-]+\.carrier\.example")


def found(text: str) -> list[tuple[str, str]]:
    return [(each.origin, each.url) for each in inventory(text).carried]


def expected_places() -> dict[str, Position]:
    """By host: where its URL begins, looked up in the page line by line, without any reader."""
    places = {}
    for number, line in enumerate(PAGE.split("\n"), 1):
        for match in _MARKER.finditer(line):
            lead = re.search(r"(?:https?:(?:\\?/){2}|//|mailto:desk@|www\.)?\Z", line[: match.start()])
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


def test_each_url_of_the_page_is_as_written_and_has_its_origin() -> None:
    by_name = {each.url.partition("//")[2].partition(".carrier")[0]: each for each in inventory(PAGE).carried}
    told = {name: (by_name[name].origin, by_name[name].url) for name in ("unquoted", "amp", "srcdoc", "json-ld", "use")}
    assert told == {
        "unquoted": ("a", "https://unquoted.carrier.example/?a=1&region=2&region=3"),
        "amp": ("a", "https://amp.carrier.example/?a=1&b=2&c=3"),
        "srcdoc": ("a", "https://srcdoc.carrier.example/?a=1&b=2"),
        "json-ld": ("json-ld", "https://json-ld.carrier.example/article"),
        "use": ("svg", "https://use.carrier.example/#i"),
    }
    origins = (
        "a area audio bare blockquote body button code css custom del div embed form html iframe img input ins json-ld "
        "link meta object param q refresh script source svg track video"
    )
    assert sorted({each.origin for each in inventory(PAGE).carried}) == origins.split()


def test_what_is_no_address_by_itself_tells_what_it_stands_for() -> None:
    assert [(each.url, each.stands_for) for each in inventory(PAGE).carried if each.stands_for] == [
        ("www.bare-www.carrier.example/x", "https://www.bare-www.carrier.example/x"),
        ("doi:10.5555/carrier.1", "https://doi.org/10.5555/carrier.1"),
        ("arXiv:2101.00001v2", "https://arxiv.org/abs/2101.00001v2"),
    ]


def test_the_first_base_is_told_and_is_no_link() -> None:
    assert inventory(PAGE).base == "https://base.not.example/dir/"
    assert inventory("<base target=x><base href=/a><base href=/b>") == Inventory([], "/a", [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a href=/a>", [("a", "/a")]),
        ("<a href = '/a b' >", [("a", "/a b")]),
        ('<a/href="/a"/>', [("a", "/a")]),
        ('<a "href="/a">', []),
        ("<a =href=/a>", []),
        ('<a x=">" href=/a>', [("a", "/a")]),
        ("<a href=/a", [("a", "/a")]),
        ('<a href="/a', [("a", "/a")]),
        ("<!--><a href=/a>-->", [("a", "/a")]),
        ("<!-- x --!><a href=/a>", [("a", "/a")]),
        ("<!-- <a href=/a>", []),
        ("<? <a href=/a>", []),
        ("</p><a href=/a></p>", [("a", "/a")]),
        ("<style>a{</STYLE ><a href=/a>", [("a", "/a")]),
        ("<script></scripty><a href=/a></script><a href=/b>", [("a", "/b")]),
        ("<svg><title/><a href=/a></svg>", [("a", "/a")]),
        ("<title/><a href=/a></title>", []),
        ("<a href='/a?b&amp=c&amp;d&ampe&notit;&lt'>", [("a", "/a?b&amp=c&d&ampe&notit;<")]),
        ("<a href='&#x68;ttps://h.example&#47;'>", [("a", "https://h.example/")]),
        ("https://a.example/x<br>https://b.example/", [("bare", "https://a.example/x"), ("bare", "https://b.example/")]),
        ("<a href=/a>http://no.example<p>http://no2.example", [("a", "/a")]),
        ("<meta http-equiv=refresh content='0;/a'>", [("refresh", "/a")]),
        ("<meta http-equiv=refresh content=0><meta http-equiv=refresh content='0; URL=\"/b\" c'>", [("refresh", "/b")]),
        ("<meta property=og:image content=/i.png><meta name=author content=/n>", [("meta", "/i.png")]),
        ("<meta property=og:image:secure_url content=/i.png>", [("meta", "/i.png")]),
        (r"<style>a{b:url(https\3a //a.example/\62)}</style>", [("css", "https://a.example/b")]),
        (r'<script type=application/ld+json>{"url": "https:\u002f\u002fa.example/b", "c": "d\\/"}</script>',
         [("json-ld", "https://a.example/b")]),
        ("<a href='{{ url }}'><a href='<?= x ?>'><a href='${x}'>", []),
        ('<p title="<a href=/a>">x', []),
        ('<p title="see www.a.example">x', []),
        ('<p title="see https://a.example/">x', []),
        ('<p class="a" id="b">see www.a.example', [("bare", "www.a.example")]),
        ('<p class="a" style="background:url(/b)">', [("css", "/b")]),
        ('<a class="b" href="https://a.example/" title="see https://b.example/">', [("a", "https://a.example/")]),
        ('<a title="see www.b.example" href="https://a.example/">', [("a", "https://a.example/")]),
        ('x WWW.A.EXAMPLE<a href="https://b.example/10.5555/c">y</a>10.5555/d',
         [("bare", "WWW.A.EXAMPLE"), ("a", "https://b.example/10.5555/c"), ("bare", "10.5555/d")]),
    ],
)  # fmt: skip
def test_markup_is_read_as_the_standard_reads_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_an_empty_carrier_carries_nothing() -> None:
    assert inventory("") == Inventory([], None, [])
    assert found("<img srcset=','><img srcset><a href=' '><style>a{background:url()}</style>") == []


_PIECES = st.sampled_from(
    [*"<>/=\"'! &;-\n\t", "a", "href", "src", "https://a.example/", "<a href=", "<!--", "-->", "<style>", "</style>",
     "url(", "<script>", "</script>", "&amp;", "srcset", "style", "<svg>", "é", "𝔘", "www.b.example", "<pre>", "<code>"]
)  # fmt: skip


@trying(deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_any_markup_is_read_and_every_plain_url_stands_where_it_is_said_to(text: str) -> None:
    for each in inventory(text).carried:
        if "&" not in text and "\\" not in text:
            assert text.startswith(each.url, each.offset)


def test_the_result_is_in_the_order_of_the_source() -> None:
    offsets = [each.offset for each in inventory(PAGE).carried]
    assert offsets == sorted(offsets)
    assert inventory("<a href=/b>x</a>").carried == [Carried(8, "/b", "a", 11)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a href=/x>The <b>old</b>\n quay &amp; pier</a> more", "The old quay & pier"),
        ("<a href=/x><img src=y></A >", ""),
        ("<a href=/x>never closed", ""),
    ],
)
def test_the_words_of_a_link_are_those_up_to_its_end(text: str, expected: str) -> None:
    assert words(text, inventory(text).carried[0].tag_end) == expected


@pytest.mark.parametrize(
    "text",
    [
        '<a href="' * 50_000,
        "<a href=x " * 50_000,
        "<div>" * 100_000,
        "<!--" * 100_000,
        "<a" * 200_000,
        "<a " + "x=y " * 100_000 + ">",
        "<a href=/a>https://a.example/ " * 20_000,
        "<code>https://a.example/ " * 20_000,
        "<svg><title/>" * 40_000,
        "<style>" * 50_000 + "url(" * 50_000,
        "<style>a{background:url(" + "\\" * 500_000,
        "<script type=application/ld+json>" + '"\\' * 200_000,
        "<img srcset='" + "(" * 300_000,
        "<img srcset='" + "a, " * 100_000 + "'>",
        "<iframe srcdoc='" + "<iframe srcdoc=&quot;" * 20_000,
        "&" * 500_000 + "://",
        "<p>" + "&amp" * 100_000 + "https://a.example/",
        "<a href='" + "&notanentity" * 50_000 + "'>",
        "https://" * 60_000,
        "www." * 120_000,
        "10.1000/" * 60_000,
        "arxiv:" * 80_000,
    ],
    ids=lambda text: text[:16],
)
def test_half_a_megabyte_that_takes_a_parser_half_a_minute_takes_no_time(text: str) -> None:
    with ends_within(cpu_s=2):
        inventory(text)


def test_a_text_in_json_ld_carries_what_the_page_does_not_show() -> None:
    block = (
        r'{"articleBody": "At <a href=\"https:\/\/a.example\/x\">a</a>, https://b.example/y and https://c.example/."}'
    )
    text = f'<script type="application/ld+json">{block}</script><a href="https://c.example/">c</a>'
    assert [(each.origin, each.url, text[each.offset :][:12]) for each in inventory(text).carried] == [
        ("a", "https://a.example/x", r"https:\/\/a."),
        ("bare", "https://b.example/y", "https://b.ex"),
        ("a", "https://c.example/", "https://c.ex"),
    ]
