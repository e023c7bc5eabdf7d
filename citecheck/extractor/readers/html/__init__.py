"""HTML articles: the tree by beautifulsoup4, every word and link with its place in the source."""

import re
from bisect import bisect_right
from collections import Counter

from msgspec.structs import replace

from citecheck.extractor import dates
from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.encodings import declared_in, decode
from citecheck.extractor.inventory.carried import CODE, Inventory
from citecheck.extractor.inventory.html import inventory
from citecheck.extractor.readers import Anchor, Reading, Stamp
from citecheck.extractor.readers.html import entries, posts
from citecheck.extractor.readers.html.body import Body
from citecheck.extractor.readers.html.flow import Flow
from citecheck.extractor.readers.html.furniture import text_span, without_furniture
from citecheck.extractor.readers.html.labels import moment
from citecheck.extractor.readers.html.metadata import Metadata, metadata_of
from citecheck.extractor.readers.html.notes import laid_to_marks
from citecheck.extractor.readers.html.teasers import mark_teasers
from citecheck.extractor.readers.html.tree import parse
from citecheck.extractor.readers.pages import is_live
from citecheck.extractor.readers.paragraphs import within
from citecheck.extractor.readers.prose import SENTENCE_END, Places
from citecheck.model import BlockKind

_FEWEST_HEADINGS = 3
_LEAD_BLOCKS = 12
_TITLE_CHARS = 15
_LEAD_CHARS = 80
"""A longer line in the lead is prose and announces nothing."""
_KICKER_WORDS = 3
_KICKER_BLOCKS = 2
"""What stands so near above the title is said of it; a "Ticker" farther up is a box of the page."""


def read(data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading:
    """The blocks of the article's body and the links of the whole page; those outside the body have no block."""
    source, notes = decode(data, declared or declared_in(data))
    page = parse(source, allowance)
    metadata = metadata_of(page)
    places = Places(source)
    body = Body(page)
    flow = Flow(body, places, allowance)
    _mark_title(flow, metadata.title)
    found = inventory(source)
    is_live_page = metadata.is_live or _is_called_live(flow, metadata)
    if not is_live_page:
        mark_teasers(flow, page, body.element, metadata.address)
    stamps = entries.stamps_of(flow, body.element, metadata)
    if not stamps and is_live_page:
        headings = entries.main_level(flow)
        if len(headings) >= _FEWEST_HEADINGS and not any(_tells_time(flow.blocks[index].text) for index in headings):
            stamps = {index: Stamp(metadata.published) for index in headings}
    unshown = posts.add_unshown(flow, page, metadata)
    stamps |= unshown.stamps
    carried = laid_to_marks(flow, page, _anchors(found, flow, places))
    anchors = without_furniture(flow, carried, metadata.address, stamps)
    return Reading(
        blocks=tuple(flow.blocks),
        signatures=tuple(flow.signatures),
        signers=flow.signers,
        title=metadata.title,
        notes=(*notes, *unshown.notes),
        anchors=tuple(anchors),
        within=within(found, source, places),
        stamps=stamps,
        language=metadata.language,
        published=metadata.published,
        modified=metadata.modified,
        publisher=metadata.publisher,
        address=metadata.address,
        base=found.base,
        canonical=found.canonical,
    )


def _tells_time(heading: str) -> bool:
    return bool(
        dates.hour(heading) or dates.hour_before(heading) or dates.hour_behind(heading) or dates.heading(heading)
    )


def _mark_title(flow: Flow, title: str | None) -> None:
    """Make a heading of a paragraph that is the page's title again; what stands above the title is no text."""
    for index, block in enumerate(flow.blocks[: _title_at(flow)]):
        if block.kind is BlockKind.PARAGRAPH and not SENTENCE_END.search(block.text):
            flow.blocks[index] = replace(block, kind=BlockKind.CAPTION)
            flow.labels.add(index)
    for index, block in enumerate(flow.blocks[:_LEAD_BLOCKS]):
        if block.kind is BlockKind.PARAGRAPH and title and _is_title(block.text, title):
            flow.blocks[index] = replace(block, kind=BlockKind.HEADING)


def _title_at(flow: Flow) -> int:
    return next((index for index, level in flow.levels.items() if level == "h1" and index < _LEAD_BLOCKS), 0)


def _is_title(text: str, title: str) -> bool:
    """Whether a line says the title, or all of it but the name of the site."""
    said, whole = (re.sub(r"\W+", "", each).casefold() for each in (text, title))
    return said == whole or (len(said) >= _TITLE_CHARS and whole.startswith(said))


def _anchors(found: Inventory, flow: Flow, places: Places) -> list[Anchor]:
    """Every URL that the page carries; those of the body with the block and the words that are linked."""
    order = sorted(range(len(flow.blocks)), key=lambda index: flow.blocks[index].position(0))
    starts = [flow.blocks[index].position(0) for index in order]
    first, last = text_span(flow) if flow.asides else (0, -1)
    boxes = Counter(flow.asides.values())
    anchors: list[Anchor] = []
    for each in found.carried:
        place = places[each.offset]
        anchor = Anchor(each.url, each.origin, *place, each.text, stands_for=each.stands_for)
        if each.offset in flow.robust:
            robust = flow.robust[each.offset]
            when = moment(str(robust.get("data-versiondate") or ""))
            kept = str(robust.get("data-versionurl") or "").strip() or None
            anchor = anchor._replace(kept_url=kept, kept_on=when.date() if when else None)
        linked = flow.links.get(each.offset)
        if each.origin == CODE:
            pass  # shown, not said
        elif each.offset in flow.media and flow.blocks:
            anchor = anchor._replace(block=min(flow.media[each.offset], len(flow.blocks) - 1))
        elif first <= (above := flow.asides.get(each.offset, -1)) < last and boxes[above] == 1:
            anchor = anchor._replace(block=above)
        elif linked and linked.text and flow.blocks:
            index = min(linked.block, len(flow.blocks) - 1)
            anchor = anchor._replace(text=linked.text, block=index, start=linked.start, end=linked.end)
        elif each.origin == "bare" and starts:
            before = max(0, bisect_right(starts, place) - 1)
            index = order[before]
            block = flow.blocks[index]
            if starts[before] <= place <= block.position(len(block.text) - 1):
                anchor = anchor._replace(block=index, start=0)
        if anchor.block is not None and linked and flow.blocks[anchor.block].kind is BlockKind.EMBED:
            anchor = anchor._replace(origin="embed")
        anchors.append(anchor)
    return anchors


def _is_called_live(flow: Flow, metadata: Metadata) -> bool:
    """Whether title, address or a short line of the lead says that the page is a live blog."""
    slug = (metadata.address or "").rpartition("//")[2].partition("/")[2]
    said = [metadata.title or "", slug.replace("-", " ").replace("/", " ").replace("_", " ")]
    lead = entries.main_level(flow)[:1] or (_LEAD_BLOCKS,)
    first = max(0, _title_at(flow) - _KICKER_BLOCKS)
    linked = {(each.block, each.text) for each in flow.links.values() if len(each.text.split()) > _KICKER_WORDS}
    said += [
        block.text
        for index, block in enumerate(flow.blocks[first : lead[0] + 1], first)
        if len(block.text) < _LEAD_CHARS and (index, block.text) not in linked  # another page's title
    ]
    return is_live(*said)
