"""Known findings: written once, then told no more, so that a gate can be switched on over an old stock of texts.

A finding is known by what it says of which link under which words, not by its line: edits above it change nothing,
and a moved file keeps its entries.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from citecheck.errors import ReportError, UsageError
from citecheck.model import Audit, Finding, Silenced, SilencedBy, Status
from citecheck.reporter.sinks import encodable, redacted
from citecheck.settings import FailOn, Settings

USUAL = "citecheck-baseline.json"
_NAMED = 10


class Entry(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A known finding. The fingerprint knows nothing of file and line."""

    fingerprint: str
    rule: str
    source: str
    target: str | None = None
    outlet: str | None = None


class Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal["citecheck/baseline/1"]
    findings: tuple[Entry, ...]


def path_of(settings: Settings) -> Path | None:
    """The file of the baseline that the settings ask for."""
    if settings.baseline:
        return Path(settings.baseline)
    return Path(USUAL) if settings.fail_on is FailOn.NEW else None


def known(settings: Settings) -> Baseline | None:
    """The baseline that the settings ask for, read. Raises UsageError for a file that cannot be used."""
    path = path_of(settings)
    return load(path) if path else None


def compared(audit: Audit, baseline: Baseline | None, settings: Settings) -> Audit:
    """The audit with known findings among the silenced, and a note for each entry that is no longer true.

    As it is without a baseline.
    """
    path = path_of(settings)
    if baseline is None or path is None:
        return audit
    return _compared(audit, baseline, path, is_whole=not (settings.offline or settings.changed_since))


def load(path: Path) -> Baseline:
    """The baseline in a file. Raises UsageError for one that is not there or is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Baseline)
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such baseline; write one with `citecheck baseline`", about=str(path)) from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}", about=str(path)) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: is no baseline: {error}", about=str(path)) from error


def save(audit: Audit, path: Path) -> int:
    """Write the findings of an audit as a baseline, sorted, one a line; how many. Raises ReportError when it fails."""
    entries = sorted(
        (entry for _, entry in _entries(audit, path.parent)),
        key=lambda each: (each.source, each.rule, each.target or ""),
    )
    lines = ",\n".join(f"  {msgspec.json.encode(each).decode()}" for each in entries)
    body = f"\n{lines}\n " if entries else ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'{{\n "schema": "citecheck/baseline/1",\n "findings": [{body}]\n}}\n', encoding="utf-8")
    except OSError as error:
        raise ReportError(f"{path}: cannot be written: {error.strerror}", about=str(path)) from error
    return len(entries)


def _compared(audit: Audit, baseline: Baseline, path: Path, *, is_whole: bool) -> Audit:
    left = Counter((each.source, each.fingerprint) for each in baseline.findings)
    folder = path.parent
    read = {_named(document.source, folder) for document in audit.documents}
    open_: list[tuple[Finding, Entry]] = []
    known: list[Finding] = []
    for finding, entry in _entries(audit, folder):
        if left[entry.source, entry.fingerprint]:
            left[entry.source, entry.fingerprint] -= 1
            known.append(finding)
        else:
            open_.append((finding, entry))
    # What is left over in a file that is gone, or that was read, may have moved to where it is now.
    movable: dict[str, list[str]] = {}
    for (source, fingerprint), number in left.items():
        if source in read or not folder.joinpath(source).exists():
            movable.setdefault(fingerprint, []).extend([source] * number)
    new: list[Finding] = []
    for finding, entry in open_:
        sources = movable.get(entry.fingerprint)
        if sources:
            left[sources.pop(), entry.fingerprint] -= 1
            known.append(finding)
        else:
            new.append(finding)
    stale = list(_stale(audit, baseline, left, read, folder)) if is_whole else []
    silenced = tuple(Silenced(each, SilencedBy.BASELINE, f"known: {path}") for each in known)
    return replace(
        audit,
        findings=tuple(new),
        silenced=(*audit.silenced, *silenced),
        is_compared=True,
        notes=(*audit.notes, *_notes(stale, path)),
    )


def _stale(
    audit: Audit, baseline: Baseline, left: Counter[tuple[str, str]], read: set[str], folder: Path
) -> Iterator[Entry]:
    unchecked = {redacted(each.target.url) for each in audit.visits if each.verdict.status is Status.UNCHECKED}
    for entry in baseline.findings:
        key = entry.source, entry.fingerprint
        is_looked_at = entry.source in read or not folder.joinpath(entry.source).exists()
        if left[key] and is_looked_at and entry.target not in unchecked:
            left[key] -= 1
            yield entry


def _notes(stale: list[Entry], path: Path) -> Iterator[str]:
    for entry in stale[:_NAMED]:
        about = entry.target or entry.outlet or ""
        yield f"{path}: no longer true: {entry.rule} {entry.source} {about}".rstrip()
    if stale:
        more = f" ({len(stale) - _NAMED} more)" if len(stale) > _NAMED else ""
        yield f"{path}: entries are no longer true{more}; write it anew with `citecheck baseline`"


def _entries(audit: Audit, folder: Path) -> Iterable[tuple[Finding, Entry]]:
    words = {
        (document.source, link.line, link.column, link.target): link.text
        for document in audit.documents
        for link in document.links
    }
    for finding in audit.findings:
        source = _named(finding.source, folder)
        target = encodable(redacted(finding.target)) if finding.target else None
        said = words.get((finding.source, finding.line or 0, finding.column, finding.target or ""), "")
        day = finding.date.isoformat() if finding.date else ""
        parts = (finding.rule, target or "", finding.outlet or "", day, " ".join(said.split()))
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
        yield finding, Entry(digest, finding.rule, source, target, finding.outlet)


def _named(source: str, folder: Path) -> str:
    """A source as the baseline names it: a file from the baseline's folder, with slashes, wherever one runs."""
    if "://" in source or source == "-":
        return source
    return encodable(Path(os.path.relpath(source, folder)).as_posix())
