"""Pages whose headline reads like a notice, and whose text tells of the world, not of a page, nor to its reader."""

import re
from functools import cache

from citecheck.fetcher.markers import markers, missing_phrases
from citecheck.fetcher.page import Page
from citecheck.fetcher.signals.hints import has_word_for_loss, sought
from citecheck.fetcher.wording import FIRST_UNSPACED, any_of, between_borders, first_of, plain

_LEAST_WORDS = 6
_LABEL_WORDS = 3


def tells(page: Page) -> bool:
    """Whether there are sentences below the headline of a short page, and none is of the web or speaks to its reader.

    Nothing is known of scripts without blanks.
    """
    heads = plain(f"{page.title or ''} {' '.join(page.headings)}")
    labels = {plain(node.text()) for node in page.nodes("a")}
    lines = [line for line in map(plain, page.sentences) if line not in heads and line not in labels]
    lines = [line for line in lines if len(line.split()) > _LABEL_WORDS]
    text = " ".join(lines)
    if len(text.split()) < _LEAST_WORDS or max(text) >= FIRST_UNSPACED or any(map(_is_notice, lines)):
        return False
    return _web().search(text) is None


def is_of_the_web(line: str) -> bool:
    """Whether a line (made plain) has a word for a page or what guards it, or points to what is before the reader."""
    return line.startswith(_these()) or _web().search(line) is not None


def _is_notice(line: str) -> bool:
    words = (*markers().missing.helps, *markers().outage.promises)
    return (
        line.startswith(_these())
        or has_word_for_loss(line)
        or sought(line) is not None
        or first_of(words, line) is not None
    )


@cache
def _these() -> tuple[str, ...]:
    return tuple({f"{word} ": None for language in missing_phrases().language for word in language.this})


@cache
def _web() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(markers().story.web)})|{between_borders(markers().story.voices).pattern}")
