"""Where settings come from: defaults, then files, then the environment, then flags, each laid over those before.

A layer that says something that cannot be is a SettingsError, one line, that names the layer, the key's path and the
likely right word.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import EnumType
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from citecheck.errors import SettingsError
from citecheck.hosts import HostSettings
from citecheck.patterns import regex
from citecheck.settings import RuleLevel, Settings, rule_ids

PREFIX = "CITECHECK_"
_DEFAULTS = "default"
_ENTRY = regex(r"\s*\[\[\s*(?:tool\.citecheck\.)?exclude\s*\]\]|\s*(?:tool\.citecheck\.)?exclude\s*=")
_NUMBER = regex(r"[+-]?(?:[0-9]{1,18}(\.[0-9]*)?|(nan|inf))")
_FILLED_IN = ("file", "line")
_ABSENT = object()


class Layer(Struct, frozen=True):
    """What one place says: nested tables as in TOML."""

    name: str
    """A file's path, `environment` or `command line`."""
    tables: Mapping[str, Any]


def find(start: Path) -> Path | None:
    """The settings file that rules in `start`: the nearest citecheck.toml or pyproject.toml with [tool.citecheck]."""
    for folder in (start, *start.parents):
        own, shared = folder / "citecheck.toml", folder / "pyproject.toml"
        if own.is_file():
            return own
        if shared.is_file() and "[tool.citecheck" in shared.read_text(encoding="utf-8", errors="replace"):
            return shared
    return None


def load(path: Path) -> Settings:
    """The settings in a TOML file; of a pyproject.toml the table [tool.citecheck].

    Raises SettingsError for a file that cannot be read, broken TOML, an unknown key or rule, or a wrong type.
    """
    return settled([of_file(path)])


def of_file(path: Path) -> Layer:
    """The layer that a settings file is. Raises SettingsError as `load` does."""
    import tomllib  # where nothing is set there is nothing to read

    try:
        text = path.read_text(encoding="utf-8")
        tables: dict[str, Any] = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}", about=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}", about=str(path)) from error
    if path.name == "pyproject.toml":
        tables = tables.get("tool", {}).get("citecheck", {})
    _refuse_unknown(str(path), tables)
    checked = _converted(str(path), tables)
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _ENTRY.match(line)]
    for index, entry in enumerate(tables.get("exclude", ())):
        entry["file"] = str(path)
        entry["line"] = lines[min(index, len(lines) - 1)] if lines else None
    for index, exclusion in enumerate(checked.exclude):
        _check_exclusion(str(path), f"exclude[{index}]", exclusion.url, exclusion.host)
    return Layer(str(path), tables)


def of_environment(environment: Mapping[str, str]) -> Layer:
    """What CITECHECK_* variables say: `CITECHECK_FETCH_ATTEMPTS` is `fetch.attempts`. An empty one says nothing.

    Tuples are lists in TOML or separated by commas, tables in TOML.
    """
    paths = {variable_of(path): path for path in defaults()}
    tables: dict[str, Any] = {}
    for name in sorted(environment):
        if not (name.startswith(PREFIX) and environment[name].strip()):
            continue
        if name not in paths:
            raise SettingsError(f"{name}: there is no such setting{_nearest(name, paths)}", about=name)
        single: dict[str, Any] = {}
        for each in (tables, single):
            _set(each, paths[name], _parsed(environment[name], _type_of(paths[name])))
        _converted(name, single, name)
        _refuse_unknown(name, single)
    return Layer("environment", tables)


def of_flags(changes: Mapping[str, object]) -> Layer:
    """What the command line says, by dotted path; None says nothing."""
    tables: dict[str, Any] = {}
    for path, value in changes.items():
        if value is not None:
            _set(tables, path, msgspec.to_builtins(value))
    _converted("command line", tables)
    return Layer("command line", tables)


def settled(layers: Iterable[Layer]) -> Settings:
    """The settings that the layers make, each laid over those before. A list is replaced whole, a table by its keys."""
    merged: dict[str, Any] = {}
    names = []
    for layer in layers:
        _lay(merged, layer.tables)
        names.append(layer.name)
    return _converted(" with ".join(names), merged)


def origins(layers: Iterable[Layer]) -> dict[str, str]:
    """Which layer each setting comes from, by dotted path."""
    found = dict.fromkeys(defaults(), _DEFAULTS)
    for layer in layers:
        for path in found:
            if _get(layer.tables, path) is not _ABSENT:
                found[path] = layer.name
    return found


def defaults() -> dict[str, Any]:
    """Every setting's default, by dotted path; a list of tables or a free table is one setting."""
    return dict(_leaves(Settings, Settings(), ""))


def values(settings: Settings) -> dict[str, Any]:
    """Every setting's value, by dotted path."""
    return dict(_leaves(Settings, settings, ""))


def variable_of(path: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + path.replace(".", "_").upper()


def _leaves(shape: type[Struct], holder: Struct, path: str) -> Iterator[tuple[str, Any]]:
    for field in msgspec.structs.fields(shape):
        value = getattr(holder, field.name)
        if isinstance(value, Struct):
            yield from _leaves(type(value), value, f"{path}{field.name}.")
        else:
            yield f"{path}{field.name}", value


def _type_of(path: str) -> Any:
    shape: Any = Settings
    for name in path.split("."):
        shape = next(field.type for field in msgspec.structs.fields(shape) if field.name == name)
    return shape


def _parsed(text: str, kind: Any) -> Any:
    """A variable's text as a value of the kind; what cannot be one is left to be refused as what it is."""
    is_many = any(get_origin(each) in (tuple, dict) for each in (kind, *get_args(kind)))
    if is_many:
        import tomllib

        try:
            return tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return [each.strip() for each in text.split(",") if each.strip()]
    try:
        return msgspec.to_builtins(msgspec.convert(text.strip(), kind, strict=False))
    except msgspec.ValidationError:
        number = _NUMBER.fullmatch(text.strip())
        return float(text) if number and (number[1] or number[2]) else int(text) if number else text.strip()


def _converted(name: str, tables: Mapping[str, Any], about: str | None = None) -> Settings:
    try:
        return msgspec.convert(tables, Settings)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        path = where.strip("`.").replace("[...]", "[]")
        what = _with_choices(what, path)
        if path == "rules[]":
            path = f"rules.{_first_wrong(tables['rules'])}"
        if path.startswith("hosts[]"):
            path = f"hosts.{_first_wrong_host(tables['hosts'])}{path.removeprefix('hosts[]')}"
        key = about or path or "the top level"
        said = f"`{key}`: {what}" if about is None and (path or not what.startswith("`")) else what
        raise SettingsError(f"{name}: {said}", about=key) from error


def _first_wrong(rules: Mapping[str, Any]) -> str:
    """The rule whose level is none; msgspec does not say which."""
    return next(rule for rule, level in rules.items() if level not in list(RuleLevel))


def _first_wrong_host(hosts: Mapping[str, Any]) -> str:
    """The host whose table cannot be; msgspec does not say which."""

    def is_wrong(table: Any) -> bool:
        try:
            msgspec.convert(table, HostSettings)
        except msgspec.ValidationError:
            return True
        return False

    return next(name for name, table in hosts.items() if is_wrong(table))


def _with_choices(what: str, path: str) -> str:
    """Of a word that is none of a closed set, say which there are, and the nearest."""
    if what == "Invalid RFC3339 encoded date":
        return "not a date; dates are written 2030-12-31"
    wrong = re.fullmatch(r"Invalid enum value '(.*)'", what, re.DOTALL)
    kind = _type_of(path.partition("[")[0]) if wrong else None
    choices: list[Any] | None = next(
        (list(each) for each in (kind, *get_args(kind)) if isinstance(each, EnumType)), None
    )
    if not (wrong and choices):
        return what[:1].lower() + what[1:]
    words = [str(each) for each in choices]
    return f"{wrong[1]!r} is none of {', '.join(words)}{_nearest(wrong[1], words)}"


def _refuse_unknown(name: str, tables: Mapping[str, Any]) -> None:
    for key, nearest in _unknown_keys(tables, Settings):
        hint = f"; did you mean `{nearest}`?" if nearest else ""
        raise SettingsError(f"{name}: unknown key `{key}`{hint}", about=key)
    rules = tables.get("rules")
    for rule in rules if isinstance(rules, dict) else ():
        if rule not in rule_ids():
            hint = _nearest(rule, rule_ids())
            raise SettingsError(f"{name}: `rules.{rule}`: there is no such rule{hint}", about=f"rules.{rule}")


def _check_exclusion(name: str, path: str, url: str, host: str) -> None:
    if bool(url) == bool(host):
        raise SettingsError(f"{name}: `{path}`: needs either `url` or `host`", about=path)
    try:
        re.compile(url)
    except re.error as error:
        raise SettingsError(f"{name}: `{path}.url`: not a regular expression: {error}", about=path) from error


def _unknown_keys(table: Mapping[str, Any], shape: type[Struct], path: str = "") -> Iterator[tuple[str, str | None]]:
    """The keys that `shape` does not have, each with its path and the nearest key that it has."""
    fields = {field.name: field.type for field in msgspec.structs.fields(shape) if not _is_filled_in(shape, field.name)}
    for key, value in table.items():
        if key not in fields:
            import difflib  # for the few that need it

            near = difflib.get_close_matches(key, fields, n=1, cutoff=0.6)
            yield f"{path}{key}", f"{path}{near[0]}" if near else None
            continue
        inner = _struct_in(fields[key])
        if inner is None:
            continue
        if isinstance(value, dict) and fields[key] is inner:
            yield from _unknown_keys(value, inner, f"{path}{key}.")
        for index, each in enumerate(value if isinstance(value, list) else ()):
            if isinstance(each, dict):
                yield from _unknown_keys(each, inner, f"{path}{key}[{index}].")
        if isinstance(value, dict) and get_origin(fields[key]) is dict:
            for name, each in value.items():
                if isinstance(each, dict):
                    yield from _unknown_keys(each, inner, f"{path}{key}.{name}.")


def _is_filled_in(shape: type[Struct], field: str) -> bool:
    return shape.__name__ == "Exclusion" and field in _FILLED_IN


def _struct_in(kind: Any) -> type[Struct] | None:
    """The Struct that a field's type is or holds."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        return kind
    if get_origin(kind) in (tuple, dict, Union, UnionType):
        return next((found for found in map(_struct_in, get_args(kind)) if found), None)
    return None


def _nearest(word: str, words: Iterable[str]) -> str:
    import difflib  # for the few that need it

    near = difflib.get_close_matches(word, list(words), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


def _lay(under: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(under.get(key), dict):
            _lay(under[key], value)
        else:
            under[key] = dict(value) if isinstance(value, dict) else value


def _set(tables: dict[str, Any], path: str, value: Any) -> None:
    *names, key = path.split(".")
    for name in names:
        tables = tables.setdefault(name, {})
    tables[key] = value


def _get(tables: Mapping[str, Any], path: str) -> Any:
    value: Any = tables
    for name in path.split("."):
        if not (isinstance(value, Mapping) and name in value):
            return _ABSENT
        value = value[name]
    return value
