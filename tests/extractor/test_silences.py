"""Comments that silence: which lines and rules they cover, and what they leave of the text."""

import pytest

from citecheck.extractor import extract, silences
from citecheck.model import Silence, Source


def markdown(*lines: str) -> Source:
    return Source("a.md", "\n".join(lines).encode(), "text/markdown")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["<!-- citecheck-disable-next-line dead-link -- it is history -->", "", "[a](https://a.example/)"],
            [Silence(("dead-link",), 3, 3, "it is history")],
        ),
        (
            ["[a](https://a.example/) <!-- citecheck-disable-line dead-link, moved-link -- why not -->"],
            [Silence(("dead-link", "moved-link"), 1, 1, "why not")],
        ),
        (
            ["x", "<!-- citecheck-disable-file moved-link -- a mirror -->"],
            [Silence(("moved-link",), 1, None, "a mirror")],
        ),
        (
            ["<!-- citecheck-disable -- old -->", "a", "<!-- citecheck-enable -->", "b"],
            [Silence((), 1, 3, "old")],
        ),
        (
            [
                "<!-- citecheck-disable dead-link -- a -->",
                "<!-- citecheck-disable moved-link -- b -->",
                "<!-- citecheck-enable dead-link -->",
                "z",
            ],
            [Silence(("dead-link",), 1, 3, "a"), Silence(("moved-link",), 2, None, "b")],
        ),
        (["<!--citecheck-disable-line-->"], [Silence((), 1, 1, "")]),
        (["{/* citecheck-disable-line dead-link -- in MDX */}"], [Silence(("dead-link",), 1, 1, "in MDX")]),
        (["Write `<!-- citecheck-disable-file -->`"], [Silence((), 1, None, "")]),
        (["citecheck-disable-file is a comment"], []),
        (["```html", "<!-- citecheck-disable-file -- shown -->", "```"], []),
        (["<!-- citecheck-disable-next-line -- nothing follows -->", ""], []),
    ],
)
def test_what_a_comment_covers(lines: list[str], expected: list[Silence]) -> None:
    assert list(silences.of(markdown(*lines)).silences) == expected


@pytest.mark.parametrize("opening", ["", "# ", "// ", "% ", ".. ", "<!-- "])
def test_in_a_plain_text_it_stands_on_its_own_line_and_is_no_part_of_the_text(opening: str) -> None:
    text = f"Before.\n{opening}citecheck-disable-next-line dead-link -- see https://why.example/\nSee https://a.example/b.\n"
    document = extract(Source("a.txt", text.encode()), links_only=True)
    assert document.silences[0].reason.startswith("see https://why.example/")
    assert [(link.line, link.url) for link in document.links] == [(3, "https://a.example/b")]
    assert [(each.first_line, each.last_line) for each in document.silences] == [(3, 3)]


def test_prose_that_mentions_it_silences_nothing() -> None:
    text = b"Write citecheck-disable-next-line above it: https://a.example/b.\n"
    assert silences.of(Source("a.txt", text)) == silences.Silencing(Source("a.txt", text), (), ())


def test_a_rule_that_does_not_exist_is_named_with_the_nearest() -> None:
    document = extract(markdown("<!-- citecheck-disable-line ded-link -- x -->"), links_only=True)
    assert document.notes == ("line 1: citecheck-disable-line names no rule: ded-link; did you mean dead-link?",)


@pytest.mark.parametrize(
    ("silence", "rule", "line", "covers"),
    [
        (Silence((), 2, 4), "dead-link", 4, True),
        (Silence((), 2, 4), "dead-link", 5, False),
        (Silence((), 2, None), "dead-link", 99, True),
        (Silence(("moved-link",), 2, 4), "dead-link", 3, False),
        (Silence((), 1, None), "dead-link", None, True),
        (Silence((), 2, None), "dead-link", None, False),
    ],
)
def test_what_a_silence_covers(silence: Silence, rule: str, line: int | None, covers: bool) -> None:
    assert silence.covers(rule, line) is covers
