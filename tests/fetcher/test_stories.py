"""Headlines that read like notices, above texts on other things and above what notices say."""

import pytest

from citecheck.fetcher.page import Page
from citecheck.fetcher.signals import stories


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Six months of talks for nothing, says the union.", True),
        ("Nach vierzig Jahren ist Schluss am Deich.", True),
        ("The pier stays dark.", False),
        ("Back from the quay. The sea. Gulls.", False),
        ("Six months of talks, and you must wait.", False),
        ("The old address led to the upper quay.", False),
        ("This took about five seconds on the quay.", False),
        ("The whole crew went missing after the gale.", False),
        ("半年にわたる交渉は実を結ばなかった", False),
        ("", False),
    ],
)
def test_a_story_speaks_neither_to_its_reader_nor_of_the_web(text: str, tells: bool) -> None:
    page = Page(f"<title>No result</title><a href=/>Skip to the main content</a><h1>No result</h1><p>{text}</p>")
    assert stories.tells(page) is tells


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("page not found", True),
        ("this shanty was removed", True),
        ("nessun risultato", False),
        ("a post removed", True),
    ],
)
def test_a_headline_is_of_the_web(line: str, is_one: bool) -> None:
    assert stories.is_of_the_web(line) is is_one
