"""The tree of an HTML text: beautifulsoup4's, built from our own tokens, so that every text and value has its place."""

from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import NavigableString
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

    places: tuple[tuple[int, int], ...] = ((0, 0),)


class _Builder(HTMLTreeBuilder):
    """Feeds a BeautifulSoup with `markup.tokens`; what nothing closes ends where browsers end it."""

    features = ["citecheck"]  # noqa: RUF012  # bs4's own declaration of it

    def __init__(self, allowance: Allowance, **options: Any) -> None:
        super().__init__(**options)
        self._allowance = allowance
        self.named: dict[str, list[Element]] = {}

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterable[tuple[Any, None, None, bool]]:
        yield markup, None, None, False

    def feed(self, source: Any) -> None:
        soup = self.soup
        if soup is None:
            return
        self._ends_paragraph = elements().ends_paragraph
        open_names: list[str] = []
        for token in self._allowance.over(markup.tokens(source)):
            if isinstance(token, markup.Text):
                self._text(soup, source, token)
            elif token.is_end:
                self._close(soup, open_names, token.name)
            else:
                self._open(soup, open_names, token)

    def _open(self, soup: BeautifulSoup, open_names: list[str], tag: markup.Tag) -> None:
        if tag.name in self._ends_paragraph:
            if "p" in open_names[-3:]:
                self._close(soup, open_names, "p")
            if "head" in open_names[:2]:
                self._close(soup, open_names, "head")
        for name in _CLOSED_BY.get(tag.name, ()):
            place = next(
                (-back for back, each in enumerate(reversed(open_names[-6:]), 1) if each in _SCOPES | {name}), 0
            )
            if place and open_names[place] == name:
                self._close(soup, open_names, name)
        values: dict[str, str] = {each.name: Value(each.value, each.start) for each in tag.attributes}
        element = soup.handle_starttag(tag.name, None, None, values, sourcepos=tag.start)
        if element is not None:
            self.named.setdefault(tag.name, []).append(element)
        is_closed = tag.is_closed and not {"svg", "math"}.isdisjoint(open_names)
        if self.can_be_empty_element(tag.name) or is_closed or len(open_names) >= DEEPEST:
            soup.handle_endtag(tag.name)
        else:
            open_names.append(tag.name)

    def _close(self, soup: BeautifulSoup, open_names: list[str], name: str) -> None:
        if name in open_names:
            while open_names.pop() != name:
                pass
            soup.handle_endtag(name)

    def _text(self, soup: BeautifulSoup, source: str, token: markup.Text) -> None:
        pieces = markup.pieces(source, token)
        words = Words(pieces[0][0] if len(pieces) == 1 else "".join([piece for piece, _ in pieces]))
        length = 0
        places: list[tuple[int, int]] = []
        for piece, start in pieces:
            places.append((length, start))
            length += len(piece)
        words.places = tuple(places)
        soup.object_was_parsed(words)


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
