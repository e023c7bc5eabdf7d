from importlib import resources

import pytest

from citecheck.errors import UsageError
from citecheck.reporter import RULES, explain
from citecheck.reporter.rules import page, pages

SECTIONS = ("## Why", "## When it is wrong", "## How to fix", "## How to silence")


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    folder = resources.files("citecheck").joinpath("rules")
    assert sorted(each.name for each in folder.iterdir()) == sorted(f"{rule.id}.md" for rule in RULES)


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_a_page_says_what_why_when_wrong_how_to_fix_and_to_silence(rule: str) -> None:
    made = page(rule)
    assert made.text.startswith(f"# {rule}: {made.title}\n\n")
    assert made.title and made.summary and not made.summary.startswith("#")
    assert [line for line in made.text.splitlines() if line.startswith("## ")] == list(SECTIONS)
    silence = made.text.partition("## How to silence")[2]
    assert f'{rule} = "' in silence
    if rule != "expired-exclude":  # it stands in the settings, where no comment of a text reaches
        assert f"<!-- citecheck-disable-next-line {rule} -- " in silence


def test_the_pages_come_in_order_of_impact() -> None:
    assert [made.id for made in pages()] == [rule.id for rule in RULES]


def test_an_unknown_rule_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no such rule: dead-lnk; did you mean dead-link"):
        explain("dead-lnk")
