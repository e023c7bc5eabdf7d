"""Every URL of an HTML text, whatever carries it, each with its place in the source.

No tree is built: which tag is one is told by the tokeniser of the HTML standard alone, so that markup in a comment, a
script or a title carries nothing, and what the page's own scripts would drop is still seen.
"""

import re
import sys
from collections.abc import Iterator
from html import unescape
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from citecheck.extractor import urls
from citecheck.extractor.inventory import srcset, tags
from citecheck.extractor.inventory.carried import CODE, Carried, Inventory, is_within
from citecheck.extractor.inventory.carriers import Holds, carriers
from citecheck.extractor.inventory.hints import hints
from citecheck.extractor.inventory.places import Excerpt
from citecheck.extractor.inventory.references import decoded
from citecheck.extractor.inventory.tags import SPACE
from citecheck.patterns import regex

if TYPE_CHECKING:
    from citecheck.extractor.inventory.css import Reference

_CODE_ELEMENTS = frozenset({"code", "pre", "samp", "kbd"})
_CLOSERS = {name: regex(rf"</{name}(?=[{SPACE}/>])", re.IGNORECASE) for name in (*_CODE_ELEMENTS, "a", "svg")}
_REFRESH = regex(rf"[{SPACE}]*[0-9.]+[{SPACE}]*[;,{SPACE}][{SPACE}]*(?:url[{SPACE}]*=[{SPACE}]*)?(['\"]?)", re.I)
_LISTED = regex(rf"[^{SPACE}]+")
_JSX = regex(r"\{\s*[\"'`]([^\"'`${}]*)[\"'`]\s*\}")
"""A string in MDX: `href={"https://…"}`."""
_ABSOLUTE = regex(r"(?:(?:https?|ftp):)?//[^\s/?#]+\.[^\s]*", re.IGNORECASE)
_MEDIA_PROPERTY = regex(
    r"(?:og|twitter):(?:[a-z_]+:)*(?:(?:secure_)?url|image|video|audio|player|src|stream)", re.IGNORECASE
)
_ANY_TAG = regex(r"<[^>]*+>?")
_HANDLE = regex(
    r"(?:on|[@:]|v-|x-|aria-(?:controls|expanded|haspopup|pressed|selected)=|data-[a-z-]*(?:toggle|target|action))"
    r"|role=[\"']?(?:button|menu|option|switch|tab)"
)
"""An attribute of a link that is a script's handle: what it names need not be a place."""
_WORDS_WITHIN = 4000
_WORDS_CHARS = 300
_new = tuple.__new__
_TOKENS_AT_ONCE = 10_000
"""So many tags are read before it is asked whether that is enough: to ask at each takes time."""
_DEEPEST = 4
"""Pages in pages (srcdoc) beyond this depth are left alone."""


def inventory(text: str, most: int = sys.maxsize) -> Inventory:
    """The URLs that an HTML text carries, in linear time; not many more than `most` of them."""
    scan = _Scan(text)
    scan.run(most)
    shown = {each.url for each in scan.carried} if scan.told else frozenset()
    scan.carried += (each for each in scan.told if each.url not in shown)
    scan.carried.sort(key=itemgetter(0))
    return Inventory(scan.carried, scan.base, scan.within, scan.canonical)


def words(text: str, tag_end: int) -> str:
    """The words of the link whose tag ends there: up to its end tag, markup left out, blanks folded."""
    content = text[tag_end : tag_end + _WORDS_WITHIN]
    end = _CLOSERS["a"].search(content)
    plain = _ANY_TAG.sub(" ", content[: end.start()] if end else "")
    return " ".join(unescape(plain).split())[:_WORDS_CHARS]


class _Scan:
    """One pass over an HTML text; `run` fills `carried`, `base` and `canonical`."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.text = text
        self.carried: list[Carried] = []
        self.told: list[Carried] = []
        """What JSON-LD tells of the page's text: a link there is one more only where the page does not show it."""
        self.within: list[Carried] = []
        self.base: str | None = None
        self.canonical: str | None = None
        self._depth = depth
        self._carriers = carriers()
        self._closings: dict[str, int] = {}
        """Of an element's name, the end tag last looked for."""
        self._hints = hints(text)
        self._hint = -1
        """Where the next of them stands."""
        self._anchor = 0
        """Where the content of the last `a` begins."""
        self._code_end = 0
        self._svg_end = 0

    def run(self, most: int = sys.maxsize) -> None:
        position = 0
        while position < len(self.text) and len(self.carried) <= most:
            position = self._until_raw(position)

    def _until_raw(self, position: int) -> int:
        """Take some tags from `position` on, up to an element whose content is raw; where the next ones begin."""
        text = self.text
        take, find, size = self.carried.append, text.find, len(text)
        slashes, hint = self._next_slashes(position), self._next_hint(position)
        done = position
        tokens = tags.TOKEN.finditer(text, position)
        for match in islice(tokens, _TOKENS_AT_ONCE):
            end = match.end()
            group = match.lastindex
            if group == 1:  # by far the most: in as few steps as there can be
                start, url_end = match.span(1)
                if slashes < start or hint < start:
                    self._running_text(done, match.start())
                if hint < end:
                    hint = self._next_hint(end)
                slashes = find("//", url_end)
                if slashes < 0:
                    slashes = size
                take(_new(Carried, (start, match[1], "a", end, "", "", True)))  # half the time of Carried(…)
                self._anchor = done = end
                continue
            if slashes < end or hint < end:
                start = match.start()
                if slashes < start or hint < start:
                    self._running_text(done, start)
                if slashes < end:
                    slashes = find("//", end)
                    if slashes < 0:
                        slashes = size
                if hint < end:
                    hint = self._next_hint(end)
            done = end
            if group is None:
                continue
            if group == 3:
                name = match[2].lower()
                self._tag(name, match.start(3), match.end(3), end)
            else:
                name = match[4].lower()
            if name == "a":
                self._anchor = end
            elif name in _CODE_ELEMENTS:
                self._code_end = max(self._code_end, self._closing(name, end))
            elif name == "svg":
                self._svg_end = max(self._svg_end, self._closing(name, end))
            elif name in tags.RAW and not (end <= self._svg_end and text[end - 2 : end] == "/>"):
                return self._raw(name, match, end)
        if next(tokens, None):
            return done
        if slashes < size or hint < size:
            self._running_text(done, size)
        return size

    def _raw(self, name: str, match: re.Match[str], start: int) -> int:
        """Take a style sheet or a JSON-LD block; where the element's content ends."""
        end = tags.end_of_raw(name, self.text, start)
        found: Iterator[Reference] = iter(())
        # What reads other languages than HTML loads with the first page that holds them.
        if name == "style":
            from citecheck.extractor.inventory import css

            found = css.references(self.text[start:end])
        elif name == "script" and "ld+json" in (match[3] or "").lower():
            from citecheck.extractor.inventory import jsonld

            block = self.text[start:end]
            found = jsonld.references(block)
            for each in jsonld.texts(block):
                self._told(start, each.words)
        origin = "css" if name == "style" else "json-ld"
        for reference in found:
            self._take(start + reference.offset, reference.url, origin, -1)
        return end

    def _tag(self, element: str, start: int, end: int, tag_end: int) -> None:
        """Take what the attributes between `start` and `end` carry."""
        attributes = tags.attributes(self.text, start, end)
        for attribute in attributes:
            holds = self._carriers.holds(element, attribute.name)
            if holds is not None:
                self._attribute(element, attribute, holds, attributes, tag_end)

    def _attribute(
        self, element: str, attribute: tags.Attribute, holds: Holds, others: list[tags.Attribute], tag_end: int
    ) -> None:
        value = self._value(attribute)
        match holds:
            case Holds.URL:
                if element == "base":
                    self.base = value.text.strip(SPACE) if self.base is None else self.base
                elif value.text.lstrip(SPACE)[:1] == "#":
                    self._place(element, value, others, tag_end)
                elif element != "link" or not self._is_connection(value, others):
                    self._take_value(value, 0, value.text, self._carriers.origin(element), tag_end)
            case Holds.LIST:
                for match in _LISTED.finditer(value.text):
                    self._take_value(value, match.start(), match[0], self._carriers.origin(element), tag_end)
            case Holds.ABSOLUTE:
                if _ABSOLUTE.fullmatch(value.text.strip(SPACE)):
                    self._take_value(value, 0, value.text, self._carriers.origin(element), tag_end)
            case Holds.SRCSET:
                for each in srcset.candidates(value.text):
                    self._take_value(value, each.offset, each.url, self._carriers.origin(element), tag_end)
            case Holds.CSS:
                from citecheck.extractor.inventory import css

                for each in css.references(value.text):
                    self._take_value(value, each.offset, each.url, "css", -1)
            case Holds.META:
                self._meta(value, others)
            case Holds.HTML:
                self._page(value)

    def _place(self, element: str, value: Excerpt, others: list[tags.Attribute], tag_end: int) -> None:
        """Take a link to a place in the page itself, unless a script makes something else of it."""
        url = value.text.strip(SPACE)
        if element in ("a", "area") and is_within(url) and not any(map(self._is_handle, others)):
            lead = len(value.text) - len(value.text.lstrip(SPACE))
            self.within.append(Carried(value.place(lead), url, element, tag_end))

    def _is_handle(self, attribute: tags.Attribute) -> bool:
        return _HANDLE.match(f"{attribute.name}={self.text[attribute.start : attribute.end]}") is not None

    def _meta(self, value: Excerpt, others: list[tags.Attribute]) -> None:
        named = {each.name: self._value(each).text.strip(SPACE) for each in others if each.name != "content"}
        if named.get("http-equiv", "").lower() == "refresh":
            match = _REFRESH.match(value.text)
            if match:
                url = value.text[match.end() :]
                self._take_value(value, match.end(), url.partition(match[1])[0] if match[1] else url, "refresh", -1)
        elif _ABSOLUTE.fullmatch(value.text.strip(SPACE)) or _MEDIA_PROPERTY.fullmatch(
            named.get("property") or named.get("name") or ""
        ):
            self._take_value(value, 0, value.text, "meta", -1)

    def _page(self, value: Excerpt) -> None:
        """Take what a page within an attribute carries."""
        if self._depth < _DEEPEST:
            inner = _Scan(value.text, self._depth + 1)
            inner.run()
            self.carried += (each._replace(offset=value.place(each.offset), tag_end=-1) for each in inner.carried)

    def _told(self, start: int, words: Excerpt) -> None:
        """Take what a text within JSON-LD carries; it may be HTML."""
        if self._depth < _DEEPEST:
            inner = _Scan(words.text, self._depth + 1)
            inner.run()
            self.told += (each._replace(offset=start + words.place(each.offset), tag_end=-1) for each in inner.carried)

    def _is_connection(self, value: Excerpt, attributes: list[tags.Attribute]) -> bool:
        """Whether nobody follows the link; the first to the page's own address tells that."""
        rels = set(next((self._value(each).text for each in attributes if each.name == "rel"), "").lower().split())
        if "canonical" in rels and self.canonical is None and _ABSOLUTE.fullmatch(value.text.strip(SPACE)):
            self.canonical = value.text.strip(SPACE)
        return bool(rels) and rels <= self._carriers.unfollowed_rels

    def _value(self, attribute: tags.Attribute) -> Excerpt:
        return decoded(self.text, attribute.start, attribute.end, in_attribute=True)

    def _take_value(self, value: Excerpt, offset: int, url: str, origin: str, tag_end: int) -> None:
        literal = _JSX.fullmatch(url) if url[:1] == "{" else None
        if literal:
            offset, url = offset + literal.start(1), literal[1]
        lead = len(url) - len(url.lstrip(SPACE))
        self._take(value.place(offset + lead), url.strip(SPACE), origin, tag_end)

    def _take(self, offset: int, url: str, origin: str, tag_end: int) -> None:
        if not self._carriers.nothing.match(url):
            self.carried.append(Carried(offset, url, origin, tag_end))

    def _running_text(self, start: int, end: int) -> None:
        """Take the bare URLs between two tags, unless they are the words of a link."""
        excerpt = decoded(self.text, start, end, in_attribute=False)
        for found in urls.find(excerpt.text):
            offset = excerpt.place(found.start)
            if self._anchor and offset < self._closing("a", self._anchor):
                continue
            origin = CODE if offset < self._code_end else "bare"
            self.carried.append(Carried(offset, found.url, origin, stands_for=found.stands_for))

    def _next_slashes(self, start: int) -> int:
        found = self.text.find("//", start)
        return found if found >= 0 else len(self.text)

    def _next_hint(self, start: int) -> int:
        """Where something stands from `start` on that could be a URL without "//"."""
        while self._hint < start:
            self._hint = next(self._hints, len(self.text))
        return self._hint

    def _closing(self, name: str, start: int) -> int:
        """Where the element's first end tag from `start` on stands; looked for once, so that the scan is linear."""
        known = self._closings.get(name, -1)
        if known < start:
            match = _CLOSERS[name].search(self.text, start)
            known = self._closings[name] = match.start() if match else len(self.text)
        return known
