"""The numbers of notes in a text: "so wide.[3]", or raised behind the stop."""

from itertools import islice

from bs4.element import Tag as Element

from citecheck.extractor.readers.html.body import name_words
from citecheck.extractor.readers.html.tree import text_of
from citecheck.patterns import regex

_MARK = regex(r"\[\s?(?:\d{1,3}|[a-z]{1,2}|note \d{1,3})\s?\]")
_RAISED_MARK = regex(r"\[?\s?(?:\d{1,3}|[a-z]|[*†‡§]{1,3}|note \d{1,3})\s?\]?")
_CALLED = frozenset({"footnote", "footnotes", "endnote", "noteref", "fn", "fnref"})
_MARK_CHARS = 12
_MOST_WITHIN = 12


def is_mark(link: Element) -> bool:
    """Whether a link says nothing but the number of a note, in brackets, raised, or where the link is called one."""
    is_raised = any(each is not None and each.name == "sup" for each in (link.parent, link.find("sup")))
    is_called = link.get("role") == "doc-noteref" or not _CALLED.isdisjoint(name_words(link))
    return bool((_RAISED_MARK if is_raised or is_called else _MARK).fullmatch(_short(link)))


def _short(element: Element) -> str:
    """What a short element says; empty for a longer one."""
    few = list(islice(element.descendants, _MOST_WITHIN + 1))
    text = text_of(element) if len(few) <= _MOST_WITHIN else ""
    return text if len(text) < _MARK_CHARS else ""
