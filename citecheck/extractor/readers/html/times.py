"""Elements that tell a time: a day, an hour, how long ago."""

from datetime import date
from typing import NamedTuple

from bs4.element import Tag as Element

from citecheck.extractor.readers import Stamp
from citecheck.extractor.readers.html.labels import label, named_hour, stamp_of
from citecheck.extractor.readers.html.tree import Words, text_of
from citecheck.patterns import regex

_LABEL_CHARS = 40
"""An element with more characters is no label of another."""
_MOST_PARTS = 5
_DIGIT = regex(r"\d")


class Time(NamedTuple):
    """An element of the body that tells a time: the block that begins with it or after it."""

    element: Element
    block: int
    said: str = ""
    """What it tells, where that is not all that the element says."""

    @property
    def text(self) -> str:
        return self.said or text_of(self.element)

    def stamp(self, near: date | None) -> Stamp | None:
        """When; of the days that its words may mean, the one closest to `near`."""
        told = label(self.said, near) if self.said else None
        return told.stamp if told else stamp_of(self.element, near)


def is_label(element: Element) -> bool:
    """Whether an element without others in it says nothing but a day, an hour, or how long ago."""
    if len(element.contents) != 1 or not isinstance(element.contents[0], Words):
        return False
    text = str(element.contents[0])
    if len(text) >= _LABEL_CHARS or not _DIGIT.search(text):
        return False
    return label(text) is not None or named_hour(element) is not None


def holds_label(element: Element) -> bool:
    """Whether the last of its parts is one: "published at" and an hour, both hidden from the eye or shown."""
    last = element.contents[-1] if 1 < len(element.contents) <= _MOST_PARTS else None
    return isinstance(last, Element) and is_label(last)
