"""markers.toml and missing.toml: spelt as pages are before they are compared."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from citecheck.fetcher.markers import markers, missing_phrases
from citecheck.fetcher.wording import folded, plain


def strings(table: Any) -> Iterator[str]:
    """All strings below, but for what a wall's vendor is called."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        for key, value in table.items():
            yield from () if key == "name" else strings(value)
    elif isinstance(table, list | tuple):
        for each in table:
            yield from strings(each)


@pytest.mark.parametrize("load", [markers, missing_phrases])
def test_every_phrase_is_spelt_as_pages_are_when_they_are_compared(load: Any) -> None:
    found = list(strings(msgspec.to_builtins(load())))
    assert len(found) > 500
    assert [each for each in found if folded(each) != each] == []


def test_what_phrases_are_filled_with_is_there() -> None:
    for language in missing_phrases().language:
        filled = "".join((*language.after, *language.wanted))
        assert set(re.findall(r"{(\w+)}", filled)) <= {
            "noun",
            "gap",
            *(key for key in ("gone", "here") if getattr(language, key)),
        }


def test_what_whole_lines_are_compared_with_is_spelt_as_they_are() -> None:
    table = markers()
    lines = (table.missing.server_titles, table.missing.ways_home, table.login.titles, table.consent.titles)
    found = {
        each for every in (*lines, table.consent.buttons, table.outage.notices, table.gate.titles) for each in every
    }
    assert {each for each in found if plain(each) != each} == set()
