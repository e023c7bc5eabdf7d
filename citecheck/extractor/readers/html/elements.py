"""What the elements of HTML are to a reader: elements.toml, loaded once."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from citecheck.tables import table


class Elements(NamedTuple):
    """The lists of elements.toml."""

    ends_paragraph: frozenset[str]
    inline: frozenset[str]
    silent: frozenset[str]
    furniture: frozenset[str]
    roles: frozenset[str]
    words: frozenset[str]
    loose: frozenset[str]
    signing: frozenset[str]
    captions: frozenset[str]
    posts: frozenset[str]
    media: frozenset[str]
    platforms: frozenset[str]
    bodies: tuple[str, ...]
    """Each between blanks."""
    shares: tuple[str, ...]
    """In lower case, without scheme and `www.`."""


@cache
def elements() -> Elements:
    """The lists of elements.toml."""
    tables = table(Path(__file__).with_name("elements.toml"))
    sets = {name: frozenset(tables[name]) for name in Elements._fields if name not in ("bodies", "shares")}
    return Elements(bodies=tuple(f" {each} " for each in tables["bodies"]), shares=tuple(tables["shares"]), **sets)
