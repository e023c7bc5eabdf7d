"""Blocks that only tell where something stands: a URL below its paragraph, a numbered note, an item of "Sources:"."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.extractor import urls
from citecheck.extractor.readers import Anchor, Reading
from citecheck.extractor.readers.pages import AND, is_list_head, words
from citecheck.model import Block, BlockKind, Position

_MOST_CHARS = 600
_AWAY_CHARS, _AWAY_WORDS = 160, 8
_MOST_NEAR = 3
"""More references than these below a paragraph are a list of what stands above it too."""
_PROSE = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE)
_BARE_WORDS, _NAME_WORDS, _LABEL_WORDS, _TAIL_WORDS = 3, 4, 6, 8
_BULLET = r"\s*(?:[-*•·▪‣◦↑^]\s+)?"
_NUMBER = re.compile(
    rf"{_BULLET}(?:\[(\d{{1,3}}|[a-z])\]:?|\[\^([\w-]{{1,30}})\]:|\((\d{{1,3}})\)|\^(\d{{1,3}})|([⁰¹²³⁴-⁹]{{1,3}}))(?!\()\s*"
)
_NAMED = re.compile(r"\s*\[([^\[\]\d^][^\[\]]{1,40})\]:?\s+(?=https?://)")
"""A note that has a name: "[Delta Wire] https://…"."""
_COUNT = re.compile(rf"{_BULLET}(?:(\d{{1,3}})[.)]\s+|(\d{{1,3}}|[a-z]\)?)\s+(?=https?://))")
_MARKS = re.compile(
    r"\[\^(?P<name>[\w-]{1,30})\]|\[(?P<said>[^\[\]\d][^\[\]]{1,40})\](?!\()|\[(?P<letter>[a-z])\](?!\()|\[(?P<numbers>\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]|(?<=[^\s\d⁰¹²³⁴-⁹])(?P<raised>[⁰¹²³⁴-⁹]{1,3})"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BRACKETS = ("(", "[", "<")
_LEADS = (":", "-", "–", "—", "|", "→", ">", "»")
_WORD = re.compile(r"\w+")
_LEAST_AHEAD = 12
_BEHIND = re.compile(r"([)\]>.]{0,2})\s+(\w)")
_PREPOSITION = re.compile(r"\s+(?:at|on|in|from|by|unter|bei|auf|sur|chez|en|su|op|в|на)\s*\Z", re.IGNORECASE)
_ENCLOSED = re.compile(r"[(\[](.*)[)\]]", re.DOTALL)
_LINKED = re.compile(r"\s*[(\[]?\[[^\[\]]{1,60}\]\(https?://[^\s()]*\)[)\].]*\s*")
"""A link of Markdown in a plain text, whose words are no more than a name."""
_MENU = re.compile(
    r"(?:[*+#|•·\s-]*\[\d{1,3}\][^\s\[\]][^\[\]]*)+"  # "[2]Skip to content", as text browsers number their links
    r"|(?:[*+|•·\s-]*!?\[(?:!?\[[^\[\]]*\]\[\d{1,3}\]|[^\[\]])*\]\[\d{1,3}\])+\s*"  # "[![Logo][1]][2]"
)
_BETWEEN = re.compile(r"\s+[·•|]\s+")
_FEWEST_LABELS, _MENU_WORDS = 3, 4
_STOP = re.compile(r"[.!?…]\s")


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


def is_reference(text: str) -> bool:
    """Whether a line or a block is one URL or several with at most a label, as in "Reuters: https://…" and
    "https://… (Reuters)"."""
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
    if colon and is_list_head(head) and not _STOP.search(rest):  # "Source: The council, https://…"
        return len(_WORD.findall(rest)) <= _TAIL_WORDS
    if not label.endswith(_LEADS + _BRACKETS) and not _WORD.search(tail):  # "NDTV https://…"
        said = label.strip("()[]").split()
        return len(said) <= _BARE_WORDS and all(word[0].isupper() for word in said)
    if label.endswith(_BRACKETS):
        is_name = len(_WORD.findall(label)) <= _NAME_WORDS and not _STOP.search(label)
        return is_name and not found.tail.rstrip().endswith(".")
    return label.endswith(_LEADS) and len(_WORD.findall(label)) <= _LABEL_WORDS and not _STOP.search(label)


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


def number_of(text: str) -> str:
    """The number of a note, as the text refers to it: "[3] Reuters, …" → "3"; empty for what is none."""
    named = _NAMED.match(text)
    if named:
        return named[1].lower()
    match = _NUMBER.match(text)
    return (match[match.lastindex or 0] or "").translate(_RAISED) if match else ""


def count_of(text: str) -> str:
    """The number of an item of a list: "3. Reuters, …"; a text may refer to it as to a note."""
    match = _COUNT.match(text)
    return (match[1] or match[2].rstrip(")")) if match else ""


def marks_in(text: str) -> Iterator[str]:
    """The numbers of the notes that a sentence refers to: "so wide.[1][2]" or "so wide¹"."""
    for match in _MARKS.finditer(text):
        named = match["name"] or match["said"] or match["letter"]
        if named:
            yield match["name"] or named.lower()
            continue
        for each in re.split(r"\s?[,;]\s?", match["numbers"] or match["raised"].translate(_RAISED)):
            first, _, last = re.sub(r"\s", "", each.replace("–", "-")).partition("-")
            yield from map(str, range(int(first), min(int(last or first), int(first) + 20) + 1))


def is_menu(text: str) -> bool:
    """Whether a block is the furniture of a copied page: links by their numbers, or a row of labels, and no sentence.

    "[2]Skip to content", "Home · About · Contact".
    """
    if len(text) > _AWAY_CHARS or "://" in text or text.rstrip().endswith((".", "!", "?", ":", ")")):
        return False
    return _MENU.fullmatch(text) is not None if "[" in text else _is_row(_BETWEEN.split(text))


def is_column(block: Block) -> bool:
    """Whether every line of a block is a label: a menu, or a table of contents."""
    if len(block.marks) < _FEWEST_LABELS or len(block.text) > _AWAY_CHARS:
        return False
    starts = {mark.line: mark.offset for mark in reversed(block.marks)}.values()
    return _is_row([block.text[start:end].strip() for start, end in pairwise((*reversed(starts), None))])


def _is_row(labels: Sequence[str]) -> bool:
    return len(labels) >= _FEWEST_LABELS and all(
        each[:1].isupper() and each[-1].isalnum() and len(each.split()) <= _MENU_WORDS for each in labels
    )


def marks_away(block: Block) -> Iterator[str]:
    """The numbers of the links by which a block leads out of the text: a menu's, "Share this: [4]Mail [5]Print"."""
    if "[" not in block.text or len(block.text) > _AWAY_CHARS:
        return
    if is_menu(block.text):
        yield from marks_in(block.text)
        return
    *_, start = (0, *(match.end() for match in _STOP.finditer(block.text)))
    said = block.text[start:]
    head = _away_head(_said(said))
    is_sentence = " " not in head and ":" not in said and said.rstrip().endswith(".")  # "Contact was lost at noon [3]."
    marks = list(marks_in(said))
    if head and not is_sentence and len(_WORD.findall(said)) - len(marks) <= _most_words(head):
        yield from marks


def label_of(text: str) -> str:
    """The words of a reference beside its URLs and its number."""
    found = _spans(text)
    return f"{found.label} {found.tail}".strip() if found else text


def marked(reading: Reading) -> Reading:
    """The reading, with references told from what the text says."""
    linked = _linked(reading.anchors) if reading.anchors is not None else None
    blocks: list[Block] = []
    is_listing = False
    for index, block in enumerate(reading.blocks):
        is_one = False
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and len(block.text) <= _MOST_CHARS:
            following = reading.blocks[index + 1 : index + 2]
            has_links = "://" in block.text or "www." in block.text.lower() or (linked is not None and index in linked)
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
        blocks.append(replace(block, kind=BlockKind.REFERENCE) if is_one else block)
    return reading._replace(blocks=tuple(blocks))


def counted(blocks: Sequence[Block], marks: Collection[str]) -> dict[Position, str]:
    """The numbers that a list of notes has lost, by where each begins: the text refers to as many as the list has."""
    lines = [block for block in blocks if not is_list_head(block.text, is_above_list=True)]
    numbers = [str(number) for number in range(1, len(lines) + 1)]
    if len(lines) < 2 or set(numbers) != set(marks):
        return {}
    return {block.position(0): number for block, number in zip(lines, numbers, strict=True)}


def groups(blocks: Sequence[Block], section: int) -> Iterator[Group]:
    """The groups of a section's blocks, in order; a head begins another."""
    above: Block | None = None
    run: list[Block] = []
    for index, block in enumerate((*blocks, None)):
        if block and block.kind is BlockKind.REFERENCE:
            if run and (_begins(block) or _is_other(block, run[-1])):
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
    said = _said(first.label if first else run[0].text)
    lines = [each for each in run if not is_list_head(each.text, is_above_list=True)]
    is_listed = len(lines) < len(run) or len(lines) > _MOST_NEAR or any(number_of(each.text) for each in lines)
    return Group(section, tuple(run), above or below, not is_listed, _leads_away(said))


def _leads_away(said: str) -> bool:
    """Whether the words before or round the link are no source's: "See also", "Follow us on"."""
    if any(each in words()["list_heads"] for each in AND.split(said)[1:]):
        return False  # "Further reading and sources"
    return bool(_away_head(said))


def _away_head(said: str) -> str:
    heads = words()["away_heads"]
    return next((each for each in heads if said.startswith(each) and not said[len(each) : len(each) + 1].isalnum()), "")


def _most_words(head: str) -> int:
    """How many words a way out has: "Share" may begin a sentence, "Read all the" hardly does."""
    return _AWAY_WORDS * (1 + (" " in head))


def _is_other(block: Block, above: Block) -> bool:
    """Whether a numbered note stands below what is none, or the reverse."""
    return not is_list_head(above.text, is_above_list=True) and bool(number_of(block.text)) != bool(
        number_of(above.text)
    )


def _is_away(text: str, index: int, linked: dict[int, int] | None) -> bool:
    """Whether a block of few words is nothing but a way out: "Also read: Why the wine lake is back"."""
    found = _spans(text)
    said = _said(found.label if found else text)
    if len(text) > _AWAY_CHARS or not _leads_away(said):
        return False
    if found is None:
        is_link = _is_link(text, index, linked)
        return ":" in text or (is_link and text.lower().startswith(words()["calls"]))
    return len(_WORD.findall(said + found.tail)) <= _most_words(_away_head(said))


def _begins(block: Block) -> bool:
    """Whether the block is a head, or begins with one."""
    found = _spans(block.text)
    return is_list_head(found.label) if found else is_list_head(block.text, is_above_list=True)


def _said(text: str) -> str:
    """What the last sentence says: "Was this forwarded to you? Subscribe here:"."""
    return _STOP.split(text)[-1].strip("#*_\t :–—-").lower()


def _is_item(block: Block, index: int, linked: dict[int, int] | None) -> bool:
    """Below a head or another note: it ends with its URL, is a link as a whole, or goes on in the numbers."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return False
    found = _spans(block.text)
    if found:
        return not _WORD.search(found.tail) or found.tail.strip()[:1] in ("(", "–", "—") or _is_note(found.tail)
    return bool(number_of(block.text)) or _is_link(block.text, index, linked)


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
    match = _NAMED.match(text) or _NUMBER.match(text) or _COUNT.match(text) or re.match(_BULLET, text)
    start = min(match.end() if match else 0, found[0].start)
    between = " ".join(text[one.end : two.start] for one, two in pairwise(found))
    return Spans(number, text[start : found[0].start], between, text[found[-1].end :])


def _linked(anchors: Sequence[Anchor]) -> dict[int, int]:
    """By block, how many of its characters are the words of links."""
    found: dict[int, int] = {}
    for each in anchors:
        if each.block is not None and each.start is not None and each.origin == "a":
            found[each.block] = found.get(each.block, 0) + each.end - each.start
    return found
