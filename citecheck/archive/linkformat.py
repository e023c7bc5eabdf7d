"""The `application/link-format` of TimeMaps and Link headers (RFC 6690, RFC 8288), read character by character.

URLs hold commas and semicolons, and so do quoted dates: splitting at them, as `requests` does, cuts URLs in two.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_BLANK = " \t\r\n"


class WebLink(NamedTuple):
    url: str
    attributes: Mapping[str, str]
    """By name in lower case; the first of equal names rules."""

    @property
    def rels(self) -> frozenset[str]:
        """`first last memento` is three."""
        return frozenset(self.attributes.get("rel", "").lower().split())

    @property
    def moment(self) -> datetime | None:
        """Its `datetime`, aware UTC."""
        return http_date(self.attributes.get("datetime", ""))


def parse(text: str) -> list[WebLink]:
    """Every link of the text, in order; what is no link is skipped."""
    return list(_links(text))


def http_date(text: str) -> datetime | None:
    """The moment that an HTTP date tells, or None for what is none."""
    try:
        moment = parsedate_to_datetime(text.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _links(text: str) -> Iterator[WebLink]:
    place = text.find("<")
    while place >= 0:
        end = text.find(">", place)
        if end < 0:
            return
        url = text[place + 1 : end].strip()
        attributes, place = _attributes(text, end + 1)
        yield WebLink(url, attributes)
        place = text.find("<", place)


def _attributes(text: str, place: int) -> tuple[dict[str, str], int]:
    """The attributes from `place` on, and where the comma or the text's end after them stands."""
    found: dict[str, str] = {}
    while place < len(text):
        place = _after_blanks(text, place)
        if text[place : place + 1] != ";":
            return found, place
        start = place = _after_blanks(text, place + 1)
        while place < len(text) and text[place] not in "=;,":
            place += 1
        name, value = text[start:place].strip().lower(), ""
        if text[place : place + 1] == "=":
            value, place = _value(text, _after_blanks(text, place + 1))
        if name:
            found.setdefault(name, value)
    return found, place


def _value(text: str, place: int) -> tuple[str, int]:
    if text[place : place + 1] != '"':
        start = place
        while place < len(text) and text[place] not in ";,":
            place += 1
        return text[start:place].strip(), place
    letters: list[str] = []
    place += 1
    while place < len(text) and text[place] != '"':
        place += text[place] == "\\"
        letters.append(text[place : place + 1])
        place += 1
    return "".join(letters), place + 1


def _after_blanks(text: str, place: int) -> int:
    while place < len(text) and text[place] in _BLANK:
        place += 1
    return place
