"""Reports: the sourcing map, the findings, and the formats in which an audit is shown."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from citecheck.errors import ReportError, UsageError
from citecheck.model import Audit, Document
from citecheck.reporter.findings import RULES, find, with_findings
from citecheck.reporter.formats import (
    concise,
    csv,
    github,
    gitlab,
    html,
    json,
    jsonl,
    junit,
    markdown,
    outline,
    sarif,
    terminal,
)
from citecheck.reporter.medium import Medium
from citecheck.reporter.rules import page

__all__ = [
    "EXTRACT_FORMATS",
    "FORMATS",
    "RULES",
    "explain",
    "find",
    "render",
    "render_extract",
    "save",
    "with_findings",
]

_RENDERERS: Mapping[str, Callable[[Audit, Medium], str]] = {
    "terminal": terminal.render,
    "concise": concise.render,
    "json": json.render,
    "jsonl": jsonl.render,
    "junit": junit.render,
    "sarif": sarif.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "markdown": markdown.render,
    "csv": csv.render,
    "html": html.render,
}
_EXTRACT_RENDERERS: Mapping[str, Callable[[Iterable[Document]], str]] = {
    "terminal": outline.render_extract,
    "json": json.render_extract,
}
FORMATS = tuple(_RENDERERS)
EXTRACT_FORMATS = tuple(_EXTRACT_RENDERERS)

_SAVED = {"index.html": "html", "report.json": "json", "links.csv": "csv"}


def render(audit: Audit, format: str, *, base: Path | None = None, width: int = 100, is_colourful: bool = False) -> str:
    """The audit in one of FORMATS; `base` is the folder that sources are relative to, to show their lines.

    Raises UsageError for another format.
    """
    if format not in _RENDERERS:
        raise UsageError(f"no such format: {format}; there are {', '.join(FORMATS)}", about=format)
    return _RENDERERS[format](audit, Medium(base=base, width=width, is_colourful=is_colourful))


def render_extract(documents: Iterable[Document], format: str = "json") -> str:
    """What was read, in one of EXTRACT_FORMATS. Raises UsageError for another format."""
    if format not in _EXTRACT_RENDERERS:
        raise UsageError(f"no such format: {format}; there are {', '.join(EXTRACT_FORMATS)}", about=format)
    return _EXTRACT_RENDERERS[format](documents)


def explain(rule: str) -> str:
    """The page of a rule, Markdown. Raises UsageError for a rule that does not exist."""
    return page(rule).text


def save(audit: Audit, folder: Path) -> None:
    """Write index.html, report.json and links.csv into `folder`. Raises ReportError when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, format in _SAVED.items():
            folder.joinpath(name).write_text(render(audit, format), encoding="utf-8", newline="")
    except OSError as error:
        raise ReportError(
            f"{error.filename or folder}: the report cannot be written: {error.strerror}", about=str(folder)
        ) from error
