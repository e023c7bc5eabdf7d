"""What an inventory holds: the URLs of a text, each with its place and what carries it."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

CODE = "code"
"""The origin of what stands in a code block: left out unless it is asked for."""


class Carried(NamedTuple):
    """A URL and where it begins in the source."""

    offset: int
    url: str
    """As written, character references and escapes undone, blanks round it gone."""
    origin: str
    tag_end: int = -1
    """Where the carrying tag ends and its element's content begins; -1 for what is no tag."""
    stands_for: str = ""
    """What it resolves to, where it is none by itself: a www host, a DOI, an arXiv id."""
    text: str = ""
    """The words of a Markdown link."""
    is_plain: bool = False
    """It is an absolute URL of which nothing need be said; others may be as good."""


class Inventory(Struct, frozen=True):
    """All URLs of a text in the order of the source."""

    carried: list[Carried]
    base: str | None = None
    """What relative URLs are resolved against: the first `<base href>`."""
    within: Sequence[Carried] = ()
    """Links to places in the text itself (`#quay`), which are no URLs of their own."""
    canonical: str | None = None
    """The page's own address, as it says; a file saved from a site has its relative URLs from there."""


def is_within(url: str) -> bool:
    """Whether the URL is a place in the text itself; not its top, and no address within a script's application."""
    return url[:1] == "#" and len(url) > 1 and url[1] not in "/!" and url.lower() != "#top"
