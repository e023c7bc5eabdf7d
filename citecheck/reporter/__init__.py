"""Reports: the sourcing map, the findings, and the formats in which an audit is shown."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citecheck.errors import ReportError, UsageError
from citecheck.model import Audit, Document
from citecheck.reporter.medium import Medium

if TYPE_CHECKING:
    from citecheck.reporter.advice import hints as hints
    from citecheck.reporter.findings import RULES as RULES
    from citecheck.reporter.findings import find as find
    from citecheck.reporter.findings import with_findings as with_findings
    from citecheck.reporter.formats.jsonl import Stream as Stream
    from citecheck.reporter.hosts import host_table as host_table
    from citecheck.reporter.hosts import host_uses as host_uses

__all__ = [
    "EXTRACT_FORMATS",
    "FORMATS",
    "RULES",
    "Medium",
    "Stream",
    "explain",
    "find",
    "hints",
    "host_table",
    "host_uses",
    "load",
    "pieces",
    "prepare",
    "render",
    "render_extract",
    "save",
    "step_summary",
    "summary",
    "with_findings",
    "write",
]

_HOMES = {
    **dict.fromkeys(("RULES", "find", "with_findings"), "findings"),
    **dict.fromkeys(("host_table", "host_uses"), "hosts"),
    "hints": "advice",
    "Stream": "formats.jsonl",
}
"""Loaded when they are asked for, as the formats are: no link should wait for what tells of it."""
_RENDERERS: Mapping[str, str] = {
    "terminal": "terminal",
    "concise": "concise",
    "json": "json_writing",
    "jsonl": "jsonl",
    "junit": "junit",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "markdown": "markdown",
    "csv": "csv",
    "sourcing-csv": "sourcing_csv",
    "html": "html",
}
"""Each format's module."""
_EXTRACT_RENDERERS: Mapping[str, str] = {"terminal": "outline", "json": "json_writing"}
FORMATS = tuple(_RENDERERS)
EXTRACT_FORMATS = tuple(_EXTRACT_RENDERERS)

_SAVED = {"index.html": "html", "report.json": "json", "links.csv": "csv", "sourcing.csv": "sourcing-csv"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def prepare() -> None:
    """Loads what most runs end with, for one that has time before its end."""
    for name in ("findings", "formats.json_writing", "formats.concise", "advice"):
        import_module(f"{__name__}.{name}")


def render(audit: Audit, format: str, *, base: Path | None = None, width: int = 100, is_colourful: bool = False) -> str:
    """The audit in one of FORMATS; `base` is the folder that sources are relative to, to show their lines.

    Raises UsageError for another format.
    """
    return "".join(pieces(audit, format, Medium(base=base, width=width, is_colourful=is_colourful)))


def render_extract(documents: Iterable[Document], format: str = "json") -> str:
    """What was read, in one of EXTRACT_FORMATS. Raises UsageError for another format."""
    if format not in _EXTRACT_RENDERERS:
        raise UsageError(f"no such format: {format}; there are {', '.join(EXTRACT_FORMATS)}", about=format)
    made: str = _module(_EXTRACT_RENDERERS[format]).render_extract(documents)
    return made


def explain(rule: str) -> str:
    """The page of a rule, Markdown. Raises UsageError for a rule that does not exist."""
    from citecheck.reporter.rules import page

    return page(rule).text


def load(path: Path) -> Audit:
    """The audit that a report.json tells of. Raises UsageError for a file that is none or cannot be read."""
    from citecheck.reporter.formats import json_reading

    try:
        return json_reading.audit_of(path.read_bytes(), str(path))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}", about=str(path)) from error


def summary(audit: Audit) -> str:
    """The totals in one line."""
    from citecheck.reporter.formats import concise
    from citecheck.reporter.sinks import one_line

    return one_line(concise.summary(audit))


def step_summary(audit: Audit, room_bytes: int) -> str:
    """Markdown for a CI step's summary that has so much room left."""
    from citecheck.reporter.formats import markdown

    return markdown.within(audit, room_bytes - 200)


def save(audit: Audit, folder: Path) -> None:
    """Write the report into `folder`: index.html with its pages, report.json, links.csv and sourcing.csv.

    Raises ReportError when that cannot be.
    """
    for name, format in _SAVED.items():
        write(audit, format, folder / name)


def write(audit: Audit, format: str, path: Path, *, base: Path | None = None) -> None:
    """Write the audit in one of FORMATS to `path`, piece by piece; HTML of several texts has a page for each beside it.

    Raises UsageError for another format, ReportError when the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _audit_at_rest():
            if format == "html":
                from citecheck.reporter.formats import html

                for name, text in html.pages(audit, path.name):
                    _write(path.parent / name, text)
            else:
                _write(path, pieces(audit, format, Medium(base=base)))
    except OSError as error:
        raise ReportError(f"{error.filename or path}: cannot be written: {error.strerror}", about=str(path)) from error


@contextmanager
def _audit_at_rest() -> Iterator[None]:
    """What lives already is not walked by the collector again and again while more is made: a tenth of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _write(path: Path, pieces: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.writelines(pieces)


def pieces(audit: Audit, format: str, medium: Medium) -> Iterator[str]:
    """As `render`, for a text of any length: in pieces where the format can be made so."""
    if format not in _RENDERERS:
        raise UsageError(f"no such format: {format}; there are {', '.join(FORMATS)}", about=format)
    renderer: Callable[[Audit, Medium], str | Iterator[str]] = _module(_RENDERERS[format]).render
    made = renderer(audit, medium)
    yield from (made,) if isinstance(made, str) else made


def _module(name: str) -> Any:
    return import_module(f"{__name__}.formats.{name}")
