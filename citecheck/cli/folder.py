"""Where an audit lands: one new folder a run, never shared by two."""

import re
from datetime import datetime
from pathlib import Path

from citecheck.errors import ReportError, UsageError

REPORTS = Path("reports")


def claimed(out: Path | None, sources: tuple[str, ...], started_at: datetime) -> Path:
    """The run's own folder, made: `out`, else reports/<name>/<UTC time>.

    Raises UsageError when `out` holds files already, ReportError when the folder cannot be made.
    """
    try:
        if out:
            out.mkdir(parents=True, exist_ok=True)
            if any(out.iterdir()):
                raise UsageError(f"{out}: holds files already, and two runs never share a folder: name another")
            return out
        parent = REPORTS / name_of(sources[0])
        parent.mkdir(parents=True, exist_ok=True)
        return _first_free(parent, f"{started_at:%Y%m%dT%H%M%SZ}")
    except OSError as error:
        raise ReportError(f"{error.filename}: cannot make the report's folder: {error.strerror}") from error


def _first_free(parent: Path, stem: str) -> Path:
    number = 1
    while True:
        folder = parent / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder


def name_of(source: str) -> str:
    """A folder's name for a source: its file's stem, plain characters only."""
    stem = "stdin" if source == "-" else Path(source.rstrip("/")).stem or Path(source).resolve().name
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.") or "audit"


def replaced(out: Path) -> Path:
    """The folder `out`, emptied of an earlier run's report and made anew; for a run that may be repeated in place.

    Raises UsageError when it holds anything that is no part of a report: nobody's files are deleted.
    """
    ours = {
        "index.html", "report.json", "links.csv", "sourcing.csv",
        "snapshots.warc.gz", "index.cdxj", "snapshots.warc.gz.open",
    }  # fmt: skip
    if out.exists():
        held = {path.name for path in out.iterdir()}
        if held - ours:
            raise UsageError(
                f"{out}: holds {sorted(held - ours)[0]}, which is no part of a report: name another folder"
            )
        for name in held:
            (out / name).unlink()
    return claimed(out, (), datetime.min)
