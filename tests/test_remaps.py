"""Where links are asked for instead."""

import re

import pytest

from citecheck.errors import SettingsError
from citecheck.remaps import Remaps


def test_the_first_rule_that_fits_puts_another_place_there() -> None:
    remapped = Remaps(
        (
            r"^https://www\.harbour\.example/=http://127.0.0.1:8000/",
            r"//(\w+)\.example/=//\1.test/",
            r"^https://(\w+)\.(\w+)/=http://$2/${1}0/",
            "pilot=x",
        )
    )
    assert [
        remapped("https://www.harbour.example/a?b=c"),
        remapped("https://pilot.example/pilot"),
        remapped("https://berth.net/x"),
        remapped("https://else.where.test/"),
    ] == ["http://127.0.0.1:8000/a?b=c", "https://pilot.test/pilot", "http://net/berth0/x", "https://else.where.test/"]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("harbour", "remap `harbour`: it must read FROM=TO"),
        ("=x", "remap `=x`: it must read FROM=TO"),
        ("(=x", "remap `(=x`: missing ), unterminated subpattern at position 0"),
        ("a=$2", "remap `a=$2`: invalid group reference 2 at position 3"),
        (r"a=\2", r"remap `a=\2`: invalid group reference 2 at position 1"),
    ],
)
def test_a_rule_that_is_none_is_told(rule: str, message: str) -> None:
    with pytest.raises(SettingsError, match=f"^{re.escape(message)}$"):
        Remaps((rule,))
