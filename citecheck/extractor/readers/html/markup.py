"""The tokens of an HTML text with their places: tags with their attributes, and the text between them.

One pass, linear in the length of the source whatever it holds. Values are decoded by the rules of the HTML standard
(13.2.5): in an attribute `&region=` stays what it is.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

_MARKUP = re.compile(
    r"<(?:(?P<comment>!--)|(?P<bogus>[!?]|/(?=[^a-zA-Z>]))|(?P<empty>/>)|(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*))"
)
_COMMENT_END = re.compile(r"-->|--!>")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?:(?P<close>>)|(?P<name>[^\s/>][^\s/>=]*+)(?:\s*+=\s*+
    (?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<open>["'])|(?P<bare>[^\s>]++)|(?=>)))?)""",
    re.VERBOSE,
)
_REFERENCE = re.compile(r"&(?:#(?:[xX][0-9a-fA-F]+|[0-9]+);?|[a-zA-Z][a-zA-Z0-9]*;?)")

_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_ESCAPABLE = frozenset({"textarea", "title"})
_FOREIGN = frozenset({"svg", "math"})


class Attribute(NamedTuple):
    """One attribute: its name in lower case, its decoded value, and where the value begins in the source."""

    name: str
    value: str
    start: int


class Tag(NamedTuple):
    """A start or end tag, from `start` to before `end` in the source."""

    name: str
    start: int
    end: int
    attributes: tuple[Attribute, ...] = ()
    is_end: bool = False
    is_closed: bool = False
    """It ends itself: `<br/>`, which counts within svg and math only."""


class Text(NamedTuple):
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
        if match["name"] is None:
            position = _after_comment(source, match)
            continue
        tag = _tag(source, match)
        if tag is None:
            return
        yield tag
        position = tag.end
        if tag.name in _FOREIGN and not tag.is_closed:
            foreign = max(0, foreign + (-1 if tag.is_end else 1))
        if not tag.is_end and not (foreign and tag.is_closed) and tag.name in _RAW | _ESCAPABLE:
            end = re.compile(rf"</{tag.name}(?=[\s/>])", re.IGNORECASE).search(source, position)
            stop = end.start() if end else len(source)
            if stop > position:
                yield Text(position, stop, is_raw=tag.name in _RAW)
            position = stop


def attribute_value(raw: str) -> str:
    """An attribute's value decoded: a name without its semicolon stays when a letter, digit or `=` follows it."""
    return _REFERENCE.sub(lambda match: _reference(match, raw), raw) if "&" in raw else raw


def pieces(source: str, text: Text) -> Iterator[tuple[str, int]]:
    """A text decoded, in pieces, each with its place in the source."""
    raw = source[text.start : text.end]
    if text.is_raw or "&" not in raw:
        yield raw, text.start
        return
    done = 0
    for match in _REFERENCE.finditer(raw):
        if match.start() > done:
            yield raw[done : match.start()], text.start + done
        yield unescape(match.group()), text.start + match.start()
        done = match.end()
    if done < len(raw):
        yield raw[done:], text.start + done


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
    found: dict[str, Attribute] = {}
    position = match.end()
    while True:
        each = _ATTRIBUTE.match(source, position)
        if each is None or each["open"]:
            return None
        if each["close"]:
            break
        name = each["name"].lower()
        kind = each.lastgroup if each.lastgroup in ("double", "single", "bare") else None
        raw, start = (each[kind], each.start(kind)) if kind else ("", each.end())
        # Of two equal attributes the first counts.
        found.setdefault(name, Attribute(name, attribute_value(raw), start))
        position = each.end()
    is_closed = source[each.end() - 2] == "/"
    name = match["name"].lower()
    return Tag(name, match.start(), each.end(), tuple(found.values()), bool(match["end"]), is_closed)


def _reference(match: re.Match[str], raw: str) -> str:
    written = match.group()
    if written[1] == "#" or (written.endswith(";") and written[1:] in html5):
        return unescape(written)
    # "&copy" in "&copyright=1" is no reference, nor is "&copy=1"; "&copy" before a blank is one.
    name = next((written[1:end] for end in range(len(written), 1, -1) if written[1:end] in html5), None)
    if name is None:
        return written
    following = raw[match.start() + 1 + len(name) : match.start() + 2 + len(name)]
    return written if following == "=" or (following.isascii() and following.isalnum()) else unescape(written)
