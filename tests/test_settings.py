"""Settings files: what they may say, and how they are refused."""

from datetime import date
from pathlib import Path

import pytest

from citecheck import layers
from citecheck.errors import SettingsError
from citecheck.hosts import HostSettings
from citecheck.model import Exclusion
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
    assert layers.load(path) == Settings(
        fail_on=FailOn.WARNING,
        publisher="Harbour Gazette",
        fetch=FetchSettings(host_interval_s=2.0, canaries=("one.example",)),
        rules={"moved-link": RuleLevel.OFF},
    )


def test_tables_of_hosts_are_laid_over_one_another_key_by_key(tmp_path: Path) -> None:
    first = written(
        tmp_path, "[hosts.'*.a.example']\nconcurrency = 1\ninterval_s = 2\n[hosts.'b.example']\naccept = [403]"
    )
    second = written(tmp_path, "[hosts.'*.a.example']\nconcurrency = 3", "more.toml")
    stack = [layers.of_file(first), layers.of_file(second)]
    assert layers.settled(stack).hosts == {
        "*.a.example": HostSettings(concurrency=3, interval_s=2.0),
        "b.example": HostSettings(accept=(403,)),
    }


def test_pyproject_is_read_from_its_own_table(tmp_path: Path) -> None:
    path = written(tmp_path, "[project]\nname = 'x'\n[tool.citecheck]\noffline = true\n", "pyproject.toml")
    assert layers.load(path) == Settings(offline=True)


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
        ("fail_on = 'eror'", "`fail_on`: 'eror' is none of new, error, warning, never; did you mean `error`?"),
        ("[rules]\nded-link = 'off'", "`rules.ded-link`: there is no such rule; did you mean `dead-link`?"),
        (
            "[rules]\ndead-link = 'of'",
            "`rules.dead-link`: 'of' is none of off, note, warning, error; did you mean `off`?",
        ),
        ("[[exclude]]\nurl = 'x'", "`exclude[0]`: object missing required field `reason`"),
        ("[[exclude]]\nreason = 'x'", "`exclude[0]`: needs either `url` or `host`"),
        (
            "[[exclude]]\nurl = 'x['\nreason = 'x'",
            "`exclude[0].url`: not a regular expression: unterminated character set at position 1",
        ),
        (
            "[[exclude]]\nurl = 'x'\nreson = 'x'",
            "unknown key `exclude[0].reson`; did you mean `exclude[0].reason`?",
        ),
        ("[[exclude]]\nurl = 'x'\nreason = 'x'\nfile = 'x'", "unknown key `exclude[0].file`"),
        (
            "[hosts.'a.example']\nconcurency = 1",
            "unknown key `hosts.a.example.concurency`; did you mean `hosts.a.example.concurrency`?",
        ),
        (
            "[hosts.'a.example']\n[hosts.'b.example']\naccept = [200, 42]",
            "`hosts.b.example.accept[1]`: expected `int` >= 100",
        ),
        (
            "[hosts.'a.example']\nauth = 'ann:sesame'",
            "`hosts.a.example`: `auth` must be `env:NAME`: a secret belongs in a variable, not in a settings file",
        ),
        (
            "[hosts.'https://a.example/']",
            "`hosts.https://a.example/` is no host's name: `example.org`, `*.example.org` or `*`, without scheme, port "
            "and path",
        ),
        ('[fetch]\nuser_agent = "a\\u0007"', "`fetch`: `user_agent` must be printable ASCII on one line"),
        ("offline = ", "not valid TOML: Invalid value (at end of document)"),
    ],
)
def test_a_bad_file_is_refused_in_one_line_that_names_it(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as refused:
        layers.load(path)
    assert str(refused.value) == f"{path}: {message}"
    assert refused.value.exit_code == 2


def test_the_nearest_file_rules(tmp_path: Path) -> None:
    inner = tmp_path / "docs" / "en"
    inner.mkdir(parents=True)
    outer = written(tmp_path, "[tool.citecheck]\n", "pyproject.toml")
    assert layers.find(inner) == outer
    nearer = written(tmp_path / "docs", "")
    assert layers.find(inner) == nearer


def test_each_layer_lies_over_those_before_it(tmp_path: Path) -> None:
    first = written(tmp_path, "fail_on = 'warning'\nmax_dead = 1\n[rules]\nmoved-link = 'off'\n[fetch]\nattempts = 1")
    second = written(tmp_path, "max_dead = 2\n[rules]\ndead-link = 'note'\n[fetch]\nredirects = 4", "more.toml")
    stack = [
        layers.of_file(first),
        layers.of_file(second),
        layers.of_environment({"CITECHECK_MAX_DEAD": "3", "CITECHECK_OFFLINE": "", "HOME": "/x"}),
        layers.of_flags({"max_dead": 4, "fetch.ca_file": None, "fetch.connect_to": ("a:1:b:2",)}),
    ]
    assert [layers.settled(stack[: number + 1]).max_dead for number in range(4)] == [1, 2, 3, 4]
    assert layers.settled(stack) == Settings(
        fail_on=FailOn.WARNING,
        max_dead=4,
        fetch=FetchSettings(attempts=1, redirects=4, connect_to=("a:1:b:2",)),
        rules={"moved-link": RuleLevel.OFF, "dead-link": RuleLevel.NOTE},
    )
    from_where = layers.origins(stack)
    assert {path: from_where[path] for path in ("fail_on", "max_dead", "fetch.redirects", "fetch.ca_file")} == {
        "fail_on": str(first),
        "max_dead": "command line",
        "fetch.redirects": str(second),
        "fetch.ca_file": "default",
    }


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("offline", "true", True),
        ("strict", "0", False),
        ("max_dead", "3", 3),
        ("fetch.host_interval_s", "0.5", 0.5),
        ("fail_on", "never", FailOn.NEVER),
        ("publisher", "Harbour, Gazette", "Harbour, Gazette"),
        ("outlets", "a.toml, b.toml", ("a.toml", "b.toml")),
        ("outlets", '["a,b.toml"]', ("a,b.toml",)),
        ("rules", "{dead-link = 'off'}", {"dead-link": RuleLevel.OFF}),
        ("hosts", "{'a.example' = {accept = [403]}}", {"a.example": HostSettings(accept=(403,))}),
        ("exclude", "[{host = 'a.example', reason = 'ours'}]", (Exclusion(host="a.example", reason="ours"),)),
    ],
)
def test_a_variable_says_what_a_key_says(path: str, text: str, value: object) -> None:
    layer = layers.of_environment({layers.variable_of(path): text})
    assert layers.values(layers.settled([layer]))[path] == value


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("CITECHECK_FAIL_OM", "new", "there is no such setting; did you mean `CITECHECK_FAIL_ON`?"),
        ("CITECHECK_MAX_DEAD", "many", "expected `int`, got `str`"),
        ("CITECHECK_MAX_DEAD", "-1", "expected `int` >= 0"),
        ("CITECHECK_FETCH_HOST_INTERVAL_S", "-0.5", "expected `float` >= 0.0"),
        ("CITECHECK_FETCH_HOST_INTERVAL_S", "nan", "expected `float` >= 0.0"),
        ("CITECHECK_FAIL_ON", "eror", "'eror' is none of new, error, warning, never; did you mean `error`?"),
        ("CITECHECK_RULES", "{ded-link = 'off'}", "`rules.ded-link`: there is no such rule; did you mean `dead-link`?"),
    ],
)
def test_a_bad_variable_is_refused_by_name(variable: str, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as refused:
        layers.of_environment({variable: text})
    assert str(refused.value) == f"{variable}: {message}"


def test_an_exclusion_knows_where_it_stands(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "[[exclude]]\nurl = 'a'\nreason = 'x'\n\n[[exclude]]\nhost = 'b'\nreason = 'y'\nuntil = 2031-05-06\n",
    )
    assert layers.load(path).exclude == (
        Exclusion(url="a", reason="x", file=str(path), line=1),
        Exclusion(host="b", reason="y", until=date(2031, 5, 6), file=str(path), line=5),
    )


def test_every_setting_has_a_variable_of_its_own() -> None:
    paths = layers.defaults()
    assert len({layers.variable_of(path) for path in paths}) == len(paths)
    assert layers.values(layers.settled([])) == paths


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("max_dead = -1", "`max_dead`: expected `int` >= 0"),
        ("[fetch]\nconcurrency = 0", "`fetch.concurrency`: expected `int` >= 1"),
        ("[fetch]\nhost_interval_s = nan", "`fetch.host_interval_s`: expected `float` >= 0.0"),
        ("[fetch]\nconnect_timeout_s = -1.0", "`fetch.connect_timeout_s`: expected `float` > 0.0"),
        ("[fetch]\nmax_run_s = -1.0", "`fetch.max_run_s`: expected `float` >= 0.0"),
        ("[limits]\nurl_chars = 0", "`limits.url_chars`: expected `int` >= 1"),
    ],
)
def test_a_number_with_which_nothing_could_run_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "citecheck.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        layers.load(path)
    assert str(caught.value) == f"{path}: {message}"
