"""The sourcing map of a real live blog against what an editor found in it by hand, a day at a time."""

import json
from pathlib import Path

import pytest

from citecheck import extractor
from citecheck.model import AttributionKind, DaySourcing, LinksKept
from citecheck.reporter.sourcing import map_document

SHARED = Path(__file__).parents[2] / "../shared"
GOLD = SHARED / "gold" / "seed-moscowtimes-karabakh.json"
KEPT = {
    "2020-11-16": LinksKept.PARTLY,
    "2020-11-05": LinksKept.PARTLY,
    "2020-11-03": LinksKept.KEPT,
    "2020-11-02": LinksKept.PARTLY,
    "2020-10-28": LinksKept.PARTLY,
}


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ")


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    aliases = json.loads((SHARED / "gold" / "ALIASES.json").read_text(encoding="utf-8"))
    return {_key(alias): name for name, own in aliases.items() if not name.startswith("_") for alias in (name, *own)}


@pytest.mark.skipif(not GOLD.is_file(), reason="the annotated sample is not beside the checkout")
def test_every_day_shows_the_gaps_that_an_editor_found(names: dict[str, str]) -> None:
    expected = {day["date"]: day for day in json.loads(GOLD.read_text(encoding="utf-8"))["day_gaps"]}
    (source,) = extractor.read([str(next((SHARED / "seed").glob("*.txt")))])
    days = {str(day.date): day for day in map_document(extractor.extract(source)) if day.date}

    def canonical(given: set[str]) -> set[str]:
        return {names.get(_key(name), name) for name in given}

    def shown(day: DaySourcing) -> tuple[set[str], set[str], set[str], bool, LinksKept]:
        credited = {use.outlet for use in day.outlets if use.is_credited}
        unnamed = {use.outlet for use in day.outlets if use.is_credited and not use.cited and not use.mentioned}
        uncredited = {
            use.outlet
            for use in day.outlets
            if use.kind is AttributionKind.OUTLET and not use.is_self and use.cited and not use.is_credited
        }
        has_line = day.credit_line is not None
        return canonical(credited), canonical(unnamed), canonical(uncredited), has_line, day.links

    assert {date: shown(day) for date, day in days.items()} == {
        date: (
            canonical(set(day["credited"])),
            canonical(set(day["credited_without_inline"])),
            canonical(set(day["inline_outlets_not_credited"])),
            day["has_credit_line"],
            KEPT.get(date, LinksKept.LOST),
        )
        for date, day in expected.items()
    }
