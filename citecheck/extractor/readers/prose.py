"""Running text out of marked-up pieces: blanks folded, every word with its place, links with the words they span."""

from bisect import bisect_right
from typing import NamedTuple

from citecheck.model import Block, BlockKind, Mark, Position
from citecheck.patterns import regex

_LINE_END = regex(r"\r\n|\r|\n")
_BLANKS = regex(r"^ | $|[ \t\n\r\f\v\u200b\ufeff\xad]{2,}|[\t\n\r\f\v\u200b\ufeff\xad]")
"""What does not stay as it is: every blank but a single one within a text."""
_STRIPPED = " \t\n\r\f\v"
_NARROW = ("\xa0", "\u202f", "\u2009")
_DROPPED = frozenset("\u200b\ufeff\xad")
_ANCHOR_CHARS = 300

SENTENCE_END = regex(r"[.!?…。！？]['\"’”»)]*\s*\Z")
"""How a text ends that is one of sentences, rather than a title or a label."""


class Places:
    """Lines and columns of a source, by offset; 1-based. `pages` are the offsets where pages after the first begin."""

    def __init__(self, source: str, pages: tuple[int, ...] = ()) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(source))]
        self._pages = pages

    def __getitem__(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def mark(self, begin: int, offset: int) -> Mark:
        """The mark of a text whose character at `begin` stands at `offset`."""
        line = bisect_right(self._starts, offset)
        place = (begin, line, offset - self._starts[line - 1] + 1, bisect_right(self._pages, offset) + 1)
        return tuple.__new__(Mark, place)  # as in `Block.position`


class Linked(NamedTuple):
    """Where the words of a link stand: `block` is an index, `start` is None for a link without words."""

    text: str
    block: int
    start: int | None
    end: int


class _Open(NamedTuple):
    key: int
    words: list[str]
    begin: list[int]
    """Block and offset of the first word, once there is one."""


class Prose:
    """A paragraph in the making, and those made: `blocks`, and `links` by the key that they were opened with."""

    def __init__(self, places: Places) -> None:
        self.blocks: list[Block] = []
        self.links: dict[int, Linked] = {}
        self._places = places
        self._text: list[str] = []
        self._marks: list[Mark] = []
        self.length = 0
        """How many characters the open paragraph has so far."""
        self._source_end = -1
        self._is_blank_due = False
        self._open: list[_Open] = []

    @property
    def text(self) -> str:
        """What the open paragraph says so far."""
        return "".join(self._text)

    @property
    def begins_at(self) -> Position:
        """Where the open paragraph begins, once it says something."""
        return Position(self._marks[0].line, self._marks[0].column)

    @property
    def is_empty(self) -> bool:
        return not self.length

    def add(self, piece: str, source: int) -> None:
        """Add text that stands at the offset `source`, unbroken."""
        plain = piece.strip(_STRIPPED)
        if plain.isprintable() and "  " not in plain:  # most is, and needs no looking for what does not stay
            if piece[:1] != plain[:1]:
                self.blank()
            self._word(plain, source + piece.find(plain))
            if plain and piece[-1] != plain[-1]:
                self.blank()
            return
        done = 0
        for match in _BLANKS.finditer(piece):
            self._word(piece[done : match.start()], source + done)
            if not _DROPPED.issuperset(match.group()):
                self.blank()
            done = match.end()
        self._word(piece[done:], source + done)

    def blank(self) -> None:
        self._is_blank_due = True
        for each in self._open:
            each.words.append(" ")

    def mention(self, word: str) -> None:
        """A word of the open link that is none of the text: the link belongs to what was said before it."""
        for each in self._open:
            each.words.append(word)
            if not each.begin and self.length:
                each.begin.extend((len(self.blocks), self.length - 1))

    def open_link(self, key: int) -> None:
        self._open.append(_Open(key, [], []))

    def close_link(self) -> None:
        """End the link opened last; one that none opened is nothing."""
        if not self._open:
            return
        key, words, begin = self._open.pop()
        text = " ".join("".join(words).split())[:_ANCHOR_CHARS]
        if not begin:
            self.links[key] = Linked("", len(self.blocks), None, 0)
            return
        block, start = begin
        end = self.length if block == len(self.blocks) else len(self.blocks[block].text)
        self.links[key] = Linked(text, block, start, end)

    def drop(self) -> None:
        """Forget the open paragraph; its links belong, without words, to the block before it."""
        before = max(0, len(self.blocks) - 1)
        for key, linked in reversed(self.links.items()):
            if linked.block != len(self.blocks):
                break
            self.links[key] = linked._replace(block=before, start=None, end=0)
        self._clear()

    def lend(self, first: int) -> None:
        """Lay the links of the labels from the block `first` on to the longest text that stands beside them."""
        texts = [at for at in range(first, len(self.blocks)) if self.blocks[at].kind is not BlockKind.CAPTION]
        if not texts:
            return
        text = max(texts, key=lambda at: len(self.blocks[at].text))
        end = len(self.blocks[text].text)
        for key, linked in reversed(self.links.items()):
            if linked.block < first:
                break
            if linked.start is not None and self.blocks[linked.block].kind is BlockKind.CAPTION:
                self.links[key] = linked._replace(block=text, start=end - 1, end=end)

    def close(self, kind: BlockKind) -> None:
        """Make a block of the open paragraph, if it says anything."""
        if self.length:
            self.blocks.append(Block(kind, self.text, tuple(self._marks)))
        self._clear()

    def _clear(self) -> None:
        self._text, self._marks, self.length = [], [], 0
        self._is_blank_due, self._source_end = False, -1

    def _word(self, word: str, source: int) -> None:
        if not word:
            return
        if self._is_blank_due and self.length:
            self._text.append(" ")
            self.length += 1
        if self._is_blank_due or self._source_end != source or not self.length:
            self._marks.append(self._places.mark(self.length, source))
        self._is_blank_due = False
        for each in self._open:
            each.words.append(word)
            if not each.begin:
                each.begin.extend((len(self.blocks), self.length))
        self.length += len(word)
        self._source_end = source + len(word)
        if not word.isascii():
            for blank in _NARROW:  # several times faster than str.translate
                word = word.replace(blank, " ")
        self._text.append(word)
