"""Every URL of a text, whatever carries it, with its place: what `citecheck links` lists and `check` checks."""

from citecheck.extractor.inventory.carried import Carried, Inventory
from citecheck.model import Source

HTML, MARKDOWN, CSS = "text/html", "text/markdown", "text/css"
MEDIA = frozenset({HTML, MARKDOWN, CSS, "application/xhtml+xml"})
"""The media types that have an inventory; the URLs of others are found by their readers."""


def take(source: Source) -> tuple[str, Inventory, tuple[str, ...]]:
    """The text of a source, its URLs, and notes on what had to be guessed or replaced. Its media is one of MEDIA."""
    # Each format's libraries load with its first source.
    from citecheck.extractor.readers import encodings

    if source.media == MARKDOWN:
        from citecheck.extractor.inventory import markdown

        text, notes = encodings.decode(source.data, source.encoding)
        return text, markdown.inventory(text), notes
    if source.media == CSS:
        from citecheck.extractor.inventory import css

        text, notes = encodings.decode(source.data, source.encoding)
        return text, Inventory([Carried(each.offset, each.url, "css") for each in css.references(text)]), notes
    from citecheck.extractor.inventory import html

    text, notes = encodings.decode(source.data, source.encoding or encodings.declared_in(source.data))
    return text, html.inventory(text), notes
