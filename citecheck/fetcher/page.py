"""What a fetched page is: its title, headings, words, links and machinery, from its bytes as received."""

import re
from collections.abc import Sequence
from functools import cached_property
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from citecheck.fetcher import charsets, complaints, decoding
from citecheck.model import Exchange, Truncation
from citecheck.nesting import flattened
from citecheck.patterns import regex

_TITLE_CHARS = 300
_HEADINGS = 3
_LONG_CHARS = 6000
"""From here on a page has a text of its own; its words need not be counted."""
_MACHINERY = "script, style, noscript, template, svg"
_AROUND = ("nav", "header", "footer", "aside", "select", "button")
_ROLES = ("navigation", "banner", "contentinfo")
_SURROUNDINGS = f":is({', '.join((*_AROUND, *(f'[role={role}]' for role in _ROLES)))}):not(:has(main))"
"""Not one that was never closed and so holds the text too."""
_CARDS = "li, article, section, div, tr, dd, figure"
_CARD_WORDS = 40
_CARDS_BESIDE = 3
_INLINE_TAG = regex(r"</?(?:a|abbr|b|bdi|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|time|u)\b[^<>]*>", re.I)
_TAG = regex(r"<[^<>]*>")
# Chinese and Japanese, and Thai, Lao, Burmese and Khmer, have no blanks between words, of two and of five characters.
_IDEOGRAM = regex(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_SYLLABIC = regex(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_SENTENCE_END = regex(r"(?<=[.!?])(?!\w)\s*|(?<=[。！？؟।])\s*")
_UNKNOWN = ("*/*", "unknown/unknown", "application/unknown")
"""Types that say nothing: browsers look for themselves."""
_PLAIN_TEXT = ("text/plain", "application/json", "application/problem+json")
_FEED = regex(r"\s*(?:<\?xml[^<>]*>\s*)?<(?:rss|feed|rdf:RDF)\b")
"""Some servers call them HTML."""
_REFRESH = regex(r"\s*(\d+(?:\.\d*)?|\.\d+)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?\s*([^\"'>]+)", re.IGNORECASE)
_TURNS = regex(
    r"(?:location(?:\.href)?\s*=(?!=)|location\.(?:replace|assign)\s*\()\s*([\"'])([^\"'\s\\]+)\1", re.IGNORECASE
)


def of(exchange: Exchange) -> "Page | None":
    """The page that `exchange` brings, or None for a picture, a PDF, nothing, and what cannot be decoded."""
    media = (exchange.header("content-type") or "").lower().partition(";")[0].strip()
    if "/" not in media or media in _UNKNOWN:
        media = ""
    is_plain = media in _PLAIN_TEXT or complaints.is_one(media, exchange.body)
    if not exchange.body or not (media == "" or "html" in media or is_plain):
        return None
    try:
        body = decoding.content(exchange)
    except ValueError:
        return None
    text = charsets.decoded(body[: decoding.TEXT_BYTES], exchange.header("content-type") or "")
    if (not media and "<" not in text[:1024]) or _FEED.match(text):
        return None
    is_cut = exchange.truncated is Truncation.LENGTH or len(body) > decoding.TEXT_BYTES
    return Page(text, is_html=not is_plain, is_cut=is_cut)


class Page:
    """One page. What is costly is found out when it is asked for. Of one that `is_cut` there is more than was read."""

    def __init__(self, markup: str, *, is_html: bool = True, is_cut: bool = False) -> None:
        self.markup = flattened(markup) if is_html else markup
        self.is_html = is_html
        self._is_cut = is_cut
        self._tree = LexborHTMLParser(self.markup if is_html else "")

    @cached_property
    def title(self) -> str | None:
        """In one line."""
        node = self._tree.css_first("title")
        # An svg has titles too; the page's own stands first in all but broken pages.
        return None if node is None else _line(node.text())[:_TITLE_CHARS] or None

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The first headings: those of the first rank if there are any; of plain text its first line.

        What is a link as a whole is the site's name, where there are others.
        """
        if not self.is_html:
            return tuple(_line(line)[:_TITLE_CHARS] for line in complaints.lines(self.markup[:_LONG_CHARS])[:1])
        nodes = self._tree.css("h1") or self._tree.css("h2, h3")
        nodes = [node for node in nodes if not _is_link(node)] or nodes
        lines = (_line(_visible(node))[:_TITLE_CHARS] for node in nodes[:_HEADINGS])
        return tuple(line for line in lines if line)

    @cached_property
    def text(self) -> str:
        """All that can be seen, in one line; what stands in a noscript is left out."""
        if not self.is_html:
            return _line(self.markup)
        body = self._tree.body
        if body is None:
            return ""
        if "<s" not in self.markup and "<S" not in self.markup and "<noscript" not in self.markup.lower():
            return _line(body.text(separator=" "))
        return _line(_without(self.markup, _MACHINERY))

    def text_without(self, selector: str) -> str:
        """All that can be seen, in one line, but for the elements that `selector` finds."""
        return _line(_without(self.markup, f"{_MACHINERY}, {selector}"))

    @cached_property
    def own_words(self) -> tuple[str, ...]:
        """The words that stand neither in a link nor in what surrounds the text, up to some thousand."""
        if not self.is_html:
            return tuple(self.markup.split())
        return tuple(_without(self.markup, f"{_MACHINERY}, {_SURROUNDINGS}, a").split())

    def is_shorter(self, words: int) -> bool:
        """Whether its own text has fewer than `words` words, as far as is known."""
        return not self._is_cut and self._own_count < words

    @cached_property
    def _own_count(self) -> int:
        return _count(self.own_words)

    @cached_property
    def _core_count(self) -> int:
        return _count(self.core_words)

    @cached_property
    def core_words(self) -> tuple[str, ...]:
        """The own words of a short page without those on cards, the teasers of other pages; of a long one all."""
        return self.own_words if self._core is None else tuple(_without(self._core.html or "", "a").split())

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The lines and sentences of a short page, outside of what surrounds its text; none of a long one."""
        if not self.is_html and len(self.text) <= _LONG_CHARS:
            pieces = (piece.strip() for line in complaints.lines(self.markup) for piece in _SENTENCE_END.split(line))
            return tuple(piece for piece in pieces if piece)
        if self._core is None or self._core.body is None:
            return ()
        pieces = (piece.strip() for line in self.lines for piece in _SENTENCE_END.split(line))
        found = tuple(dict.fromkeys(piece for piece in pieces if piece))
        return found or tuple(filter(None, (_alternatives(self._core.body),)))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Those that the sentences of a short HTML page stand in."""
        if self._core is None or self._core.body is None:
            return ()
        alone = (_line(node.text(deep=False, separator=" ")) for node in self._core.css("span, strong, b"))
        lines = _TAG.sub("\n", _INLINE_TAG.sub(" ", self._core.body.html or "")).split("\n")
        return (*(_line(unescape(line)) for line in lines), *alone)

    @cached_property
    def _core(self) -> LexborHTMLParser | None:
        if not self.is_html or len(self.text) > _LONG_CHARS:
            return None
        tree = LexborHTMLParser(self.markup)
        _drop(tree, f"{_MACHINERY}, {_SURROUNDINGS}")
        beside: dict[tuple[int, str, str], list[LexborNode]] = {}
        for node in tree.css(_CARDS):
            if node.parent and len(node.text(separator=" ").split()) <= _CARD_WORDS and node.css_first("a[href]"):
                kind = (
                    node.parent.mem_id,
                    node.tag or "",
                    node.attributes.get("class") or node.attributes.get("id") or "",
                )
                beside.setdefault(kind, []).append(node)
        for nodes in beside.values():
            for node in nodes if len(nodes) >= _CARDS_BESIDE else ():
                node.decompose()
        return tree

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The scripts' texts, those that stand in the page."""
        return tuple(node.text() for node in self._tree.css("script") if not node.attributes.get("src"))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Where its scripts and frames come from."""
        nodes = self._tree.css("script[src], iframe[src], frame[src]")
        return tuple(node.attributes.get("src") or "" for node in nodes)

    @cached_property
    def metas(self) -> dict[str, str]:
        """The metas' contents by name, property or http-equiv (lower case); the first of each.

        Not those in a noscript: they are for browsers without scripts, which readers do not have.
        """
        found: dict[str, str] = {}
        for node in self._tree.css("meta[content]"):
            facts = node.attributes
            key = facts.get("name") or facts.get("property") or facts.get("http-equiv")
            if key and not _is_for_no_scripts(node):
                found.setdefault(key.lower(), facts.get("content") or "")
        return found

    @cached_property
    def classes(self) -> frozenset[str]:
        """The class names and ids of the page's root, body and main parts (lower case)."""
        nodes = self._tree.css("html, body, main, body > div, main > div, article")
        words = (f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}" for node in nodes[:40])
        return frozenset(" ".join(words).lower().split())

    @cached_property
    def canonical(self) -> str | None:
        """The address that the page gives as its own."""
        node = self._tree.css_first("link[rel=canonical][href]")
        return (node.attributes.get("href") if node else None) or self.metas.get("og:url")

    @cached_property
    def site(self) -> str | None:
        """What the site calls itself: as it tells machines, or on the first link to its front page."""
        if "og:site_name" in self.metas:
            return self.metas["og:site_name"]
        nodes = self._tree.css("a[href='/'], a[rel=home]")
        lines = (_line(_visible(node)) or _alternatives(node) for node in nodes)
        return next((line for line in lines if line), None)

    @property
    def asks_password(self) -> bool:
        return self._tree.css_first("input[type=password]") is not None

    @property
    def is_empty(self) -> bool:
        """There is nothing to be seen, not even a picture."""
        return not self.text and self._tree.css_first("img, svg, video, canvas, iframe, object, frame") is None

    @property
    def base(self) -> str:
        """What its addresses start from, as written; empty: from its own."""
        node = self._tree.css_first("base[href]")
        return (node.attributes.get("href") if node else None) or ""

    @cached_property
    def refresh(self) -> tuple[float, str] | None:
        """The seconds and the address of its meta refresh, as written."""
        if "refresh" not in self.markup.lower():
            return None
        return read_refresh(self.metas.get("refresh", ""))

    @cached_property
    def turn(self) -> str | None:
        """Where the script of a page without words sends its reader at once."""
        if "location" not in self.markup or len(self.markup) > _LONG_CHARS or len(self.text.split()) > 20:
            return None
        found = _TURNS.search(" ".join((*self.scripts, (self._onload or ""))))
        return found[2] if found else None

    @property
    def _onload(self) -> str | None:
        return self._tree.body.attributes.get("onload") if self._tree.body else None

    def node(self, selector: str) -> LexborNode | None:
        """The first element that `selector` finds."""
        return self._tree.css_first(selector)

    def nodes(self, selector: str) -> list[LexborNode]:
        """All elements that `selector` finds."""
        return self._tree.css(selector)

    def is_bare(self, words: int) -> bool:
        """Whether there are fewer than `words` words beside teasers of other pages, as far as is known."""
        return not self._is_cut and self._core_count < words

    def is_own(self, node: LexborNode) -> bool:
        """Whether an element stands outside of what surrounds the text."""
        above = node.parent
        while above is not None:
            if above.tag == "main":
                return True
            if above.tag in _AROUND or (above.attributes.get("role") or "") in _ROLES:
                return False
            above = above.parent
        return True


def _count(words: Sequence[str]) -> int:
    text = "".join(words)
    return (
        len(words)
        if text.isascii()
        else len(words) + len(_IDEOGRAM.findall(text)) // 2 + len(_SYLLABIC.findall(text)) // 5
    )


def read_refresh(content: str) -> tuple[float, str] | None:
    """Seconds and address of a refresh, as header or meta have it; None when it only loads the page anew."""
    matched = _REFRESH.match(content)
    if not matched or not matched[2].strip():
        return None
    return float(matched[1] or 0), unescape(matched[2].strip())


def _without(markup: str, selector: str) -> str:
    tree = LexborHTMLParser(markup)
    _drop(tree, selector)
    return tree.body.text(separator=" ") if tree.body else ""


def _drop(tree: LexborHTMLParser, selector: str) -> None:
    for node in tree.css(selector):
        node.decompose()


def _is_link(node: LexborNode) -> bool:
    link = node.css_first("a[href]")
    return link is not None and link.text().strip() == node.text().strip()


def _is_for_no_scripts(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag == "noscript":
            return True
        above = above.parent
    return False


def _visible(node: LexborNode) -> str:
    return node.text(separator=" ")


def _alternatives(node: LexborNode) -> str:
    return _line(" ".join(image.attributes.get("alt") or "" for image in node.css("img")))


def _line(text: str) -> str:
    return " ".join(text.split())


def title(exchange: Exchange) -> str | None:
    """The title of the page that `exchange` brings, or None."""
    brought = of(exchange)
    return brought.title if brought else None
