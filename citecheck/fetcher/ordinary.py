"""Pages that are plainly what was asked for: a long text with nothing in it that any sign could hold on to.

Most pages are, and to tell it takes a tenth of what looking for every sign takes. Whatever is in doubt is not ordinary.
"""

import re
from functools import cache
from html import unescape
from typing import NamedTuple

from citecheck.fetcher import decoding, urls
from citecheck.fetcher.markers import markers
from citecheck.fetcher.needles import Needles
from citecheck.fetcher.signals import hijacking, notices, walls
from citecheck.fetcher.wording import first_of, plain
from citecheck.model import Exchange
from citecheck.patterns import regex

_LEAST_WORDS = 300
"""From here on no sign takes a page for short; see the limits in signals/."""
_LEAST_CHARS = 4 * _LEAST_WORDS
_TITLE_CHARS = 300
_TITLE = regex(r"<title[^<>]*>([^<]*)</title", re.IGNORECASE)
_RANKS = frozenset((b"<h1", b"<h2", b"<h3"))
_HEADING = regex(rb"<h1[^<>]*>([^<]*)</h1")
# What stands right behind a paragraph's tag, with the plain paragraphs that follow it at once: most texts are rows of
# them, and one by one they take twice as long. Inside of the other elements nothing is the page's own.
_PARAGRAPH = regex(
    rb"<(?:p\b[^<>]*+>([^<]*+(?:(?<! )</p> ?<p>[^< ][^<]*+){0,31})"
    rb"|(/?)(?:nav|header|footer|aside|select|button|script|style|noscript|template|svg|a)\b[^<>]*+>)"
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


def ready() -> None:
    """Loads the words that pages are searched for: 30 ms that are better spent waiting for the first of them."""
    _telling(True)
    notices.may_say_missing("")


def seen(exchange: Exchange) -> Ordinary | None:
    """The page that `exchange` brings, when it is an ordinary one; None: look at it closely."""
    if exchange.http_status != 200 or exchange.failure or exchange.truncated or len(exchange.body) < _LEAST_CHARS:
        return None
    is_html = (exchange.header("content-type") or "").lower().startswith("text/html")
    if not is_html or exchange.header("refresh") is not None:
        return None
    path = urls.parse(exchange.url).path
    if path.rpartition(".")[2].lower() in markers().missing.files or walls.certain(exchange):
        return None
    try:
        markup = decoding.text(exchange, is_sound=True)
    except ValueError:
        return None
    lower = markup.lower().encode("utf-8", "replace")
    for blank in (b"\n", b"\r", b"\t"):
        lower = lower.replace(blank, b" ")
    found = _telling(lower.isascii()).found(lower)
    if not (found <= _RANKS and _is_long(lower)):
        return None
    return _headed(markup, lower, has_rank=bool(found))


def _headed(markup: str, lower: bytes, *, has_rank: bool) -> Ordinary | None:
    title = heading = None
    if b"<title" in lower:
        title = _TITLE.search(markup)
        if title is None:
            return None
    if has_rank:
        heading = _HEADING.search(lower)
        if heading is None:
            return None
    told = (title[1] if title else "", heading[1].decode() if heading else "")
    lines = [plain(unescape(each)) for each in told if each]
    if any(notices.may_say_missing(line) or _sells(line) for line in lines):
        return None
    return Ordinary(" ".join(unescape(title[1]).split())[:_TITLE_CHARS] or None if title else None)


def _sells(line: str) -> bool:
    return bool(hijacking.of_trade(line)) or first_of(markers().hijack.titles, line) is not None


def _is_long(lower: bytes) -> bool:
    """Whether the paragraphs alone, outside of links and of what surrounds the text, have so many words."""
    depth = words = 0
    for found in _PARAGRAPH.finditer(lower):
        text, slash = found.groups()
        if slash is None:
            if not depth:
                # Counting the blanks takes a tenth of parting at them. Each paragraph of a row begins and ends without.
                words += len(text.split()) if b"  " in text else text.count(b" ") - 1
                if words >= _LEAST_WORDS:
                    return True
        elif slash:
            depth -= depth > 0
        else:
            depth += 1
    return False


@cache
def _telling(is_ascii: bool) -> Needles:
    """Everything that stands in the markup of a long page that is more than ordinary; and its headings."""
    table = markers()
    phrases = (_bare(each) for each in table.paywall.words)
    ranks = (rank.decode() for rank in _RANKS)
    found = {*_TELLING, *phrases, *table.paywall.classes, *table.paywall.metas, *table.missing.classes, *ranks}
    return Needles(each for each in found if each.isascii() or not is_ascii)


def _bare(phrase: str) -> str:
    """The longest part without an apostrophe, of which there are many."""
    return max(phrase.split("'"), key=len)
