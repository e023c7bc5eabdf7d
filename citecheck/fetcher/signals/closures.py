"""Services that have closed for good, and say so wherever one comes to them."""

import re
from functools import cache

from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.markers import markers
from citecheck.fetcher.page import Page
from citecheck.fetcher.signals.hints import has_word_for_loss, is_general, supposes
from citecheck.fetcher.signals.notices import pointing
from citecheck.fetcher.signals.traces import ENOUGH, Sign
from citecheck.fetcher.wording import any_of, between_borders, first_of, plain, segments
from citecheck.patterns import regex

_FEW_WORDS = 90
_HEADLINE_WORDS = 3
_DATE = regex(r" (?:zum|am|seit dem|op|den|per|dne|a) \d{1,2}\.?(?: [^\W\d]+)?(?: \d{4})?(?= \w)")
"""As some languages set it before what has happened then."""


def closed(evidence: Evidence) -> list[Sign]:
    """What says so: of the site itself, or of what has a name, to those who knew it."""
    page, table = evidence.page, markers().closure
    if page is None or not page.is_bare(_FEW_WORDS):
        return []
    said = dict.fromkeys((*segments(page.title or ""), *map(plain, (*page.headings, *page.sentences))))
    lines = [line for line in said if not (supposes(line) or is_general(line))]
    own = next((line for line in lines if _own().search(line) or _own().search(_DATE.sub("", line))), None)
    if own:
        return [Sign(ENOUGH, f"the page says that the site has closed: “{own}”")]
    told = {line: found for line in lines if (found := _closing().search(line))}
    heads = [line for line in told if _heads(line, page)]
    site = plain(page.site or "")
    if not heads or (site and not any(site in line or line.startswith(pointing()) for line in (*heads, *told))):
        return []  # or one site's news of another
    words = f" {plain(' '.join(page.core_words))} "
    is_farewell = first_of(table.voices, words) is not None
    others = [line for line in lines if line not in heads[0] and heads[0] not in line]
    is_more = any(line in told or has_word_for_loss(line) for line in others) or not set(others) - set(evidence.titles)
    weight = 2 * is_farewell + is_more
    if any(_names_site(told[line].string[: told[line].start()], evidence, is_sure=weight > 0) for line in heads):
        weight = ENOUGH
    return [Sign(weight, f"the page says that something has closed: “{heads[0]}”")] if weight else []


def _heads(line: str, page: Page) -> bool:
    """Whether a line stands at the head of the page, below a word of thanks or farewell there, or below no headline."""
    headings = [*map(plain, page.headings)]
    if page.node("h1") is None and all(len(heading.split()) < _HEADLINE_WORDS for heading in headings):
        return True
    return any(
        line in head or head.startswith(markers().closure.voices) for head in (plain(page.title or ""), *headings)
    )


def _names_site(words: str, evidence: Evidence, *, is_sure: bool) -> bool:
    """Whether `words` are what the site is called: by its host, or by the end of its title if there is more to that.

    What is all of the title may be what the page is about; it is taken for the site's name when that `is_sure`.
    """
    name = words.strip(" ,:–—-").partition(".")[0]
    names = segments(evidence.page.title or "") if evidence.page else ()
    is_named = any(f" {name}".endswith(f" {each}") for each in names[-1:]) and (len(names) > 1 or is_sure)
    return bool(name) and (is_named or name.replace(" ", "") in evidence.reached.host.split("."))


@cache
def _closing() -> re.Pattern[str]:
    """What has become of it, and nothing behind it that is the thing that has been closed."""
    table = markers().closure
    onward = rf"\s*(?:$|[^\w\s]|\d|(?:{any_of(table.onward)})\b)|[^\x00-\u2fff]"
    return re.compile(rf"(?:{between_borders(table.states).pattern})(?={onward})")


@cache
def _own() -> re.Pattern[str]:
    table = markers().closure
    subjects, shut = between_borders(table.subjects).pattern, between_borders(table.shut).pattern
    later = r"\b(?:will|wird|sera|será|sarà)\b"
    place = r"\b(?:in|at|am|im|en|à|au|em|op|på|i|на|в)\b"  # a shop with a door
    return re.compile(rf"(?:{subjects})(?:(?!{later}|{place})[^.!?:]){{0,30}}?(?:{_closing().pattern}|(?:{shut})$)")
