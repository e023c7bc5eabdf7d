"""Links from one local file to another: what a relative URL means where no site is known."""

import os
from pathlib import Path
from urllib.parse import unquote

_MARKDOWN = frozenset((".md", ".markdown", ".mdx", ".qmd", ".rmd"))


def neighbour(source: str, url: str, root: str | None) -> str | None:
    """The `file:` URL of the file that relative `url` names in the local file `source`; None when it names none.

    A Markdown file stands where it is; an HTML file may have been saved from a site, and is only taken for part of one
    where `root`, the site's folder, is given. What begins with a slash begins at the root.
    """
    written = unquote(url.partition("#")[0].partition("?")[0])
    is_markdown = Path(source).suffix.lower() in _MARKDOWN
    if not written or written.startswith("//") or "\0" in written or not (root or is_markdown):
        return None
    at_root = Path(root) if root else None
    folder = at_root if written.startswith("/") else Path(source).parent
    if folder is None or not Path(source).is_file():
        return None
    # Not resolved: a link is a matter of names, wherever they lead.
    return Path(os.path.abspath(folder / written.lstrip("/"))).as_uri()  # noqa: PTH100
