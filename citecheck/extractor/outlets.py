"""The registry: which outlet a name, a host or a handle stands for.

The rows are in outlets.toml; users add files of their own.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ahocorasick_rs import AhoCorasick, MatchKind

from citecheck.extractor.folding import fold, is_inside, url_spans
from citecheck.extractor.inflections import BEFORE_BARE, bare, cases_of, unaccented
from citecheck.extractor.outletrows import read_rows
from citecheck.model import Outlet
from citecheck.patterns import regex

# Shorter names are mostly acronyms and words ("RIA", "Time"): they count only as written.
_EXACT_BELOW = 6
_SHORTEST_SHOUTED = 3
_ARTICLE = "the "
_ARTICLES = regex(r"(?:the|le|la|les|el|los|las|il|lo|o|a|os|as|der|die|das|de|het) ")
_HOST = regex(r"(?<![\w@/.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,6}(?![\w/@-]|\.\w)")
_DOTTED = regex(r"\.[a-z]")
# Each stage asks for the same sentences; so many of up to so many characters are kept.
_KEPT_TEXTS, _KEPT_CHARS = 20_000, 2_000
# Whose names take an "s" in the genitive: "des Handelsblatts".
_GERMAN = frozenset({"AT", "CH", "DE"})
# Path words of platforms that stand before the account's name.
_ACCOUNT_PREFIXES = frozenset({"c", "user", "channel", "s", "i", "groups", "pages"})


class Mention(NamedTuple):
    """An outlet's name in a text, by offsets."""

    start: int
    end: int
    outlet: Outlet
    is_ambiguous: bool
    """The name is a word or another's name too: it needs a cue beside it or the full form earlier."""
    others: tuple[Outlet, ...] = ()
    """Further outlets of that name."""


class _Form(NamedTuple):
    written: str
    outlets: tuple[Outlet, ...]
    is_ambiguous: bool
    is_bare: bool = False
    """Without the article that is part of the name: it counts only behind another article or a quotation mark."""


_AMP = regex(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org/[a-z](?:/s)?|(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?/amp(?:/s)?)/(.+)",
    re.IGNORECASE,
)
"""Where a cache keeps a publisher's AMP page: the page's own address stands in the path."""


_PLAIN = regex(r"https?://([a-z0-9.-]+)(/[!-\"$->@-~]*|)(?=[?#]|\Z)")
"""Host and path of nearly every URL: nothing is to be decoded or looked at twice."""


class Registry:
    """Outlets by name, host and handle."""

    def __init__(
        self, outlets: Iterable[Outlet], *, platforms: Iterable[str] = (), archives: Iterable[str] = ()
    ) -> None:
        self.outlets = tuple(outlets)
        self._platforms = frozenset(platforms)
        self._archives = frozenset(archives)
        self._by_name = {each.name: each for each in self.outlets}
        self._domains = {domain.lower(): each for each in self.outlets for domain in each.domains}
        self._handles = {handle.lower(): each for each in self.outlets for handle in each.handles}
        self._forms: dict[str, list[_Form]] = {}
        for each in self.outlets:
            for written in dict.fromkeys((each.name, *each.aliases, *each.ambiguous)):
                self._add(_Form(written, (each,), written in each.ambiguous))
                if not written.isascii() and (plain := unaccented(written)) != written:
                    self._add(_Form(plain, (each,), written in each.ambiguous or " " not in written))
                for form in cases_of(written):
                    self._add(_Form(form, (each,), written in each.ambiguous))
                # "Bbc": some newsrooms write acronyms so.
                if written.isupper() and written.isalpha() and len(written) > 2 and written not in each.ambiguous:
                    self._add(_Form(written.capitalize(), (each,), is_ambiguous=True))
                short = bare(written)
                if short:
                    self._add(_Form(short, (each,), is_ambiguous=True, is_bare=True))
                if each.country in _GERMAN and (short or written)[-1:] not in "szxß":
                    self._add(_Form(f"{short or written}s", (each,), is_ambiguous=True, is_bare=True))
        self._found: dict[str, tuple[Mention, ...]] = {}
        self._patterns = list(self._forms)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard) if self._patterns else None

    def _add(self, added: _Form) -> None:
        forms = self._forms.setdefault(fold(added.written), [])
        for place, form in enumerate(forms):
            if not _is_same(form.written, added.written):
                continue
            if added.outlets[0] in form.outlets:
                if form.is_bare and not added.is_bare:
                    forms[place] = added  # listed without its article too: "Repubblica"
                return
            if form.is_bare == added.is_bare:
                forms[place] = form._replace(outlets=form.outlets + added.outlets, is_ambiguous=True)
                return
        forms.append(added)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every outlet named in `text`, leftmost and longest first, none inside a URL or a longer word."""
        known = self._found.get(text)
        if known is None:
            known = self._looked_up(text)
            if len(text) < _KEPT_CHARS:
                if len(self._found) >= _KEPT_TEXTS:
                    self._found.clear()
                self._found[text] = known
        return known

    def _looked_up(self, text: str) -> tuple[Mention, ...]:
        if self._automaton is None or not text:
            return ()
        folded = fold(text)
        found: list[Mention] = []
        urls = url_spans(text)
        padded = f"{folded} "
        hits = [
            hit
            for hit in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if not padded[hit[2]].isalnum() and not padded[hit[1] - 1].isalnum()
        ]
        # "the Argus Leader" is not "The Argus", "la Tribune de Genève" not "La Tribune": articles count for nothing.
        hits.sort(key=lambda hit: (_behind_article(folded, hit[1]), -hit[2], hit[1]))
        covered = 0
        for pattern, start, end in hits:
            if start < covered or not _has_borders(text, start, end) or is_inside(urls, start):
                continue
            form = self._form(self._patterns[pattern], text[start:end], text[max(0, start - 8) : start])
            if form:
                found.append(Mention(start, end, form.outlets[0], form.is_ambiguous, form.outlets[1:]))
                covered = end
        found += self._hosts(folded, urls, found)
        return tuple(sorted(found, key=lambda each: each.start))

    def _hosts(self, folded: str, urls: Sequence[tuple[int, int]], found: Sequence[Mention]) -> Iterator[Mention]:
        """Outlets named by their host alone: "meldet tagesschau.de"."""
        if not _DOTTED.search(folded):
            return
        taken = {place for each in found for place in range(each.start, each.end)}
        for match in _HOST.finditer(folded):
            start, end = match.span()
            outlet = next((self._domains[each] for each in _parents(match.group()) if each in self._domains), None)
            if outlet and start not in taken and not is_inside(urls, start):
                yield Mention(start, end, outlet, is_ambiguous=False)

    def _form(self, pattern: str, seen: str, before: str) -> _Form | None:
        """The registered form that `seen` behind `before` may stand for; forms written exactly so come first."""
        forms = self._forms[pattern]
        if any(form.is_bare for form in forms):
            is_open = BEFORE_BARE.search(before)
            forms = [form for form in forms if is_open or not form.is_bare]
        same = [form for form in forms if _is_same(form.written, seen)]
        exact = min(same, key=lambda form: form.is_bare, default=None)
        varied = exact or next((form for form in forms if _may_vary(form.written, seen)), None)
        if varied or len(seen) <= _SHORTEST_SHOUTED:
            return varied
        # "dem STANDARD", "O GLOBO": as they write themselves.
        shouted = next((form for form in forms if form.written.upper() == seen), None)
        return shouted and shouted._replace(is_ambiguous=True)

    def of_url(self, url: str) -> Outlet | None:
        """Whose page it is: by host or parent domain, by account on a platform, by the inner URL in an archive."""
        amp = _AMP.match(url)
        if amp:
            return self.of_url(f"https://{amp[1]}")
        plain = _PLAIN.match(url)
        if plain:
            host, path = plain.groups()
        else:
            try:
                parts = urlsplit(url if "//" in url else f"//{url}")
                host, path = parts.hostname or "", parts.path
            except ValueError:
                return None
            if parts.scheme not in ("", "http", "https"):
                return None
        domains = list(_parents(host.rstrip(".")))
        if not self._archives.isdisjoint(domains):
            inner = _archived(url)
            return self.of_url(inner) if inner else None
        if not self._platforms.isdisjoint(domains):
            return self.of_handle(_account(path))
        return next((self._domains[domain] for domain in domains if domain in self._domains), None)

    def of_handle(self, handle: str) -> Outlet | None:
        """Whose account it is; `handle` with or without `@`."""
        return self._handles.get(handle.removeprefix("@").lower())

    def named(self, name: str) -> Outlet | None:
        """The outlet of that name or alias, case and a leading article aside; None when several could be meant."""
        folded = fold(name.strip())
        bare = folded.removeprefix(_ARTICLE)
        for spelling in (folded, bare, _ARTICLE + bare):
            forms = self._forms.get(spelling, ())
            outlets = {each.name: each for form in forms for each in form.outlets}
            if len(outlets) == 1:
                return next(iter(outlets.values()))
        return None

    def nearest(self, name: str) -> Outlet | None:
        """The outlet whose name looks most like one that it does not know: a likely slip of the pen."""
        spelt = dict.fromkeys(fold(name) for each in self.outlets for name in (each.name, *each.aliases))
        near = difflib.get_close_matches(fold(name.strip()), list(spelt), n=1, cutoff=0.75)
        return self._forms[near[0]][0].outlets[0] if near else None

    def family(self, outlet: Outlet) -> tuple[Outlet, ...]:
        """The outlet and those it belongs to, nearest first."""
        line = [outlet]
        while (parent := self._by_name.get(line[-1].parent or "")) and parent not in line:
            line.append(parent)
        return tuple(line)


def _behind_article(folded: str, start: int) -> int:
    article = _ARTICLES.match(folded, start)
    return article.end() if article else start


def _is_same(written: str, seen: str) -> bool:
    """Equal but for the case of a leading article and the kind of blanks and apostrophes."""
    if written[:4].lower() == _ARTICLE and seen[:4].lower() == _ARTICLE:
        written, seen = written[4:], seen[4:]
    return written == seen.replace("’", "'").replace("\u00a0", " ").replace("\n", " ")


def _may_vary(written: str, seen: str) -> bool:
    """Full names may differ in case ("Open Caucasus media"), but begin with a capital where the registered one does."""
    if len(written) < _EXACT_BELOW or written[:1].isdigit():
        return False
    article = len(written) - len(bare(written) or written)
    if written[:4].lower() == _ARTICLE:
        article = len(_ARTICLE)
    if article:
        written, seen = written[article:], seen[article:]
        # "the times", "el periódico": with the article alone for company, the word itself has to be written as a name.
        if " " not in written:
            return written == seen
    return seen[:1].isupper() or not written[:1].isupper()


def _has_borders(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before and (before[-1].isalnum() or before[-1] in "@#"):
        return False
    if len(before) == 2 and before[1] in "-._" and before[0].isalnum():
        return False
    if after and (after[0].isalnum() or (after[0] == "_" and after[1:].isalnum())):
        return False  # "AFP_en" is an account, "_AFP_" is emphasis
    if len(after) == 2 and after[0] == ".":  # a host: "reuters.com"; a new sentence glued on begins with a capital
        return not after[1].islower()
    # "a BBC-run school" is no BBC; "ein dpa-Bericht" is one of the dpa.
    return not (len(after) == 2 and after[0] == "-" and after[1].isalnum() and not after[1].isupper())


def _parents(host: str) -> Iterator[str]:
    labels = host.lower().split(".")[-8:]
    for place in range(len(labels) - 1):
        yield ".".join(labels[place:])


def _archived(url: str) -> str | None:
    """The URL that an archive's URL carries in its path."""
    rest = url.partition("://")[2]
    starts = [place for scheme in ("http://", "https://", "http:/", "https:/") if (place := rest.find(scheme)) > 0]
    return rest[min(starts) :].replace(":/", "://", 1).replace(":///", "://", 1) if starts else None


def _account(path: str) -> str:
    steps = [unquote(step) for step in path.split("/") if step][:3]
    while steps and steps[0].lower() in _ACCOUNT_PREFIXES:
        steps.pop(0)
    return steps[0] if steps else ""


@cache
def registry(extra: tuple[str, ...] = ()) -> Registry:
    """The built-in rows and those of the files `extra`; a row of a name already there takes its place.

    A spelling that a user's row claims is no longer one of ours: their "VNA" is not the Vietnam News Agency.

    Raises SettingsError, naming file and row, for a file that cannot be read, a row in the wrong form, a name, host
    or handle that two rows claim, a parent that does not exist.
    """
    table = read_rows(extra)
    return Registry(table.outlets, platforms=table.platforms, archives=table.archives)
