"""Every URL of a text, whatever carries it, with its place: what `citecheck links` lists and `check` checks."""

from itertools import islice

from msgspec.structs import replace

from citecheck.extractor import encodings
from citecheck.extractor.inventory.carried import Carried, Inventory
from citecheck.model import Source
from citecheck.settings import LimitSettings

HTML, MARKDOWN, CSS = "text/html", "text/markdown", "text/css"
MEDIA = frozenset({HTML, MARKDOWN, CSS, "application/xhtml+xml"})
"""The media types that have an inventory of their own; the URLs of others are found by their readers."""

_WORDED = frozenset({"a", "area"})
"""Origins of links that have words."""


def take(source: Source, limits: LimitSettings) -> tuple[str, Inventory, tuple[str, ...]]:
    """The text of a source, its URLs, and notes on what had to be guessed or replaced, or was too much.

    Of a text whose media is none of MEDIA the URLs are those that stand in it as they are.
    """
    text, found, notes = _taken(source, limits.links)
    if len(found.carried) > limits.links:
        found = replace(found, carried=found.carried[: limits.links])
        notes += (f"of its links the first {limits.links} were read (limits.links)",)
    return text, found, (*source.notes, *notes)


def words(text: str, carried: Carried) -> str:
    """The words of a link of `text`; nothing for what has none."""
    if carried.text or carried.tag_end < 0 or carried.origin not in _WORDED:
        return carried.text
    from citecheck.extractor.inventory import html

    return html.words(text, carried.tag_end)


def _taken(source: Source, most: int) -> tuple[str, Inventory, tuple[str, ...]]:
    is_html = source.media in MEDIA - {MARKDOWN, CSS}
    declared = source.encoding or (encodings.declared_in(source.data) if is_html else None)
    text, notes = encodings.decode(source.data, declared)
    if is_html:  # each format's libraries load with its first source
        from citecheck.extractor.inventory import html

        return text, html.inventory(text, most), notes
    if source.media == MARKDOWN:
        from citecheck.extractor.inventory import markdown

        return text, markdown.inventory(text, most), notes
    if source.media == CSS:
        from citecheck.extractor.inventory import css

        found = (Carried(each.offset, each.url, "css") for each in css.references(text))
    else:
        from citecheck.extractor import urls

        found = (Carried(each.start, each.url, "bare", stands_for=each.stands_for) for each in urls.find(text))
    return text, Inventory(list(islice(found, most + 1))), notes
