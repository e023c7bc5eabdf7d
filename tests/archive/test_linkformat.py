from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.archive.linkformat import WebLink, http_date, parse

TIMEMAP = """<http://quay.example/x;y=1,2?a=<b>; rel="original",
 <http://archive.example/timemap/http://quay.example/x>
   ; rel="self" ; type="application/link-format"; from="Tue, 20 Jun 2000 18:02:59 GMT",
<http://archive.example/20000620180259/http://quay.example/x;y=1,2>; rel="first memento";
 datetime="Tue, 20 Jun 2000 18:02:59 GMT",
<http://archive.example/20090426180259/http://quay.example/x>; rel=memento; datetime="Sun, 26 Apr 2009 18:02:59 GMT"
"""


def test_urls_and_dates_keep_their_commas_and_semicolons() -> None:
    original, itself, first, last = parse(TIMEMAP)
    assert original == WebLink("http://quay.example/x;y=1,2?a=<b", {"rel": "original"})
    assert itself.attributes == {
        "rel": "self",
        "type": "application/link-format",
        "from": "Tue, 20 Jun 2000 18:02:59 GMT",
    }
    assert (first.url, first.rels, first.moment) == (
        "http://archive.example/20000620180259/http://quay.example/x;y=1,2",
        frozenset({"first", "memento"}),
        datetime(2000, 6, 20, 18, 2, 59, tzinfo=UTC),
    )
    assert (last.rels, last.moment) == (frozenset({"memento"}), datetime(2009, 4, 26, 18, 2, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", []),
        ("nonsense, more", []),
        ("<unclosed", []),
        ("<a>", [WebLink("a", {})]),
        ("<a>,<b>", [WebLink("a", {}), WebLink("b", {})]),
        ("<a>; rel", [WebLink("a", {"rel": ""})]),
        ('<a>; REL="x \\"y\\" z"', [WebLink("a", {"rel": 'x "y" z'})]),
        ('<a>; rel="x"; rel="y"', [WebLink("a", {"rel": "x"})]),
        ('<a>; title="unclosed, <b>', [WebLink("a", {"title": "unclosed, <b>"})]),
        ("<a> ; ; rel=x , junk <b>", [WebLink("a", {"rel": "x"}), WebLink("b", {})]),
        ('<a>; title="a; b, c>"; rel=x', [WebLink("a", {"title": "a; b, c>", "rel": "x"})]),
    ],
)
def test_odd_texts_are_read_as_far_as_they_go(text: str, links: list[WebLink]) -> None:
    assert parse(text) == links


@given(st.text(alphabet='<>;,="\\ abrel\n', max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert len(parse(text)) <= text.count("<")


@given(url=st.text(alphabet="ab:/;,=?\"'", min_size=1), title=st.text(alphabet="ab;,<>='"))
def test_what_is_written_is_read_back(url: str, title: str) -> None:
    assert parse(f'<{url}>; title="{title}"; rel=x, <b>')[0] == WebLink(url, {"title": title, "rel": "x"})


@pytest.mark.parametrize("text", ["", "soon", "Tue, 99 Jun 2000 18:02:59 GMT"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert http_date(text) is None
