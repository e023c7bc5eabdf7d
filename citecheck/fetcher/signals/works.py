"""Songs, films, books and articles that are called what sites say of missing pages."""

import json
from collections.abc import Iterator, Sequence

from citecheck.fetcher.markers import markers
from citecheck.fetcher.page import Page
from citecheck.fetcher.signals.hints import sought, speaks_of_loss, wanted
from citecheck.fetcher.signals.notices import pointing, says_missing
from citecheck.fetcher.wording import first_of, plain
from citecheck.patterns import regex

_DATA = "script[type='application/ld+json']"
_NAMES = ("name", "headline", "alternateName")
_MOST_OBJECTS = 50
_TITLE_WORDS = 5
_TEXT_CHARS = 60
_TEXT_CHARS_BELOW_A_CODE = 30
_CRY = regex(r"[!,…]")
_CODE = regex(r"[\W\d_]*(?:error|fehler|erreur)?[\W\d_]*")


def is_named(page: Page) -> bool:
    """Whether the page is that of a work, by what it says to machines, and the work's own name reads like a notice."""
    names = [name for kinds, name in _things(page) if kinds and kinds.isdisjoint(markers().missing.frames)]
    if page.metas.get("og:type", "").lower().startswith(markers().missing.works):
        names.append(page.metas.get("og:title", ""))
    return any(_is_notice(name) for name in names)


def may_be_one(page: Page, headlines: Sequence[str | None]) -> bool:
    """Whether a page may be a work that only `headlines` make look like a notice: a text on other things is below them.

    None among them stands for what was said elsewhere.
    """
    if not all(headline and _is_title(headline) for headline in headlines):
        return False
    heads = plain(f"{page.title or ''} {' '.join(page.headings)}")
    lines = [line for line in map(plain, page.sentences) if line and line not in heads]
    if any(says_missing(line) or speaks_of_loss(line) or sought(line) for line in lines):
        return False
    text = " ".join(lines)
    if wanted(text) or first_of(markers().missing.helps, text):
        return False
    is_code = all(_CODE.fullmatch(headline or "") for headline in headlines)
    below = len(" ".join(page.core_words)) - len(" ".join(page.headings))
    return below >= (_TEXT_CHARS_BELOW_A_CODE if is_code else _TEXT_CHARS)


def _is_title(headline: str) -> bool:
    """Whether a work may be called so: in few words, that do not point to what is before the reader."""
    return (
        len(headline.split()) <= _TITLE_WORDS and _CRY.search(headline) is None and not headline.startswith(pointing())
    )


def _is_notice(name: str) -> bool:
    return says_missing(plain(name)) or (bool(name) and _CODE.fullmatch(plain(name)) is not None)


def _things(page: Page) -> Iterator[tuple[frozenset[str], str]]:
    """The types and the name of each thing that the page's data for machines describes."""
    todo: list[object] = []
    for node in page.nodes(_DATA):
        try:
            todo.append(json.loads(node.text()))
        except ValueError:
            continue
    for each in todo:  # which grows
        if isinstance(each, list):
            todo += each
        elif isinstance(each, dict):
            todo += [each[key] for key in ("@graph", "mainEntity") if key in each]
            kinds = each.get("@type")
            names = [name for key in _NAMES if isinstance(name := each.get(key), str)]
            for name in names:
                yield (
                    frozenset(str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind),
                    name,
                )
        if len(todo) > _MOST_OBJECTS:
            return
