"""Walls against programs: the page is there, and only a browser with a person before it is let in."""

import re
from functools import cache

from citecheck.fetcher.evidence import Evidence, belongs_to, is_error_slug, path_words
from citecheck.fetcher.markers import WallMarkers, markers
from citecheck.fetcher.signals import stories
from citecheck.fetcher.signals.hints import supposes
from citecheck.fetcher.wording import first_of, goes_on
from citecheck.model import Exchange

_REFUSALS = frozenset((202, 401, 403, 405, 406, 418, 429, 436, 456, 498, 503, 999))
"""Answers by which walls turn away; 202 is AWS's."""
_KNOWN_HOSTS_REFUSE = frozenset((400, 401, 403, 406, 429, 999))
_NEXT_TO_NOTHING = 40
_DOUBT_CHARS = 2000


def certain(exchange: Exchange) -> str | None:
    """The wall that names itself in the head of the answer, in words, or None."""
    if exchange.http_status == 999:
        return "the server answers 999, which stands for a request denied to programs"
    if _named().isdisjoint(exchange.fields):
        return None
    for wall in markers().wall:
        line = next((each for each in wall.headers if _has(exchange, each)), None)
        if line:
            return f"{wall.name} wants to see a browser: `{line.partition(': ')[0]}` in its answer"
    return None


def _has(exchange: Exchange, line: str) -> bool:
    """Whether the answer has a header of that name, with that in its value."""
    name, _, part = line.partition(": ")
    return any(key.lower() == name and part in value.lower() for key, value in exchange.headers)


@cache
def _named() -> frozenset[str]:
    """The names of the headers that give walls away."""
    return frozenset(line.partition(": ")[0] for wall in markers().wall for line in wall.headers)


def seen(evidence: Evidence) -> str | None:
    """The wall that this visit ended at, in words, or None."""
    last = evidence.last
    status = last.http_status or 0
    known = certain(last)
    if known and not (last.http_status == 404 and evidence.page and not evidence.is_short):
        return known
    if status in _KNOWN_HOSTS_REFUSE and belongs_to(evidence.reached.host, markers().gate.hosts):
        return f"{evidence.reached.host} turns programs away, whatever the page is"
    is_refusal = status in _REFUSALS
    if not (is_refusal or 200 <= status < 300):
        return None
    if status == 202 and not last.body:
        return "the server accepts the request (202) and shows nothing, as walls do"
    return _on_page(evidence, is_refusal=is_refusal)


def limited(evidence: Evidence) -> str | None:
    """What says on a bare page, whatever its status, that its reader asks too often, or None."""
    page = evidence.page
    told = first_of(markers().gate.rates, evidence.words)
    is_topic = page is None or not page.is_shorter(_NEXT_TO_NOTHING) or stories.tells(page)
    return f"the site lets nobody ask so often: “{told}”" if told and not is_topic else None


def _on_page(evidence: Evidence, *, is_refusal: bool) -> str | None:
    gate = markers().gate
    page = evidence.page
    if page is None or not (is_refusal or evidence.is_short):
        return None
    title = next((each for each in evidence.titles if each in gate.titles), None)
    if title and not is_refusal and any(goes_on(line, title) for line in evidence.titles):
        title = None  # they tell of one
    words = _check(evidence.words)
    markup = page.markup.lower() if len(page.markup) < 400_000 else ""
    wall = _vendor(evidence, markup)
    sure = next((each for each in markers().wall if first_of(each.challenge, markup)), None) if markup else None
    if sure:
        return f"a wall of {sure.name} stands before the page{_quoted(title or words)}"
    is_bare = page.is_shorter(_NEXT_TO_NOTHING)
    if wall and (is_refusal or title or words or (is_bare and _is_challenge(evidence))):
        return f"a wall of {wall.name} stands before the page{_quoted(title or words)}"
    if title and (
        is_refusal
        or _check(evidence.words.replace(title, " "))
        or (is_bare and (page.scripts or page.sources or page.node("input")) and not stories.tells(page))
    ):
        return f"a check for robots stands before the page{_quoted(title)}"
    if words and (is_refusal or ((is_bare or _leads_to_gate(evidence)) and not _is_topic(evidence, words))):
        return f"a check for robots stands before the page{_quoted(words)}"
    if _leads_to_gate(evidence) and evidence.is_short:
        return f"redirects to a check for robots, {evidence.reached.url}"
    if is_bare and _reloads_with_cookie(evidence):
        return "the page is a script that sets a cookie and asks again, as walls do"
    return None


def _is_topic(evidence: Evidence, words: str) -> bool:
    """Whether a page that has nothing to check with only speaks of it, as its title says or so vague a word does."""
    page = evidence.page
    has_means = page and (page.scripts or page.sources or any(map(page.is_own, page.nodes("input, button"))))
    gate = markers().gate
    is_vague = words in gate.vague and (" " not in words or first_of(gate.verifying, evidence.words) is None)
    if page is not None and any(words in line for line in evidence.titles) and stories.tells(page):
        return True
    return not has_means and (is_vague or any(goes_on(line, words) or supposes(line) for line in evidence.titles))


def _check(text: str) -> str | None:
    """What says that its reader is checked or kept out, or None."""
    return first_of(markers().gate.words, text) or _doubt(text[:_DOUBT_CHARS])


def _doubt(text: str) -> str | None:
    """What says that its reader may be no person, or None."""
    found = _doubts().search(text)
    return found[0].strip() if found else None


@cache
def _doubts() -> re.Pattern[str]:
    gate = markers().gate
    verifying, humans, denials, machines = map(_any, (gate.verifying, gate.humans, gate.denials, gate.machines))
    near, far = r"(?:[^\w.!?]+\w+){0,3}?[^\w.!?]*", r"(?:[^\w.!?]+\w+){0,7}?[^\w.!?]*"
    return re.compile(
        rf"(?<!\w)(?:{denials}){near}(?<!\w)(?:{machines})(?!\w)"
        rf"|(?:{verifying})\w{{0,12}}{far}(?<![a-zа-я])(?:{humans})(?![a-zа-я])"
        rf"|(?<![a-zа-я])(?:{humans})(?![a-zа-я])\w{{0,12}}?{far}(?:{verifying})"
    )


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


def _vendor(evidence: Evidence, markup: str) -> WallMarkers | None:
    """Whose wall it is, by the page, the head of the answer or the cookies."""
    for wall in markers().wall:
        if wall.markup and first_of(wall.markup, markup):
            return wall
        if any(_has(evidence.last, line) for line in wall.guards):
            return wall
    names = [value.strip().lower() for key, value in evidence.last.headers if key.lower() == "set-cookie"]
    for wall in markers().wall:
        if any(name.startswith(cookie) for name in names for cookie in wall.cookies):
            return wall
    return None


def _is_challenge(evidence: Evidence) -> bool:
    """Nothing to read, and a script or a frame that has yet to decide."""
    page = evidence.page
    return page is not None and not page.headings and bool(page.scripts or page.sources) and len(page.text.split()) < 25


def _leads_to_gate(evidence: Evidence) -> bool:
    words = path_words(evidence.reached)
    if not (evidence.is_redirected and words) or is_error_slug(words[-1]):
        return False
    return any(word in markers().gate.paths for word in (words[0], words[-1]))


def _reloads_with_cookie(evidence: Evidence) -> bool:
    scripts = " ".join(evidence.page.scripts).replace(" ", "") if evidence.page else ""
    return "document.cookie=" in scripts and (
        "location.reload" in scripts or "location=" in scripts or "location.href=" in scripts
    )


def _quoted(words: str | None) -> str:
    return f": “{words}”" if words else ""
