"""The entries of a live blog on a page, of any layout: which blocks open them, and when they were written."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bs4.element import Tag as Element
from msgspec.structs import replace

from citecheck.extractor import dates
from citecheck.extractor.readers import Stamp
from citecheck.extractor.readers.html.flow import Flow, Time
from citecheck.extractor.readers.html.metadata import Metadata, Post, moment
from citecheck.extractor.readers.html.tree import text_of
from citecheck.model import BlockKind

_LABEL_CHARS = 90
"""A line that tells when and by whom an entry was written is shorter."""
_ENTRY_CHARS = 60
"""The usual entry says at least this much; less is a list of headlines."""
_COVERS = 0.5
"""The entries of a live blog hold at least this share of its text."""
_FEWEST, _FEWEST_LIVE = 3, 2
_TOP_BLOCKS = 3
"""Time and heading of an entry are among so many of its first blocks."""


class _Entry(NamedTuple):
    first: int
    after: int
    time: Time


def stamps_of(flow: Flow, body: Element, metadata: Metadata) -> dict[int, Stamp]:
    """By index of block: the openings of entries whose day or hour the markup tells.

    Lines that only tell the time become captions: they are no text. The time is that which the reader sees, else that
    of the `datetime`, as written there.
    """
    stamps = _by_headline(flow, metadata.posts)
    entries = list(_entries(flow, body))
    if _is_live_blog(flow, entries, _FEWEST_LIVE if metadata.is_live else _FEWEST):
        for entry in entries:
            stamp = _stamp(entry.time.element)
            if stamp:
                stamps.setdefault(_opening(flow, entry), stamp)
    return stamps


def _entries(flow: Flow, body: Element) -> Iterator[_Entry]:
    """The children of the element that has the most children with a time, each with its first time."""
    times = [time for time in flow.times if _is_apart(flow, time) and _stamp(time.element)]
    parents: dict[int, dict[int, tuple[Element, Time]]] = {}
    for time in times:
        element: Element = time.element
        while element is not body and element.parent is not None:
            parents.setdefault(id(element.parent), {}).setdefault(id(element), (element, time))
            element = element.parent
    if not parents:
        return
    # Parents are met from the inside out, so of two with as many the outer one is the later.
    entries = list(max(reversed(parents.values()), key=len).values())
    firsts = [_first(flow, element, time) for element, time in entries]
    for (_, time), first, after in zip(entries, firsts, [*firsts[1:], len(flow.blocks)], strict=True):
        yield _Entry(first, after, time)


def _first(flow: Flow, element: Element, time: Time) -> int:
    """Where the entry begins: a heading right above a time that stands for itself is its own."""
    first = flow.starts.get(id(element), time.block)
    is_label = len(text_of(element)) < _LABEL_CHARS
    before = first - 1
    if is_label and before >= 0 and flow.blocks[before].kind is BlockKind.HEADING:
        following = flow.blocks[first + 1] if first + 1 < len(flow.blocks) else None
        return first if following and following.kind is BlockKind.HEADING else before
    return first


def _is_apart(flow: Flow, time: Time) -> bool:
    """Whether the time is a label of its own rather than part of a sentence."""
    if time.block >= len(flow.blocks):
        return True
    text = text_of(time.element)
    return not text or len(flow.blocks[time.block].text) < _LABEL_CHARS


def _is_live_blog(flow: Flow, entries: list[_Entry], fewest: int) -> bool:
    if len(entries) < fewest:
        return False
    lengths = [sum(len(block.text) for block in flow.blocks[each.first : each.after]) for each in entries]
    total = sum(len(block.text) for block in flow.blocks)
    return sorted(lengths)[len(lengths) // 2] >= _ENTRY_CHARS and sum(lengths) >= _COVERS * total


def _opening(flow: Flow, entry: _Entry) -> int:
    """The block that opens the entry: its heading, else its time; lines of the time above the heading are labels."""
    top = range(entry.first, min(entry.first + _TOP_BLOCKS, entry.after))
    heading = next((index for index in top if flow.blocks[index].kind is BlockKind.HEADING), None)
    for index in top:
        block = flow.blocks[index]
        is_time = index == entry.time.block and len(block.text) < _LABEL_CHARS
        if index != heading and (is_time or dates.hour(block.text) or moment(block.text)):
            flow.blocks[index] = replace(block, kind=BlockKind.CAPTION)
    # An hour alone was taken for a heading; a title that follows is the better one.
    if heading is not None and dates.hour(flow.blocks[heading].text) and heading + 1 in top:
        following = flow.blocks[heading + 1]
        if following.kind is BlockKind.HEADING:
            flow.blocks[heading] = replace(flow.blocks[heading], kind=BlockKind.CAPTION)
            return heading + 1
    return entry.first if heading is None else heading


def _stamp(element: Element) -> Stamp | None:
    seen = text_of(element)
    value = element.get("datetime")
    when = moment(value) if isinstance(value, str) else None
    clock = re.search(r"(?<!\d)\d{1,2}(?:[:.h]\d\d)?(?:\s*(?:[ap]\.?m\b\.?|Uhr))?", seen, re.IGNORECASE)
    time = dates.hour(clock[0]) if clock else None
    if when:
        has_time = isinstance(value, str) and ":" in value
        return Stamp(when.date(), time or (f"{when:%H:%M}" if has_time else None))
    day = dates.full_date(seen)
    return Stamp(day, time) if day or time else None


def _by_headline(flow: Flow, posts: tuple[Post, ...]) -> dict[int, Stamp]:
    """The headings that the page's LiveBlogPosting names, each with its time."""
    when = {_folded(post.headline): post.published for post in posts if post.headline and post.published}
    stamps: dict[int, Stamp] = {}
    for index, block in enumerate(flow.blocks):
        found = when.pop(_folded(block.text), None) if len(block.text) < 400 and when else None
        if found:
            stamps[index] = Stamp(found.date(), f"{found:%H:%M}")
    return stamps


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def main_level(flow: Flow) -> tuple[int, ...]:
    """The indices of the headings of the level that most of them have."""
    counted = Counter(flow.levels[index] for index, block in _headings(flow))
    if not counted:
        return ()
    level = counted.most_common(1)[0][0]
    return tuple(index for index, _ in _headings(flow) if flow.levels[index] == level)


def _headings(flow: Flow) -> list[tuple[int, object]]:
    return [
        (index, block)
        for index, block in enumerate(flow.blocks)
        if index in flow.levels and block.kind is BlockKind.HEADING
    ]
