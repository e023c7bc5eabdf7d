"""Links to local files: whether the file is there, and the places within it."""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from citecheck.fetcher.fragments import places, slug
from citecheck.fetcher.page import Page
from citecheck.model import Certainty, Reason, Status, Target, Verdict

_INDEX = ("index.html", "index.htm", "index.md", "README.md", "readme.md", "_index.md")
_SOURCES = (".md", ".markdown", ".mdx", ".html", ".htm")
_MARKDOWN = frozenset((".md", ".markdown", ".mdx", ".qmd", ".rmd"))
_HTML = frozenset((".html", ".htm", ".xhtml"))
_MOST_BYTES = 16 * 1024 * 1024
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1[`~]*\s*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$|^ {0,3}(\S.*)\n {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_OWN_ID = re.compile(r"\s*\{#([^}\s]+)[^}]*\}\s*$")
_INLINE = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[`*]|<[^>]+>")
_ANCHOR = re.compile(r"<[a-z][^>]*?\s(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


def is_file(url: str) -> bool:
    return url.startswith("file:///")


def look(target: Target) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict on a link to a local file, and the fragments that the file does not have."""
    path = Path(unquote(urlsplit(target.request_url).path))
    found = _found(path)
    if found is None:
        return Verdict(Status.DEAD, Reason.NO_FILE, Certainty.HIGH, (f"there is no {path.name} in {_short(path)}",)), ()
    signals = () if found == path or path.is_dir() else (f"{found.name} stands for it",)
    return Verdict(Status.ALIVE, Reason.OK, signals=signals), _missing(found, target.fragments)


def _found(path: Path) -> Path | None:
    """The file, the index of the folder, or the text that a page will be made of."""
    try:
        if path.is_file():
            return path
        if path.is_dir():
            return next((path / name for name in _INDEX if (path / name).is_file()), path)
        stems = [path] if not path.suffix else [path.with_suffix("")] if path.suffix.lower() in _HTML else []
        return next(
            (each for stem in stems for end in _SOURCES if (each := stem.with_name(stem.name + end)).is_file()), None
        )
    except (OSError, ValueError):  # a name that no file can have
        return None


def _missing(path: Path, fragments: Iterable[str]) -> tuple[str, ...]:
    kind = path.suffix.lower()
    if not path.is_file() or kind not in _MARKDOWN | _HTML or path.stat().st_size > _MOST_BYTES:
        return ()
    text = path.read_text(encoding="utf-8", errors="replace")
    if kind in _HTML:
        found = places(Page(text))
        return tuple(each for each in fragments if each not in found)
    names = _names(text)
    return tuple(each for each in fragments if ":~:" not in each and unquote(each).lower() not in names)


def _names(markdown: str) -> set[str]:
    """The anchors of a Markdown text, lower case: headings' slugs, numbered where they repeat, ids of its own."""
    text = _FENCED.sub("", markdown)
    names = {"", "top", *(name.lower() for name in _ANCHOR.findall(text))}
    times: dict[str, int] = {}
    for atx, setext in _HEADING.findall(text):
        heading = atx or setext
        own = _OWN_ID.search(heading)
        if own:
            names.add(own[1].lower())
            heading = heading[: own.start()]
        name = slug(_INLINE.sub(r"\1", heading))
        names.add(f"{name}-{times[name]}" if name in times else name)
        times[name] = times.get(name, 0) + 1
    return names


def _short(path: Path) -> str:
    return f"the folder {path.parent.name}/"
