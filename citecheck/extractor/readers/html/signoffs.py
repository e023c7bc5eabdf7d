"""Credit lines that stand outside a page's text: in a footer or a box within the body, and below the body."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from bs4.element import PageElement
from bs4.element import Tag as Element

from citecheck.extractor.credits import closes_credits, credits_of, opens_credits
from citecheck.extractor.outlets import registry
from citecheck.extractor.readers.html.body import Body, name_words
from citecheck.extractor.readers.html.elements import elements
from citecheck.extractor.readers.html.tree import Words, text_of
from citecheck.model import Block, BlockKind, Mark
from citecheck.patterns import regex

_MOST_NODES = 60
_MOST_BELOW = 300
_LINE_CHARS = 300
_ANNOUNCED_CHARS = 90
_SIGNATURE = regex(r"\(?(?=(?:\w+/)*(?:[a-z]+|[A-Z]{2,})(?:[/)]|\Z))[^\W\d_]{2,12}(?:/[^\W\d_]{2,12})+\)?")
"""At least one is no word: "ab/Reuters", "AFP/Reuters", but not "Biology/Health"."""
_ANNOUNCED = regex(r"[^:•]{3,25}[:•]|\S+ \S+\Z")


def within(element: Element) -> Iterator[Element]:
    """The credit lines of a piece of furniture: those that a phrase tells which stands nowhere else.

    In a foot, or in what is named for who writes, any that tells whose material the text is.
    """
    is_foot = element.name == "footer" or not elements().signing.isdisjoint(name_words(element))
    yield from _lines(islice(element.descendants, _MOST_NODES), says_whose if is_foot else _is_cue)


def below(body: Body) -> Iterator[Element]:
    """The credit lines between the body and the end of the article that it is part of."""
    outer = [each for each in body.element.parents if each.name in ("article", "main")]
    last = outer[-1] if outer else None
    for line in _lines(islice(_following(body.element, last), _MOST_BELOW), says_whose if outer else _is_cue):
        # "Source: AFP" in a box is the box's own.
        if _is_cue(text_of(line)) or not body.is_within_furniture(line):
            yield line


def says_whose(text: str) -> bool:
    """Whether a line alone tells whose material a text is, by its form: "With files from …", "Source: …", "ab/dpa"."""
    is_announced = len(text) <= _ANNOUNCED_CHARS and _ANNOUNCED.match(text) is not None
    return (
        opens_credits(text, strictly=not is_announced) or closes_credits(text) or _SIGNATURE.fullmatch(text) is not None
    )


def _following(element: Element, last: Element | None) -> Iterator[PageElement]:
    outer = element
    while outer is not last and outer.parent is not None:
        for sibling in outer.next_siblings:
            if isinstance(sibling, Element) and (sibling.name == "article" or sibling.find("article")):
                return  # another text
            yield sibling
            if isinstance(sibling, Element):
                yield from sibling.descendants
        outer = outer.parent


def _lines(nodes: Iterable[PageElement], is_cue: Callable[[str], bool]) -> Iterator[Element]:
    found: Element | None = None
    for node in nodes:
        if not isinstance(node, Words) or len(node) > _LINE_CHARS or not is_cue(str(node).strip()):
            continue
        holder = node.parent
        while holder is not None and holder.name in elements().inline:
            holder = holder.parent
        if holder is None or holder is found:
            continue
        text = text_of(holder)
        if (link := node.find_parent("a")) and text_of(link) == text:
            continue  # leads to another text
        line = (
            credits_of(Block(BlockKind.PARAGRAPH, text, (Mark(0, 1, 1),)), registry())
            if len(text) < _LINE_CHARS
            else None
        )
        if line and line.credits:
            found = holder
            yield holder


def _is_cue(text: str) -> bool:
    return opens_credits(text) or closes_credits(text)
