"""Blocks that only tell where something stands: a URL below its paragraph, a numbered note, an item of "Sources:"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.extractor import urls
from citecheck.extractor.footnotes import begin_of, number_of
from citecheck.extractor.furniture import MOST_CHARS_AWAY, STOP, away_head, last_said, leads_away, most_words
from citecheck.extractor.readers import Anchor, Reading
from citecheck.extractor.readers.pages import is_list_head, words
from citecheck.model import Block, BlockKind
from citecheck.patterns import regex

_MOST_CHARS = 600
_MOST_NEAR = 3
"""More references than these below a paragraph are a list of what stands above it too."""
_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE)
_BARE_WORDS, _NAME_WORDS, _LABEL_WORDS, _TAIL_WORDS = 3, 4, 6, 8
_BRACKETS = ("(", "[", "<")
_ADDRESS = regex(r"\b[\w-]+(?:\.[\w-]+)+/\S*|\bhttps?\Z")
"""One without its scheme, or the beginning of one."""
_BACK = ("^", "↑")
"""How a wiki's notes lead back to their sentences."""
_LEADS = (":", "-", "–", "—", "|", "→", ">", "»")
_WORD = regex(r"\w+")
_LEAST_AHEAD = 12
_BEHIND = regex(r"([)\]>.]{0,2})\s+[\"'“„«‘(]*(\w)")
_PREPOSITION = regex(r"\s+(?:at|on|in|from|by|unter|bei|auf|sur|chez|en|su|op|в|на)\s*\Z", re.IGNORECASE)
_ENCLOSED = regex(r"[(\[](.*)[)\]]", re.DOTALL)
_UNFETCHED = regex(r"\s*\[?\d{1,4}[.\]]\s+(?:file|mailto|javascript|tel|data|about):\S*\s*")
"""An item of a text browser's list of links that leads to no page of the web: "12. mailto:desk@lark.example"."""
_LINKED = regex(r"\s*[(\[]?\[[^\[\]]{1,60}\]\(https?://[^\s()]*\)[)\].]*\s*")
"""A link of Markdown in a plain text, whose words are no more than a name."""


class Spans(NamedTuple):
    """A block's words beside its URLs."""

    number: str
    """By which the text refers to it."""
    label: str
    """What stands before the first URL."""
    between: str
    tail: str


class Group(NamedTuple):
    """References that stand together."""

    section: int
    blocks: tuple[Block, ...]
    beside: Block | None
    """The paragraph above; the one below where the section begins with them."""
    is_near: bool
    """They serve the paragraph beside them, not the whole section."""
    leads_away: bool
    """They are no sources: "See also:"."""
    is_aside: bool = False
    """They lead to other texts from within this one: "Read also: The dam"."""


def is_reference(text: str) -> bool:
    """Whether a line or a block is one URL or several with at most a label, as in "Reuters: https://…" and
    "https://… (Reuters)"."""
    if _UNFETCHED.fullmatch(text):
        return True
    found = _spans(text) if "://" in text or "www." in text.lower() else None
    if found is None:
        return False
    label, tail = found.label.strip(), found.tail.strip(" .")
    if len(_WORD.findall(found.between)) > 2 or label.endswith("]("):
        return False
    if found.number:  # "[3] BBC, https://…, seen 2 June", "[3] https://… . Retrieved 7 June 2021."
        return not _WORD.search(tail) or _is_note(found.tail)
    if not _WORD.search(label):
        return not _WORD.search(tail) or (tail[:1] in "(–—-|" and len(_WORD.findall(tail)) <= _TAIL_WORDS)
    if _WORD.search(tail) and tail[:1] not in "([":
        return False
    if is_list_head(_PREPOSITION.sub("", label)) or _is_enclosed(text):
        return True
    head, colon, rest = label.partition(":")
    if colon and is_list_head(head) and not STOP.search(rest):  # "Source: The council, https://…"
        return len(_WORD.findall(rest)) <= _TAIL_WORDS
    if not label.endswith(_LEADS + _BRACKETS) and not _WORD.search(tail):  # "NDTV https://…"
        said = label.strip("()[]").split()
        return len(said) <= _BARE_WORDS and all(word[0].isupper() for word in said)
    if label.endswith(_BRACKETS):
        is_name = len(_WORD.findall(label)) <= _NAME_WORDS and not STOP.search(label)
        return is_name and not found.tail.rstrip().endswith(".")
    return label.endswith(_LEADS) and len(_WORD.findall(label)) <= _LABEL_WORDS and not STOP.search(label)


def _is_note(tail: str) -> bool:
    """Whether the words behind a URL only tell when it was seen, or by whom: ", seen 2 June", ". Retrieved 7 June"."""
    return tail.lstrip(" >)]")[:1] in ("(", "[", ",", ";", ".") and len(_WORD.findall(tail)) <= _TAIL_WORDS


def trails(text: str) -> int:
    """How many characters of the words behind a sentence are its reference, as in "(Reuters: https://…)"."""
    found = _spans(text) if is_reference(text) else None
    if found:
        # "See https://…" is a sentence, "More at https://…" is none.
        is_verb = is_list_head(found.label) and ":" not in found.label and " " not in found.label.strip()
        return 0 if is_verb else len(text)
    if _LINKED.fullmatch(text):
        return len(text)
    first = next(urls.find(text), None) if "://" in text[:_LEAST_AHEAD] else None
    if first is None or _WORD.search(text[: first.start]):
        return 0
    behind = _BEHIND.match(text, first.end)
    return behind.end(1) if behind and behind[2].isupper() else 0


def _is_enclosed(text: str) -> bool:
    """Whether brackets hold nothing but a name and a URL: "[Reuters, https://…]"."""
    inner = _ENCLOSED.fullmatch(text.strip(" ."))
    found = _spans(inner[1]) if inner else None
    return found is not None and len(_WORD.findall(found.label)) <= _LABEL_WORDS and not _WORD.search(found.tail)


def label_of(text: str, url: str) -> str:
    """The words of a reference beside one of its URLs: of several each has those before it."""
    found = _spans(text)
    if found is None:
        return text
    before, is_said, _ = text.partition(url)
    label = re.split(r"://\S+", before)[-1] if is_said and found.between else f"{found.label} {found.tail}"
    return _ADDRESS.sub("", label).strip()


def marked(reading: Reading) -> Reading:
    """The reading, with references told from what the text says."""
    linked = _linked(reading.anchors) if reading.anchors is not None else None
    blocks: list[Block] = []
    is_listing = False
    for index, block in enumerate(reading.blocks):
        is_one = False
        following = reading.blocks[index + 1 : index + 2]
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and len(block.text) <= _MOST_CHARS:
            has_links = (
                "://" in block.text
                or "www." in block.text.lower()
                or (linked is not None and index in linked)
                or _UNFETCHED.fullmatch(block.text) is not None
            )
            if is_list_head(block.text, is_above_list=True):
                is_listing = any(is_reference(each.text) or _is_item(each, index + 1, linked) for each in following)
                is_one = is_listing or (has_links and _is_away(block.text, index, linked))
            else:
                is_note = block.text.startswith("[") and bool(number_of(block.text))
                is_one = (
                    has_links and (is_note or is_reference(block.text) or _is_away(block.text, index, linked))
                ) or (is_listing and _is_item(block, index, linked))
                is_listing = is_one and (is_listing or bool(number_of(block.text)))
        else:
            is_listing = block.kind is BlockKind.HEADING and is_list_head(block.text)
            is_one = is_listing and any(_is_item(each, index + 1, linked) for each in following)
        blocks.append(replace(block, kind=BlockKind.REFERENCE) if is_one else block)
    return reading._replace(blocks=tuple(blocks))


def groups(blocks: Sequence[Block], section: int) -> Iterator[Group]:
    """The groups of a section's blocks, in order; a head begins another."""
    above: Block | None = None
    run: list[Block] = []
    for index, block in enumerate((*blocks, None)):
        if block and block.kind is BlockKind.REFERENCE:
            if run and (
                _begins(block)
                or _is_other(block, run[-1])
                or _is_aside(block)
                or _is_aside(run[-1])
                or _turns_away(block, run[0])
            ):
                yield _group(run, section, above, None)
                run = []
            run.append(block)
            continue
        if run:
            below = next((each for each in blocks[index : index + 2] if each.kind in _PROSE), None)
            yield _group(run, section, above, below)
            run = []
        if block and block.kind in _PROSE:
            above = block


def _group(run: Sequence[Block], section: int, above: Block | None, below: Block | None) -> Group:
    first = _spans(run[0].text)
    said = last_said(first.label if first else run[0].text)
    lines = [each for each in run if not is_list_head(each.text, is_above_list=True)]
    is_listed = len(lines) < len(run) or len(lines) > _MOST_NEAR or any(number_of(each.text) for each in lines)
    return Group(section, tuple(run), above or below, not is_listed, leads_away(said), _is_aside(run[0]))


def _is_other(block: Block, above: Block) -> bool:
    """Whether a numbered note stands below what is none, or the reverse."""
    return not is_list_head(above.text, is_above_list=True) and bool(number_of(block.text)) != bool(
        number_of(above.text)
    )


def _is_away(text: str, index: int, linked: dict[int, int] | None) -> bool:
    """Whether a block of few words is nothing but a way out: "Also read: Why the wine lake is back"."""
    if len(text) > MOST_CHARS_AWAY:
        return False
    found = _spans(text)
    said = last_said(found.label if found else text)
    if not leads_away(said):
        return False
    if found is None:
        is_link = _is_link(text, index, linked)
        return ":" in STOP.split(text)[-1] or (is_link and text.lower().startswith(words()["calls"]))
    return len(_WORD.findall(said + found.tail)) <= most_words(away_head(said))


def _turns_away(block: Block, first: Block) -> bool:
    """Whether the block leads away below references that do not: "Unsubscribe: https://…"."""
    away, before = (leads_away(last_said(each.text.partition("://")[0])) for each in (block, first))
    return away and not before


def _is_aside(block: Block) -> bool:
    """Whether the block leads to another text by itself, and heads no list: "Read also: The dam, https://…"."""
    is_head = is_list_head(block.text, is_above_list=True)
    return not is_head and last_said(block.text.partition("://")[0]).startswith(words()["asides"])


def _begins(block: Block) -> bool:
    """Whether the block is a head, or begins with one."""
    found = _spans(block.text)
    return is_list_head(found.label) if found else is_list_head(block.text, is_above_list=True)


def _is_item(block: Block, index: int, linked: dict[int, int] | None) -> bool:
    """Below a head or another note: it ends with its URL, is a link as a whole, or goes on in the numbers."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return False
    found = _spans(block.text)
    if found:
        return not _WORD.search(found.tail) or found.tail.strip()[:1] in ("(", "–", "—") or _is_note(found.tail)
    is_note = bool(number_of(block.text)) or (block.text.startswith(_BACK) and linked is not None and index in linked)
    return is_note or _is_link(block.text, index, linked)


def _is_link(text: str, index: int, linked: dict[int, int] | None) -> bool:
    """Whether most of a block is the words of links."""
    return linked is not None and linked.get(index, 0) * 2 > len(text)


def _spans(text: str) -> Spans | None:
    """The words beside the URLs; None where there is no URL."""
    if len(text) > _MOST_CHARS:
        return None
    found = list(urls.find(text))
    if not found:
        return None
    number = number_of(text)
    start = min(begin_of(text), found[0].start)
    between = " ".join(text[one.end : two.start] for one, two in pairwise(found))
    return Spans(number, text[start : found[0].start], between, text[found[-1].end :])


def _linked(anchors: Sequence[Anchor]) -> dict[int, int]:
    """By block, how many of its characters are the words of links."""
    found: dict[int, int] = {}
    for each in anchors:
        if each.block is not None and each.start is not None and each.origin == "a":
            found[each.block] = found.get(each.block, 0) + each.end - each.start
    return found
