"""Pages that are plainly what was asked for: a long text with nothing in it that any sign could hold on to.

Most pages are, and to tell it takes a tenth of what looking for every sign takes. Whatever is in doubt is not ordinary.
"""

import re
from functools import cache, lru_cache
from html import unescape
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from citecheck.fetcher import decoding, urls
from citecheck.fetcher.markers import markers
from citecheck.fetcher.signals import missing, walls
from citecheck.fetcher.wording import first_of, plain
from citecheck.model import Exchange

_LEAST_WORDS = 300
"""From here on no sign takes a page for short; see the limits in signals/."""
_LEAST_CHARS = 4 * _LEAST_WORDS
_TITLE_CHARS = 300
_TITLE = re.compile(r"<title[^<>]*>([^<]*)</title", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]{3,}")
_RANKS = re.compile("<h[123]")
_HEADING = re.compile(r"<h1[^<>]*>([^<]*)</h1")
# What stands right behind a paragraph's tag; inside of the others nothing is the page's own.
_PARAGRAPH = re.compile(
    r"<(?:(/?)(?:nav|header|footer|aside|select|button|script|style|noscript|template|svg|a)\b|p\b)[^<>]*>([^<]*)"
)
_TELLING = (
    "refresh",
    "isaccessibleforfree",
    "_tier",
    ":tier",
    "status-code",
    "http-status",
    'name="status"',
    "name='status'",
    "name=status",
)


class Ordinary(NamedTuple):
    title: str | None


@lru_cache(maxsize=8)  # asked when it is known whether a page leads on, and again when it is judged
def seen(exchange: Exchange) -> Ordinary | None:
    """The page that `exchange` brings, when it is an ordinary one; None: look at it closely."""
    is_html = (exchange.header("content-type") or "").lower().startswith("text/html")
    is_whole = exchange.http_status == 200 and not (exchange.failure or exchange.truncated)
    if not (is_html and is_whole and len(exchange.body) >= _LEAST_CHARS and exchange.header("refresh") is None):
        return None
    path = urls.parse(exchange.url).path
    if path.rpartition(".")[2].lower() in markers().missing.files or walls.certain(exchange):
        return None
    try:
        markup = decoding.text(exchange)
    except ValueError:
        return None
    lower = markup.lower().replace("\n", " ")
    if _telling(lower.isascii()).find_matches_as_indexes(lower) or not _is_long(lower):
        return None
    return _headed(markup, lower)


def _headed(markup: str, lower: str) -> Ordinary | None:
    title = heading = None
    if "<title" in lower:
        title = _TITLE.search(markup)
        if title is None:
            return None
    first = _RANKS.search(lower)  # `in` takes ten times as long for such a needle
    if first:
        heading = _HEADING.search(lower)
        if heading is None:
            return None
    lines = [plain(unescape(found[1])) for found in (title, heading) if found]
    if any(missing.may_say_missing(line) or _sells(line) for line in lines):
        return None
    return Ordinary(" ".join(unescape(title[1]).split())[:_TITLE_CHARS] or None if title else None)


def _sells(line: str) -> bool:
    table = markers().hijack
    return not table.words.isdisjoint(_WORD.findall(line)) or first_of(table.titles, line) is not None


def _is_long(lower: str) -> bool:
    """Whether the paragraphs alone, outside of links and of what surrounds the text, have so many words."""
    depth = words = 0
    for found in _PARAGRAPH.finditer(lower):
        if found[1] is None:
            words += 0 if depth else len(found[2].split())
            if words >= _LEAST_WORDS:
                return True
        else:
            depth = max(0, depth + (-1 if found[1] else 1))
    return False


@cache
def _telling(is_ascii: bool) -> AhoCorasick:
    """Everything that stands in the markup of a long page that is more than ordinary."""
    table = markers()
    phrases = (_bare(each) for each in table.paywall.words)
    found = {*_TELLING, *phrases, *table.paywall.classes, *table.paywall.metas, *table.missing.classes}
    return AhoCorasick(tuple(each for each in found if each.isascii() or not is_ascii))


def _bare(phrase: str) -> str:
    """The longest part without an apostrophe, of which there are many."""
    return max(phrase.split("'"), key=len)
