"""How well a link fits a sentence: names in host and account, words of the address, dates, how the sentence points."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from citecheck.extractor import dates, urls
from citecheck.extractor.cues import LANGUAGES, cues
from citecheck.extractor.names import account_likeness, acronym_likeness, host_likeness
from citecheck.extractor.outlets import Registry
from citecheck.extractor.people import People
from citecheck.patterns import regex
from citecheck.tables import table

_WORD = regex(r"[^\W_]+")
_NAME = regex(r"[^\W\d_]{2,}")
_DOTTED = regex(r"\b(?:[A-Z]\.){2,}")
"""An acronym with its stops: "U.N."."""
_TAIL_ID = regex(r"\d{5,}|[a-z]*\d+[a-z0-9]*$")
_STEM_CHARS = 4

_OUTLET = 3.0
_SLUG_WORD, _SLUG_MOST = 1.2, 5.0
_POINTS, _PLATFORM_POINTS = 0.6, 1.2
_ATTRIBUTED = 0.4
_ON_PLATFORM = 0.3
_CARRIED, _CARRIED_AND_POINTS = 0.5, 0.7
_TELLS, _NAMES_ANOTHER, _NAMES_ANOTHER_OUTLET = 0.5, 0.7, 0.3
_CARRIED_SENTENCES = 6
_DESCRIBED, _DESCRIBED_MOST = 1.0, 2.5
_FRESH, _FROM_THE_FUTURE = 0.5, -2.0
_FRESH_DAYS, _FUTURE_DAYS = 3, 1


class Passage(NamedTuple):
    """A sentence, or the part of it that stands on one page."""

    text: str
    section: int
    day: date | None
    outlets: frozenset[str] = frozenset()
    """Names of the outlets it names, and of those that these belong to."""
    context: str = ""
    """The part that stands on another page: who was named there may be meant by the next sentence on this page."""
    handicap: float = 0.0
    """How much less likely it is from the start: it may be on another page than the list."""


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    idle: frozenset[str]
    anchors: frozenset[str]
    platforms: dict[str, frozenset[str]]
    owners: dict[str, str]
    offices: dict[str, frozenset[str]]
    seats: dict[str, str]


class _Read(NamedTuple):
    """What is looked at in a passage."""

    names: list[str]
    """Its words as written, for names and acronyms."""
    words: frozenset[str]
    """In lower case."""
    text: str
    """The whole of it, in lower case."""
    stems: dict[str, list[str]]


class Likeness:
    """Scores of the links of one page for its passages. 0 is nothing in common; above 2.5 a reader would not doubt."""

    def __init__(self, passages: Sequence[Passage], registry: Registry, people: People) -> None:
        self._passages = passages
        self._registry = registry
        self._people = people
        self._read = [_read(passage.text) for passage in passages]
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._names: dict[tuple[str, str | None, frozenset[str]], list[float]] = {}
        self._points: dict[frozenset[str] | None, list[float]] = {}
        for index, read in enumerate(self._read):
            for stem in read.stems:
                self._by_stem[stem].append(index)

    def scores(self, url: str, label: str = "") -> list[float]:
        """One score a passage; `label` are the words beside the URL in its list."""
        host = urls.host_of(url)
        path = unquote(url.partition("://")[2].partition("/")[2].partition("#")[0])
        domain = urls.domain(host)
        platform = _words().platforms.get(domain)
        account = re.split(r"[/?]", path)[0].removeprefix("@") if platform else None
        outlet = self._registry.of_url(url)
        family = {each.name for each in self._registry.family(outlet)} if outlet else set[str]()
        family |= {each.name for said in self._registry.find(label) for each in self._registry.family(said.outlet)}

        scores = list(self._named(host, account, frozenset(family)))
        parts: Iterable[Mapping[int, float]] = (
            self._slug(_slug_words(path)) if not platform else self._described(account or ""),
            self._slug(_slug_words(label)) if label else {},
        )
        for part in parts:
            for index, more in part.items():
                scores[index] += more
        day, pointing = dates.of_url(url), self._pointing(platform)
        for index, (passage, read) in enumerate(zip(self._passages, self._read, strict=True)):
            if platform and not scores[index] and platform & read.words:
                scores[index] = _ON_PLATFORM
            if not scores[index]:
                continue
            if platform is None and not family & passage.outlets and passage.outlets:
                scores[index] += _ATTRIBUTED
            scores[index] += pointing[index] + _timely(day, passage.day)
        return [max(0.0, score - passage.handicap) for score, passage in zip(scores, self._passages, strict=True)]

    def _named(self, host: str, account: str | None, family: frozenset[str]) -> list[float]:
        """How far each passage names a host or an account there, or one of its `family`, or goes on from one that does.

        Many links of a page have that in common.
        """
        known = self._names.get((host, account, family))
        if known:
            return known
        domain = urls.domain(host)
        owner = _words().owners.get(domain, "")

        def likeness(names: Sequence[str]) -> float:
            if account is not None:
                own = account_likeness(account, names, _words().offices)
                return max(own, acronym_likeness([account], names))
            return max(host_likeness(host, names), acronym_likeness((*host.split(".")[:-1], owner), names))

        site = domain if account is None else ""
        named = [
            max(_OUTLET if family & passage.outlets or _names_site(read, site) else 0.0, likeness(read.names))
            for passage, read in zip(self._passages, self._read, strict=True)
        ]
        before = [likeness(_NAME.findall(each.context)) if each.context else 0.0 for each in self._passages]
        found = self._carried(named, before, _words().platforms.get(domain))
        self._names[host, account, family] = found
        return found

    def guesses(self, url: str) -> list[float]:
        """For a link that fits nowhere how likely each passage carries it for what it is: one that tells or points.

        One that names an outlet carries that outlet's link, or another's who took it over.
        """
        is_outlets = self._registry.of_url(url) is not None
        platform = _words().platforms.get(urls.domain(urls.host_of(url)))
        return [
            points
            + (0.0 if read.words.isdisjoint(_telling()) else _TELLS)
            - ((_NAMES_ANOTHER_OUTLET if is_outlets else _NAMES_ANOTHER) if passage.outlets else 0.0)
            for passage, read, points in zip(self._passages, self._read, self._pointing(platform), strict=True)
        ]

    def _pointing(self, platform: frozenset[str] | None) -> list[float]:
        """How far each passage says that it has its news from somewhere, or from such a platform."""
        if platform not in self._points:
            self._points[platform] = [_pointing(read, platform) for read in self._read]
        return self._points[platform]

    def _carried(
        self, named: Sequence[float], elsewhere: Sequence[float], platform: frozenset[str] | None
    ) -> list[float]:
        """The names' scores, each sentence with a share of those before it: "it said in a statement"."""
        scores, pointing = list(named), self._pointing(platform)
        for index, passage in enumerate(self._passages):
            points = pointing[index] > 0
            reach = _CARRIED_SENTENCES if points else 1
            share = _CARRIED_AND_POINTS if points else _CARRIED
            for before in range(max(0, index - reach), index):
                if self._passages[before].section == passage.section:
                    scores[index] = max(scores[index], share * max(named[before], elsewhere[before]))
        return scores

    def _slug(self, slug: Iterable[str]) -> dict[int, float]:
        """The words of the address that a passage has, rare ones counting more."""
        total = math.log(len(self._passages) + 1)
        scores: dict[int, float] = defaultdict(float)
        for word in slug:
            holders = {
                index
                for form in {word, _words().seats.get(word, word)}
                for index in self._by_stem.get(form[:_STEM_CHARS], ())
                if any(_is_same_word(form, other) for other in self._read[index].stems[form[:_STEM_CHARS]])
            }
            for index in holders:
                scores[index] += _SLUG_WORD * math.log((len(self._passages) + 1) / len(holders)) / total
        return {index: min(score, _SLUG_MOST) for index, score in scores.items()}

    def _described(self, account: str) -> dict[int, float]:
        """Passages that call somebody what another sentence calls the owner of the account."""
        scores = self._slug(sorted(self._people.described(account) - _words().idle))
        share = _DESCRIBED / _SLUG_WORD
        return {index: min(score * share, _DESCRIBED_MOST) for index, score in scores.items() if score > _SLUG_WORD}


def _read(text: str) -> _Read:
    words = frozenset(word.lower() for word in _WORD.findall(text))
    stems: dict[str, list[str]] = defaultdict(list)
    for word in words - _words().idle:
        if len(word) > 2:
            for form in {word, _words().seats.get(word, word)}:
                stems[form[:_STEM_CHARS]].append(form)
    names = _WORD.findall(_DOTTED.sub(lambda match: match[0].replace(".", ""), text))
    return _Read(names, words, text.lower(), dict(stems))


def _names_site(read: _Read, site: str) -> bool:
    """Whether the passage calls the site by its domain: "the Tut.by news website"."""
    return bool(site) and site in read.text and bool(re.search(rf"(?<![\w.-]){re.escape(site)}(?![\w-])", read.text))


def _slug_words(path: str) -> list[str]:
    """The words of an address's path, without numbers of articles and what every address has."""
    words = (word.lower() for word in _WORD.findall(path.partition("?")[0]))
    kept = [word for word in words if len(word) > 2 and word not in _words().idle and not _TAIL_ID.fullmatch(word)]
    return list(dict.fromkeys(kept))


def _is_same_word(one: str, other: str) -> bool:
    """Equal, or two forms of a word: they begin alike for most of the shorter, and the longer goes on but little."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    common = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return common >= max(_STEM_CHARS, len(short) - 2) and len(long) - common <= 4


def _pointing(read: _Read, platform: frozenset[str] | None) -> float:
    if platform is not None:
        return _PLATFORM_POINTS if platform & read.words else 0.0
    return _POINTS * min(2, len(_words().anchors & read.words))


def _timely(linked: date | None, day: date | None) -> float:
    if linked is None or day is None:
        return 0.0
    ahead = (linked - day).days
    if ahead > _FUTURE_DAYS:
        return _FROM_THE_FUTURE
    return _FRESH if ahead >= -_FRESH_DAYS else 0.0


@cache
def _telling() -> frozenset[str]:
    return frozenset[str]().union(*(cues(code).says for code in LANGUAGES))


@cache
def _words() -> _Words:
    return msgspec.convert(table(Path(__file__).with_name("likeness.toml")), _Words)
