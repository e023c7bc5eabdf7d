"""The elements of an article's body to blocks: running text with the place of every word, and the links in it."""

from typing import NamedTuple

from bs4.element import Tag as Element

from citecheck.extractor import dates
from citecheck.extractor.dates import Signature
from citecheck.extractor.readers.html.body import Body, is_hidden, is_post
from citecheck.extractor.readers.html.elements import elements
from citecheck.extractor.readers.html.tree import Words, start_of
from citecheck.extractor.readers.prose import Places, Prose
from citecheck.model import BlockKind

_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    "li": BlockKind.ITEM,
    "dt": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
}
_CAPTIONS = frozenset({"figcaption", "figure", "picture"})


class Time(NamedTuple):
    """A `<time>` of the body: the block that begins with it or after it."""

    element: Element
    block: int


class Flow:
    """One walk over a body; it fills `blocks`, `links` (by where their URL begins in the source) and `times`."""

    def __init__(self, body: Body, places: Places) -> None:
        self._prose = Prose(places)
        self.blocks = self._prose.blocks
        self.links = self._prose.links
        self.times: list[Time] = []
        self.starts: dict[int, int] = {}
        """By id of an element: the index of the first block in it."""
        self.levels: dict[int, str] = {}
        """By index of a heading: its element's name."""
        self.signatures: list[Signature] = []
        self._body = body
        self._inline = elements().inline
        self._kinds: list[BlockKind] = []
        self._is_broken = False
        """The last thing was a line's end."""
        self._is_bold = True
        """All of the open paragraph so far."""
        self._bold = 0
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
            self._prose.open_link(start_of(element, "href"))
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
        elif element.name == "a":
            self._prose.close_link()

    def _add(self, words: Words) -> None:
        text = str(words)
        ends = [*(offset for offset, _ in words.places[1:]), len(text)]
        for (begin, source), end in zip(words.places, ends, strict=True):
            self._prose.add(text[begin:end], source)
        if not text.isspace():
            self._is_broken = False
            self._is_bold = self._is_bold and self._bold > 0

    def _break(self) -> None:
        """A line's end within a paragraph: two of them, or one under a line that is only a date or an hour, end it."""
        text = self._prose.text
        if self._is_broken or dates.heading(text) or dates.hour(text):
            self._close()
        elif text:
            self._prose.blank()
            self._is_broken = True

    def _close(self) -> None:
        """Make a block of the open paragraph."""
        text = self._prose.text
        kind = self._kinds[-1] if self._kinds else BlockKind.PARAGRAPH
        signature = dates.signature(text) if kind is BlockKind.EMBED and "(@" in text else None
        if signature:
            self.signatures.append(signature)
            self._prose.drop()
        else:
            # A bold line that tells a day or an hour is a heading in all but name.
            if kind is BlockKind.PARAGRAPH and (dates.hour(text) or (self._is_bold and dates.heading(text))):
                kind = BlockKind.HEADING
            self._prose.close(kind)
        self._is_broken, self._is_bold = False, True
