"""Markdown, tolerant of MDX: front matter, blocks and links by pyromark, every word and URL with its place."""

from bisect import bisect_right
from typing import Any

import pyromark
from msgspec.structs import replace

from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.encodings import decode
from citecheck.extractor.inventory.markdown import DEFINITION, DESTINATION, OPTIONS, inventory
from citecheck.extractor.inventory.places import code_points
from citecheck.extractor.readers import Anchor, Reading
from citecheck.extractor.readers.frontmatter import FrontMatter, front_matter, labels_of
from citecheck.extractor.readers.html import markup
from citecheck.extractor.readers.paragraphs import within
from citecheck.extractor.readers.prose import Linked, Places, Prose
from citecheck.model import BlockKind
from citecheck.patterns import regex

_KINDS = {
    "Heading": BlockKind.HEADING,
    "Paragraph": None,
    "Item": BlockKind.ITEM,
    "BlockQuote": BlockKind.QUOTE,
    "TableCell": BlockKind.PARAGRAPH,
    "FootnoteDefinition": BlockKind.PARAGRAPH,
    "HtmlBlock": BlockKind.PARAGRAPH,
}
_JSX = regex(r"</?[A-Z][\w.]*(?:\s[^<>]*)?>")
"""A component's tag in MDX, which need not be HTML."""
_LABEL_WORDS = 3
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image", "Superscript", "Subscript"})
_ESM = regex(r"import\s+(?:.+\sfrom\s+)?['\"“‘]|export\s+(?:const|let|default|function|async)\b")
"""A paragraph of MDX that is code."""
_BLOCK_TAG = regex(
    r"(?:p|div|h[1-6]|li|ul|ol|table|tr|td|th|section|article|aside|figure|figcaption|blockquote|br|hr)\Z"
)


def read(data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading:
    """The blocks and links of a Markdown text; code blocks and front matter are no text."""
    source, notes = decode(data, declared)
    reader = _Reader(source)
    reader.run(allowance)
    blocks = reader.prose.blocks
    known, labels = labels_of(blocks)
    known = reader.front.over(known)
    heading = next((block.text for block in blocks if block.kind is BlockKind.HEADING), None)
    for index in labels:
        blocks[index] = replace(blocks[index], kind=BlockKind.CAPTION)
    return Reading(
        blocks=tuple(blocks),
        title=known.title or heading,
        notes=notes,
        anchors=tuple(reader.anchors(labels)),
        within=reader.within(),
        language=known.language,
        published=known.published,
        publisher=known.publisher,
        address=known.address,
    )


class _Reader:
    """One pass over the events of a Markdown text; `run` fills `prose`, `carried` and `front`."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.prose = Prose(Places(source))
        self.front = FrontMatter()
        self.carried: list[tuple[int, int]] = []
        """Of each link, the key under which `prose` has it, and the offset where its URL begins."""
        self._offset = code_points(source)
        self._kinds: list[BlockKind] = []
        self._opened: list[tuple[dict[str, Any], int]] = []
        """The links and images that are open: what they are, and where the last of their children ends."""
        self._note: tuple[str, int] | None = None
        """What a footnote begins with, and where, until its first words."""
        self._silent = 0
        self._jsx = [match.span() for match in _JSX.finditer(source) if "{" in match[0]]
        self._is_head = False
        """Within a table's head."""
        self._row = 0
        """The block with which the row of a table begins."""
        self._words: list[tuple[int, int, int]] = []
        """Of each piece of text: its place in the source, its end, and the block that it goes into."""
        self._places = Places(source)
        self._inventory = inventory(source)

    def run(self, allowance: Allowance) -> None:
        self._definitions = pyromark.reference_definitions(self.source)
        html: list[tuple[int, int]] = []
        for event, bounds in allowance.over(pyromark.events_with_range(self.source, options=OPTIONS)):
            start, end = self._offset(bounds["start"]), self._offset(bounds["end"])
            if isinstance(event, str):
                if event in ("SoftBreak", "HardBreak"):
                    self.prose.blank()
                continue
            value: Any
            ((name, value),) = event.items()
            if name == "Start":
                self._start(_name(value), value, start, end)
            elif name == "End":
                if _name(value) == "HtmlBlock" and html:
                    self._html(html[0][0], html[-1][1])
                    html = []
                self._end(_name(value), end)
            elif name == "Html":
                html.append((start, end))
            elif name == "InlineHtml":
                self._html(start, end)
            elif name in ("Text", "Code") and not self._silent:
                self._text(name, value, start, end)
            elif name == "FootnoteReference":
                self.prose.add(self.source[start:end], start)
            if self._opened and name != "Start":
                link, _ = self._opened[-1]
                self._opened[-1] = (link, max(self._opened[-1][1], end))
        self.prose.close(BlockKind.PARAGRAPH)

    def anchors(self, labels: frozenset[int]) -> list[Anchor]:
        """The links in the order of the source; those of labels and front matter belong to no text."""
        uses: dict[int, list[Linked]] = {}
        for key, start in self.carried:
            if key in self.prose.links:
                uses.setdefault(start, []).append(self.prose.links[key])
        found: list[Anchor] = []
        for each in self._inventory.carried:
            anchor = Anchor(each.url, each.origin, *self._places[each.offset], each.text, stands_for=each.stands_for)
            if each.origin == "bare":
                found.append(self._in_text(anchor, each.offset, labels))
            else:
                # Code belongs to no text; a definition stands once and is used as often as the text refers to it.
                found += [self._linked(anchor, linked, labels) for linked in uses.get(each.offset, ())] or [anchor]
        return found

    def within(self) -> tuple[Anchor, ...]:
        """The links to places in the text itself."""
        return within(self._inventory, self.source, self._places)

    def _linked(self, anchor: Anchor, linked: Linked, labels: frozenset[int]) -> Anchor:
        if not linked.text or linked.block in labels or linked.block >= len(self.prose.blocks):
            return anchor
        return anchor._replace(text=linked.text, block=linked.block, start=linked.start, end=linked.end)

    def _in_text(self, anchor: Anchor, offset: int, labels: frozenset[int]) -> Anchor:
        """A bare URL, with the block of the words that it is a part of."""
        index = bisect_right(self._words, offset, key=lambda each: each[0]) - 1
        if index < 0 or offset >= self._words[index][1]:
            return anchor
        block = self._words[index][2]
        is_text = block not in labels and block < len(self.prose.blocks)
        return anchor._replace(block=block, start=0) if is_text else anchor

    def _start(self, name: str, value: Any, start: int, end: int) -> None:
        if name == "MetadataBlock":
            self.front = front_matter(self.source[start:end], start, self._places)
        if name in ("Link", "Image"):
            link = value[name]
            self._opened.append(({**link, "start": start, "is_image": name == "Image"}, start))
            if name == "Link":
                self.prose.open_link(start)
        if name in ("CodeBlock", "MetadataBlock", "Image"):
            self._silent += 1
        if name in _INLINE:
            return
        self._is_head = self._is_head or name == "TableHead"
        if name == "TableRow":
            self._row = len(self.prose.blocks)
        self.prose.close(self._kind())
        if name == "FootnoteDefinition":
            self._note = (f"[^{value[name]}]: ", start)
        elif name == "Paragraph" and self._note:
            self.prose.add(*self._note)
            self._note = None
        kind = _KINDS.get(name)
        self._kinds.append(kind or self._kind())

    def _end(self, name: str, end: int) -> None:
        if name in ("CodeBlock", "MetadataBlock", "Image"):
            self._silent -= 1
        if name in ("Link", "Image") and self._opened:
            link, children = self._opened.pop()
            if name == "Link":
                self.prose.close_link()
            self._carry(link, children, end)
        if name in _INLINE:
            return
        text = self.prose.text
        is_code = name == "Paragraph" and _ESM.match(text)
        is_label = name == "TableCell" and (self._is_head or _is_label(text))
        self.prose.close(BlockKind.CAPTION if is_code or is_label else self._kind())
        self._is_head = self._is_head and name != "TableHead"
        if name == "TableRow":
            self.prose.lend(self._row)
        if self._kinds:
            self._kinds.pop()

    def _kind(self) -> BlockKind:
        return self._kinds[-1] if self._kinds else BlockKind.PARAGRAPH

    def _text(self, name: str, value: str, start: int, end: int) -> None:
        index = bisect_right(self._jsx, start, key=lambda span: span[1])
        begin, stop = self._jsx[index] if index < len(self._jsx) else (end, end)
        if begin < end:
            if start < begin:
                self._text(name, value[: begin - start], start, begin)
            if stop < end:
                self._text(name, value[stop - start :], stop, end)
            return
        # An entity or an escape is a piece of its own, which stands where it is written.
        shift = self.source.find(value[:1], start, end) - start if name == "Code" and value else 0
        self.prose.add(value, start + max(0, shift))
        if name == "Text" and not any(not link["is_image"] for link, _ in self._opened):
            self._words.append((start, end, len(self.prose.blocks)))

    def _carry(self, link: dict[str, Any], children: int, end: int) -> None:
        """Note where the URL of a link stands in the source."""
        kind = link["link_type"]
        if kind == "Inline":
            match = DESTINATION.search(self.source, children, end)
            start = match.end() if match else link["start"]
        elif kind in ("Autolink", "Email"):
            start = link["start"] + 1
        else:
            definition = self._definitions.get(link["id"])
            start = self._definition(definition) if definition else link["start"]
        if not link["is_image"]:
            self.carried.append((link["start"], start))

    def _definition(self, definition: Any) -> int:
        begin, end = (self._offset(definition["span"][side]) for side in ("start", "end"))
        match = DEFINITION.search(self.source, begin, end)
        return match.end() if match else begin

    def _html(self, start: int, end: int) -> None:
        """The texts and links of HTML within Markdown."""
        fragment = self.source[start:end]
        for token in markup.tokens(fragment):
            if isinstance(token, markup.Text):
                if not token.is_raw:
                    for piece, place in markup.pieces(fragment, token):
                        self.prose.add(piece, start + place)
            elif token.name == "a":
                if token.is_end:
                    self.prose.close_link()
                else:
                    self.prose.open_link(start + token.start)
            elif _BLOCK_TAG.match(token.name):
                self.prose.close(self._kind())
            if isinstance(token, markup.Tag) and token.name == "a":
                self.carried += (
                    (start + token.start, start + each.start) for each in token.attributes if each.name == "href"
                )


def _is_label(text: str) -> bool:
    """Whether a table's cell holds a name or a number rather than a sentence."""
    return len(text.split()) <= _LABEL_WORDS and not text.endswith((".", "!", "?"))


def _name(value: Any) -> str:
    return value if isinstance(value, str) else str(next(iter(value)))
