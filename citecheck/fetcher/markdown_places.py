"""The places of a local Markdown text that a link can point to, by whatever will render it."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

import pyromark

from citecheck.fetcher.fragments import is_scripted
from citecheck.fetcher.headings import Headings
from citecheck.fetcher.text_fragments import MARK, Words
from citecheck.patterns import regex

_OPTIONS = (
    pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | pyromark.Options.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
)
_ATTRIBUTES = regex(r"\s*\{:?\s*#([^}\s]+)[^}]*\}")
"""Ids as Pandoc, kramdown and Python-Markdown write them."""
_LABEL = regex(r"^\(([^()\s]+)\)=[ \t]*$", re.MULTILINE)
"""Of MyST."""
_HTML_NAME = regex(r"\s(?:id|name)\s*=\s*(?:\{\s*)?[\"']?([^\"'\s>}]+)", re.IGNORECASE)
_PULLED_IN = regex(
    r"^ {0,3}(?:-{2,}8<-{2,}|```\{(?:include|eval-rst|auto\w+)\}|<!-- ?@?include[: ]"
    r"|\{%-? (?:include|render)\w* |\{\{[<%] (?:include|readfile|snippet)|import \w+ from .+\.mdx?[\"'];?$)",
    re.MULTILINE,
)
"""What has other texts put in, with their headings: snippets, MyST, VitePress, Liquid, Hugo, MDX."""
_OBJECT = regex(r"^::: [\w.]+$", re.MULTILINE)
_CLOSED = regex(r"^:::+$", re.MULTILINE)
"""mkdocstrings', which puts in what a program's texts say; a box that begins so is closed."""
_FOOTNOTE = regex(r"(?:user-content-)?fn(?:ref)?(?:[-:].+|\d+)", re.IGNORECASE)


def missing(text: str, fragments: Iterable[str]) -> tuple[str, ...]:
    """Those of `fragments` that the text does not have; none where it pulls others in, which may have them."""
    if _PULLED_IN.search(text) or (_OBJECT.search(text) and not _CLOSED.search(text)):
        return ()
    places = _Places(text)
    return tuple(each for each in fragments if not places.have(each))


class _Places:
    """One reading of a Markdown text: its headings, the ids that it gives, its words."""

    def __init__(self, text: str) -> None:
        self._names = {
            "",
            "top",
            *(each.lower() for pattern in (_ATTRIBUTES, _LABEL) for each in pattern.findall(text)),
        }
        self._has_notes = False
        self._words: list[str] = []
        headings: list[str] = []
        begun: int | None = None
        """Where the open heading's words begin among all words."""
        for event in pyromark.events(text, options=_OPTIONS):
            if not isinstance(event, dict):
                self._words.append(" ")
                continue
            value: Any
            for kind, value in event.items():
                if kind in ("Text", "Code"):
                    self._words.append(value)
                elif kind in ("Html", "InlineHtml"):
                    self._names.update(each.lower() for each in _HTML_NAME.findall(value))
                elif kind == "Start" and _is(value, "Heading"):
                    begun = len(self._words)
                    own = value["Heading"]["id"]
                    self._names.update((own.lower(),) if own else ())
                elif kind == "End" and begun is not None and _is(value, "Heading"):
                    headings.append(_ATTRIBUTES.sub("", "".join(self._words[begun:])))
                    begun = None
                elif kind == "Start" and _is(value, "FootnoteDefinition"):
                    self._has_notes = True
                if kind == "End":
                    self._words.append(" ")
        self._headings = Headings(headings)

    def have(self, fragment: str) -> bool:
        name, mark, directives = fragment.partition(MARK)
        if mark:
            return Words("".join(self._words)).has(directives)
        name = unquote(name)
        is_note = self._has_notes and _FOOTNOTE.fullmatch(name)
        return name.lower() in self._names or name in self._headings or is_scripted(name) or bool(is_note)


def _is(value: Any, name: str) -> bool:
    return value == name if isinstance(value, str) else name in value
