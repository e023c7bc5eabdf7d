"""The rules' own pages: one Markdown file a rule in citecheck/rules/.

Each says what, why, when it is wrong, how to fix and how to silence.
"""

import difflib
from functools import cache
from importlib import resources
from typing import NamedTuple

from citecheck.errors import UsageError
from citecheck.reporter.findings import RULES


class RulePage(NamedTuple):
    id: str
    title: str
    """What is wrong, in a few words: the page's first heading without the id."""
    summary: str
    """The paragraph under the title."""
    text: str
    """The whole page, Markdown."""


@cache
def page(rule: str) -> RulePage:
    """The page of a rule. Raises UsageError for an id that does not exist, with the nearest that does."""
    ids = [each.id for each in RULES]
    if rule not in ids:
        near = difflib.get_close_matches(rule, ids, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(ids)}"
        raise UsageError(f"no such rule: {rule}; {hint}", about=rule)
    text = resources.files("citecheck").joinpath("rules", f"{rule}.md").read_text(encoding="utf-8")
    heading, _, rest = text.partition("\n")
    summary = rest.strip().split("\n\n", 1)[0]
    return RulePage(
        id=rule,
        title=heading.removeprefix("# ").partition(": ")[2],
        summary=" ".join(summary.split()),
        text=text,
    )


def pages() -> tuple[RulePage, ...]:
    """Every rule's page, in order of impact."""
    return tuple(page(rule.id) for rule in RULES)
