"""What within the article's body is the page's furniture all the same: links to other articles, to tags, to itself."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from citecheck.extractor import urls
from citecheck.extractor.credits import credits_of, opens_credits
from citecheck.extractor.outlets import registry
from citecheck.extractor.readers import Anchor
from citecheck.extractor.readers.html.asides import is_article
from citecheck.extractor.readers.html.elements import elements
from citecheck.extractor.readers.html.flow import Flow
from citecheck.extractor.readers.html.labels import LABEL_CHARS, label
from citecheck.extractor.readers.pages import is_away_head, is_list_head
from citecheck.extractor.readers.prose import SENTENCE_END
from citecheck.model import Block, BlockKind

_LINKED = 0.8
"""A paragraph whose words are links to this share, and no sentence, leads out of the text."""
_OWN = 0.5
"""Without an address of its own, a page is of the site that this share of its links leads to."""
_FEWEST, _FEWEST_LAST = 4, 3
_TITLE_CHARS = 25
"""A shorter link between paragraphs is a button rather than the title of an article."""
_TAG_WORDS, _MOST_ASIDES = 3, 2
_SIGNS = ("(", "[", "—", "–", "©")
"""What a line begins with that only tells whose material a text is."""


def without_furniture(
    flow: Flow, anchors: Sequence[Anchor], address: str | None, stamps: Collection[int]
) -> list[Anchor]:
    """The links, with those that lead about the site or the page taken out of the text; `stamps` begin entries."""
    _caption_pictures(flow)
    site = _site(anchors, address)
    by_block: dict[int, list[Anchor]] = defaultdict(list)
    for each in anchors:
        if each.block is not None and each.end:
            by_block[each.block].append(each)
    aside = {index for index, links in by_block.items() if _leads_about(flow.blocks[index], links, site)}
    jumps = {each for each in flow.leading_within() if flow.blocks[each].kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)}
    aside |= {*jumps, *_elsewhere(flow, by_block), *_beyond(flow, by_block, stamps), *_last(flow, by_block, site)}
    listed = {index for index in aside if flow.blocks[index].kind is BlockKind.ITEM}
    closes = True
    for index in reversed(range(len(flow.blocks))):
        block = flow.blocks[index]
        is_tag = block.kind is BlockKind.PARAGRAPH and index not in by_block and _is_tag(block.text)
        above = flow.blocks[index - 1].text if index else ""
        is_tag = is_tag and not (is_list_head(above) and not is_away_head(above))
        # Whose material a text is may be said below it in a word; what heads a list is told with the list.
        if is_tag and closes and credits_of(block, registry(), closes=True):
            continue
        if index in aside or (is_tag and (index + 1 in aside or not _heads_list(flow, index))):
            flow.blocks[index] = replace(block, kind=BlockKind.CAPTION)
        kind = flow.blocks[index].kind
        closes = kind is BlockKind.HEADING or index in stamps or (closes and kind is BlockKind.CAPTION)
    for index, links in by_block.items():
        block = flow.blocks[index]
        # A post that is only a link to itself, "A post shared by ...", says nothing.
        if block.kind is BlockKind.EMBED and _is_linked(block, links):
            flow.blocks[index] = replace(block, kind=BlockKind.CAPTION)
        elif _is_source(flow, index) and _is_linked(block, links):
            flow.blocks[index] = replace(block, kind=BlockKind.REFERENCE)
    amid = _amid(flow, aside - flow.labels, listed)
    out = aside | _permalinks(flow, by_block, site) | flow.labels

    def laid(each: Anchor) -> Anchor:
        if each.block is None or _is_profile(each):
            return each._replace(block=None, start=None, end=0)
        if each.block not in out and not _is_own(flow.blocks[each.block], each.url, address):
            return each
        # From between the paragraphs another article is one of the text's links, and no claim's.
        is_kept = each.block in amid and is_article(each.url, address)
        return each._replace(block=each.block if is_kept else None, start=None, end=0)

    return list(map(laid, anchors))


def _caption_pictures(flow: Flow) -> None:
    """Make captions of "Source: AFP" below a picture amid the text, and of the words between the two."""
    first, last = text_span(flow)
    for index in flow.pictured:
        below = range(index, min(index + 2, last))
        source = next((each for each in below if _names_source(flow.blocks[each])), -1)
        if source > first and not any(_is_said(flow.blocks[each]) for each in range(index, source)):
            for each in range(index, source + 1):
                flow.blocks[each] = replace(flow.blocks[each], kind=BlockKind.CAPTION)


def _names_source(block: Block) -> bool:
    is_line = block.kind is BlockKind.PARAGRAPH and len(block.text) < LABEL_CHARS
    return is_line and ":" in block.text and opens_credits(block.text, strictly=False)


def text_span(flow: Flow) -> tuple[int, int]:
    """The indices of the first and of the last block that is the article's own text."""
    said = [index for index, block in enumerate(flow.blocks) if _is_said(block)]
    return (said[0], said[-1]) if said else (0, -1)


def _is_said(block: Block) -> bool:
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE) and bool(
        SENTENCE_END.search(block.text)
    )


def _amid(flow: Flow, aside: Collection[int], listed: set[int]) -> set[int]:
    """Those of the blocks that lead out of the text from between its paragraphs; more in a row are a list."""
    first, last = text_span(flow)
    found: set[int] = set()
    run: list[int] = []
    for index in range(first, last + 1):
        if index in aside and len(flow.blocks[index].text) >= _TITLE_CHARS:
            run.append(index)
        elif flow.blocks[index].kind is not BlockKind.CAPTION:
            is_pair = len(run) == _MOST_ASIDES and run[1] == run[0] + 1 and listed.isdisjoint(run)
            found |= {*run} if len(run) == 1 or is_pair else set()
            run.clear()
    return found


def _is_source(flow: Flow, index: int) -> bool:
    """Whether a cell without a sentence stands beside one with a sentence: the column that says whence it is."""
    return (
        {index - 1, index} <= flow.cells
        and flow.blocks[index].kind is BlockKind.PARAGRAPH
        and not SENTENCE_END.search(flow.blocks[index].text)
        and SENTENCE_END.search(flow.blocks[index - 1].text) is not None
    )


def _heads_list(flow: Flow, index: int) -> bool:
    following = flow.blocks[index + 1].kind if index + 1 < len(flow.blocks) else BlockKind.HEADING
    return is_list_head(flow.blocks[index].text) and following in (BlockKind.PARAGRAPH, BlockKind.ITEM)


def _elsewhere(flow: Flow, by_block: Mapping[int, Sequence[Anchor]]) -> Iterator[int]:
    """The blocks that are nothing but links, below a heading such as "Related"."""
    is_below = False
    for index, block in enumerate(flow.blocks):
        if index not in by_block and block.text.strip(".").isdecimal():
            continue  # its number in the list
        is_linked = index in by_block and _is_linked(block, by_block[index])
        is_below = (is_below and is_linked) or (block.kind is BlockKind.HEADING and is_away_head(block.text))
        if is_below and is_linked and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            yield index


def _beyond(flow: Flow, by_block: Mapping[int, Sequence[Anchor]], stamps: Collection[int]) -> Iterator[int]:
    """The blocks below the entries of a live blog that are nothing but links, or stand under a heading of their own."""
    is_headed = False
    for index in range(len(flow.blocks) if flow.beyond is None else flow.beyond, len(flow.blocks)):
        block = flow.blocks[index]
        if index in stamps:
            return  # what the page's data alone tells
        is_linked = _is_linked(block, by_block.get(index, ()))
        if block.kind is BlockKind.HEADING and not is_linked:
            is_headed = is_headed or is_away_head(block.text) or not is_list_head(block.text)
        elif is_linked or (is_headed and block.kind is not BlockKind.EMBED and not credits_of(block, registry())):
            yield index


def _last(flow: Flow, by_block: Mapping[int, Sequence[Anchor]], site: str) -> set[int]:
    """The blocks that end the text and are nothing but links to articles, most of them the site's own."""
    run: list[int] = []
    for index in reversed(range(len(flow.blocks))):
        block, links = flow.blocks[index], by_block.get(index, ())
        if block.kind is BlockKind.CAPTION:
            continue
        is_linked = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and _is_linked(block, links)
        if not is_linked or not all(is_article(each.url) for each in links):
            break
        run.append(index)
    own = sum(_is_of_site(by_block[each], site) for each in run)
    is_headed = bool(run) and run[-1] > 0 and is_list_head(flow.blocks[run[-1] - 1].text, is_above_list=True)
    return {*run} if len(run) >= _FEWEST_LAST and own * 2 > len(run) and not is_headed else set()


def _permalinks(flow: Flow, by_block: Mapping[int, Sequence[Anchor]], site: str) -> set[int]:
    """The headings that are links to pages of their own; a lone one among other headings is the text's own link."""
    headings = {index for index, block in enumerate(flow.blocks) if block.kind is BlockKind.HEADING}
    found = {
        index
        for index in headings & by_block.keys()
        if _is_linked(flow.blocks[index], by_block[index]) and _is_of_site(by_block[index], site)
    }
    return found if len(found) * 2 >= len(headings) else set()


def _site(anchors: Sequence[Anchor], address: str | None) -> str:
    if address:
        return urls.domain(urls.host_of(address))
    hosts = Counter(urls.host_of(each.url) for each in anchors if each.origin == "a")
    hosts.pop("", None)
    if hosts.total() < _FEWEST:
        return ""
    host, count = hosts.most_common(1)[0]
    return urls.domain(host) if count >= _OWN * hosts.total() else ""


def _leads_about(block: Block, links: Sequence[Anchor], site: str) -> bool:
    """Whether a block is nothing but links to the page's own site."""
    return (
        block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CAPTION)
        and not SENTENCE_END.search(block.text)
        and _is_linked(block, links)
        and _is_of_site(links, site)
    )


def _is_of_site(links: Sequence[Anchor], site: str) -> bool:
    return bool(site) and all(urls.domain(urls.host_of(each.url)) in (site, "") for each in links)


def _is_linked(block: Block, links: Sequence[Anchor]) -> bool:
    linked = sum(min(each.end, len(block.text)) - (each.start or 0) for each in links)
    return 0 < linked >= _LINKED * len(block.text)


def _is_tag(text: str) -> bool:
    """Whether a line is too short for a sentence, and ends as none: "Most read", but not "Source: AFP" or "(AFP)"."""
    is_signature = text[:1] in _SIGNS or ("/" in text and " " not in text)
    return (
        not is_signature
        and len(text.split()) <= _TAG_WORDS
        and ":" not in text.rstrip(": ")
        and not SENTENCE_END.search(text)
    )


def _is_own(block: Block, url: str, address: str | None) -> bool:
    """Whether a link leads about the page: from a time or a writer's name, to a place in it, to the front page of its
    site, or to somebody's mail."""
    if block.kind is BlockKind.BYLINE or (block.kind is BlockKind.CAPTION and label(block.text)):
        return True
    if url.lower().startswith(("#", "mailto:", "tel:")):
        return True
    return bool(address) and _page(url) in (_page(address or ""), _front(address or ""))


def _is_profile(link: Anchor) -> bool:
    """Whether a link says no more than the name of the platform on which a site can be followed, or its app got."""
    if link.text.strip().lower() not in elements().platforms:
        return False
    host, _, path = link.url.partition("//")[2].partition("/")
    is_store = host.removeprefix("www.").startswith(("play.", "apps.", "itunes."))
    return is_store or not re.search(r"[/?]", path.rstrip("/"))


def _front(address: str) -> str:
    scheme, _, rest = address.partition("//")
    return f"{scheme}//{rest.partition('/')[0]}"


def _page(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/")
