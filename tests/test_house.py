"""The house stays small enough to find one's way: no module grows past what one reads in a sitting."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "citecheck"


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_is_longer_than_350_lines() -> None:
    assert {
        path.relative_to(PACKAGE).as_posix(): lines(path) for path in PACKAGE.rglob("*.py") if lines(path) > 350
    } == {}


def test_the_audit_reads_in_one_go() -> None:
    assert lines(PACKAGE / "audit.py") < 150


def test_no_list_of_words_has_one_twice() -> None:
    tables = {
        path.relative_to(PACKAGE).as_posix(): tomllib.loads(path.read_text("utf-8")) for path in PACKAGE.rglob("*.toml")
    }
    assert len(tables) > 20
    assert {name: found for name, each in tables.items() if (found := list(repeated(each)))} == {}


def repeated(value: object) -> Iterator[str]:
    """The words that a list somewhere in a table has more than once."""
    if isinstance(value, dict):
        for each in value.values():
            yield from repeated(each)
    elif isinstance(value, list):
        yield from (
            each for each, count in Counter(each for each in value if isinstance(each, str)).items() if count > 1
        )
        for each in value:
            yield from repeated(each)
