"""Soft 404s: a page is served, and what it says is that there is none."""

import re
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from citecheck.fetcher import urls
from citecheck.fetcher.evidence import Evidence, path_words
from citecheck.fetcher.markers import Language, markers, missing_phrases
from citecheck.fetcher.signals.home import is_home
from citecheck.fetcher.wording import plain, segments

ENOUGH = 3
"""The weight at which the signs speak for themselves."""
_SHORT_WORDS = 300
_VERY_SHORT_WORDS = 60
_SHORT_FOR_SENTENCES = 120
_ARTICLE_WORDS = 80
_HEADLINE_WORDS = 3
_NOTICE_CHARS = 200
_CLAUSES = re.compile(r"[,;.!?…] ?|\s[–—-]\s")
_CODE = re.compile(r"(?:error |http |http error |status |code )*(?:404|410)(?: error)?|error")
_ARTICLE = re.compile(r"\"@type\"\s*:\s*\[?\s*\"[A-Za-z]*(?:Article|BlogPosting|Report)\"")


_TAIL = (
    r"(?:[\s.,!:;…–—|(-]*(?:error )?(?:404|410|404 error)[\s).]*"
    r"|[,.!…–—-]? ?(?:on|at|in|or|and|had|from|here|any ?more|right now|for now|yet|with|under|because|either|it)"
    r"\b[^.!?]{0,80})?"
)
"""What may follow a sentence that says it."""
_PLACE = r"(?:[\s,.…–—(-]*(?:here|any ?more|404|(?:at|on|in|with) (?:this|the|that|our) [\w-]+)[\s).]*)?"
"""What may follow a mere "not found"."""
_ROUTE = re.compile(r"cannot (?:get|find|head) /\S*")
"""As a common framework has it."""


class Sign(NamedTuple):
    """Something that speaks for a missing page: how loudly, and in words."""

    weight: int
    words: str


def signs(evidence: Evidence) -> list[Sign]:
    """What speaks for it that the page is missing."""
    found = [sign for sign in (_slug(evidence), _upwards(evidence)) if sign]
    page = evidence.page
    if page is None:
        return found
    if page.is_html:
        found += [sign for sign in (_machinery(evidence), _canonical(evidence), _other_kind(evidence)) if sign]
    told = _told(evidence)
    is_short = page.is_shorter(_SHORT_WORDS)
    if told and _is_about_it(evidence):
        told = [Sign(1, told[0].words)] if page.is_shorter(_ARTICLE_WORDS) else []
    elif told and _is_article(evidence):
        told = [Sign(1, told[0].words)] if is_short else []
    elif not is_short and sum(sign.weight for sign in (*found, *told)) < 2:
        told = []  # a text of its own that happens to use the words
    return found + told


def _told(evidence: Evidence) -> list[Sign]:
    """What title, heading and text say."""
    page = evidence.page
    if page is None:
        return []
    is_short = page.is_shorter(_SHORT_WORDS)
    found = []
    title = plain(page.title or "")
    headings = [plain(heading) for heading in page.headings]
    heading = headings[0] if headings else ""
    in_heading = heading if _says(heading) else ""
    # A headline that only contains the words is about something else, and the title repeats it.
    is_headline = heading in title and not in_heading and len(heading.split()) >= _HEADLINE_WORDS
    in_title = "" if is_headline else next((part for part in segments(page.title or "") if says_missing(part)), "")
    if title in markers().missing.server_titles:
        found.append(Sign(ENOUGH, f"the title is that of a server with nothing set up: “{title}”"))
    elif in_title:
        is_code = _CODE.fullmatch(in_title) is not None
        is_echoed = any(in_title in each for each in headings)
        weight = 2 if is_code and is_short else 3 if is_short or (headings and not is_echoed and not is_code) else 1
        found.append(Sign(weight, f"the title says “{in_title}”"))
    if in_heading:
        is_code = _CODE.fullmatch(in_heading) is not None
        weight = (2 if " " in in_heading else 1) if is_code else 3
        found.append(Sign(weight if is_short else 1, f"the heading says “{in_heading}”"))
    if page.is_shorter(_SHORT_FOR_SENTENCES) and not is_headline and sum(sign.weight for sign in found) < ENOUGH:
        sentence = next((each for each in page.sentences if says_missing(plain(each))), None)
        if sentence:
            found.append(Sign(3 if page.is_shorter(_VERY_SHORT_WORDS) else 2, f"the page says “{sentence}”"))
    return found


def _says(heading: str) -> bool:
    """Whether a heading says it, or one of its clauses."""
    return says_missing(heading) or any(says_missing(plain(clause)) for clause in _CLAUSES.split(heading)[:4])


def may_say_missing(line: str) -> bool:
    """Whether a line (made plain) has any word for it; cheaper than to know."""
    line = line.replace("(", "").replace(")", "")
    return bool(_automaton().find_matches_as_indexes(line)) or line in markers().missing.server_titles


def says_missing(line: str) -> bool:
    """Whether a line (made plain), as a whole, says that a page is missing, in any language of missing.toml."""
    if not line or len(line) > _NOTICE_CHARS:
        return False
    line = line.replace("(", "").replace(")", "")
    if _ROUTE.fullmatch(line):
        return True
    hits = _automaton().find_matches_as_indexes(line, overlapping=True)
    if not hits:
        return line in markers().missing.server_titles
    codes = {_owners()[hit[0]] for hit in hits}
    return line in markers().missing.server_titles or any(
        _pattern(index).fullmatch(line) is not None for index in sorted({each for code in codes for each in code})
    )


@cache
def _phrases() -> dict[str, tuple[int, ...]]:
    """Each telling phrase, with the languages that have it."""
    owners: dict[str, list[int]] = {}
    for index, language in enumerate(missing_phrases().language):
        for phrase in (*language.after, *language.before, *language.whole):
            owners.setdefault(phrase, []).append(index)
    return {phrase: tuple(indexes) for phrase, indexes in owners.items()}


@cache
def _owners() -> tuple[tuple[int, ...], ...]:
    return tuple(_phrases().values())


@cache
def _automaton() -> AhoCorasick:
    return AhoCorasick(tuple(_phrases()))


@cache
def _pattern(index: int) -> re.Pattern[str]:
    """The notices of one language."""
    return re.compile(_notices(missing_phrases().language[index]))


def _notices(language: Language) -> str:
    lead = f"(?:(?:{_any(missing_phrases().lead)})[\\s.,!:;…–—|¡-]*){{0,4}}"
    noun, after, before = _any(language.noun), _any(language.after), _any(language.before)
    whole = f"{lead}(?:{_any(language.whole)})"
    if not language.is_spaced:
        gap = ".{0,14}?"
        return (
            f"{lead}{gap}(?:{before})?{gap}(?:{noun}).{{0,12}}(?:{after}).{{0,12}}"
            f"|{lead}(?:{before}){gap}(?:{noun}).{{0,4}}|{whole}"
        )
    determiner = f"(?:(?:{_any(language.determiner)})\\s+|[dl]'){{0,4}}"
    filler = r"(?:(?!of |about )(?:[^\s.!?]+\s+){1,12}?)?"
    return (
        f"{lead}{determiner}(?:\\w+\\s+)?(?:{noun}),?\\s+{filler}(?:{after}){_TAIL}"
        f"|{lead}(?:(?:we|i|nous|wir|noi) )?(?:{before})\\s+{filler}(?:{noun})(?:\\s+[^\\s.!?]+){{0,9}}"
        f"|{whole}{_PLACE}|{whole}\\s*[.,:–—-]*\\s*{lead}"
    )


def _any(phrases: tuple[str, ...]) -> str:
    """Any of them, the longest first; of none, nothing matches."""
    if not phrases:
        return r"(?!)"
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


def _is_about_it(evidence: Evidence) -> bool:
    """The address itself speaks of errors: then a page that does so is what it promises."""
    asked = evidence.asked.path.lower()
    return any(word in asked for word in markers().missing.about)


def _is_article(evidence: Evidence) -> bool:
    """The page calls itself an article, and has the text for it."""
    page = evidence.page
    if page is None or page.is_shorter(_ARTICLE_WORDS):
        return False
    return page.metas.get("og:type") == "article" or _ARTICLE.search(page.markup) is not None


def _slug(evidence: Evidence) -> Sign | None:
    words, asked = path_words(evidence.reached), path_words(evidence.asked)
    table = markers().missing
    if evidence.is_redirected and words and words[-1] in table.slugs and words[-1] not in asked:
        return Sign(ENOUGH, f"redirects to an error page, {evidence.reached.url}")
    return None


def _upwards(evidence: Evidence) -> Sign | None:
    """A deep link ends above itself, or at a search: perhaps all lost links of the site do."""
    if not evidence.is_redirected:
        return None
    asked, reached = path_words(evidence.asked), path_words(evidence.reached)
    if 0 < len(reached) < len(asked) and reached == asked[: len(reached)] and not is_home(evidence.reached):
        return Sign(1, f"redirects to a page above it, {evidence.reached.url}")
    if (
        reached
        and reached[0] in ("search", "suche", "recherche", "buscar", "cerca", "zoeken")
        and asked[:1] != reached[:1]
    ):
        return Sign(1, f"redirects to a search, {evidence.reached.url}")
    return None


def _machinery(evidence: Evidence) -> Sign | None:
    page = evidence.page
    if page is None:
        return None
    for name in ("prerender-status-code", "http-status", "status", "render:status_code"):
        if page.metas.get(name, "").strip() in ("404", "410"):
            return Sign(ENOUGH, f"the page marks itself as missing: {name} {page.metas[name].strip()}")
    if "404" in page.markup or "not" in page.markup:
        marked = sorted(page.classes & markers().missing.classes)
        if marked:
            return Sign(2, f"the page marks itself as missing: `{marked[0]}`")
    return None


def _canonical(evidence: Evidence) -> Sign | None:
    page = evidence.page
    if page is None or not page.is_shorter(_SHORT_WORDS) or not page.canonical:
        return None
    try:
        place = urls.join(evidence.reached, page.canonical)
    except ValueError:
        return None
    words = path_words(place)
    if words and words[-1] in markers().missing.slugs and words[-1] not in path_words(evidence.asked):
        return Sign(2, f"the page gives {place.url} as its own address")
    if is_home(place) and not is_home(evidence.asked) and not is_home(evidence.reached):
        return Sign(1, f"the page gives the front page {place.url} as its own address")
    return None


def _other_kind(evidence: Evidence) -> Sign | None:
    name = evidence.asked.path.rpartition("/")[2]
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind in markers().missing.files:
        return Sign(1, f"a page comes in the place of the {kind} file")
    return None
