"""The rows of the registry: read from outlets.toml and from files of the user's, and checked."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from citecheck import tables
from citecheck.errors import SettingsError
from citecheck.model import Outlet


class Rows(NamedTuple):
    outlets: tuple[Outlet, ...]
    platforms: tuple[str, ...]
    """Hosts on which outlets have accounts."""
    archives: tuple[str, ...]
    """Hosts that keep copies of others' pages."""


def read_rows(extra: tuple[str, ...]) -> Rows:
    """The built-in rows and those of the files `extra`. Raises SettingsError, naming file and row."""
    own = tables.table(Path(__file__).with_name("outlets.toml"), _checked)
    rows = {each.name: (each, "outlets.toml") for each in msgspec.convert(own["outlet"], tuple[Outlet, ...])}
    for name in extra:
        users = {outlet.name: (outlet, name) for outlet in _rows(_user_table(name), name)}
        taken = frozenset(spelling.casefold() for outlet, _ in users.values() for spelling in _spellings(outlet))
        rows = {each: (_yielding(outlet, taken), file) for each, (outlet, file) in rows.items()} | users
    if extra:
        _check(rows)
    outlets = tuple(outlet for outlet, _ in rows.values())
    return Rows(outlets, tuple(own.get("platforms", ())), tuple(own.get("archives", ())))


def _checked(own: tables.Table) -> tables.Table:
    """The built-in rows, which are what they should be until their file changes."""
    _check({outlet.name: (outlet, "outlets.toml") for outlet in _rows(own, "outlets.toml")})
    return own


def _spellings(outlet: Outlet) -> tuple[str, ...]:
    return (outlet.name, *outlet.aliases, *outlet.ambiguous)


def _yielding(outlet: Outlet, taken: frozenset[str]) -> Outlet:
    aliases, ambiguous = (
        tuple(each for each in spellings if each.casefold() not in taken)
        for spellings in (outlet.aliases, outlet.ambiguous)
    )
    return replace(outlet, aliases=aliases, ambiguous=ambiguous)


def _user_table(name: str) -> Mapping[str, Any]:
    try:
        table = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{name}: cannot be read: {error.strerror}", about=name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: not valid TOML: {error}", about=name) from error
    unknown = next((key for key in table if key != "outlet"), None)
    if unknown:
        raise SettingsError(f"{name}: unknown table `{unknown}`; outlets are rows of `[[outlet]]`", about=name)
    return table


def _rows(table: Mapping[str, Any], file: str) -> Iterator[Outlet]:
    known = {field.name for field in msgspec.structs.fields(Outlet)}
    rows = table.get("outlet", [])
    if not isinstance(rows, list):
        raise SettingsError(f"{file}: `outlet` is one table; write `[[outlet]]` with two brackets", about=file)
    for number, row in enumerate(rows, start=1):
        label = f"{file}: outlet {number}"
        if isinstance(row, dict):
            label += f" ({row['name']})" if isinstance(row.get("name"), str) else ""
            unknown = next((key for key in row if key not in known), None)
            if unknown:
                raise SettingsError(
                    f"{label}: unknown key `{unknown}`; known are {', '.join(sorted(known))}", about=file
                )
        try:
            outlet = msgspec.convert(row, Outlet)
        except msgspec.ValidationError as error:
            raise SettingsError(f"{label}: {str(error).replace('$.', '')}", about=file) from error
        if not all(part.strip() for part in (outlet.name, *outlet.aliases, *outlet.ambiguous)):
            raise SettingsError(f"{label}: an empty name", about=file)
        yield outlet


def _check(rows: Mapping[str, tuple[Outlet, str]]) -> None:
    """One owner for each host, handle and unambiguous name; every parent is there."""
    owners: dict[tuple[str, str], str] = {}
    for outlet, file in rows.values():
        names = {name for name in (outlet.name, *outlet.aliases) if name not in outlet.ambiguous}
        claims = [("name", name) for name in names]
        claims += [("domain", domain.lower()) for domain in outlet.domains]
        claims += [("handle", handle.lower()) for handle in outlet.handles]
        for claim in claims:
            owner = owners.setdefault(claim, outlet.name)
            if owner != outlet.name:
                what, value = claim
                hint = "; list it under `ambiguous` in both" if what == "name" else ""
                raise SettingsError(
                    f"{file}: outlet {outlet.name}: {what} `{value}` is {owner}'s too{hint}", about=file
                )
        if outlet.parent is not None and outlet.parent not in rows:
            raise SettingsError(f"{file}: outlet {outlet.name}: no outlet is named `{outlet.parent}`", about=file)
