"""Names without a site: parked, for sale, expired or suspended."""

import re
from functools import cache

from citecheck.fetcher.evidence import Evidence, belongs_to
from citecheck.fetcher.markers import markers
from citecheck.fetcher.page import Page
from citecheck.fetcher.signals.hints import supposes
from citecheck.fetcher.signals.notices import pointing
from citecheck.fetcher.wording import any_of, first_of, goes_on, opens, plain
from citecheck.patterns import regex

_FEW_WORDS = 200
_VERY_FEW_WORDS = 80
_MANY_WORDS = 3
_LONGEST_MARKUP = 200_000
_LONGEST_TEXT = 4000
_NAME = regex(r"[“\"'«„]?(?<![\w@.])(?:[\w-]+\.){1,3}[a-zа-я]{2,13}(?![\w.])[”\"'»“]?")


def parked(evidence: Evidence) -> str | None:
    """What shows that the name is parked, in words, or None."""
    table, page, reached = markers().parking, evidence.page, evidence.reached
    if belongs_to(evidence.asked.host, table.hosts):
        return None
    if reached.host != evidence.asked.host:
        if belongs_to(reached.host, table.hosts):
            return f"leads to {reached.host}, where names are parked and sold"
        if reached.host.partition(".")[0] in table.labels and evidence.asked.host.partition(".")[0] not in table.labels:
            return f"leads to {reached.host}, as parked names do"
    path = reached.path.lower().lstrip("/")
    if evidence.is_redirected and any(path == each or path.startswith(f"{each}/") for each in table.paths):
        return f"leads to {reached.url}, as parked names do"
    if page is None or not page.is_html or not page.is_shorter(_FEW_WORDS):
        return None
    if len(page.markup) < _LONGEST_MARKUP:
        mark = first_of(table.markup, page.markup.lower())
        if mark:
            return f"the page is that of a parked name: it has `{mark}`"
    for source in page.sources:
        host = source.partition("//")[2].partition("/")[0].partition(":")[0].lower()
        if host and belongs_to(host, table.hosts):
            return f"the page is served by {host}, where names are parked"
    told = _told(evidence, page)
    return f"the page says so: “{told}”" if told else None


def _told(evidence: Evidence, page: Page) -> str | None:
    """What title, headings and text say; those of a page with more than a few words only of the name itself."""
    table, name = markers().parking, evidence.reached.host.removeprefix("www.")
    is_very_short = page.is_shorter(_VERY_FEW_WORDS)
    if not is_very_short and name not in evidence.words and not any(map(_NAME.search, evidence.titles)):
        return None
    if first_of(table.lands, evidence.words) and name not in evidence.words:
        return None  # what is for sale is of stone and grass
    topics = [line for line in evidence.titles if _is_topic(line)]
    sentences = tuple(plain(each) for each in page.sentences) if is_very_short else ()
    for line in (*evidence.titles, *sentences):
        if _is_aside(line) or any(line in topic for topic in topics):
            continue
        if name in line and line.partition(name)[2].strip(" |-–—:").startswith(table.after_name):
            return line
        named = _NAME.match(line) if is_very_short else None
        rest = line[named.end() :].strip(" |-–—:") if named else ""
        if rest in table.after_name or rest.startswith(_longer()):
            return line
        bare = _NAME.sub("", line).strip(" |-–—:") if is_very_short else line
        if bare != line and (not bare or bare in table.before_name):  # what has become of it is said below
            below = next((each for each in sentences if each.startswith(_longer())), None)
            offer = below or first_of(table.offers, evidence.words)
            if offer:
                return f"{line}: {offer}"
        told = _says(_nameless(line))
        if told:
            return told
    stopped = next((line for line in (*evidence.titles, *sentences) if _is_stopped(line)), None)
    if stopped and is_very_short and not any(stopped in line and not _is_stopped(line) for line in evidence.titles):
        return stopped
    words = evidence.words
    for aside in (*topics, *filter(_is_aside, sentences)):
        words = words.replace(aside, " ")
    told = _says(_nameless(words))
    return told if is_very_short or name in " ".join(evidence.titles) else None


def _is_aside(line: str) -> bool:
    """Whether a line only supposes something, but not that its reader is who should look after the site."""
    return supposes(line) and first_of(markers().parking.owners, line) is None


def _is_stopped(line: str) -> bool:
    """Whether a site or an account with a host has been stopped: the page's own, not somebody's it is about."""
    pointer = next(filter(line.startswith, pointing()), "")
    said = _stopping().match(line.removeprefix(pointer))
    return said is not None and opens(said.string, (said[0],), markers().parking.onward)


@cache
def _stopping() -> re.Pattern[str]:
    table = markers().parking
    return re.compile(
        rf"(?:{any_of(table.services)})(?: ?(?:{any_of(table.auxiliaries)}))*? ?(?:{any_of(table.stopped)})"
    )


def _is_topic(line: str) -> bool:
    """Whether a headline goes on behind the words: what follows a colon says what the page has to tell of it."""
    bare = _nameless(line)
    told = _says(bare)
    return told is not None and goes_on(bare, told)


def _says(text: str) -> str | None:
    """The words by which a text says it, or None."""
    found = _states().search(text[:_LONGEST_TEXT])
    return found[0] if found else None


@cache
def _longer() -> tuple[str, ...]:
    """What is said of parked names alone, whatever comes after it."""
    return tuple(each for each in markers().parking.after_name if len(each.split()) >= _MANY_WORDS)


@cache
def _states() -> re.Pattern[str]:
    """A domain and, a few words on, what has become of it; not in what a site of that name says behind a colon."""
    table = markers().parking
    subjects, words = any_of(table.subjects), any_of(table.words)
    states, absent = any_of((*table.states, *table.absent)), any_of(table.absent)
    gap = r"(?:(?:[^\w.!?:|]+\w+){0,5}?[^\w.!?]*|[^\x00-\u2fff]{0,8}?)"  # or in scripts without blanks
    letter = "[a-zà-ÿα-ωа-яё]"
    return re.compile(
        rf"(?<!{letter})(?:(?:{subjects}){gap}(?:{states})|(?:{absent}){gap}(?:{subjects})|(?:{words}))(?!{letter})"
    )


def _nameless(line: str) -> str:
    """Without names in between: "the domain harbour.example is for sale"."""
    return " ".join(_NAME.sub(" ", line).split())
