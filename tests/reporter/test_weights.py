"""The word lists: every one loads, is folded and its patterns hold what they should and no more."""

import tomllib
from importlib.resources import files

import pytest

from citecheck.reporter.weights import Stake, stake, state_label

WORDS = tomllib.loads(files("citecheck.reporter").joinpath("words.toml").read_text(encoding="utf-8"))


def test_the_lists_are_lower_case_and_without_repeats() -> None:
    assert {table: sorted(lists) for table, lists in WORDS.items()} == {
        "labels": ["state_run"],
        "stakes": ["accusations", "casualties", "numbers"],
    }
    for words in (words for lists in WORDS.values() for words in lists.values()):
        assert len(set(words)) == len(words)
        assert [word for word in words if word != word.lower() or not word.strip("*").strip()] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three people were killed and one man was charged.", Stake.CASUALTIES),
        ("The deadline has passed.", Stake.OTHER),
        ("Er wurde verletzt.", Stake.CASUALTIES),
        ("Его обвиняют в мошенничестве.", Stake.ACCUSATIONS),
        ("She pledged allegiance.", Stake.OTHER),
        ("They are alleged to have paid.", Stake.ACCUSATIONS),
        ("Prices rose by 4.5%.", Stake.NUMBERS),
        ("About two thousand came.", Stake.NUMBERS),
        ("The B-52 landed.", Stake.OTHER),
        ("It opens at 10:30 on 3 March 2024.", Stake.OTHER),
    ],
)
def test_the_worst_that_a_sentence_puts_at_stake(text: str, expected: Stake) -> None:
    assert stake(text) is expected


@pytest.mark.parametrize(
    ("qualifiers", "label"),
    [
        (("Russia’s", "State-run", "news agency"), "State-run"),
        (("staatliche",), "staatliche"),
        (("pro-government", "daily"), None),
        (("United States", "stately"), None),
        ((), None),
    ],
)
def test_which_qualifier_calls_an_outlet_a_states(qualifiers: tuple[str, ...], label: str | None) -> None:
    assert state_label(qualifiers) == label
