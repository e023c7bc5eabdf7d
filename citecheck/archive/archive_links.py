"""Links that lead into a web archive already: which one, of what, and from when. The forms are in archives.toml."""

import re
import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from citecheck.archive.cdxj import parse_stamp
from citecheck.patterns import regex

_SCHEME = regex(r"https?://(?:www\.(?=perma|archive\.(?:today|is|ph)))?", re.IGNORECASE)
_BROKEN_SCHEME = regex(r"(https?):/{1,2}(?=[^/])", re.IGNORECASE)
_MODIFIER = regex(r"(?<=/)(\d{4,14})(?:[a-z]{2}_)?(?=/)")


class ArchiveLink(NamedTuple):
    """What a link into an archive tells of itself."""

    archive: str
    original: str | None = None
    moment: datetime | None = None


def recognise(url: str, bases: Sequence[str] = ()) -> ArchiveLink | None:
    """What `url` is a copy of, or None when it leads into no archive known.

    `bases` are the addresses of further archives that replay as the Wayback Machine does, `<base>/web/<time>/<url>`.
    """
    scheme = _SCHEME.match(url)
    for base in bases:
        prefix = f"{base.rstrip('/')}/web/"
        if url.startswith(prefix):
            found = re.fullmatch(r"(\d{4,14})(?:[a-z]{2}_)?/(.+)", url[len(prefix) :], re.DOTALL)
            return _link("Wayback Machine", found[2], found[1]) if found else None
    for name, form in _forms():
        match = form.fullmatch(url[scheme.end() :]) if scheme else None
        if match:
            groups = match.groupdict()
            return _link(name, groups.get("original"), groups.get("stamp"))
    return None


def raw(url: str) -> str:
    """Where an archive that replays as Wayback does gives the bytes as they were, not rewritten."""
    return _MODIFIER.sub(r"\1id_", url, count=1)


def plain(url: str) -> str:
    """Where it gives the page to a reader."""
    return _MODIFIER.sub(r"\1", url, count=1)


def _link(name: str, original: str | None, digits: str | None) -> ArchiveLink:
    moment = None
    if digits:
        try:
            moment = parse_stamp(re.sub(r"\D", "", digits)[:14])
        except ValueError:
            moment = None
    if original:
        original = _BROKEN_SCHEME.sub(r"\1://", original, count=1)
        if not _BROKEN_SCHEME.match(original):
            original = f"http://{original}"
    return ArchiveLink(name, original, moment)


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = tomllib.loads(files("citecheck.archive").joinpath("archives.toml").read_text(encoding="utf-8"))["archive"]
    return tuple((row["name"], re.compile(row["pattern"], re.DOTALL)) for row in rows)
