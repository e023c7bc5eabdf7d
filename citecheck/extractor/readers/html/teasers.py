"""Teasers of other articles among an article's text: linked titles in a row, with a line or two of what each says."""

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlsplit

from bs4.element import Tag as Element
from msgspec.structs import replace

from citecheck.extractor import urls
from citecheck.extractor.readers.html.flow import Flow
from citecheck.extractor.readers.html.tree import Page, Words, elements_in, text_of
from citecheck.extractor.readers.prose import SENTENCE_END
from citecheck.model import Block, BlockKind

_FEWEST = 3
"""So many titles in a row are a list of other articles."""
_TITLES = ("h2", "h3", "h4", "h5", "h6", "li")
_TITLE_CHARS = 15
_LINKED = 0.8
_TEASER_CHARS, _POST_CHARS = 700, 1_000
"""An article says more than the first; where half of the entries say more than the second, they are posts of a blog."""
_TEXT_CHARS = 400
"""A page that says less besides is a list of articles, and nothing else."""


def mark_teasers(flow: Flow, page: Page, body: Element, address: str | None) -> None:
    """Make captions of the lists of teasers within an article, and forget their times."""
    marked = {index for first, after in _teasers(flow, page, body, address) for index in range(first, after)}
    rest = [block for index, block in enumerate(flow.blocks) if index not in marked and _is_text(block)]
    if not marked or sum(len(block.text) for block in rest) < _TEXT_CHARS:
        return
    for index in marked:
        flow.blocks[index] = replace(flow.blocks[index], kind=BlockKind.CAPTION)
    flow.labels |= marked
    flow.times = [each for each in flow.times if each.block not in marked]


def _teasers(flow: Flow, page: Page, body: Element, address: str | None) -> Iterator[tuple[int, int]]:
    """The blocks of each: from its first to behind its last."""
    lists: dict[int, dict[int, Element]] = {}
    for title in chain.from_iterable(page.named.get(name, ()) for name in _TITLES):
        if id(title) in flow.starts and _leads_away(title, address):
            outer = [title, *title.parents]
            within = outer[: next((at for at, each in enumerate(outer) if each is body), 0)]
            for element in within:
                lists.setdefault(id(element.parent), {})[id(element)] = element
    for entries in lists.values():
        spans = [(flow.starts.get(key, 0), flow.ends.get(key, 0)) for key in entries]
        sizes = [_chars(flow, *span) for span in spans]
        # Of a blog's posts, one below another, the short ones are texts too.
        if len(entries) >= _FEWEST and sum(size > _POST_CHARS for size in sizes) * 2 < len(entries):
            yield from (span for span, size in zip(spans, sizes, strict=True) if size <= _TEASER_CHARS)


def _leads_away(title: Element, address: str | None) -> bool:
    """Whether a title is a link to another page of the site."""
    link = _link_of(title)
    url = str(link.get("href") or "") if link else ""
    text = text_of(title)
    if link is None or url.startswith(("#", "?")) or len(text_of(link)) < _TITLE_CHARS:
        return False
    # In an item the title stands for itself, whatever is said in other elements.
    is_whole = len(text_of(link)) >= _LINKED * len(text) if title.name != "li" else not _goes_on(link)
    if not is_whole:
        return False
    own = urlsplit(address or "")
    host = urls.domain(urls.host_of(url))
    return host in ("", urls.domain(own.netloc)) and _path(url) != _path(address or "")


def _link_of(title: Element) -> Element | None:
    """The link that a title stands in, or else the first in it."""
    outer = next((each for each in title.parents if each.name == "a"), None)
    return outer or next((each for each in elements_in(title) if each.name == "a" and each.has_attr("href")), None)


def _goes_on(link: Element) -> bool:
    """Whether words stand beside the link, as in a sentence."""
    return any(isinstance(each, Words) and each.strip() for each in (link.previous_sibling, link.next_sibling))


def _path(url: str) -> str:
    return re.sub(r"\A\w+:(?://[^/]*)?|[?#].*", "", url).rstrip("/")


def _chars(flow: Flow, first: int, after: int) -> int:
    return sum(len(block.text) for block in flow.blocks[first:after])


def _is_text(block: Block) -> bool:
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE) and bool(
        SENTENCE_END.search(block.text)
    )
