"""Where the article is on a page: the element that holds its text, and what within it is the page's furniture."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache

from bs4 import BeautifulSoup
from bs4.element import Tag as Element

from citecheck.extractor.credits import opens_credits
from citecheck.extractor.readers.html.elements import elements
from citecheck.extractor.readers.html.tree import Page, Words, text_of
from citecheck.extractor.readers.prose import SENTENCE_END
from citecheck.patterns import regex

_TEXT_CHARS = 40
"""A text of fewer characters is a label, whose length tells nothing of where the article is."""
_LABEL_CHARS = 15
_HOLDS = 0.8
"""The body is the smallest element with at least this share of the page's text."""
_BODY_HOLDS = 0.5
"""What is called the article's body is it, with at least this share."""
_TEASERS = frozenset({"teaser", "teasers"})
_OPENING_CHARS, _LINKED_OF_OPENING = 400, 0.2
_LEAST_HELD = 0.2
"""What is called the article's body and holds less is something else: a video's text."""
_FURNITURE_HOLDS = 0.4
"""What holds more of the page's text than this is no furniture, whatever its name."""

_CAPTION_CHARS = 400
"""What says more is no caption, whatever its name."""
_NEVER = ("html", "body", "main", "article")
_LEAD_PARAGRAPHS = 20

_NAMING = frozenset({"class", "id", "data-area", "data-component", "data-module", "data-qa", "data-testid"})
_NAME = regex(r"[A-Za-z0-9]+")
_WORD = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d[^\W_]*")
"""Behind a digit begins no word: "css-1adx9f" speaks of no advertisement."""
_HIDDEN = regex(r"(?:^| )(?:visually|is|u|sr) hidden(?: |$)")


class Body:
    """The article's body within a page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._weights = _weights(page)
        self._total = self._weights.get(id(page), 0)
        self._verdicts: dict[int, bool] = {}
        without = _weights(page, self.is_furniture)
        self.element: Element = _called_body(page, without) or _smallest(page, without)
        self.lead = tuple(self._lead(page))
        """The paragraphs between the page's title and that element."""

    def _lead(self, page: Page) -> Iterator[Element]:
        title = page.first("h1")
        if title is None:
            return
        header = title.find_parent("header") if _is_in(title, self.element) else None
        if header and not self.is_furniture(header):
            return
        end = self.element.sourcepos or 0
        before: Element | None = None
        for each in title.find_all_next(("p", "li"), limit=_LEAD_PARAGRAPHS):
            if not (_is_in(each, header) if header else (each.sourcepos or 0) < end):
                return
            text = text_of(each)
            linked = sum(len(text_of(link)) for link in each.find_all("a"))
            is_said = (
                SENTENCE_END.search(text) or (each.name == "li" and len(text) >= _TEXT_CHARS) or opens_credits(text)
            )
            if is_said and linked * 2 < len(text) and not self.is_within_furniture(each) and not _is_in(each, before):
                before = each
                yield each

    def is_within_furniture(self, element: Element) -> bool:
        """Whether an element is a piece of furniture or stands in one."""
        # What is called a teaser and leads nowhere is the text's own.
        outer = element if element.find("a") else element.parent
        while outer is not None:
            if outer.name != "header" and self.is_furniture(outer):
                return True
            outer = outer.parent
        return False

    def is_furniture(self, element: Element) -> bool:
        """Whether an element is a menu, a list of other articles, a form or the like, by what it is called."""
        if not element.attrs and element.name not in elements().furniture and element.name != "header":
            return False  # most say nothing of themselves
        known = self._verdicts.get(id(element))
        if known is None:
            known = self._verdicts[id(element)] = (
                self._is_named_so(element) and self._weights.get(id(element), 0) <= _FURNITURE_HOLDS * self._total
            )
        return known

    def _is_named_so(self, element: Element) -> bool:
        if _is_furniture(element):
            return True
        names = name_words(element)
        named = elements().words.intersection(names) if names else frozenset[str]()
        if "hidden" in named and not _is_called_hidden(element, names):
            named -= {"hidden"}
        # "article-body--with-sidebar" and the like speak of the body.
        if not named or element.name in _NEVER or _is_called_body(element) or is_post(element):
            return False
        if named <= _TEASERS and self._is_opening(element):
            return False
        return bool(named - elements().loose or (named - self._naming_text and not self._holds_body(element)))

    def _is_opening(self, element: Element) -> bool:
        """Whether what is called a teaser has the paragraphs with which a text begins: no title, and hardly a link."""
        weight = self._weights.get(id(element), 0)
        if weight < _OPENING_CHARS or element.find(("h1", "h2", "h3", "h4", "h5", "h6", "img")):
            return False
        return _LINKED_OF_OPENING * weight > sum(len(text_of(each)) for each in element.find_all("a"))

    def _holds_body(self, element: Element) -> bool:
        """Whether most of what is called the article's body stands in the element, behind a gate."""
        outer = next((each for each in element.parents if _is_called_body(each)), None)
        held = self._weights.get(id(outer), 0)
        return held >= _LEAST_HELD * self._total > 0 and self._weights.get(id(element), 0) >= _BODY_HOLDS * held

    @cached_property
    def _naming_text(self) -> frozenset[str]:
        """The loose words by which this page calls its text."""
        held: Counter[str] = Counter()
        pending: list[tuple[Element, frozenset[str]]] = [(self._page, frozenset())]
        while pending:
            element, above = pending.pop()
            for child in element.contents:
                if isinstance(child, Element) and id(child) in self._weights:
                    new = elements().loose.intersection(name_words(child)) - above
                    held.update(dict.fromkeys(new, self._weights[id(child)]))
                    pending.append((child, above | new))
        return frozenset(word for word, weight in held.items() if weight > _FURNITURE_HOLDS * self._total)


def _is_in(element: Element, outer: Element | None) -> bool:
    return outer is not None and any(each is outer for each in element.parents)


def is_post(element: Element) -> bool:
    """Whether the element is another's post set into the text."""
    return bool(element.attrs) and not elements().posts.isdisjoint(str(element.get("class") or "").split())


def is_caption(element: Element) -> bool:
    """Whether the element is called what is said below a picture."""
    return not elements().captions.isdisjoint(name_words(element)) and len(text_of(element)) < _CAPTION_CHARS


def is_hidden(element: Element) -> bool:
    said = element.attrs
    if not said:
        return False
    if "hidden" in said or said.get("aria-hidden") == "true":
        return True
    return "style" in said and "display:none" in str(said["style"] or "").replace(" ", "").lower()


def _is_furniture(element: Element) -> bool:
    if element.name in _NEVER:
        return False
    if (
        element.name in elements().furniture
        or ("role" in element.attrs and str(element.attrs["role"] or "").lower() in elements().roles)
        or is_hidden(element)
        or (element.name == "a" and _is_share(str(element.attrs.get("href") or "")))
    ):
        return True
    return element.name == "header" and element.find("h1") is not None


def _is_called_hidden(element: Element, names: Sequence[str]) -> bool:
    """Whether it is hidden itself, rather than its label or what flows over: "field--label-hidden"."""
    return "hidden" in str(element.get("class") or "").split() or bool(_HIDDEN.search(" ".join(names)))


def _is_share(url: str) -> bool:
    """Whether an address is one at which a reader shares the page."""
    folded = url.strip().lower()
    return folded.startswith("mailto:?") or folded.partition("//")[2].removeprefix("www.").startswith(elements().shares)


def name_words(element: Element) -> list[str]:
    """The words of an element's class and id, and of what else it is called for scripts and tests, in lower case."""
    if _NAMING.isdisjoint(element.attrs):
        return []
    named = " ".join([str(value) for name, value in element.attrs.items() if name in _NAMING])
    return [word for name in _NAME.findall(named) for word in _words_of(name)] if len(named) > 1 else []


@lru_cache(maxsize=4096)
def _words_of(name: str) -> tuple[str, ...]:
    """The words of "storyBody"; none of a name that a machine made up: "qSR5N", "dTerhx"."""
    words = _WORD.findall(name)
    if len(words) > 1 and any(len(word) == 1 and word.isalpha() for word in words):
        return ()
    return tuple(word.lower() for word in words)


def _is_called_body(element: Element) -> bool:
    if "articleBody" in str(element.get("itemprop") or ""):
        return True
    joined = f" {' '.join(name_words(element))} "
    return any(each in joined for each in elements().bodies)


def _weights(soup: BeautifulSoup, is_left_out: Callable[[Element], bool] | None = None) -> dict[int, int]:
    """By id of element: how many characters of running text it holds, links left out."""
    own: dict[int, int] = {}
    elements: dict[int, Element] = {}
    for text, holder in _texts(soup, is_left_out):
        own[id(holder)] = own.get(id(holder), 0) + len(text)
        elements[id(holder)] = holder
    weights: dict[int, int] = {}
    long = sum(length for length in own.values() if length >= _TEXT_CHARS)
    # A page of short texts has no longer ones to tell them from labels.
    least = _TEXT_CHARS if long >= _BODY_HOLDS * sum(own.values()) else _LABEL_CHARS
    for key, length in own.items():
        if length < least:
            continue
        element: Element | None = elements[key]
        while element is not None:
            weights[id(element)] = weights.get(id(element), 0) + length
            element = element.parent
    return weights


def _texts(soup: BeautifulSoup, is_left_out: Callable[[Element], bool] | None) -> Iterator[tuple[str, Element]]:
    """The texts outside links, each with the block that it stands in."""
    pending: list[tuple[Element, Element]] = [(soup, soup)]
    silent, inline = elements().silent | {"a"}, elements().inline
    while pending:
        element, block = pending.pop()
        for child in element.contents:
            if isinstance(child, Words):
                text = child.strip()
                if text:
                    yield text, block
            elif isinstance(child, Element) and child.name not in silent:
                if is_left_out and is_left_out(child):
                    continue
                pending.append((child, block if child.name in inline else child))


def _called_body(soup: BeautifulSoup, weights: dict[int, int]) -> Element | None:
    """The outermost element that is called the article's body and holds most of the text."""
    total = weights.get(id(soup), 0)
    element: Element = soup
    while True:
        if element is not soup and _is_called_body(element):
            return element
        child = _heaviest(element, weights)
        if child is None or weights[id(child)] < _BODY_HOLDS * total:
            return None
        element = child


def _smallest(soup: BeautifulSoup, weights: dict[int, int]) -> Element:
    element: Element = soup
    while True:
        child = _heaviest(element, weights)
        if (
            child is None
            or child.name in ("p", "li", "blockquote")
            or weights[id(child)] < _HOLDS * weights[id(element)]
        ):
            return element
        element = child


def _heaviest(element: Element, weights: dict[int, int]) -> Element | None:
    children = [child for child in element.contents if isinstance(child, Element) and id(child) in weights]
    return max(children, key=lambda child: weights[id(child)], default=None)
