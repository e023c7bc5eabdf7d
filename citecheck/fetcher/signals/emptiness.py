"""Pages that speak of nothing but themselves: whatever jest a notice makes of it, what was asked for is not there."""

import re
from functools import cache

from citecheck.fetcher.markers import markers
from citecheck.fetcher.page import Page
from citecheck.fetcher.signals.hints import has_word_for_loss, hints_at_loss, is_reported, supposes
from citecheck.fetcher.signals.notices import exclaims
from citecheck.fetcher.wording import between_borders, first_of, plain, segments
from citecheck.patterns import regex

_FEW_WORDS = 45
_NEXT_TO_NOTHING = 25
_TERSE_WORDS = 15
_LINE_WORDS = 5
_LINE_CHARS = 25
_THINGS = "a[href], img, form, input, video, iframe, main, article, h1, h2, h3"
_CONTENTS = "iframe, video, audio, canvas, object, pre, figure, dl, textarea, select"
_OF = r" (?:of|about|von|vom|über|du|des|sur|de|del|sobre|di|della|do|da|van|over|om|av|af|z|o|о|об|про|с)\b"
_CODE = regex(r"\W*(?:404|410|4\W{1,3}4|4 ?[0o] ?4)\W*(?:\w+\W*)?")
_WAYS_BACK = (
    "[onclick*='history.back'], a[href*='history.back'], a[href='/'], a[href='./'], a[href='../'], "
    "a[href='/index.html'], a[href='index.html']"
)


def of_itself(page: Page) -> str | None:
    """The line that speaks of the page where all others do so too, or lead away from it, or are cries; else None.

    The headline may be about anything. What is to come, or has moved, is spoken of like that as well.
    """
    table, names = markers().missing, segments(page.title or "")
    if not page.is_bare(_FEW_WORDS) or first_of(table.unready, plain(" ".join((page.title or "", *page.sentences)))):
        return None
    if any(heading.endswith("?") and itself(plain(heading)) for heading in page.headings):
        return None  # a riddle
    if any(map(is_reported, page.sentences)):
        return None
    heads = [plain(heading) for heading in page.headings]
    links = {word for node in page.nodes("a[href], button") for word in plain(node.text()).split()}
    lines = [line for line in map(plain, page.sentences) if line not in names and not line.startswith("©")]
    lines = [line for line in lines if not links.issuperset(line.split())]
    cries = [line for line in (*lines, *heads, *names) if exclaims(line) or _CODE.fullmatch(line)]
    lines = [line for line in lines if line not in cries]
    leads = [line for line in lines if line in table.ways_home or first_of(table.helps, line)]
    lines = [line for line in lines if line not in leads]
    hints = [line for line in lines if hints_at_loss(line)]
    if lines == hints and page.is_bare(_NEXT_TO_NOTHING) and not any(head in names for head in heads):
        return lines[0] if lines else None
    told = [line for line in lines if itself(line) and not supposes(line)]
    rest = [line for line in lines if line not in (*told, *hints) and not any(line in head for head in heads)]
    rest = [line for line in rest if not (_is_furniture(line) or supposes(line))]
    is_lost = bool(hints or cries) or any(page.is_own(node) for node in page.nodes(_WAYS_BACK))
    if told and is_lost and not rest and page.node(_CONTENTS) is None and not any(map(supposes, heads)):
        return told[0]
    return next(filter(has_word_for_loss, lines[:1]), None) if _is_terse(page) else None


def _is_furniture(line: str) -> bool:
    """Whether it is a site's name, or the likes of a menu."""
    return (len(line.split()) < _LINE_WORDS and (line.isascii() or len(line) < _LINE_CHARS)) or " · " in line


def itself(line: str) -> str | None:
    """The words by which a line (made plain) speaks of the page or of its address, or None."""
    found = _itself().search(line)
    return found[0] if found else None


def _is_terse(page: Page) -> bool:
    """Whether it is a line or two that a program has written, without a way on."""
    return len(page.text.split()) <= _TERSE_WORDS and page.node(_THINGS) is None


@cache
def _itself() -> re.Pattern[str]:
    """Not "the page of a log", which is another."""
    return re.compile(rf"(?:{between_borders(markers().missing.itself).pattern})(?!{_OF})")
