"""Soft 404s: a page is served, and what it says is that there is none."""

import re

from selectolax.lexbor import LexborNode

from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.markers import markers
from citecheck.fetcher.page import Page
from citecheck.fetcher.signals import closures, emptiness, shell, stories, works
from citecheck.fetcher.signals.hints import is_general, is_reported, regrets, sought, speaks_of_loss, supposes, wanted
from citecheck.fetcher.signals.notices import (
    exclaims,
    opens_with_cry,
    pointing,
    says_anything_is_missing,
    says_missing,
    says_this_is_missing,
)
from citecheck.fetcher.signals.traces import ENOUGH, SHORT_WORDS, Sign, traces_of
from citecheck.fetcher.wording import first_of, goes_on, is_about, plain, segments
from citecheck.patterns import regex

_VERY_SHORT_WORDS = 60
_NEXT_TO_NOTHING = 25
_A_FEW_WORDS = 10
_SHORT_FOR_SENTENCES = 120
_ARTICLE_WORDS = 80
_HEADLINE_WORDS = 3
_LINKS_OF_A_MENU = 3
_SEARCHES = "main input[type=search], main [role=search], section [role=search], .content input[type=search]"
_HOMES = "a[href='/'], a[href='./'], a[href='../']"
_TRAIL = "[class*=breadcrumb] a, [aria-label*=readcrumb] a"
"""Where a page's place in its site is shown, from the front page down."""
_AT = regex(r" (?:on|at|in|from|auf|bei|sur|en|su|em|op|på|na|в|на) $")
_DATA_ROWS = "tr:not(:has(tr)):has(td + td), tr:not(:has(tr)):has(th + td)"
_ROWS_OF_DATA = 3
"""A page laid out by a table has fewer that stand side by side."""
_CLAUSES = regex(r"[,;.!?…] ?|\s[–—-]\s")
_CODE = regex(r"(?:error |http |http error |status |code )*(?:404|410)(?: error)?|error")
_NUMBERS = frozenset(("404", "410"))
_CODE_FIRST = regex(r"(?:error |http )*(?:404|410)(?: error)?\s*[:–—|-]")
_ARTICLE = regex(r"\"@type\"\s*:\s*\[?\s*\"[A-Za-z]*(?:Article|BlogPosting|Report)\"")


def signs(evidence: Evidence) -> list[Sign]:
    """What speaks for it that the page is missing."""
    found, page = traces_of(evidence), evidence.page
    if page is None or (not found and not page.text and shell.is_hollow(page)):
        return found  # its script, if there is one, has yet to set the title too
    is_about_it = _is_about_it(evidence)
    told = _told(page, heeds_text=not is_about_it)
    is_short = page.is_shorter(SHORT_WORDS)
    if told and (works.is_named(page) or _is_headline_of_a_story(page, told)):
        told = []
    elif told and is_about_it:
        told = [Sign(1, told[0].words)] if page.is_shorter(_ARTICLE_WORDS) else []
    elif told and _is_article(page):
        told = [Sign(1, told[0].words)] if is_short else []
    elif not is_short and sum(sign.weight for sign in (*found, *told)) < 2:
        told = []  # a text of its own that happens to use the words
    elif told and is_short and works.may_be_one(page, [sign.headline for sign in told]):
        told = [Sign(2, told[0].words)]
    return found + told + ([] if is_about_it else closures.closed(evidence))


def _is_headline_of_a_story(page: Page, told: list[Sign]) -> bool:
    """Whether only a headline says it, of something that is not of the web, and the text has to do with neither."""
    heads = [sign.headline for sign in told]
    is_other = all(head and not (_CODE.fullmatch(head) or stories.is_of_the_web(head)) for head in heads)
    return is_other and stories.tells(page)


def _told(page: Page, *, heeds_text: bool) -> list[Sign]:
    """What title and heading say, and the text if it is heeded."""
    is_short = page.is_shorter(SHORT_WORDS)
    found = []
    title = plain(page.title or "")
    headings = [plain(heading) for heading in page.headings]
    heading = headings[0] if headings else ""
    in_heading = heading if _says(heading, page) and not is_general(heading) else ""
    # A headline that only contains the words is about something else, and the title repeats it.
    is_headline = (
        heading in title
        and not in_heading
        and len(heading.split()) >= _HEADLINE_WORDS
        and not _CODE.fullmatch(plain(title.replace(heading, "", 1)))
        and heading not in markers().outage.notices
        and not opens_with_cry(heading)
    )
    # So it is when a heading says that how, when or why will be told.
    code = _CODE_FIRST.match(heading)
    is_explained = bool(heading) and not in_heading and supposes(heading[code.end() :].lstrip() if code else heading)
    in_title = "" if is_headline else next((part for part in segments(page.title or "") if says_missing(part)), "")
    is_part = (
        bool(heading) and not in_heading and re.search(rf"\w ?{re.escape(in_title)}|{re.escape(in_title)} ?\w", heading)
    )
    if (is_explained or is_part or (in_title and not in_heading and goes_on(heading, in_title))) and (
        is_explained or not _CODE.fullmatch(in_title)
    ):
        in_title = ""
    if title in markers().missing.server_titles:
        found.append(Sign(ENOUGH, f"the title is that of a server with nothing set up: “{title}”"))
    elif in_title:
        is_code = _CODE.fullmatch(in_title) is not None
        is_echoed = any(in_title in each for each in headings)
        weight = 2 if is_code and is_short else 3 if is_short or (headings and not is_echoed and not is_code) else 1
        found.append(Sign(weight, f"the title says “{in_title}”", in_title))
    if in_heading:
        is_code = _CODE.fullmatch(in_heading) is not None
        weight = (2 if " " in in_heading else 1) if is_code else 3
        # In a long page it may be a headline; but that the title would repeat.
        weight = weight if is_short else 1 if heading in title else 2
        found.append(Sign(weight, f"the heading says “{in_heading}”", in_heading))
    elif code and not is_explained and page.is_bare(_VERY_SHORT_WORDS):
        found.append(Sign(2, f"the heading says “{heading}”", heading))
    elif says_anything_is_missing(heading) and page.is_bare(_VERY_SHORT_WORDS):
        support = _support(page, heading)
        if support or (heading not in title and says_this_is_missing(heading)):
            found += [Sign(2, f"the heading says “{heading}”", heading), *support]
    elif regrets(heading) and page.is_bare(_VERY_SHORT_WORDS):
        found.append(Sign(2 if heading in title else 3, f"the heading says “{heading}”", heading))
    if heeds_text and sum(sign.weight for sign in found) < ENOUGH and page.is_bare(_SHORT_FOR_SENTENCES):
        found += _in_sentences(page, is_headline=is_headline)
    return found


def _in_sentences(page: Page, *, is_headline: bool) -> list[Sign]:
    """What the sentences of a short page say; those of a very short one also in passing.

    Below a headline that is about something, `is_headline`, only what speaks of what the reader wanted.
    """
    is_very_short = page.is_bare(_VERY_SHORT_WORDS)
    said = [each for each in page.sentences if not is_reported(each)]
    words = f"{page.title or ''} {' '.join(page.headings)} {' '.join(said)}"
    told = wanted(plain(words)) if is_very_short else None
    if is_headline and not told:  # in whatever language: the number alone, and so in the title
        number = next((part for part in segments(page.title or "") if part in _NUMBERS and part in page.sentences), "")
        if number and is_very_short:
            return [Sign(2, f"title and page say “{number}”", number)]
        this = next((each for each in page.sentences if is_very_short and _is_pointed(plain(each))), None)
        return [Sign(2, f"the page says “{this}”")] if this else _of_itself(page)
    is_all = page.is_bare(_NEXT_TO_NOTHING)
    lines = [each for each in said if not is_general(plain(each))]
    if not page.is_bare(_A_FEW_WORDS) or not _NUMBERS.isdisjoint(segments(page.title or "")[1:]):
        lines = [each for each in lines if not _CODE.fullmatch(plain(each))]
    alone = {plain(line) for line in page.lines} if page.is_html else set(map(plain, lines))
    notices = ((each, line) for each in lines if says_missing(line := plain(each)))
    sentence = next((each for each, line in notices if line in alone or _has_subject(line)), None)
    if sentence and not _in_a_row(sentence, page):
        return [Sign(3 if is_very_short else 2, f"the page says “{sentence}”")]
    if not is_very_short:
        return []
    if is_all and all(len(each.split()) < _HEADLINE_WORDS or opens_with_cry(plain(each)) for each in page.headings):
        this = next((each for each in lines if _says_of_this(each)), None)
        if this and not _in_a_row(this, page):
            return [Sign(3, f"the page says “{this}”")]
    lost = next((each for each in said if speaks_of_loss(plain(each))), None)
    told = told or (sought(plain(lost)) if lost else None)
    helps = _helps(page)
    if not (told or (lost and helps)):
        return _of_itself(page)
    found = [Sign(2 if told else 1, f"the page says “{lost or told}”")]
    if lost and told:
        found.append(Sign(1, f"and speaks of “{told}”"))
    return found + helps


def _is_pointed(line: str) -> bool:
    """Whether it is a notice on "this page", not on the page of a book."""
    itself = emptiness.itself(line)
    return itself is not None and itself.startswith(pointing()) and says_missing(line)


def _of_itself(page: Page) -> list[Sign]:
    told = emptiness.of_itself(page)
    helps = _helps(page) if told and emptiness.itself(told) else []
    return [Sign(2, f"the page says nothing but “{told}”"), *helps] if told else []


def _has_subject(line: str) -> bool:
    """Whether a notice says what is missing: "nothing was found" among other sentences may speak of a wreck."""
    return speaks_of_loss(line) or says_this_is_missing(line) or sought(line) is not None


def _says_of_this(sentence: str) -> bool:
    """Whether a sentence says it of what is before its reader, or at its end: "by this time, that content is gone"."""
    line = plain(sentence)
    *_, end = _CLAUSES.split(sentence.rstrip(".!?… "))
    return says_this_is_missing(line) or regrets(line) or (says_missing(plain(end)) and not supposes(plain(end)))


def _in_a_row(sentence: str, page: Page) -> bool:
    """Whether it stands in one of several posts, or rows of a table, the others of which are there."""
    rows: dict[str, list[str]] = {}
    for node in page.nodes(", ".join(f"[class*={each}]" for each in markers().missing.posts)):
        rows.setdefault(node.attributes.get("class") or "", []).append(" ".join(node.text(separator=" ").split()))
    data = [" ".join(node.text(separator=" ").split()) for node in page.nodes(_DATA_ROWS)]
    if len(data) >= _ROWS_OF_DATA:
        rows["tr"] = data
    return any(
        any(sentence in row for row in group) and not all(sentence in row for row in group) for group in rows.values()
    )


def _support(page: Page, heading: str) -> list[Sign]:
    """What else, beside `heading`, a page says or offers to whoever has not found something, whatever that is."""
    lines = [line for line in map(plain, page.sentences) if line != heading]
    says = (line for line in lines if sought(line) or speaks_of_loss(line) or says_this_is_missing(line))
    told = next((sought(line) or line for line in says), None)
    return [*([Sign(1, f"and speaks of “{told}”")] if told else []), *_helps(page)]


def _helps(page: Page) -> list[Sign]:
    """What a page offers to a reader who has lost the way, in the midst of its text, not in a menu."""
    found = []
    if page.node(_TRAIL) is None and any(_offers(node, page) for node in page.nodes(_HOMES)):
        found.append(Sign(1, "and offers the way to the front page"))
    if any(page.is_own(node) for node in page.nodes(_SEARCHES)):
        found.append(Sign(1, "and offers to search"))
    cry = next((each for each in (page.title or "", *page.headings) if exclaims(plain(each))), None)
    if cry:
        found.append(Sign(1, f"and says “{cry}”"))
    return found


def _offers(link: LexborNode, page: Page) -> bool:
    """Whether a link to the front page stands in the text itself and says so: no menu's, nor the site's name."""
    is_alone = link.parent is not None and len(link.parent.css("a")) < _LINKS_OF_A_MENU
    words, table = plain(link.text()), markers().missing
    return is_alone and page.is_own(link) and (words in table.ways_home or first_of(table.helps, words) is not None)


def _says(heading: str, page: Page) -> bool:
    """Whether a heading says it, as "on" a site of some name, or one of its clauses beside cries or little text."""
    sites = [site for site in segments(page.title or "") if heading.endswith(f" {site}")]
    if says_missing(heading) or any(says_missing(_AT.sub("", heading.removesuffix(site))) for site in sites):
        return True
    clauses = [plain(clause) for clause in _CLAUSES.split(heading)[:4]]
    rest = [clause for clause in clauses if clause and not says_missing(clause)]
    is_sure = any(_has_subject(clause) for clause in clauses if clause not in rest)
    asides = [clause for clause in rest if exclaims(clause) or first_of(markers().missing.helps, clause)]
    return len(rest) < len(clauses) and ((is_sure and page.is_bare(_VERY_SHORT_WORDS)) or asides == rest)


def _is_about_it(evidence: Evidence) -> bool:
    """The address itself speaks of errors: then a page that does so is what it promises."""
    return is_about(evidence.asked.path, markers().missing.about)


def _is_article(page: Page) -> bool:
    """The page calls itself an article, and has the text for it."""
    if page.is_shorter(_ARTICLE_WORDS):
        return False
    return page.metas.get("og:type") == "article" or _ARTICLE.search(page.markup) is not None
