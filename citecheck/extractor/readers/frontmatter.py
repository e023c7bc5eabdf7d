"""What a text says of itself above its words: YAML or TOML front matter, or labelled lines ("Source: …", "Date: …")."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from citecheck.extractor import dates, urls
from citecheck.extractor.readers import Anchor
from citecheck.extractor.readers.pages import words
from citecheck.extractor.readers.prose import Places
from citecheck.model import Block, BlockKind
from citecheck.patterns import regex

_FIELD = regex(r"""^["']?([A-Za-z][\w -]{0,30}?)["']?\s*[:=]\s*(.*?)\s*$""", re.MULTILINE)
_LABEL = regex(r"\**([^\W\d_][^:*]{0,30}?)\**\s*:\**\s*(.*)", re.DOTALL)
_ISO_DAY = regex(r"\d{4}-\d\d-\d\d")
_LANGUAGE = regex(r"[a-zA-Z]{2,3}(?=$|[-_])")
_TOP_BLOCKS = 30


class FrontMatter(NamedTuple):
    title: str | None = None
    language: str | None = None
    published: date | None = None
    publisher: str | None = None
    address: str | None = None
    anchors: tuple[Anchor, ...] = ()
    """Its URLs, which belong to no text."""

    def over(self, other: "FrontMatter") -> "FrontMatter":
        """What this says, and what only the other says."""
        return FrontMatter(
            title=self.title or other.title,
            language=self.language or other.language,
            published=self.published or other.published,
            publisher=self.publisher or other.publisher,
            address=self.address or other.address,
            anchors=self.anchors + other.anchors,
        )


def front_matter(text: str, start: int, places: Places) -> FrontMatter:
    """A metadata block that begins at the offset `start` of the source; nested values are left alone."""
    fields = [(match[1], match[2].strip("\"'")) for match in _FIELD.finditer(text)]
    anchors = tuple(Anchor(found.url, "frontmatter", *places[start + found.start]) for found in urls.find(text))
    return _known(fields)._replace(anchors=anchors)


def labels_of(blocks: Sequence[Block]) -> tuple[FrontMatter, frozenset[int]]:
    """What labelled lines above the first paragraph say, and their indices."""
    fields: list[tuple[str, str]] = []
    indices: list[int] = []
    for index, block in enumerate(blocks[:_TOP_BLOCKS]):
        is_short = block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH) and len(block.text) < 300
        matches = [_LABEL.fullmatch(row) for row in block.rows()] if is_short else []
        labels = [(match[1], match[2]) for match in matches if match]
        if labels and len(labels) == len(matches) and any(_field(name) for name, _ in labels):
            fields += labels
            indices.append(index)
        elif block.kind is not BlockKind.HEADING:
            break
    return (_known(fields), frozenset(indices)) if len(fields) > 1 else (FrontMatter(), frozenset())


def _field(name: str) -> str | None:
    folded = name.strip().lower()
    return next(
        (field for field in ("title", "date", "address", "source", "language", "author") if folded in words()[field]),
        None,
    )


def _known(fields: Sequence[tuple[str, str]]) -> FrontMatter:
    said: dict[str, str] = {}
    for name, value in fields:
        field = _field(name)
        if field and value:
            said.setdefault(field, value)
    language = _LANGUAGE.match(said.get("language", ""))
    address = next(urls.find(said.get("address", "")), None)
    return FrontMatter(
        title=said.get("title"),
        language=language[0].lower() if language else None,
        published=_day(said.get("date", "")),
        publisher=said.get("source"),
        address=address.url if address else None,
    )


def _day(text: str) -> date | None:
    match = _ISO_DAY.search(text)
    try:
        return date.fromisoformat(match[0]) if match else dates.full_date(text)
    except ValueError:
        return None
