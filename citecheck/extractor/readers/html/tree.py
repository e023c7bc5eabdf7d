"""The tree of an HTML text: beautifulsoup4's, built from our own tokens, so that every text and value has its place."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import HTMLAttributeDict, NavigableString
from bs4.element import Tag as Element

from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.readers.html import markup
from citecheck.extractor.readers.html.elements import elements

DEEPEST = 500
"""Elements within elements; real pages have at most 300. What is deeper is read as if it stood on this level."""

_CLOSED_BY: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
    "tbody": frozenset({"thead", "tbody", "tr", "td", "th"}),
}
_UNREAD = ("script", "style")
_SCOPES = frozenset({"ul", "ol", "dl", "table", "select", "template", "html", "body"})


class Value(str):
    """An attribute's value that knows where it begins in the source."""

    __slots__ = ("start",)
    start: int

    def __new__(cls, text: str, start: int) -> "Value":
        value = super().__new__(cls, text)
        value.start = start
        return value


class Words(NavigableString):
    """A text that knows where its pieces stand in the source: (offset in the text, offset in the source), ascending."""

    places: tuple[tuple[int, int], ...]

    def __new__(cls, text: str, places: tuple[tuple[int, int], ...] = ((0, 0),)) -> "Words":
        words = str.__new__(cls, text)
        words.places = places
        return words


class _Element(Element):
    """An element that holds of its own what differs; bs4's constructor asks its builder for the rest every time."""

    def __init__(self, name: str, attributes: dict[str, str], start: int) -> None:
        self.name = name
        self.attrs = HTMLAttributeDict(attributes)
        self.contents = []
        self.sourcepos = start


for _name, _value in vars(Element(builder=HTMLTreeBuilder(multi_valued_attributes={}), name="p")).items():
    setattr(_Element, _name, _value)


class _Builder(HTMLTreeBuilder):
    """Fills a BeautifulSoup with `markup.tokens`; what nothing closes ends where browsers end it."""

    features = ["citecheck"]  # noqa: RUF012  # bs4's own declaration of it

    def __init__(self, allowance: Allowance, **options: Any) -> None:
        super().__init__(**options)
        self._allowance = allowance
        self.named: dict[str, list[Element]] = {}

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterable[tuple[Any, None, None, bool]]:
        yield markup, None, None, False

    def feed(self, source: Any) -> None:
        if self.soup is None:
            return
        self._ends_paragraph = elements().ends_paragraph
        self._open_names: list[str] = []
        self._open_elements: list[Element] = [self.soup]
        self._last: Element | Words = self.soup
        for token in markup.tokens(source):
            if isinstance(token, markup.Text):
                self._add(_words(markup.pieces(source, token)))
            elif token.is_end:
                self._close(token.name)
            else:
                self._open(token)

    def _open(self, tag: markup.Tag) -> None:
        self._allowance.check()
        name, names = tag.name, self._open_names
        if name in self._ends_paragraph:
            if "p" in names[-3:]:
                self._close("p")
            if "head" in names[:2]:
                self._close("head")
        for other in _CLOSED_BY.get(name, ()):
            place = next((-back for back, each in enumerate(reversed(names[-6:]), 1) if each in _SCOPES | {other}), 0)
            if place and names[place] == other:
                self._close(other)
        element = _Element(name, {each.name: Value(each.value, each.start) for each in tag.attributes}, tag.start)
        self._add(element)
        self.named.setdefault(name, []).append(element)
        element.can_be_empty_element = is_empty = self.can_be_empty_element(name)
        is_closed = tag.is_closed and not {"svg", "math"}.isdisjoint(names)
        if not (is_empty or is_closed or len(names) >= DEEPEST):
            names.append(name)
            self._open_elements.append(element)

    def _close(self, name: str) -> None:
        if name in self._open_names:
            self._open_elements.pop()
            while self._open_names.pop() != name:
                self._open_elements.pop()

    def _add(self, node: "_Element | Words") -> None:
        """Join a node to the tree, as the last within the element that is open."""
        parent, before = self._open_elements[-1], self._last
        siblings = parent.contents
        node.parent, node.previous_element, node.next_element = parent, before, None
        node.previous_sibling, node.next_sibling = siblings[-1] if siblings else None, None
        if siblings:
            siblings[-1].next_sibling = node
        before.next_element = self._last = node
        siblings.append(node)


def _words(pieces: Sequence[tuple[str, int]]) -> Words:
    if len(pieces) == 1:  # nearly every text
        return Words(pieces[0][0], ((0, pieces[0][1]),))
    lengths = accumulate((len(piece) for piece, _ in pieces[:-1]), initial=0)
    places = zip(lengths, [start for _, start in pieces], strict=True)
    return Words("".join([piece for piece, _ in pieces]), tuple(places))


class Page(BeautifulSoup):
    """The tree of an HTML text."""

    named: dict[str, list[Element]]
    """Its elements by name, in the order of the source; to find them one by one takes a walk over all."""

    def first(self, name: str) -> Element | None:
        """The first element of that name."""
        return next(iter(self.named.get(name, ())), None)


def parse(source: str, allowance: Allowance = AMPLE) -> Page:
    """The tree of a decoded HTML text, in linear time: texts are `Words`, attribute values `Value`s.

    `sourcepos` of an element is the offset of its `<` in the source. Raises OutOfTime.
    """
    builder = _Builder(allowance, multi_valued_attributes={})
    page = Page(source, builder=builder)
    page.named = builder.named
    return page


def start_of(element: Element, attribute: str) -> int:
    """Where the value of an attribute begins in the source, after its blanks."""
    value = element.attrs.get(attribute)
    if not isinstance(value, Value):
        return element.sourcepos or 0
    return value.start + len(value) - len(value.lstrip())


def elements_in(element: Element) -> Iterator[Element]:
    """The elements within one, in the order of the source; `find_all` takes five times as long."""
    return (each for each in element.descendants if isinstance(each, Element))


def text_of(element: Element) -> str:
    """The words of an element, blanks folded; scripts and styles among them left out."""
    return " ".join("".join(_texts(element)).split())


def says_only(element: Element, text: str) -> bool:
    """Whether `text_of` an element is `text`; of a longer one no more is read than tells."""
    said, most = "", 2 * len(text)
    for each in _texts(element):
        said += each
        if len(said) > most and len(" ".join(said.split())) > len(text):
            return False
    return " ".join(said.split()) == text


def _texts(element: Element) -> Iterable[str]:
    if len(element.contents) == 1 and type(element.contents[0]) is Words:  # nearly every label
        return () if element.name in _UNREAD else (str(element.contents[0]),)
    return (
        str(each)
        for each in element.descendants
        if isinstance(each, Words) and each.parent and each.parent.name not in _UNREAD
    )
