"""Anchors of headings as renderers spell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.fetcher.headings import Headings

HEADINGS = Headings(
    [
        "Getting started",
        "1. What's *new* in v2.0?",
        "C++ & C#",
        "Où aller à Nîmes",
        "Установка",
        "インストール",
        "स्थापना",
        "🎉 Party",
        "Fares",
        "Fares",
        "snake_case and kebab-case",
    ]
)


@pytest.mark.parametrize(
    "anchor",
    [
        "getting-started",
        "Getting-Started",
        "getting_started",
        "1-whats-new-in-v20",  # GitHub
        "whats-new-in-v2.0",  # Pandoc
        "what-s-new-in-v2-0",  # docutils
        "c--c",
        "c-c",
        "où-aller-à-nîmes",
        "ou-aller-a-nimes",  # Python-Markdown
        "установка",
        "_1",  # Python-Markdown, which has no letters for it
        "インストール",
        "स्थापना",
        "-party",
        "party",
        "fares",
        "fares-1",
        "fares_1",
        "snake_case-and-kebab-case",
    ],
)
def test_every_renderers_anchor_is_one(anchor: str) -> None:
    assert anchor in HEADINGS


@pytest.mark.parametrize(
    "anchor", ["", "-", "geting-started", "fares-2", "fares_3", "getting", "started-1", "удаление"]
)
def test_what_no_heading_makes_is_none(anchor: str) -> None:
    assert anchor not in HEADINGS


def test_without_foreign_words_no_number_stands_for_them() -> None:
    assert "_1" not in Headings(["Fares"])


@given(st.lists(st.text(), max_size=5), st.text())
def test_a_heading_is_always_reached_by_its_own_words(others: list[str], heading: str) -> None:
    assert heading in Headings([*others, heading]) or not any(map(str.isalnum, heading))
