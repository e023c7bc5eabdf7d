"""Entries that only the JSON-LD of a page has: its scripts show them to whoever has scripts."""

from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.extractor.inventory import jsonld
from citecheck.extractor.inventory.places import Excerpt
from citecheck.extractor.readers import Stamp
from citecheck.extractor.readers.html import markup
from citecheck.extractor.readers.html.elements import elements
from citecheck.extractor.readers.html.flow import Flow
from citecheck.extractor.readers.html.metadata import Metadata, Post, folded, linked_data_scripts
from citecheck.extractor.readers.html.tree import Page, Words
from citecheck.model import BlockKind
from citecheck.patterns import regex

_KEYS = frozenset({"articleBody", "headline", "name"})
_SHOWN_CHARS = 60
"""What the page shows of a text's beginning shows that it has the text."""
_SHOWS_ENTRIES = 3
"""A page that shows so many entries, or half of them, is a live blog by itself: the others are of its older pages."""
_TAG = regex(r"<[^>]*+>")


class Unshown(NamedTuple):
    """What the JSON-LD has beside the page."""

    stamps: dict[int, Stamp]
    """By index of block, the openings of the entries that were read."""
    notes: tuple[str, ...] = ()


def add_unshown(flow: Flow, page: Page, metadata: Metadata) -> Unshown:
    """Read the entries of a LiveBlogPosting whose page shows none, or few.

    An article whose text only the JSON-LD has is read from there too. Words stand where the script has them.
    """
    if not (metadata.posts or metadata.body):
        return Unshown({})
    shown = folded(" ".join(block.text for block in flow.blocks))
    titles = {folded(block.text) for block in flow.blocks}
    missing = [each for each in metadata.posts if not _is_shown(each, shown, titles)]
    found = len(metadata.posts) - len(missing)
    if found >= _SHOWS_ENTRIES or (found and found * 2 >= len(metadata.posts)):
        told = f"{len(missing):,} further entries of the live blog stand in the page's JSON-LD only: they were not read"
        return Unshown({}, (told,) if missing else ())
    whole = Post("", None, metadata.body)
    if not metadata.posts and metadata.body and not flow.blocks:
        missing = [whole]
    if not missing:
        return Unshown({})
    places = dict(_places(page))
    stamps: dict[int, Stamp] = {}
    for post in missing:
        first = len(flow.blocks)
        for text, kind in ((post.headline, BlockKind.HEADING), (post.body, BlockKind.PARAGRAPH)):
            words = places.get(text) if text else None
            if words:
                _read(flow, words, kind)
        if len(flow.blocks) > first and post is not whole:
            when = post.published
            stamps[first] = Stamp(when.date(), f"{when:%H:%M}") if when else Stamp(metadata.published)
    return Unshown(stamps)


def _is_shown(post: Post, page: str, titles: set[str]) -> bool:
    body = folded(_TAG.sub(" ", unescape(post.body)))
    return body[:_SHOWN_CHARS] in page if body else folded(post.headline) in titles


def _places(page: Page) -> Iterator[tuple[str, Excerpt]]:
    """The texts of the page's JSON-LD, blanks folded, each with its place in the source."""
    for script in linked_data_scripts(page):
        for content in script.contents:
            if isinstance(content, Words):
                start = content.places[0][1]
                for each in jsonld.texts(str(content), _KEYS):
                    words = each.words
                    moved = replace(words, places=[start + place for place in words.places])
                    yield " ".join(words.text.split()), moved


def _read(flow: Flow, words: Excerpt, kind: BlockKind) -> None:
    """Make blocks of a text, which may be HTML; in one without markup a line's end ends a paragraph."""
    is_plain = not _TAG.search(words.text)
    links: list[bool] = []
    for token in markup.tokens(words.text):
        if isinstance(token, markup.Text):
            for piece, offset in () if token.is_raw else markup.pieces(words.text, token):
                for line in piece.splitlines(keepends=True) if is_plain else (piece,):
                    _add(flow, words, line, offset)
                    offset += len(line)
                    if is_plain and line.endswith("\n"):
                        flow.prose.close(kind)
        elif token.name == "a":
            target = next((each for each in token.attributes if each.name == "href"), None)
            if token.is_end and links:
                links.pop()
                flow.prose.close_link()
            elif target and not token.is_end:
                lead = len(target.value) - len(target.value.lstrip())
                flow.prose.open_link(words.place(target.start + lead))
                links.append(True)
        elif token.name not in elements().inline:
            flow.prose.close(kind)
    while links:
        links.pop()
        flow.prose.close_link()
    flow.prose.close(kind)


def _add(flow: Flow, words: Excerpt, piece: str, offset: int) -> None:
    """Add a piece of the text, parted where the source has an escape."""
    done = 0
    while done < len(piece):
        following = bisect_right(words.starts, offset + done)
        end = words.starts[following] - offset if following < len(words.starts) else len(piece)
        flow.prose.add(piece[done:end], words.place(offset + done))
        done = max(end, done + 1)
