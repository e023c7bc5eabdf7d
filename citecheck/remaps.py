"""Where a link is asked for instead of where it points: a staging server for the live one, a file for a site."""

import re
from collections.abc import Iterable

from citecheck.errors import SettingsError
from citecheck.patterns import regex

_DOLLAR = regex(r"\$(?:(\d)|\{(\d+)\})")
"""A group as most other tools write it."""


class Remaps:
    """`FROM=TO` rules: the first whose expression FROM is found in a URL puts TO there, `\\1` or `$1` its groups.

    Results stay under the URL as the text has it. Raises SettingsError for a rule that cannot be read.
    """

    def __init__(self, rules: Iterable[str]) -> None:
        self._rules = [_parsed(rule) for rule in rules]

    def __call__(self, url: str) -> str:
        for pattern, replacement in self._rules:
            found, times = pattern.subn(replacement, url, count=1)
            if times:
                return found
        return url


def _parsed(rule: str) -> tuple[re.Pattern[str], str]:
    pattern, equals, replacement = rule.partition("=")
    if not (pattern and equals):
        raise SettingsError(f"remap `{rule}`: it must read FROM=TO", about=rule)
    replacement = _DOLLAR.sub(r"\\g<\1\2>", replacement)
    try:
        compiled = re.compile(pattern)
        compiled.sub(replacement, "")
        re.compile(f"{pattern}|").sub(replacement, "")  # a group that TO names and FROM lacks is an error here
    except (re.error, IndexError) as error:
        raise SettingsError(f"remap `{rule}`: {error}", about=rule) from error
    return compiled, replacement
