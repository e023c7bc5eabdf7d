"""The elements of an article's body to blocks: running text with the place of every word, and the links in it."""

from datetime import date
from itertools import islice, pairwise

from bs4.element import PageElement
from bs4.element import Tag as Element
from msgspec.structs import replace

from citecheck.extractor import dates
from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.credits import opens_credits
from citecheck.extractor.dates import Signature
from citecheck.extractor.daytitles import day_titles
from citecheck.extractor.readers import Signer
from citecheck.extractor.readers.html import signoffs
from citecheck.extractor.readers.html.asides import lone_link
from citecheck.extractor.readers.html.body import Body, is_caption, is_hidden, is_post, name_words
from citecheck.extractor.readers.html.elements import elements
from citecheck.extractor.readers.html.labels import LABEL_CHARS, has_moment, is_byline, label
from citecheck.extractor.readers.html.marks import is_mark
from citecheck.extractor.readers.html.posted import MEDIA_WORDS, signature_of
from citecheck.extractor.readers.html.runin import is_before_text, run_in, tells_time
from citecheck.extractor.readers.html.times import Time, holds_label, is_label
from citecheck.extractor.readers.html.tree import Words, says_only, start_of, text_of
from citecheck.extractor.readers.prose import SENTENCE_END, Places, Prose
from citecheck.model import BlockKind, Position
from citecheck.patterns import regex

_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    "li": BlockKind.ITEM,
    "dt": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
    "summary": BlockKind.HEADING,
    "th": BlockKind.CAPTION,
}
_HEADINGS = frozenset({"article", "h2", "h3", "h4", "h5", "h6"})
_CAPTIONS = frozenset({"figcaption", "figure", "picture"})
_JOINT = regex(r"[\s:–—|·•-]+")
_MOST_SIBLINGS = 20
_TITLE_CHARS = 160
_LENGTHS = frozenset({"duration", "runtime"})
"""What is so called tells how long a video is: "1:52" """
_ANY_DAY = date(2000, 1, 1)
"""Whatever year a day without one is of, its line tells a day."""
_SAME_CHARS = 60


class Flow:
    """One walk over a body; it fills `blocks`, `links` (by where their URL begins in the source) and `times`."""

    def __init__(self, body: Body, places: Places, allowance: Allowance = AMPLE) -> None:
        self.prose = Prose(places)
        self.blocks = self.prose.blocks
        self.links = self.prose.links
        self.times: list[Time] = []
        self.starts: dict[int, int] = {}
        """By id of an element: the index of the first block in it."""
        self.ends: dict[int, int] = {}
        """By id of an element: the index after the last block in it."""
        self.beyond: int | None = None
        """The index of the first block below the entries of a live blog."""
        self.levels: dict[int, str] = {}
        """By index of a heading: its element's name."""
        self.signatures: list[Signature] = []
        self.signers: dict[int, Signer] = {}
        self.media: dict[int, int] = {}
        """By where their URL begins: the block before a video or another page that is set into the text."""
        self.asides: dict[int, int] = {}
        """By where their URL begins: the block before a box that leads to one other article."""
        self.pictured: set[int] = set()
        """Indices of the blocks right below a picture."""
        self.cells: set[int] = set()
        """Indices of the blocks that are cells of a table."""
        self.jumps: set[int] = set()
        """By where their URL begins: the links to a place in the page itself."""
        self.marks: dict[int, str] = {}
        """By where their URL begins: the links from the number of a note to the place so named."""
        self.robust: dict[int, Element] = {}
        """By where their URL begins: the links that say where and of which day their page is kept."""
        self.labels: set[int] = set()
        """Indices of the blocks that tell when and by whom: what they link is the page's furniture."""
        self._allowance = allowance
        self._body = body
        self._inline, self._media, self._silent = elements().inline, elements().media, elements().silent
        self._kinds = [BlockKind.PARAGRAPH]
        self._open: list[Element] = []
        self._is_after_label = False
        self._authored = -1  # the index of the last block that leads to its writer
        self._mark: Element | None = None  # the open link that is the number of a note
        self._is_bold = True
        """All of the open paragraph so far."""
        self._bold = 0
        for element in body.lead:
            self._enter(element)
            self._walk(element)
            self._leave(element)
        lead = len(self.blocks)
        self._walk(body.element)
        self._close()
        for element in signoffs.below(body):
            self._insert(element)
        self._tell_once(lead)
        self.days = frozenset(day_titles(self.blocks))
        """Indices of the headings that name a day behind the same words as others."""

    def _walk(self, root: Element) -> None:
        """Every element and text, entered and left, without recursion: pages nest as they like."""
        pending: list[PageElement | None] = [root]
        entered: list[Element] = []
        while pending:
            node = pending.pop()
            if isinstance(node, Words):
                self._add(node)
            elif isinstance(node, Element):
                self._allowance.check()
                if node is root or self._enter(node):
                    self.starts.setdefault(id(node), len(self.blocks))
                    entered.append(node)
                    pending.append(None)  # it is left behind what is in it
                    pending += reversed(node.contents)
            else:
                element = entered.pop()
                self._leave(element)
                self.ends[id(element)] = len(self.blocks)

    def leading_within(self) -> set[int]:
        """Indices of the blocks that are nothing but a link to another place in the page: lines of its contents."""
        links = (self.links[each] for each in self.jumps if each in self.links)
        return {
            each.block for each in links if each.block < len(self.blocks) and each.text == self.blocks[each.block].text
        }

    def _insert(self, element: Element) -> None:
        """Read an element that stands in none of the text as a paragraph of it."""
        self._close()
        self._open.append(element)
        self._kinds.append(BlockKind.PARAGRAPH)
        self._walk(element)

    def _tell_once(self, lead: int) -> None:
        """Make captions of the blocks above the body that the body says again."""
        begins = {block.text[:_SAME_CHARS] for block in self.blocks[lead:]}
        for index, block in enumerate(self.blocks[:lead]):
            if block.text[:_SAME_CHARS] in begins:
                self.blocks[index] = replace(block, kind=BlockKind.CAPTION)

    def _enter(self, element: Element) -> bool:
        """Whether what is in the element is the reader's."""
        name = element.name
        if name == "br" and self._runs_on():
            self.prose.blank()
            return False
        if name in self._media and element.has_attr("src") and not self._body.is_furniture(element):
            self.media[start_of(element, "src")] = max(0, len(self.blocks) - self.prose.is_empty)
        if name == "img":
            self.pictured.add(len(self.blocks) + (not self.prose.is_empty))
        if name in self._silent or is_hidden(element) or self._body.is_furniture(element):
            if name not in self._inline:
                self._close()
            self._note_times(element)
            if name not in self._silent and not is_hidden(element):
                index = max(0, len(self.blocks) - self.prose.is_empty)
                self.asides.update((offset, index) for offset in lone_link(element))
                for line in signoffs.within(element):
                    self._insert(line)
            return False
        is_timed = name == "time" or has_moment(element) or (name in self._inline and is_label(element))
        if is_timed and self._kinds[-1] is not BlockKind.EMBED:  # a post has a day of its own
            self.times.append(Time(element, len(self.blocks)))
            if isinstance(element.previous_sibling, Element):
                self.prose.blank()
        if name not in self._inline:
            self._close()
            self._open.append(element)
            self._kinds.append(self._kind(element))
            if self._kinds[-1] is BlockKind.HEADING:
                self.levels[len(self.blocks)] = name
        elif name in ("b", "strong"):
            self._bold += 1
        elif name == "a":
            said, start = element.attrs, start_of(element, "href")
            if "rel" in said and "author" in str(said["rel"] or "").split():
                self._authored = len(self.blocks)
            self.prose.open_link(start)
            if str(said.get("href") or "").startswith("#"):
                self.jumps.add(start)
                if not self.prose.is_empty and is_mark(element):
                    self.marks[start] = str(said["href"])[1:]
                    self._mark = element
            if "data-versionurl" in said or "data-versiondate" in said:
                self.robust[start] = element
        return True

    def _kind(self, element: Element) -> BlockKind:
        if is_post(element):
            return BlockKind.EMBED
        outer = self._kinds[-1]
        if outer in (BlockKind.EMBED, BlockKind.CAPTION):
            return outer
        if element.name == "li" and _is_entry(element):
            return BlockKind.PARAGRAPH
        return (
            BlockKind.CAPTION if element.name in _CAPTIONS or is_caption(element) else _KINDS.get(element.name, outer)
        )

    def _leave(self, element: Element) -> None:
        if element.name not in self._inline:
            self._close()
            if self._open:
                self._kinds.pop()
                self._open.pop()
            return
        if self._opens_text(element):
            self._close()
            self._is_after_label = True
        elif isinstance(element.next_sibling, Element) and (is_label(element) or holds_label(element)):
            self.prose.blank()
        if element.name in ("b", "strong"):
            self._bold -= 1
        elif element.name == "a":
            self.prose.close_link()
            self._mark = None

    def _note_times(self, element: Element) -> None:
        """Take the times of a short element that is no text: the head or the foot of an entry."""
        if len(text_of(element)) < LABEL_CHARS:
            for each in (element, *islice(element.find_all(True), _MOST_SIBLINGS)):
                is_timed = each.name == "time" or has_moment(each) or is_label(each)
                if is_timed and _LENGTHS.isdisjoint(name_words(each)):
                    self.times.append(Time(each, len(self.blocks)))

    def _opens_text(self, element: Element) -> bool:
        """Whether the element tells the time of the text behind it, in one paragraph with it."""
        text = dates.undrawn(self.prose.text) if self.prose.length <= LABEL_CHARS else ""
        if not text or self._kinds[-1] in _SETTLED:
            return False
        is_labelled = (element.name == "time" or is_label(element)) and label(text) is not None
        is_bold = element.name in ("b", "strong") and bool(dates.hour(text) or tells_time(text))
        return (is_labelled or is_bold) and says_only(element, text) and is_before_text(element)

    def _sign(self, handle: str, place: Position) -> None:
        """Note whose post the blocks are that the post so far has."""
        post = next((each for each in self._open if is_post(each)), None)
        first = self.starts.get(id(post), len(self.blocks)) if post else len(self.blocks)
        for index in range(first, len(self.blocks)):
            self.signers.setdefault(index, Signer(handle, *place))

    def _add(self, words: Words) -> None:
        text = str(words)
        if self._kinds[-1] is BlockKind.EMBED and MEDIA_WORDS.fullmatch(text.strip()):
            self.prose.mention(text.strip())
            return
        if self._mark is not None and text.strip().isalnum() and text_of(self._mark).isalnum():
            self.prose.mention(text.strip())  # "shown.1 The"
            return
        cut = 0
        if self.prose.is_empty and not text.isspace():
            if self._is_after_label:
                match = _JOINT.match(text)
                text = " " * match.end() + text[match.end() :] if match else text
            elif self._kinds[-1] not in _SETTLED:
                cut = run_in(text)
        self._is_after_label = self._is_after_label and text.isspace()
        whole = len(words.places) == 1 and not cut
        if whole:  # nearly every text
            self.prose.add(text, words.places[0][1])
        for (begin, source), (end, _) in () if whole else pairwise((*words.places, (len(text), 0))):
            if begin < cut <= end:
                self.prose.add(text[begin:cut], source)
                self._close()
                match = _JOINT.match(text, cut, end)
                begin, source = (match.end(), source + match.end() - begin) if match else (cut, source + cut - begin)
            self.prose.add(text[begin:end], source)
        if not text.isspace():
            self._is_bold = self._is_bold and self._bold > 0

    def _runs_on(self) -> bool:
        """Whether the line that ends here within a paragraph goes on in the next: "With reporting by", "AFP,"."""
        text = self.prose.text
        return text.endswith(",") or (len(text) < LABEL_CHARS and opens_credits(text))

    def _is_bold_heading(self, text: str) -> bool:
        """Whether the open paragraph is bold and tells a day, an hour with its title, or that the analysis begins."""
        if not self._is_bold:
            return False
        is_title = len(text) < _TITLE_CHARS and not SENTENCE_END.search(text)
        return bool(dates.heading(text) or (is_title and (dates.hour_before(text) or dates.heads_analysis(text))))

    def _is_paragraph(self, kind: BlockKind) -> bool:
        is_within_item = kind is BlockKind.ITEM and bool(self._open) and self._open[-1].name == "p"
        return kind is BlockKind.PARAGRAPH or is_within_item

    def _close(self) -> None:
        """Make a block of the open paragraph, if it says anything."""
        text = self.prose.text
        kind = self._kinds[-1]
        signature = signature_of(text) if kind is BlockKind.EMBED else None
        if signature:
            self.signatures.append(signature)
            self._sign(signature.handle, self.prose.begins_at)
            self.prose.drop()
        else:
            kind = self._told(text, kind) if text else kind
            if self._open and self._open[-1].name == "td":
                self.cells.add(len(self.blocks))
            self.prose.close(kind)
        self._is_bold = True

    def _told(self, text: str, kind: BlockKind) -> BlockKind:
        """What the open paragraph is by its words; the time that it tells is noted."""
        if kind is BlockKind.HEADING and opens_credits(text):
            kind = BlockKind.PARAGRAPH
        # A bold line that tells a day or an hour is a heading in all but name.
        if kind not in _SETTLED and (dates.hour(text) or self._is_bold_heading(text)):
            kind = BlockKind.HEADING
        if len(text) >= LABEL_CHARS:
            return kind
        told = label(text, _ANY_DAY) if kind is not BlockKind.EMBED else None
        if told:
            # A day alone over a text opens a section by itself.
            if kind is not BlockKind.HEADING or (told.stamp and told.stamp.time):
                holder = self._open[-1] if self._open else self._body.element
                self.times.append(Time(holder, len(self.blocks), "" if says_only(holder, text) else text))
            return kind if kind is BlockKind.HEADING else BlockKind.CAPTION
        if self._is_paragraph(kind) and is_byline(text):
            return BlockKind.BYLINE
        if self._authored == len(self.blocks) and not SENTENCE_END.search(text):
            self.labels.add(self._authored)
            return BlockKind.CAPTION
        return kind


_SETTLED = (BlockKind.HEADING, BlockKind.EMBED, BlockKind.CAPTION)


def _is_entry(item: Element) -> bool:
    """Whether an item of a list is a text among others: it has a heading, or parts round its paragraphs."""
    names = {each.name for each in islice(item.find_all(True), _MOST_SIBLINGS)}
    return not _HEADINGS.isdisjoint(names) or {"p", "div"} <= names
