"""What is said of options, settings and rules is generated from them, and every one of them is said.

`make docs` writes it anew: the tables of README.md and the settings file that `citecheck init` writes.
"""

import ast
import re
import textwrap
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest

from citecheck import layers
from citecheck.cli.commands import COMMANDS, main
from citecheck.cli.settings import toml
from citecheck.layers import Layer
from citecheck.reporter.findings import RULES
from citecheck.reporter.rules import page
from citecheck.settings import Settings

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
INIT = ROOT / "citecheck" / "cli" / "citecheck.toml"
SECTION = re.compile(r"(<!-- generated: (\w+); `make docs` writes it anew -->\n).*?(<!-- end -->)", re.DOTALL)
EXAMPLES = {
    "rules": '[rules]\nmoved-link = "off"   # off, note, warning, error',
    "exclude": '[[exclude]]\nhost = "*.example.org"   # or url, a regular expression\n'
    'reason = "ours, checked elsewhere"\n'
    "until = 2030-12-31",
    "hosts": '[hosts."*.example.org"]\n'
    "concurrency = 2\n"
    "interval_s = 1.0\n"
    "headers_timeout_s = 30.0   # as connect_timeout_s and visit_timeout_s: patience\n"
    'headers = {Accept-Language = "de"}\n'
    'cookies = {consent = "yes"}\n'
    'auth = "env:NAME"     # Basic: the variable NAME holds user:password\n'
    '#bearer = "env:NAME"  # or a token\n'
    "accept = [403]        # counts as alive here\n"
    "insecure_tls = false  # true: any certificate; the report says so at every link",
}


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main, **main.context_settings), name)
    assert isinstance(found, click.Command)
    return found


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command, and those of groups, with the words that call it."""
    for name in COMMANDS:
        found = command(name)
        if isinstance(found, click.Group):
            yield from ((f"{name} {inner}", each) for inner, each in found.commands.items())
        else:
            yield name, found


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def options_table() -> str:
    rows: dict[tuple[str, str], list[str]] = {}
    for name, found in commands():
        for each in found.params:
            if isinstance(each, click.Option):
                choices = "|".join(map(str, each.type.choices)) if isinstance(each.type, click.Choice) else None
                takes = each.metavar or choices
                switches = ", ".join((*each.opts, *each.secondary_opts)) + (f" {takes}" if takes else "")
                rows.setdefault((switches, cell(each.help or "")), []).append(name)
    lines = [f"| `{cell(switches)}` | {does} | {', '.join(of)} |" for (switches, does), of in rows.items()]
    return "\n".join(("| option | does | of |", "|---|---|---|", *lines))


def rules_table() -> str:
    lines = [f"| `{rule.id}` | {rule.level.value} | {cell(page(rule.id).title)} |" for rule in RULES]
    return "\n".join(("| rule | level | says |", "|---|---|---|", *lines))


def help_block() -> str:
    shown = click.Context(main, info_name="citecheck", terminal_width=100, **main.context_settings)
    return f"```\n{main.get_help(shown)}\n```"


def field_docs() -> dict[tuple[str, str], str]:
    """The words under each field of the settings' Structs, as the source has them."""
    docs: dict[tuple[str, str], str] = {}
    for module in ("settings.py", "model/audits.py"):
        for node in ast.parse((ROOT / "citecheck" / module).read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.ClassDef):
                continue
            for field, after in zip(node.body, [*node.body[1:], ast.Pass()], strict=True):
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                    is_doc = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
                    said = str(after.value.value) if isinstance(after, ast.Expr) and is_doc else ""  # type: ignore[attr-defined]  # a Constant, as is_doc says
                    docs[node.name, field.target.id] = " ".join(said.split())
    return docs


def settings_file() -> str:
    """Every setting as a comment, with its words and its default."""
    docs = field_docs()
    top: list[str] = []
    tables: list[str] = []

    def walk(holder: msgspec.Struct, path: str, out: list[str]) -> None:
        inner: list[tuple[str, msgspec.Struct]] = []
        for field in msgspec.structs.fields(type(holder)):
            value: Any = getattr(holder, field.name)
            here = f"{path}{field.name}"
            if isinstance(value, msgspec.Struct):
                inner.append((here, value))
                continue
            words = docs.get((type(holder).__name__, field.name), "")
            target = tables if here in EXAMPLES else out
            if here in EXAMPLES:
                target.append("")
            target.extend(f"# {line}" for line in textwrap.wrap(words, 110))
            shown = EXAMPLES.get(here) or f"{field.name} = {toml(value)}".rstrip()
            target.extend(f"#{line}" for line in shown.split("\n"))
        for here, value in inner:
            tables.append(f"\n[{here}]")
            walk(value, f"{here}.", tables)

    walk(Settings(), "", top)
    head = [
        "# Settings of citecheck. A line that begins with `#` and no space is a default: take the # away to change it.",
        "# Later settings files (-c), CITECHECK_* variables and options lie over what is said here.",
        "",
    ]
    return "\n".join((*head, *top, *tables)) + "\n"


def generated(text: str) -> str:
    made = {"help": help_block, "options": options_table, "rules": rules_table}
    return SECTION.sub(lambda match: f"{match[1]}\n{made[match[2]]()}\n\n{match[3]}", text)


@pytest.fixture
def is_writing(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--update-documentation"))


def test_the_readme_says_what_there_is(is_writing: bool) -> None:
    text = README.read_text(encoding="utf-8")
    assert {match[1] for match in SECTION.findall(text)} == {"help", "options", "rules"}
    if is_writing:
        README.write_text(generated(text), encoding="utf-8")
    assert README.read_text(encoding="utf-8") == generated(text), "README.md: `make docs` writes it anew"


def test_the_settings_file_names_every_setting_with_its_default(is_writing: bool) -> None:
    if is_writing:
        INIT.write_text(settings_file(), encoding="utf-8")
    text = resources.files("citecheck.cli").joinpath("citecheck.toml").read_text(encoding="utf-8")
    assert text == settings_file(), "citecheck/cli/citecheck.toml: `make docs` writes it anew"
    assert layers.settled([Layer("init", tomllib.loads(text))]) == Settings()


def uncommented(text: str) -> Iterable[str]:
    for line in text.split("\n"):
        if line.startswith("#") and not line.startswith("# "):
            yield line[1:]
        elif not line.startswith("#"):
            yield line


def test_the_settings_file_without_its_marks_is_the_defaults(tmp_path: Path) -> None:
    lines = [line for line in uncommented(settings_file()) if not re.fullmatch(r"[\w.]+ =", line)]
    path = tmp_path / "citecheck.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    said = layers.of_file(path)
    paths = {each for each, origin in layers.origins([said]).items() if origin != "default"}
    unset = {each for each, value in layers.defaults().items() if value is None}
    assert paths | unset == set(layers.defaults())
    values = layers.values(layers.settled([said]))
    assert {each: values[each] for each in paths - EXAMPLES.keys()} == {
        each: layers.defaults()[each] for each in paths - EXAMPLES.keys()
    }


def test_every_command_says_what_it_does() -> None:
    for name, found in commands():
        assert found.help, name
        assert all(each.help for each in found.params if isinstance(each, click.Option) and each.metavar), name


def test_the_changelog_is_kept() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
