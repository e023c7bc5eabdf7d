"""What speaks for a missing page beside its words: where the address led, and how the page is marked."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from citecheck.fetcher import urls
from citecheck.fetcher.evidence import Evidence, is_error_slug, path_words
from citecheck.fetcher.markers import markers
from citecheck.fetcher.page import Page
from citecheck.fetcher.signals.home import is_home
from citecheck.fetcher.wording import plain, segments
from citecheck.patterns import regex

ENOUGH = 3
"""The weight at which the signs speak for themselves."""
SHORT_WORDS = 300
"""A page of fewer may be nothing but a notice."""
_LIST_LINKS = 5
_LONG_WORD = 4
_LEAST_STORIES = 6
_HEADLINE_WORDS = 3
_GREETING_WORDS = 4
_STATE = regex(r"[\"']?status(?:_?code)?[\"']?\s*:\s*[\"']?(?:404|410)\b|\"page\":\"/(?:404|_error)\"", re.IGNORECASE)
"""What frameworks leave in a page for their own scripts."""


class Sign(NamedTuple):
    """Something that speaks for a missing page: how loudly, and in words."""

    weight: int
    words: str
    headline: str | None = None
    """The title or heading that it stands in."""


def traces_of(evidence: Evidence) -> list[Sign]:
    """Those of the address, and of the page's machinery where it is HTML."""
    found = [_slug(evidence), _upwards(evidence)]
    if evidence.page and evidence.page.is_html:
        found += [_machinery(evidence), _canonical(evidence), _front(evidence), _other_kind(evidence)]
    return [sign for sign in found if sign]


def _slug(evidence: Evidence) -> Sign | None:
    words, asked = path_words(evidence.reached), path_words(evidence.asked)
    if evidence.is_redirected and words and is_error_slug(words[-1]) and words[-1] not in asked:
        return Sign(ENOUGH, f"redirects to an error page, {evidence.reached.url}")
    query = {word for part in evidence.reached.query.lower().split("&") for word in part.split("=")}
    if evidence.is_redirected and not evidence.asked.query and query & markers().missing.queries:
        return Sign(ENOUGH, f"redirects to an error page, {evidence.reached.url}")
    return None


def _upwards(evidence: Evidence) -> Sign | None:
    """A deep link ends above itself, at a search or at a list: perhaps all lost links of the site do."""
    if not evidence.is_redirected:
        return None
    asked, reached = path_words(evidence.asked), path_words(evidence.reached)
    if 0 < len(reached) < len(asked) and reached == asked[: len(reached)] and not is_home(evidence.reached):
        return Sign(1, f"redirects to a page above it, {evidence.reached.url}")
    if reached and reached[0] in markers().missing.searches and asked[:1] != reached[:1]:
        return Sign(1, f"redirects to a search, {evidence.reached.url}")
    is_elsewhere = 0 < len(reached) < len(asked) and not set(reached) & set(asked)
    if is_elsewhere and _is_list(evidence.page) and not _is_as_promised(evidence):
        return Sign(1, f"redirects to a list of pages, {evidence.reached.url}")
    return None


def _is_as_promised(evidence: Evidence) -> bool:
    """Whether title or headings have most of the words that the address asked for ends in."""
    words = [
        word for word in re.split(r"[\W\d_]+", (path_words(evidence.asked) or [""])[-1]) if len(word) >= _LONG_WORD
    ]
    found = [word for word in words if any(word in title for title in evidence.titles)]
    return len(found) >= 2 and len(found) * 2 > len(words)


def _is_list(page: Page | None) -> bool:
    """Whether most of the page's words are links."""
    if page is None or len(page.nodes("a[href]")) < _LIST_LINKS:
        return False
    return len(page.text.split()) > 2 * len(page.core_words)


def _machinery(evidence: Evidence) -> Sign | None:
    page = evidence.page
    if page is None:
        return None
    for name in ("prerender-status-code", "http-status", "status", "render:status_code"):
        if page.metas.get(name, "").strip() in ("404", "410"):
            return Sign(ENOUGH, f"the page marks itself as missing: {name} {page.metas[name].strip()}")
    if ("404" in page.markup or "_error" in page.markup) and page.is_shorter(SHORT_WORDS):
        told = next((found[0] for script in page.scripts if (found := _STATE.search(script))), None)
        if told:
            return Sign(2, f"the page marks itself as missing: `{told}`")
    if "404" in page.markup or "not" in page.markup:
        marked = sorted(page.classes & markers().missing.classes)
        if marked:
            return Sign(2, f"the page marks itself as missing: `{marked[0]}`")
    return None


def _canonical(evidence: Evidence) -> Sign | None:
    page = evidence.page
    if page is None or not page.is_shorter(SHORT_WORDS) or not page.canonical:
        return None
    try:
        place = urls.join(evidence.reached, page.canonical)
    except ValueError:
        return None
    words = path_words(place)
    if words and is_error_slug(words[-1]) and words[-1] not in path_words(evidence.asked):
        return Sign(2, f"the page gives {place.url} as its own address")
    is_front = is_home(place) and not place.query  # `/?p=12` is a page of a common blog software
    if is_front and not is_home(evidence.asked) and not is_home(evidence.reached):
        return Sign(1, f"the page gives the front page {place.url} as its own address")
    return None


def _front(evidence: Evidence) -> Sign | None:
    """A list of links that has no other name than the site's: its front page, under the address of another."""
    page = evidence.page
    site = plain(page.site or "") if page else ""
    if (
        page is None
        or not (site and page.is_shorter(SHORT_WORDS))
        or is_home(evidence.asked)
        or is_home(evidence.reached)
    ):
        return None
    names = segments(page.title or "")
    headings = page.headings if page.node("h1") else ()
    is_named = site in names[:2] or (site in names and names[1] in markers().home.names)
    is_named = is_named and all(_greets(plain(heading), site, names) for heading in headings)
    stories = {node.attributes.get("href") for node in page.nodes("a[href]") if page.is_own(node) and _is_story(node)}
    if not (is_named and len(stories) >= _LEAST_STORIES):
        return None
    return Sign(1, "the page is named like the site and lists what others have to say")


def _greets(heading: str, site: str, names: tuple[str, ...]) -> bool:
    """Whether it is the site's name, or has little else: "welcome to Holm"."""
    words = heading.split()
    return heading in names or (len(words) <= _GREETING_WORDS and site.split()[0] in words)


def _is_story(link: LexborNode) -> bool:
    return len(link.text().split()) >= _HEADLINE_WORDS


def _other_kind(evidence: Evidence) -> Sign | None:
    name = evidence.asked.path.rpartition("/")[2]
    kind = name.rpartition(".")[2].lower() if "." in name else ""
    if kind in markers().missing.files:
        return Sign(1, f"a page comes in the place of the {kind} file")
    return None
