"""Character references decoded as the HTML standard has it, each character with its place.

Python 3.11's html.parser makes "®ion" of "&region" in an attribute; the standard (13.2.5.73) leaves a reference without
its semicolon alone there, when "=" or a letter or digit follows.
"""

from html import unescape
from html.entities import html5

from citecheck.extractor.inventory.places import Excerpt
from citecheck.patterns import regex

_REFERENCE = regex(r"&(?:#(?:[xX][0-9a-fA-F]+|[0-9]+);?|[a-zA-Z][a-zA-Z0-9]*;?)")
_LONGEST = max(map(len, html5))


def decoded(text: str, start: int, end: int, *, in_attribute: bool) -> Excerpt:
    """The part of a text between two offsets, its character references decoded."""
    pieces: list[str] = []
    starts, places = [0], [start]
    done = start
    length = 0
    for match in _REFERENCE.finditer(text, start, end):
        taken, characters = _read(match[0], text[match.end() : match.end() + 1], in_attribute)
        if not taken:
            continue
        pieces += (text[done : match.start()], characters)
        length += match.start() - done + len(characters)
        done = match.start() + taken
        if length - len(characters) > starts[-1]:
            starts.append(length - len(characters))
            places.append(match.start())
        starts.append(length)
        places.append(done)
    pieces.append(text[done:end])
    return Excerpt("".join(pieces), starts, places)


def _read(reference: str, following: str, in_attribute: bool) -> tuple[int, str]:
    """How much of the reference is one, and what it stands for; 0 when it is none."""
    if reference[1] == "#":
        return len(reference), unescape(reference if reference.endswith(";") else reference + ";")
    name = reference[1:]
    if name in html5:
        prefix = name
    else:
        prefix = next((name[:size] for size in range(min(len(name), _LONGEST), 1, -1) if name[:size] in html5), "")
    if not prefix:
        return 0, ""
    after = name[len(prefix) : len(prefix) + 1] or following
    if in_attribute and not prefix.endswith(";") and (after == "=" or (after.isascii() and after.isalnum())):
        return 0, ""
    return len(prefix) + 1, html5[prefix]
