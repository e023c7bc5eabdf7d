"""Logins and consent pages in the place of what was asked for."""

from contextlib import suppress
from functools import cache
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from citecheck.fetcher import urls
from citecheck.fetcher.evidence import Evidence, path_words
from citecheck.fetcher.markers import markers
from citecheck.fetcher.page import Page
from citecheck.fetcher.urls import Place
from citecheck.fetcher.wording import first_of, opens, plain, segments

_DEEP_PATH_CHARS = 4
_BARE_WORDS = 60
_FEW_WORDS = 40
_VERY_FEW_WORDS = 15
_HEADLINE_WORDS = 3
_LABEL_WORDS = 4
_ENTRIES = "main input, form[method=post] input, form[action*=login] input, input[name*=user], input[name*=login]"
_WAYS_IN = "a[href], form[action], button, input[type=password], input[type=submit]"
_BUTTONS = "button, a, input[type=submit], input[type=button], [role=button]"


def login(evidence: Evidence) -> str | None:
    """The login that the visit ended at, in words, or None. A link that is to a login itself ends at its page."""
    table = markers().login
    if _words(evidence.asked) & (table.words - table.vague):
        return None
    asks = evidence.page is not None and evidence.page.asks_password
    title = next((each for each in evidence.titles if each in table.titles), None)
    if evidence.is_redirected:
        found = _words(evidence.reached) & table.words
        if found and (found - table.vague or asks or title or _carries(evidence)):
            return f"redirects to a login, {evidence.reached.url}"
        if asks and (title or evidence.is_short or _carries(evidence)):
            return f"redirects to a page that asks for a password, {evidence.reached.url}"
    if not evidence.is_short:
        return None
    if title and asks:
        return f"a login stands in the place of the page: “{title}”"
    demand = _demand(evidence.page, evidence.reached) if evidence.page else None
    if demand:
        return f"a login stands in the place of the page: “{demand}”"
    if (
        asks
        and evidence.page
        and evidence.page.is_bare(_VERY_FEW_WORDS)
        and _has_way_in(evidence.page, evidence.reached)
    ):
        return "a page that has little but a password's field stands in the place of the page"
    if asks and evidence.page and evidence.page.is_bare(_BARE_WORDS):
        lines = [each.replace("-", " ") for each in (*evidence.titles, evidence.words)]
        told = next(filter(None, (first_of(_titles(), each) for each in lines)), None)
        if told and (" " in told or any(told in each for each in lines[:-1])):
            return f"a login stands in the place of the page: “{told}”"
    return None


@cache
def _titles() -> tuple[str, ...]:
    return tuple(sorted(markers().login.titles))


def consent(evidence: Evidence) -> str | None:
    """The consent page that the visit ended at, in words, or None."""
    table = markers().consent
    if _words(evidence.asked) & table.words:
        return None
    title = next((each for each in evidence.titles if each in table.titles), None)
    if evidence.is_redirected and _words(evidence.reached) & table.words and (title or evidence.is_short):
        return f"redirects to a page that asks for consent, {evidence.reached.url}"
    if evidence.is_redirected and title and (evidence.is_short or _carries(evidence)):
        return f"redirects to a page that asks for consent: “{title}”"
    title = title if title and " " in title and _has_choice(evidence, title) else _asks_consent(evidence)
    if title and evidence.is_short:
        return f"a question for consent stands in the place of the page: “{title}”"
    return None


def _has_choice(evidence: Evidence, title: str) -> bool:
    """Whether there is a button to consent, or at least more words on it than the title."""
    page, table = evidence.page, markers().consent
    if page is None:
        return False
    words = plain(" ".join(page.core_words)).replace(title, " ")
    return _accepts(page) or not table.buttons.isdisjoint(words.split()) or first_of(table.subjects, words) is not None


def _accepts(page: Page) -> bool:
    return any(plain(_label(node)) in markers().consent.buttons for node in page.nodes(_BUTTONS))


def _asks_consent(evidence: Evidence) -> str | None:
    """The title or heading of a page about nothing but consent, or None."""
    page, table = evidence.page, markers().consent
    if page is None or not evidence.is_short:
        return None
    if not _accepts(page):
        return None
    first = plain(page.headings[0]) if page.headings else plain(page.title or "")
    if first_of(table.about, first):
        return None
    if first_of(table.subjects, first):
        return first
    labels = {plain(_label(node)) for node in page.nodes(_BUTTONS)}
    lines = [line for line in map(plain, page.sentences) if line not in (*labels, *evidence.titles)]
    asking = [line for line in lines if first_of(table.subjects, line)]
    others = [line for line in lines if line not in asking and len(line.split()) > _LABEL_WORDS]
    return asking[0] if asking and not others else None


def _demand(page: Page, here: Place) -> str | None:
    """The line that wants its reader logged in, of a page that has little else to say, or None."""
    lines = [*segments(page.title or ""), *map(plain, page.headings)]
    headline = lines[-1] if page.headings and len(lines[-1].split()) >= _HEADLINE_WORDS else ""
    demands, titles, onward = markers().login.demands, markers().login.titles, markers().login.onward
    is_headline = headline in lines[0] and not opens(headline, demands, onward) if headline else False
    if is_headline or not page.is_bare(_FEW_WORDS):
        return None
    wanting = (line for line in (*lines, *map(plain, page.sentences)) if line.startswith(demands))
    told = next((line for line in wanting if opens(line, demands, onward) or _has_way_in(page, here)), None)
    if told or page.node(_ENTRIES) is None:
        return told
    return next((line for line in lines if line in titles), None) if page.is_bare(_VERY_FEW_WORDS) else None


def _has_way_in(page: Page, here: Place) -> bool:
    """Whether the page itself, not its menu, leads to a login or has its fields."""
    table = markers().login
    for node in filter(page.is_own, page.nodes(_WAYS_IN)):
        if node.attributes.get("type") == "password" or plain(_label(node)) in table.titles:
            return True
        with suppress(ValueError):  # no address of the web
            if (
                _words(urls.join(here, node.attributes.get("href") or node.attributes.get("action") or ""))
                & table.words
            ):
                return True
    return False


def _label(node: LexborNode) -> str:
    return node.text() or node.attributes.get("value") or ""


def _words(place: Place) -> set[str]:
    labels = place.host.split(".")
    return {*path_words(place), *labels[:-2], *(label for label in labels[:1] if len(labels) == 2)}


def _carries(evidence: Evidence) -> bool:
    """Whether the address reached has the one that was asked for in its query, to come back to."""
    path = unquote(evidence.asked.path).rstrip("/")
    query = unquote(unquote(evidence.reached.query))
    return len(path) >= _DEEP_PATH_CHARS and path in query
