"""The tokens of an HTML text with their places: tags with their attributes, and the text between them.

One pass, linear in the length of the source whatever it holds. Values are decoded by the rules of the HTML standard
(13.2.5): in an attribute `&region=` stays what it is.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from citecheck.extractor.inventory.references import decoded
from citecheck.extractor.inventory.tags import RAW, SPACE, attributes, end_of_raw, end_of_tag
from citecheck.patterns import regex

_MARKUP = regex(
    rf"<(?:(?P<comment>!--)|(?P<bogus>[!?]|/(?=[^a-zA-Z>]))|(?P<empty>/>)|(?P<end>/?)(?P<name>[a-zA-Z][^{SPACE}/>]*))"
)
_COMMENT_END = regex(r"-->|--!>")
_ESCAPABLE = frozenset({"textarea", "title"})
"""Raw elements in whose text character references mean something."""
_FOREIGN = frozenset({"svg", "math"})


class Attribute(Struct, frozen=True, gc=False):
    """One attribute: its name in lower case, its decoded value, and where the value begins in the source."""

    name: str
    value: str
    start: int


class Tag(Struct, frozen=True, gc=False):
    """A start or end tag, from `start` to before `end` in the source."""

    name: str
    start: int
    end: int
    attributes: tuple[Attribute, ...] = ()
    is_end: bool = False
    is_closed: bool = False
    """It ends itself: `<br/>`, which counts within svg and math only."""


class Text(Struct, frozen=True, gc=False):
    """What stands between two tags, as written."""

    start: int
    end: int
    is_raw: bool = False
    """Character references mean nothing in it: a script, a style."""


def tokens(source: str) -> Iterator[Tag | Text]:
    """The tags and texts of an HTML source in its order; comments and declarations are left out.

    What a quote opens and nothing closes ends the tokens, as it ends a page in browsers.
    """
    position = foreign = 0
    while position < len(source):
        match = _MARKUP.search(source, position)
        start = match.start() if match else len(source)
        if start > position:
            yield Text(position, start)
        if match is None:
            return
        if match.lastgroup != "name":
            position = _after_comment(source, match)
            continue
        tag = _tag(source, match)
        if tag is None:
            return
        yield tag
        position = tag.end
        if tag.name in _FOREIGN and not tag.is_closed:
            foreign = max(0, foreign + (-1 if tag.is_end else 1))
        if not tag.is_end and not (foreign and tag.is_closed) and tag.name in RAW:
            stop = end_of_raw(tag.name, source, position)
            if stop > position:
                yield Text(position, stop, is_raw=tag.name not in _ESCAPABLE)
            position = stop


def attribute_value(raw: str) -> str:
    """An attribute's value decoded: a name without its semicolon stays when a letter, digit or `=` follows it."""
    return decoded(raw, 0, len(raw), in_attribute=True).text if "&" in raw else raw


def pieces(source: str, text: Text) -> list[tuple[str, int]]:
    """A text decoded, in pieces, each with its place in the source."""
    if text.is_raw or source.find("&", text.start, text.end) < 0:
        return [(source[text.start : text.end], text.start)]
    excerpt = decoded(source, text.start, text.end, in_attribute=False)
    bounds = pairwise((*excerpt.starts, len(excerpt.text)))
    return [
        (excerpt.text[start:end], place)
        for (start, end), place in zip(bounds, excerpt.places, strict=True)
        if end > start
    ]


def _after_comment(source: str, match: re.Match[str]) -> int:
    if match["empty"]:
        return match.end()
    if match["comment"]:
        # `<!-->` and `<!--->` are whole comments.
        end = _COMMENT_END.search(source, match.end() - 2)
        return end.end() if end else len(source)
    stop = source.find(">", match.end())
    return stop + 1 if stop >= 0 else len(source)


def _tag(source: str, match: re.Match[str]) -> Tag | None:
    """The tag that begins at the match; None when the source ends within it."""
    start, after = match.span()
    name, is_end = match["name"].lower(), source[start + 1] == "/"
    if source.startswith(">", after):  # by far the most
        return Tag(name, start, after + 1, is_end=is_end)
    end = end_of_tag(source, after)
    if end < 0:
        return None
    found = tuple(
        [
            Attribute(each.name, attribute_value(source[each.start : each.end]), each.start)
            for each in attributes(source, after, end - 1)
        ]
    )
    return Tag(name, start, end, found, is_end, source[end - 2] == "/")
