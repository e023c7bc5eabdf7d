"""Links within and between local files: what a relative URL means where no site is known."""

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from citecheck.extractor import faults, urls

_SOURCES = frozenset((".md", ".markdown", ".mdx", ".qmd", ".rmd", ".rst", ".adoc", ".asciidoc", ".ipynb"))
"""Of texts that are written where they stand."""


def is_relative(url: str) -> bool:
    """Whether the URL means something only on a page of its own."""
    return urls.scheme_of(url) is None and faults.fault(url) is None


def neighbours(source: str, relative: Iterable[str], root: str | None) -> dict[str, str]:
    """Of the relative URLs in the local file `source`, those that name files, with the `file:` URL of each.

    A Markdown file stands where it was written; an HTML file may have been saved from a site. It is taken for part of
    one where `root`, the site's folder, is given, or where one of its relative URLs names a file that is there. What
    begins with a slash begins at the root.
    """
    path = Path(source)
    if not path.is_file():
        return {}
    paths = {url: where for url in relative if (where := _path(path, url, root)) is not None}
    is_at_home = root is not None or path.suffix.lower() in _SOURCES
    if not is_at_home:
        own = os.path.abspath(path)  # noqa: PTH100
        is_at_home = any(os.path.isfile(each) for each in set(paths.values()) - {own})  # noqa: PTH113
    return {url: Path(where).as_uri() for url, where in paths.items()} if is_at_home else {}


def itself(source: str) -> str | None:
    """The `file:` URL of the local file `source`; None when it is none."""
    return Path(os.path.abspath(source)).as_uri() if Path(source).is_file() else None  # noqa: PTH100


def _path(source: Path, url: str, root: str | None) -> str | None:
    written = unquote(url.partition("#")[0].partition("?")[0])
    if not written or written.startswith("//") or "\0" in written:
        return None
    folder = (Path(root) if root else None) if written.startswith("/") else source.parent
    # Not resolved: a link is a matter of names, wherever they lead.
    return os.path.abspath(folder / written.lstrip("/")) if folder else None  # noqa: PTH100
