"""Links to local files: whether the file is there, and the places within it."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from citecheck.fetcher import fragments as anchors
from citecheck.fetcher import page
from citecheck.model import Certainty, Exchange, Reason, Status, Target, Verdict

_INDEX = ("index.html", "index.htm", "index.md", "README.md", "readme.md", "_index.md")
_HTML = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown", ".mdx", ".qmd", ".rmd")
_SOURCES = (*_MARKDOWN, *_HTML, ".rst", ".adoc", ".asciidoc", ".ipynb")
"""What pages are made of."""
_MEDIA = {
    **dict.fromkeys(_HTML, "text/html"),
    **dict.fromkeys(_MARKDOWN, "text/markdown"),
    ".pdf": "application/pdf",
}
"""Of the files whose places can be told."""
_MOST_BYTES = 16 * 1024 * 1024


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


def _missing(path: Path, fragments: tuple[str, ...]) -> tuple[str, ...]:
    media = _MEDIA.get(path.suffix.lower())
    if not (fragments and media and path.is_file()) or path.stat().st_size > _MOST_BYTES:
        return ()
    data = path.read_bytes()
    if media == "text/markdown":
        from citecheck.fetcher import markdown_places  # most runs need no pyromark here

        return markdown_places.missing(data.decode("utf-8", "replace"), fragments)
    changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    exchange = Exchange(path.as_uri(), changed_at, headers=(("Content-Type", media),), body=data)
    return anchors.missing(exchange, page.of(exchange), fragments)


def _short(path: Path) -> str:
    return f"the folder {path.parent.name}/"
