"""The elements of an article's body to blocks: running text with the place of every word, and the links in it."""

import re
from typing import NamedTuple

from bs4.element import Tag as Element

from citecheck.extractor import dates
from citecheck.extractor.dates import Signature
from citecheck.extractor.readers.html.body import Body, is_hidden, is_post
from citecheck.extractor.readers.html.elements import elements
from citecheck.extractor.readers.html.markup import Places
from citecheck.extractor.readers.html.tree import Value, Words
from citecheck.model import Block, BlockKind, Mark

_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    "li": BlockKind.ITEM,
    "dt": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
}
_CAPTIONS = frozenset({"figcaption", "figure", "picture"})
_BLANKS = re.compile(r"^ | $|[ \t\n\r\f\v\u200b\ufeff\xad]{2,}|[\t\n\r\f\v\u200b\ufeff\xad]")
"""What does not stay as it is: every blank but a single one within a text."""
_NARROW = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2009": " "})
_DROPPED = frozenset("\u200b\ufeff\xad")
_ANCHOR_CHARS = 300


class Linked(NamedTuple):
    """Where the words of a link stand: `block` is an index, `start` is None for a link without words."""

    text: str
    block: int
    start: int | None
    end: int


class Time(NamedTuple):
    """A `<time>` of the body: the block that begins with it or after it."""

    element: Element
    block: int


class Flow:
    """One walk over a body; it fills `blocks`, `links` (by where the value begins in the source) and `times`."""

    def __init__(self, body: Body, places: Places) -> None:
        self.blocks: list[Block] = []
        self.links: dict[int, Linked] = {}
        self.times: list[Time] = []
        self.starts: dict[int, int] = {}
        """By id of an element: the index of the first block in it."""
        self.levels: dict[int, str] = {}
        """By index of a heading: its element's name."""
        self.signatures: list[Signature] = []
        self._body, self._places = body, places
        self._inline = elements().inline
        self._kinds: list[BlockKind] = []
        self._text: list[str] = []
        self._marks: list[Mark] = []
        self._length = 0
        self._source_end = -1
        self._is_blank_due = False
        self._is_broken = False
        self._is_bold = True
        self._bold = 0
        self._anchors: list[tuple[Element, list[str], list[int]]] = []
        self._walk(body.element)
        self._close()

    def _walk(self, root: Element) -> None:
        """Every element and text, entered and left, without recursion: pages nest as they like."""
        pending: list[tuple[Element | Words, bool]] = [(root, False)]
        while pending:
            node, is_left = pending.pop()
            if isinstance(node, Words):
                self._add(node)
            elif is_left:
                self._leave(node)
            elif node is root or self._enter(node):
                self.starts.setdefault(id(node), len(self.blocks))
                pending.append((node, True))
                pending += [(child, False) for child in reversed(node.contents) if isinstance(child, Element | Words)]

    def _enter(self, element: Element) -> bool:
        """Whether what is in the element is the reader's."""
        name = element.name
        if name == "br":
            self._break()
        elif name == "time":
            self.times.append(Time(element, len(self.blocks)))
        if name in elements().silent or is_hidden(element) or self._body.is_furniture(element):
            if name not in self._inline:
                self._close()
            return False
        if name not in self._inline:
            self._close()
            self._kinds.append(self._kind(element))
            if self._kinds[-1] is BlockKind.HEADING:
                self.levels[len(self.blocks)] = name
        elif name in ("b", "strong"):
            self._bold += 1
        elif name == "a":
            self._anchors.append((element, [], []))
        return True

    def _kind(self, element: Element) -> BlockKind:
        if is_post(element):
            return BlockKind.EMBED
        outer = self._kinds[-1] if self._kinds else BlockKind.PARAGRAPH
        if outer in (BlockKind.EMBED, BlockKind.CAPTION):
            return outer
        return BlockKind.CAPTION if element.name in _CAPTIONS else _KINDS.get(element.name, outer)

    def _leave(self, element: Element) -> None:
        if element.name not in self._inline:
            self._close()
            if self._kinds:
                self._kinds.pop()
        elif element.name in ("b", "strong"):
            self._bold -= 1
        elif element.name == "a" and self._anchors:
            self._link(*self._anchors.pop())

    def _link(self, element: Element, texts: list[str], begins: list[int]) -> None:
        value = element.attrs.get("href")
        if isinstance(value, Value):
            text = " ".join("".join(texts).split())[:_ANCHOR_CHARS]
            if begins:
                block, start = begins
                end = self._length if block == len(self.blocks) else start + len(text)
                self.links[value.start] = Linked(text, block, start, end)
            else:
                self.links[value.start] = Linked("", len(self.blocks), None, 0)

    def _add(self, words: Words) -> None:
        text = str(words)
        ends = [*(offset for offset, _ in words.places[1:]), len(text)]
        for (begin, source), end in zip(words.places, ends, strict=True):
            self._piece(text[begin:end], source)

    def _piece(self, piece: str, source: int) -> None:
        done = 0
        for match in _BLANKS.finditer(piece):
            self._word(piece[done : match.start()], source + done)
            if not _DROPPED.issuperset(match.group()):
                self._is_blank_due = True
                for _, texts, _ in self._anchors:
                    texts.append(" ")
            done = match.end()
        self._word(piece[done:], source + done)

    def _word(self, word: str, source: int) -> None:
        if not word:
            return
        if self._is_blank_due and self._length:
            self._text.append(" ")
            self._length += 1
        if self._is_blank_due or self._source_end != source or not self._length:
            self._marks.append(Mark(self._length, *self._places[source]))
        self._is_blank_due = self._is_broken = False
        if not self._bold:
            self._is_bold = False
        for _, texts, begins in self._anchors:
            texts.append(word)
            if not begins:
                begins += (len(self.blocks), self._length)
        self._text.append(word.translate(_NARROW))
        self._length += len(word)
        self._source_end = source + len(word)

    def _unsettle(self) -> None:
        """The links in the open paragraph belong to the block before it: it will be none."""
        before = max(0, len(self.blocks) - 1)
        for start, linked in reversed(self.links.items()):
            if linked.block != len(self.blocks):
                break
            self.links[start] = linked._replace(block=before, start=None, end=0)

    def _break(self) -> None:
        """A line's end within a paragraph: two of them, or one under a line that is only a date or an hour, end it."""
        text = "".join(self._text)
        if self._is_broken or dates.heading(text) or dates.hour(text):
            self._close()
        elif self._length:
            self._is_blank_due = self._is_broken = True

    def _close(self) -> None:
        """Make a block of the open paragraph."""
        text = "".join(self._text)
        kind = self._kinds[-1] if self._kinds else BlockKind.PARAGRAPH
        signature = dates.signature(text) if kind is BlockKind.EMBED and "(@" in text else None
        if signature:
            self.signatures.append(signature)
            self._unsettle()
        elif text.strip():
            # A bold line that tells a day or an hour is a heading in all but name.
            if kind is BlockKind.PARAGRAPH and (dates.hour(text) or (self._is_bold and dates.heading(text))):
                kind = BlockKind.HEADING
            self.blocks.append(Block(kind, text, tuple(self._marks)))
        self._text, self._marks, self._length = [], [], 0
        self._is_blank_due, self._is_bold, self._source_end = False, True, -1
