"""Which attributes carry URLs, and what is no URL to follow: carriers.toml, loaded once."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from msgspec import Struct

from citecheck.tables import table


class Holds(StrEnum):
    """What the value of an attribute is."""

    URL = "url"
    LIST = "list"
    """URLs with blanks between them."""
    SRCSET = "srcset"
    CSS = "css"
    HTML = "html"
    META = "meta"
    ABSOLUTE = "absolute"
    """A URL only if it is an absolute one from end to end."""


class Carriers(Struct, frozen=True):
    """The content of carriers.toml, made ready to look up."""

    attributes: Mapping[str, Mapping[str, Holds]]
    """Attribute to element (`*`: any) to what it holds."""
    lazy_endings: tuple[str, ...]
    origins: Mapping[str, str]
    nothing: re.Pattern[str]
    """Matches at the beginning of a value that is no URL to follow."""
    unfollowed_rels: frozenset[str]
    unfollowed_attributes: frozenset[str]
    vocabulary_keys: frozenset[str]

    def holds(self, element: str, attribute: str) -> Holds | None:
        """What that attribute of that element holds; None when it carries no URL. Both in lower case."""
        elements = self.attributes.get(attribute)
        if elements is not None:
            return elements.get(element) or elements.get("*")
        if attribute in self.unfollowed_attributes:
            return None
        if attribute.startswith("data-") and attribute.endswith(self.lazy_endings):
            return Holds.ABSOLUTE
        return None

    def origin(self, element: str) -> str:
        """The origin of a link that this element carries."""
        return self.origins.get(element) or ("custom" if "-" in element else element)


@cache
def carriers() -> Carriers:
    """The carriers that citecheck knows."""
    tables = table(Path(__file__).with_name("carriers.toml"))
    attributes: dict[str, dict[str, Holds]] = {}
    for kind in Holds:
        for attribute, elements in tables[kind].items():
            attributes.setdefault(attribute, {}).update(dict.fromkeys(elements, kind))
    left_out = tables["left_out"]
    schemes = "|".join(map(re.escape, left_out["schemes"]))
    templates = "|".join(map(re.escape, left_out["templates"]))
    return Carriers(
        attributes=attributes,
        lazy_endings=tuple(tables["lazy"]["endings"]),
        origins=tables["origins"],
        nothing=re.compile(rf"#|\Z|(?:{schemes})\s*:|{templates}", re.IGNORECASE),
        unfollowed_rels=frozenset(left_out["rel"]),
        unfollowed_attributes=frozenset(left_out["attributes"]),
        vocabulary_keys=frozenset(left_out["json_keys"]),
    )
