"""The entries of a live blog on a page, of any layout: which blocks open them, and when they were written."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from html import unescape
from typing import NamedTuple

from bs4.element import Tag as Element
from msgspec.structs import replace

from citecheck.extractor import dates
from citecheck.extractor.readers import Stamp
from citecheck.extractor.readers.html.contents import SENTENCE_END, TITLE_CHARS, is_contents, leads_away, says
from citecheck.extractor.readers.html.feeds import is_change, is_day, is_head, lists_of_feed
from citecheck.extractor.readers.html.flow import Flow
from citecheck.extractor.readers.html.labels import LABEL_CHARS, is_byline, is_name, label, local_day
from citecheck.extractor.readers.html.metadata import Metadata, Post, folded
from citecheck.extractor.readers.html.times import Time
from citecheck.extractor.readers.html.tree import text_of
from citecheck.extractor.readers.html.writers import TOP_BLOCKS, writers
from citecheck.model import BlockKind

_ENTRY_CHARS = 60
"""The usual entry says at least this much; less is a list of headlines."""
_COVERS, _COVERS_LIVE = 0.5, 0.25
"""The entries of a live blog hold at least this share of its text; less where the page says that it is one."""
_FEWEST, _FEWEST_LIVE = 3, 2
_LINES = (BlockKind.CAPTION, BlockKind.PARAGRAPH)


class _Entry(NamedTuple):
    first: int
    after: int
    times: tuple[Time, ...]


class _Dated(NamedTuple):
    entry: _Entry
    stamp: Stamp


def stamps_of(flow: Flow, body: Element, metadata: Metadata) -> dict[int, Stamp]:
    """By index of block: the openings of entries whose day or hour the page tells.

    Lines that only tell the time, or who wrote, become captions: they are no text. The time is that which the reader
    sees, else that of an attribute, as written there.
    """
    listed = flow.leading_within()
    stamps = _by_headline(flow, metadata.posts, listed)
    near = metadata.published
    found = list(_entries(flow, body, near))
    linked = Counter[int]()
    for link in flow.links.values():
        linked[link.block] += len(link.text)
    aside = [each for each in found if is_contents(flow, range(each.first, each.after), listed)]
    teasers = [each for each in found if each not in aside and leads_away(flow, range(each.first, each.after), linked)]
    aside += teasers if len(teasers) * 2 > len(found) else []
    for entry in aside:
        for index in range(entry.first, entry.after):
            flow.blocks[index] = replace(flow.blocks[index], kind=BlockKind.CAPTION)
    entries = [each for each in found if each not in aside]
    if not _is_live_blog(flow, entries, is_called_so=metadata.is_live):
        _close_lone_hour(flow)
        return stamps
    repeated = _repeated(flow, entries) | writers(flow, body, [(each.first, each.after) for each in entries])
    told = {each.first for each in entries if _is_break(flow, each)}
    for entry, stamp in _dated(flow, entries, near):
        opening = _opening(flow, entry, repeated)
        by_data = stamps.get(opening)
        if by_data is None:
            stamps[opening] = stamp
        elif hour := _shown(entry.times, near):  # in the reader's zone; the data may have another
            stamps[opening] = Stamp(stamp.day or local_day(by_data, hour), hour)
        told |= {*range(entry.first, opening + 1), *_close(flow, entry, opening)}
    flow.beyond = entries[-1].after
    for index in range(_days_begin(flow, entries[0].first), len(flow.blocks)):
        block = flow.blocks[index]
        # A day between the entries parts them.
        if block.kind in _LINES and index not in told and is_day(block.text):
            flow.blocks[index] = replace(block, kind=BlockKind.HEADING)
    return stamps


def _close_lone_hour(flow: Flow) -> None:
    """Make a caption of the one line that tells an hour: a page's own, or that of a box."""
    hours = [index for index, block in enumerate(flow.blocks) if dates.hour(block.text)]
    if len(hours) == 1 and hours[0] and hours[0] not in flow.levels:
        flow.blocks[hours[0]] = replace(flow.blocks[hours[0]], kind=BlockKind.CAPTION)


def _entries(flow: Flow, body: Element, near: date | None) -> Iterator[_Entry]:
    """The children of the element that has the most children with a time, and of others like it, with their times."""
    parents: dict[int, dict[int, tuple[Element, list[Time]]]] = {}
    holders: dict[int, Element] = {}
    for time in flow.times:
        if not _is_apart(flow, time) or not time.stamp(near):
            continue
        element: Element = time.element
        while element is not body and element.parent is not None:
            holders[id(element.parent)] = element.parent
            parents.setdefault(id(element.parent), {}).setdefault(id(element), (element, []))[1].append(time)
            element = element.parent
    if not parents:
        return
    # Parents are met from the inside out, so of two with as many the outer one is the later.
    chosen = max(reversed(parents), key=lambda key: len(parents[key]))
    alike = lists_of_feed(parents, holders, chosen)
    entries = sorted(
        (each for key in alike for each in parents[key].values()),
        key=lambda each: each[0].sourcepos or 0,
    )
    if len(entries) > 1 and is_head(flow, *entries[0], [element for element, _ in entries[1:]], near):
        del entries[0]
    firsts = [_first(flow, element, times[0]) for element, times in entries]
    end = flow.ends.get(id(entries[-1][0].parent), len(flow.blocks))
    for (_, times), first, after in zip(entries, firsts, [*firsts[1:], end], strict=True):
        yield _Entry(first, max(first, after), tuple(times))


def _first(flow: Flow, element: Element, time: Time) -> int:
    """Where the entry begins: a heading right above a time that stands for itself is its own."""
    first = flow.starts.get(id(element), time.block)
    stands_alone = time.block == first < len(flow.blocks) and label(flow.blocks[first].text) is not None
    is_label = stands_alone or len(text_of(element)) < LABEL_CHARS
    before = first - 1
    if is_label and flow.levels.get(before, "h1") != "h1" and flow.blocks[before].kind is BlockKind.HEADING:
        following = flow.blocks[first + 1] if first + 1 < len(flow.blocks) else None
        is_day = before in flow.days or dates.heading(flow.blocks[before].text)
        return before if not is_day and not (following and following.kind is BlockKind.HEADING) else first
    return first


def _is_apart(flow: Flow, time: Time) -> bool:
    """Whether the time is a label of its own rather than part of a sentence."""
    if time.block >= len(flow.blocks):
        return True
    text, whole = time.text, flow.blocks[time.block].text
    return not text or len(whole) < LABEL_CHARS or text not in whole


def _is_live_blog(flow: Flow, entries: Sequence[_Entry], *, is_called_so: bool) -> bool:
    fewest, covers = (_FEWEST_LIVE, _COVERS_LIVE) if is_called_so else (_FEWEST, _COVERS)
    told = [each for each in entries if each.after > each.first and not _is_break(flow, each)]
    if len(told) < fewest:
        return False
    lengths = [sum(len(block.text) for block in flow.blocks[each.first : each.after]) for each in told]
    total = sum(len(block.text) for block in flow.blocks)
    return sorted(lengths)[len(lengths) // 2] >= _ENTRY_CHARS and sum(lengths) >= covers * total


def _is_break(flow: Flow, entry: _Entry) -> bool:
    """Whether the entry is a day between entries and nothing else."""
    return entry.after - entry.first == 1 and is_day(flow.blocks[entry.first].text)


def _days_begin(flow: Flow, first: int) -> int:
    """Where the entries begin, with a line above them that is nothing but their day."""
    above = flow.blocks[first - 1] if first else None
    return first - 1 if above and dates.heading(above.text) and is_day(above.text) else first


def _dated(flow: Flow, entries: Sequence[_Entry], near: date | None) -> list[_Dated]:
    """The entries with their times; a day that stands between them is that of those below it, or of those above it
    where it closes them.
    """
    breaks = [_is_break(flow, each) for each in entries]
    days_follow = breaks[-1] and not breaks[0]
    dated: list[_Dated] = []
    day: date | None = None
    for entry, is_break in zip(
        *((reversed(entries), reversed(breaks)) if days_follow else (entries, breaks)), strict=True
    ):
        stamp = _stamp(flow, entry, near)
        if is_break:
            day = stamp.day
        else:
            dated.append(_Dated(entry, stamp if stamp.day else Stamp(day, stamp.time)))
    return sorted(dated, key=lambda each: each.entry.first)


def _stamp(flow: Flow, entry: _Entry, near: date | None) -> Stamp:
    """When the entry was written: its first time, with a day beside it; that of a change only if there is no other."""
    told = [(time, stamp) for time in entry.times if (stamp := time.stamp(near))]
    written = [each for each in told if not is_change(each[0], near)] or told
    if not written:
        return Stamp()
    near_ones = [(each, stamp) for each, stamp in written if each.block <= written[0][0].block + 1]
    day = next((stamp.day for _, stamp in near_ones if stamp.day), None)
    hours = [(each, stamp) for each, stamp in near_ones if stamp.time]
    # "3h ago" whose attribute tells an hour of another zone, beside the hour that the reader sees.
    shown = _shown((each for each, _ in hours), near)
    if shown is None or shown == hours[0][1].time:
        return Stamp(day, hours[0][1].time if hours else None)
    return Stamp(local_day(Stamp(day, hours[0][1].time), shown), shown)


def _shown(times: Iterable[Time], near: date | None) -> str | None:
    """The first hour that the reader sees."""
    told = (seen.stamp.time for each in times if (seen := label(each.text, near)) and seen.stamp)
    return next((hour for hour in told if hour), None)


def _repeated(flow: Flow, entries: Sequence[_Entry]) -> frozenset[str]:
    """Short lines that stand at the top of several entries: who writes, what to press."""
    counted = Counter(
        text
        for each in entries
        for text in {block.text for block in flow.blocks[each.first : min(each.after, each.first + TOP_BLOCKS)]}
    )
    return frozenset(text for text, count in counted.items() if count > 1 and len(text) < LABEL_CHARS)


def _opening(flow: Flow, entry: _Entry, repeated: frozenset[str]) -> int:
    """The block that opens the entry: its heading, else its first text; lines above that are no text are captions."""
    titles: list[int] = []
    timed: int | None = None
    hour: int | None = None
    for index in list(_top(flow, entry)):
        block = flow.blocks[index]
        if _is_label(flow, index, entry):
            flow.blocks[index] = replace(block, kind=BlockKind.CAPTION)
            flow.labels.add(index)
            timed = index if timed is None and _is_title(_rest(flow, index, entry), repeated) else timed
            hour = index if hour is None and dates.hour(block.text) else hour
        elif block.kind is BlockKind.HEADING:
            titles = [index] if not titles or flow.blocks[titles[0]].kind is not BlockKind.HEADING else titles
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.BYLINE):
            if block.kind is BlockKind.BYLINE or block.text in repeated:
                flow.blocks[index] = replace(block, kind=BlockKind.CAPTION)
                flow.labels.add(index)
            else:
                titles.append(index)
    says = any(
        index not in titles and flow.blocks[index].kind not in (BlockKind.CAPTION, BlockKind.HEADING)
        for index in range(entry.first, entry.after)
    )
    title = next((index for index in titles if len(titles) == 1 or not is_name(flow.blocks[index].text)), None)
    if title is not None and says:
        for index in titles:
            if index == title or is_name(flow.blocks[index].text):
                kind = BlockKind.HEADING if index == title else BlockKind.CAPTION
                flow.labels |= {index} if index != title else set()
                flow.blocks[index] = replace(flow.blocks[index], kind=kind)
        return title
    hour = hour if timed is None else timed
    if hour is not None:
        flow.blocks[hour] = replace(flow.blocks[hour], kind=BlockKind.HEADING)
        return hour
    texts = (index for index in range(entry.first, entry.after) if flow.blocks[index].kind is not BlockKind.CAPTION)
    return next(texts, entry.first)


def _top(flow: Flow, entry: _Entry) -> Iterator[int]:
    """The blocks above the entry's first sentence."""
    for index in range(entry.first, min(entry.first + TOP_BLOCKS, entry.after)):
        block = flow.blocks[index]
        if block.kind is not BlockKind.HEADING and (says(block) or len(block.text) > TITLE_CHARS):
            return
        yield index


def _is_label(flow: Flow, index: int, entry: _Entry) -> bool:
    """Whether the block tells the time, and perhaps who wrote, and nothing else."""
    block = flow.blocks[index]
    rest = _rest(flow, index, entry)
    # "Landfall — 11:55 a.m." is a title with its time, "Ada Wong — 11:55 a.m." is none.
    if label(block.text) and not (index in flow.levels and rest and rest != block.text):
        return True
    if index in flow.levels or rest == block.text or len(rest) * 2 > LABEL_CHARS:
        return False
    return not SENTENCE_END.search(block.text)


def _rest(flow: Flow, index: int, entry: _Entry) -> str:
    """What the block says but for the time."""
    text = flow.blocks[index].text
    for each in entry.times:
        said = each.text if each.block == index else ""
        text = text.replace(said, " ", 1) if said else text
    return text.strip(" |·•-–—,:")


def _is_title(text: str, repeated: frozenset[str]) -> bool:
    return bool(text) and not (is_byline(text) or is_name(text) or text in repeated or label(text))


def _close(flow: Flow, entry: _Entry, opening: int) -> Iterator[int]:
    """Make captions of the times below the entry's text."""
    for each in entry.times:
        if opening < each.block < entry.after and _is_label(flow, each.block, entry):
            flow.blocks[each.block] = replace(flow.blocks[each.block], kind=BlockKind.CAPTION)
            flow.labels.add(each.block)
            yield each.block


def _by_headline(flow: Flow, posts: tuple[Post, ...], listed: Collection[int]) -> dict[int, Stamp]:
    """The headings that the page's LiveBlogPosting names, each with its time."""
    when = {folded(unescape(post.headline)): post.published for post in posts if post.headline and post.published}
    stamps: dict[int, Stamp] = {}
    for index, block in enumerate(flow.blocks):
        is_title = len(block.text) < 400 and index not in listed
        found = when.pop(folded(block.text), None) if is_title and when else None
        if found:
            stamps[index] = Stamp(found.date(), f"{found:%H:%M}")
    return stamps


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
