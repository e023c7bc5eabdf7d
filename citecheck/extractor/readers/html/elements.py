"""What the elements of HTML are to a reader: elements.toml, loaded once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Elements(NamedTuple):
    """The lists of elements.toml."""

    ends_paragraph: frozenset[str]
    inline: frozenset[str]
    silent: frozenset[str]
    furniture: frozenset[str]
    roles: frozenset[str]
    words: frozenset[str]
    loose: frozenset[str]
    captions: frozenset[str]
    posts: frozenset[str]
    media: frozenset[str]
    bodies: tuple[str, ...]
    """Each between blanks."""
    shares: tuple[str, ...]
    """In lower case, without scheme and `www.`."""


@cache
def elements() -> Elements:
    """The lists of elements.toml."""
    tables = tomllib.loads(files(__package__).joinpath("elements.toml").read_text(encoding="utf-8"))
    sets = {name: frozenset(tables[name]) for name in Elements._fields if name not in ("bodies", "shares")}
    return Elements(bodies=tuple(f" {each} " for each in tables["bodies"]), shares=tuple(tables["shares"]), **sets)
