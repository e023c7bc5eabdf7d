"""Settings files: what they may say, and how they are refused."""

from pathlib import Path

import pytest

from citecheck import settings
from citecheck.errors import SettingsError
from citecheck.settings import FailOn, FetchSettings, RuleLevel, Settings


def written(tmp_path: Path, text: str, name: str = "citecheck.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_sets_what_it_names_and_leaves_the_rest(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        fail_on = "warning"
        publisher = "Harbour Gazette"
        [fetch]
        host_interval_s = 2
        canaries = ["one.example"]
        [rules]
        moved-link = "off"
        """,
    )
    assert settings.load(path) == Settings(
        fail_on=FailOn.WARNING,
        publisher="Harbour Gazette",
        fetch=FetchSettings(host_interval_s=2.0, canaries=("one.example",)),
        rules={"moved-link": RuleLevel.OFF},
    )


def test_pyproject_is_read_from_its_own_table(tmp_path: Path) -> None:
    path = written(tmp_path, "[project]\nname = 'x'\n[tool.citecheck]\noffline = true\n", "pyproject.toml")
    assert settings.load(path) == Settings(offline=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fial_on = 'error'", "unknown key `fial_on`; did you mean `fail_on`?"),
        (
            "[fetch]\nhost_intervall_s = 1",
            "unknown key `fetch.host_intervall_s`; did you mean `fetch.host_interval_s`?",
        ),
        ("zzz = 1", "unknown key `zzz`"),
        ("[fetch]\nconcurrency = 'many'", "`fetch.concurrency`: expected `int`, got `str`"),
        ("fail_on = 'eror'", "`fail_on`: invalid enum value 'eror'"),
        ("offline = ", "not valid TOML: Invalid value (at end of document)"),
    ],
)
def test_a_bad_file_is_refused_in_one_line_that_names_it(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as refused:
        settings.load(path)
    assert str(refused.value) == f"{path}: {message}"
    assert refused.value.exit_code == 2


def test_the_nearest_file_rules(tmp_path: Path) -> None:
    inner = tmp_path / "docs" / "en"
    inner.mkdir(parents=True)
    outer = written(tmp_path, "[tool.citecheck]\n", "pyproject.toml")
    assert settings.find(inner) == outer
    nearer = written(tmp_path / "docs", "")
    assert settings.find(inner) == nearer


def test_flags_lie_over_the_file_and_none_changes_nothing() -> None:
    changed = Settings(publisher="A").overridden(
        {"offline": True, "fetch.ca_file": None, "fetch.host_interval_s": 0.5, "fetch.connect_to": ("a:1:b:2",)}
    )
    assert changed == Settings(
        offline=True, publisher="A", fetch=FetchSettings(host_interval_s=0.5, connect_to=("a:1:b:2",))
    )
