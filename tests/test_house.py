"""The house stays small enough to find one's way: no module grows past what one reads in a sitting."""

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
