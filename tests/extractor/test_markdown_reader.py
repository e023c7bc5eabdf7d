"""Markdown: blocks, links with exact places, front matter, labels, HTML within, MDX, hostile texts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck import extractor
from citecheck.extractor.readers import Anchor, markdown
from citecheck.model import BlockKind, Source
from tests.effort import ends_within

TEXT = """\
---
title: "The dam"
date: 2024-03-05
lang: en-GB
canonical: https://lark.example/dam
---
# Thé *dam*

Wörds [two **parts**](https://a.example/(x) "t") and <https://b.example/>,
https://c.example/d_e_f*g*h. ![alt](https://i.example/1.png) [ref][r] `https://code.example` &amp; so.

- item one
- item [two](<https://d.example/a b>)

> Quoted [q](https://q.example)

<div><a href="https://h.example?a=1&amp;b=2">in html</a></div>

import Chart from "./chart"

```
https://fenced.example
```

Note[^1].

[r]: https://r.example "T"
[unused]: https://u.example
[^1]: See https://f.example
"""


def test_a_link_in_a_label_of_a_table_is_laid_to_the_sentence_of_its_row() -> None:
    source = (
        "| Day | What | Source |\n|---|---|---|\n"
        "| 3 May | The mill burned down in the night. | [Quay](https://a.example/1) |\n"
        "| 4 May | It rained all over the town. | [Gull](https://a.example/2) |\n"
    )
    found = extractor.extract(Source("x.md", source.encode(), "text/markdown"))
    claims = {claim.id: claim.text for update in found.updates for claim in update.claims}
    assert [(link.text, claims.get(link.claim or "")) for link in found.links] == [
        ("Quay", "The mill burned down in the night."),
        ("Gull", "It rained all over the town."),
    ]


def test_labels_above_a_text_may_stand_without_blank_lines() -> None:
    reading = markdown.read(b"Title: The mill\nDate: 2024-01-08\nCategory: Fire\n\n## January 8\n\nIt burned.\n")
    assert (reading.title, reading.published) == ("The mill", date(2024, 1, 8))
    assert [block.kind for block in reading.blocks] == [BlockKind.CAPTION, BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_a_text_is_read_whole() -> None:
    reading = markdown.read(TEXT.encode())
    assert (reading.title, reading.language, reading.published) == ("The dam", "en", date(2024, 3, 5))
    assert reading.address == "https://lark.example/dam"
    assert [(block.kind, block.text, block.position(0)) for block in reading.blocks] == [
        (BlockKind.HEADING, "Thé dam", (7, 3)),
        (
            BlockKind.PARAGRAPH,
            "Wörds two parts and https://b.example/, https://c.example/d_e_fgh. ref https://code.example & so.",
            (9, 1),
        ),
        (BlockKind.ITEM, "item one", (12, 3)),
        (BlockKind.ITEM, "item two", (13, 3)),
        (BlockKind.QUOTE, "Quoted q", (15, 3)),
        (BlockKind.PARAGRAPH, "in html", (17, 46)),
        (BlockKind.CAPTION, 'import Chart from "./chart"', (19, 1)),
        (BlockKind.PARAGRAPH, "Note[^1].", (25, 1)),
        (BlockKind.PARAGRAPH, "[^1]: See https://f.example", (29, 1)),
    ]
    assert tuple(each for each in reading.anchors or () if each.origin != "code") == (
        Anchor("https://lark.example/dam", "meta", 5, 12),
        Anchor("https://a.example/(x)", "a", 9, 23, "two parts", 1, 6, 15),
        Anchor("https://b.example/", "a", 9, 55, "https://b.example/", 1, 20, 38),
        Anchor("https://c.example/d_e_f*g*h", "bare", 10, 1, "", 1, 0),
        Anchor("https://i.example/1.png", "img", 10, 37, "alt"),
        Anchor("https://d.example/a b", "a", 13, 15, "two", 3, 5, 8),
        Anchor("https://q.example", "a", 15, 14, "q", 4, 7, 8),
        Anchor("https://h.example?a=1&b=2", "a", 17, 15, "in html", 5, 0, 7),
        Anchor("https://r.example", "a", 27, 6, "ref", 1, 67, 70),
        Anchor("https://u.example", "a", 28, 11, "unused"),
        Anchor("https://f.example", "bare", 29, 11, "", 8, 0),
    )
    shown = [(each.url, each.line, each.block) for each in reading.anchors or () if each.origin == "code"]
    assert shown == [("https://code.example", 10, None), ("https://fenced.example", 22, None)]


def test_links_are_laid_to_the_sentence_they_stand_in() -> None:
    text = "# Title\n\nOne thing. Two [is](https://a.example/) here. Three\nhas https://b.example/x.\n"
    document = extractor.extract(Source("a.md", text.encode(), "text/markdown"))
    claims = {claim.id: claim.text for update in document.updates for claim in update.claims}
    assert [(link.url, claims[link.claim or ""], link.line, link.column) for link in document.links] == [
        ("https://a.example/", "Two is here.", 3, 21),
        ("https://b.example/x", "Three has https://b.example/x.", 4, 5),
    ]


def test_labels_above_the_text_are_no_text() -> None:
    text = "# T\n\n- Source: The Lark\n- Link: [here](https://lark.example/1)\n- Date: July 9, 2021\n\nRain fell.\n"
    reading = markdown.read(text.encode())
    assert (reading.publisher, reading.published) == ("The Lark", date(2021, 7, 9))
    assert [(block.kind, block.text) for block in reading.blocks] == [
        (BlockKind.HEADING, "T"),
        (BlockKind.CAPTION, "Source: The Lark"),
        (BlockKind.CAPTION, "Link: here"),
        (BlockKind.CAPTION, "Date: July 9, 2021"),
        (BlockKind.PARAGRAPH, "Rain fell."),
    ]
    assert reading.anchors == (Anchor("https://lark.example/1", "a", 4, 16, "here"),)


@given(
    st.lists(
        st.sampled_from(["é", "😀", "a ", "[x](https://a.example/é)", "*", "\n\n", "- ", "> ", "&amp;", "`", "\r\n"])
    )
)
def test_every_url_stands_where_it_says(parts: list[str]) -> None:
    source = "".join(parts)
    lines = source.replace("\r\n", "\n").split("\n")
    for anchor in markdown.read(source.encode()).anchors or ():
        assert anchor.column is not None
        assert lines[anchor.line - 1][anchor.column - 1 :].startswith(anchor.url)


@pytest.mark.parametrize("source", [">" * 100_000, "[" * 100_000, "*a " * 100_000, "[a](" * 50_000, "x" * 2_000_000])
def test_hostile_markdown_is_read_in_linear_time(source: str) -> None:
    with ends_within(cpu_s=5):
        markdown.read(source.encode())


def test_components_of_mdx_and_labels_of_tables_are_no_text() -> None:
    text = (
        '<Card href="https://a.example/" title={`x`}>See the [guide](https://b.example/).</Card>\n\n'
        '<Video src={"https://c.example/v.mp4"} />\n\n'
        "| Place | Said |\n|---|---|\n| Mill | The mill stands under water. |\n| 2 m | [gauge](https://d.example/) |\n"
    )
    reading = markdown.read(text.encode())
    assert [block.text for block in reading.blocks if block.kind is not BlockKind.CAPTION] == [
        "See the guide.",
        "The mill stands under water.",
    ]
    assert [(each.url, each.column) for each in reading.anchors or ()] == [
        ("https://a.example/", 13),
        ("https://b.example/", 61),
        ("https://c.example/v.mp4", 14),
        ("https://d.example/", 17),
    ]
