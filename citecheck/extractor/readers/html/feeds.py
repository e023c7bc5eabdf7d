"""Where the entries of a live blog are on a page: the lists of its feed, and what stands over them."""

from collections.abc import Mapping, Sequence
from datetime import date

from bs4.element import Tag as Element

from citecheck.extractor import dates
from citecheck.extractor.readers.html.flow import Flow
from citecheck.extractor.readers.html.labels import LABEL_CHARS, label
from citecheck.extractor.readers.html.times import Time
from citecheck.extractor.readers.html.tree import text_of


def lists_of_feed(
    parents: Mapping[int, Mapping[int, tuple[Element, list[Time]]]], holders: Mapping[int, Element], chosen: int
) -> list[int]:
    """The lists of the feed; those in it, where it is a list of days and each has a list of its own."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for key in parents:
        if holders[key].parent is holders[chosen]:
            kinds.setdefault((holders[key].name, str(holders[key].get("class"))), []).append(key)
    for inner in kinds.values():
        if sum(len(parents[key]) for key in inner) <= len(parents[chosen]):
            continue
        lengths = sorted(len(text_of(element)) for key in inner for element, _ in parents[key].values())
        if lengths[len(lengths) // 2] >= LABEL_CHARS:
            return inner
    return [key for key in parents if key == chosen or _is_alike(holders[key], holders[chosen])]


def is_head(flow: Flow, element: Element, times: Sequence[Time], others: Sequence[Element], near: date | None) -> bool:
    """Whether it is the head of the page, which tells when the page was written or changed, rather than an entry."""
    if element.find("h1"):
        return not any(each.find("h1") for each in others)
    kinds = {(each.name, str(each.get("class") or "").split(" ")[0]) for each in others}
    own = (element.name, str(element.get("class") or "").split(" ")[0])
    if own in kinds:
        return False
    # A day alone dates the page where a text stands between it and the entries.
    ends, begins = flow.ends.get(id(element), 0), flow.starts.get(id(others[0]), 0)
    return all(is_change(each, near) for each in times) or (ends < begins and is_day(text_of(element)))


def _is_alike(one: Element, other: Element) -> bool:
    """Whether two elements are two lists of one feed: a list a day."""
    return (
        one.name == other.name
        and one.get("class") == other.get("class")
        and len(list(one.parents)) == len(list(other.parents))
    )


def is_day(text: str) -> bool:
    """Whether a line tells a day and no hour."""
    told = label(text)
    return bool(told and told.stamp and told.stamp.day and not told.stamp.time) or (
        len(text) < LABEL_CHARS
        and (found := dates.heading(text)) is not None
        and found.time is None
        and ":" not in text
    )


def is_change(time: Time, near: date | None) -> bool:
    """Whether it tells when something was changed, rather than written."""
    told = label(time.text, near)
    return bool(told and told.is_change)
