"""Lines and columns, by any of the line ends, and through decoded parts of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.extractor.inventory.places import Lines, code_points
from citecheck.extractor.inventory.references import decoded
from citecheck.model import Position


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, Position(1, 1)),
        ("ab\ncd", 1, Position(1, 2)),
        ("ab\ncd", 2, Position(1, 3)),
        ("ab\ncd", 3, Position(2, 1)),
        ("ab\ncd", 5, Position(2, 3)),
        ("a\r\nb\rc\n", 3, Position(2, 1)),
        ("a\r\nb\rc\n", 5, Position(3, 1)),
        ("a\r\nb\rc\n", 7, Position(4, 1)),
        ("𝔘é\u2028x\n", 3, Position(1, 4)),
    ],
)
def test_a_place_is_counted_in_code_points_from_the_last_line_end(text: str, offset: int, expected: Position) -> None:
    assert Lines(text).position(offset) == expected


@given(st.text(alphabet="a\r\n", max_size=30))
def test_every_character_has_the_place_that_counting_gives(text: str) -> None:
    lines = Lines(text)
    line = column = 1
    for offset, character in enumerate(text):
        assert lines.position(offset) == (line, column)
        is_end = character == "\n" or (character == "\r" and text[offset + 1 : offset + 2] != "\n")
        line, column = (line + 1, 1) if is_end else (line, column + 1)


@pytest.mark.parametrize(
    ("text", "in_attribute", "expected"),
    [
        ("a&amp;b&#x26;&#38c", True, "a&b&&c"),
        ("?a=1&region=2&copy=3&lt", True, "?a=1&region=2&copy=3<"),
        ("?a=1&region=2&copy=3&lt", False, "?a=1®ion=2©=3<"),
        ("&notit;&notin;&#0;&#128;&#xD800;", False, "¬it;∉\ufffd€\ufffd"),
        ("&nosuch; & &;", False, "&nosuch; & &;"),
    ],
)
def test_references_are_decoded_as_the_standard_has_it(text: str, in_attribute: bool, expected: str) -> None:
    assert decoded(text, 0, len(text), in_attribute=in_attribute).text == expected


def test_each_decoded_character_knows_its_place() -> None:
    excerpt = decoded("xx a&amp;b&lt;&gt;c", 3, 19, in_attribute=True)
    assert excerpt.text == "a&b<>c"
    assert [excerpt.place(offset) for offset in range(len(excerpt.text))] == [3, 4, 9, 10, 14, 18]


@given(st.text(alphabet="aé漢𝔘\n", max_size=30), st.sampled_from([1, 9, 60]))
def test_offsets_in_bytes_are_turned_into_those_in_code_points(text: str, times: int) -> None:
    text *= times
    place = code_points(text)
    assert [place(len(text[:end].encode())) for end in range(len(text) + 1)] == list(range(len(text) + 1))
