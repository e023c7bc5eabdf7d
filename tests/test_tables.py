"""Tables are parsed once: what they hold is kept beside the bytecode until they change."""

import os
import sys
import tomllib
from pathlib import Path

import pytest

from citecheck import tables


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "words.toml"
    path.write_text('words = ["gone", "perdu"]\n', encoding="utf-8")
    return path


def test_a_table_is_parsed_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tables.table(path) == {"words": ["gone", "perdu"]}
    assert [each.name for each in path.parent.joinpath("__pycache__").iterdir()] == [tables.kept_at(path).name]
    monkeypatch.setattr(tomllib, "loads", lambda text: pytest.fail("parsed again"))
    assert tables.table(path) == {"words": ["gone", "perdu"]}


def test_a_table_that_has_changed_is_parsed_anew(path: Path) -> None:
    tables.table(path)
    path.write_text('words = ["gone", "weg"]\n', encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert tables.table(path) == {"words": ["gone", "weg"]}
    os.utime(path, ns=(2, 2))
    assert tables.table(path) == {"words": ["gone", "weg"]}


def _in_capitals(parsed: tables.Table) -> tables.Table:
    return {"words": [each.upper() for each in parsed["words"]]}


def test_what_is_made_of_a_table_is_made_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tables.table(path) == {"words": ["gone", "perdu"]}
    assert tables.table(path, _in_capitals) == {"words": ["GONE", "PERDU"]}
    monkeypatch.setattr(tomllib, "loads", lambda text: pytest.fail("parsed again"))
    assert tables.table(path, _in_capitals) == {"words": ["GONE", "PERDU"]}


def test_what_is_made_by_a_module_that_has_changed_is_made_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables.table(path, _in_capitals)
    edited = path.with_name("maker.py")
    edited.touch()
    monkeypatch.setattr(sys.modules[__name__], "__file__", str(edited))
    monkeypatch.setattr(tomllib, "loads", lambda text: {"words": ["weg"]})
    assert tables.table(path, _in_capitals) == {"words": ["WEG"]}


@pytest.mark.parametrize("rest", [b"", b"nonsense", b"\xe9"])
def test_what_is_kept_and_cannot_be_read_is_made_anew(path: Path, rest: bytes) -> None:
    tables.table(path)
    kept = tables.kept_at(path)
    whole = kept.read_bytes()
    kept.write_bytes(whole[: whole.index(b"\n") + 1] + rest)
    assert tables.table(path) == {"words": ["gone", "perdu"]}
    assert kept.read_bytes() == whole


def test_nothing_is_kept_where_bytecode_is_not_or_marshal_cannot(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text("day = 2024-05-01\n", encoding="utf-8")
    assert tables.table(path) == tomllib.loads("day = 2024-05-01")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    path.write_text("word = 1\n", encoding="utf-8")
    assert tables.table(path) == {"word": 1}
    assert not tables.kept_at(path).exists()
