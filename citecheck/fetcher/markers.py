"""markers.toml, loaded once."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class HomeMarkers(Struct, frozen=True, forbid_unknown_fields=True):
    names: frozenset[str]
    shorteners: frozenset[str]


class Markers(Struct, frozen=True, forbid_unknown_fields=True):
    """The words and hosts by which a visit is judged."""

    home: HomeMarkers


@cache
def markers() -> Markers:
    """The tables of markers.toml."""
    text = files("citecheck.fetcher").joinpath("markers.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Markers)
