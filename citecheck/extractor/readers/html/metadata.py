"""What a page says of itself: title, language, publisher, day, and whether it is a live blog."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import Any, NamedTuple

import msgspec
from bs4.element import Tag as Element

from citecheck.extractor import dates
from citecheck.extractor.readers.html.labels import label, moment
from citecheck.extractor.readers.html.tree import Page, text_of
from citecheck.patterns import regex

_JSON_CHARS = 2_000_000
"""Longer data is not read: a page's own description is some kilobytes."""
_ARTICLE = regex(r"(?:.*Article|LiveBlogPosting|BlogPosting|Report|.*NewsPost)\Z")
_WRAPPING = regex(r"\s*(?://)?\s*(?:<!\[CDATA\[|<!--)?(.*?)(?:(?://)?\s*\]\]>|-->)?\s*\Z", re.DOTALL)
_ELEMENTS_BELOW = 80
_MOST_TIMES, _MOST_LINES = 20, 5
"""So many `<time>` elements are asked for their moment, and for what they say."""
_FARTHEST_EAST, _FARTHEST_WEST = 14, -12
"""The zones of the world, in hours from Greenwich."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LANGUAGE = regex(r"[a-zA-Z]{2,3}(?=$|[-_])")

_CANONICAL = regex(r"\bcanonical\b", re.IGNORECASE)
_PUBLISHED = regex(r"publi|pub-?date|issued|created|\bdc\.date\Z|sailthru\.date\Z")
"""In the name of a meta element that holds a day."""


class Post(NamedTuple):
    """An entry of a LiveBlogPosting, or an article."""

    headline: str
    published: datetime | None
    body: str


class Metadata(NamedTuple):
    title: str | None = None
    language: str | None = None
    publisher: str | None = None
    published: date | None = None
    modified: date | None = None
    """The day of the last change."""
    address: str | None = None
    """The page's own URL, as its canonical link or og:url says."""
    is_live: bool = False
    posts: tuple[Post, ...] = ()
    body: str = ""
    """The article's text, where the JSON-LD has it."""


def folded(text: str) -> str:
    """The words alone, as far as a headline in the metadata and the one on the page are the same."""
    return re.sub(r"\W+", " ", text).strip().lower()


def metadata_of(page: Page) -> Metadata:
    """What the page's JSON-LD, meta elements, `<time>` and title say, the first that says it."""
    articles = [each for each in _linked_data(page) if _is_article(each)]
    metas = _metas(page)
    first = articles[0] if articles else {}
    heading = page.first("h1")
    titles = [
        _text(first.get("headline")),
        metas.get("og:title", ""),
        text_of(heading) if heading else "",
        text_of(named) if (named := page.first("title")) else "",
    ]
    links = (each for each in page.named.get("link", ()) if _CANONICAL.search(_attribute(each, "rel")))
    canonical = next((each for each in links if each.has_attr("href")), None)
    address = (_attribute(canonical, "href") if canonical else "") or metas.get("og:url", "")
    address = address or next((url for url in (_text(first.get("url")),) if url.startswith("http")), "")
    return Metadata(
        title=next(filter(None, titles), None),
        language=_language(page, metas, first),
        publisher=next(filter(None, (_publisher(articles), metas.get("og:site_name"))), None),
        published=_published(page, metas, articles, address),
        modified=_modified(metas, articles),
        address=address or None,
        is_live=any("LiveBlogPosting" in _types(each) for each in articles),
        posts=tuple(post for each in articles for post in _posts(each)),
        body=next(filter(None, (_text(each.get("articleBody")) for each in articles)), ""),
    )


def linked_data_scripts(page: Page) -> Iterator[Element]:
    """The scripts that hold the page's JSON-LD."""
    return (each for each in page.named.get("script", ()) if "ld+json" in _attribute(each, "type").lower())


def _linked_data(page: Page) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outermost first."""
    for script in linked_data_scripts(page):
        match = _WRAPPING.match("".join(map(str, script.contents))[:_JSON_CHARS])
        try:
            data = msgspec.json.decode(re.sub(r"[\x00-\x1f]", " ", match[1] if match else ""))
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            continue
        pending: list[Any] = [data]
        while pending:
            value = pending.pop(0)
            if isinstance(value, dict):
                yield value
                pending += [value[key] for key in ("@graph", "mainEntity", "itemListElement") if key in value]
            elif isinstance(value, list):
                pending += value


def _types(data: dict[str, Any]) -> Sequence[str]:
    types = data.get("@type")
    return [each for each in (types if isinstance(types, list) else [types]) if isinstance(each, str)]


def _is_article(data: dict[str, Any]) -> bool:
    return any(_ARTICLE.match(each) for each in _types(data))


def _text(value: object) -> str:
    match value:
        case str():
            return " ".join(value.split())
        case {"name": name}:
            return _text(name)
        case [first, *_]:
            return _text(first)
    return ""


def _publisher(articles: Sequence[dict[str, Any]]) -> str:
    return next(filter(None, (_text(each.get("publisher")) for each in articles)), "")


def _posts(article: dict[str, Any]) -> Iterator[Post]:
    entries = article.get("liveBlogUpdate")
    for entry in entries if isinstance(entries, list) else [entries]:
        if isinstance(entry, dict):
            when = moment(_text(entry.get("datePublished") or entry.get("dateModified")))
            yield Post(_text(entry.get("headline") or entry.get("name")), when, _text(entry.get("articleBody")))


def _metas(page: Page) -> dict[str, str]:
    """The meta elements' contents by property or name, in lower case; the first of each."""
    found: dict[str, str] = {}
    for meta in page.named.get("meta", ()):
        name = _attribute(meta, "property") or _attribute(meta, "name") or _attribute(meta, "itemprop")
        content = " ".join(_attribute(meta, "content").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _attribute(element: Element, name: str) -> str:
    value = element.get(name)
    return value.strip() if isinstance(value, str) else ""


def _language(page: Page, metas: dict[str, str], article: dict[str, Any]) -> str | None:
    root = page.first("html")
    declared = [
        _attribute(root, "lang") or _attribute(root, "xml:lang") if root else "",
        _text(article.get("inLanguage")),
        metas.get("og:locale", ""),
        metas.get("content-language", ""),
    ]
    match = next(filter(None, map(_LANGUAGE.match, declared)), None)
    return match[0].lower() if match else None


def _published(page: Page, metas: dict[str, str], articles: Sequence[dict[str, Any]], address: str) -> date | None:
    """The day of publication where it was published: of one moment told twice, the zone that is not UTC counts."""
    told = [_text(each.get("datePublished")) for each in articles]
    told += [
        metas.get(name, "")
        for name in (
            "article:published_time",
            "datepublished",
            "og:published_time",
            "og:article:published_time",
            "date",
            "dc.date.issued",
            "pubdate",
        )
    ]
    times = page.named.get("time", ())
    stamps = [_attribute(each, "datetime") for each in times if each.has_attr("datetime")][:_MOST_TIMES]
    told += [value for name, value in metas.items() if _PUBLISHED.search(name)]
    told += [
        _attribute(each, "title") for each in page.named.get("abbr", ()) if _PUBLISHED.search(_attribute(each, "class"))
    ]
    moments = [found for each in told if (found := moment(each))]
    shown = [found for each in stamps if (found := moment(each))]
    if moments:
        first = moments[0]
        if first.tzinfo and not first.utcoffset():
            for other in (*moments, *shown):
                is_same = other.tzinfo and abs(other - first) < timedelta(minutes=1)
                if is_same and other.utcoffset():
                    return other.date()
            return _local_day(first, _below_title(page, is_written=True))
        return first.date()
    if shown:
        return shown[0].date()
    lines = (text_of(each)[:200] for each in times[:_MOST_LINES])
    day = next((day for line in lines if (day := dates.full_date(line))), None)
    return day or dates.of_url(address) or _below_title(page)


def _modified(metas: dict[str, str], articles: Sequence[dict[str, Any]]) -> date | None:
    told = [_text(each.get("dateModified")) for each in articles]
    told += [
        metas.get(name, "") for name in ("article:modified_time", "datemodified", "og:updated_time", "last-modified")
    ]
    return next((found.date() for each in told if (found := moment(each))), None)


def _local_day(moment: datetime, shown: date | None) -> date:
    """The day that the page shows, if it was that day somewhere in the world at the moment; else that of Greenwich."""
    east, west = ((moment + timedelta(hours=hours)).date() for hours in (_FARTHEST_EAST, _FARTHEST_WEST))
    return shown if shown and west <= shown <= east else moment.date()


def _below_title(page: Page, *, is_written: bool = False) -> date | None:
    """The first day with its year that a line of its own tells between the title and the next heading; with
    `is_written` not that of a change."""
    title = page.first("h1")
    below = islice(title.next_elements, _ELEMENTS_BELOW) if title else ()
    for each in takewhile(lambda each: getattr(each, "name", None) not in _HEADINGS, below):
        told = None if isinstance(each, Element) else label(" ".join(str(each).split()))
        if told and told.stamp and told.stamp.day and not (is_written and told.is_change):
            return told.stamp.day
    return None
