"""Known findings: written once, then told no more, so that a gate can be switched on over an old stock of texts.

A finding is known by what it says of which link under which words, not by its line: edits above it change nothing,
and a moved file keeps its entries.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from citecheck.errors import ReportError, UsageError
from citecheck.model import Audit, Finding, Silenced, SilencedBy, Status
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
    context: str = ""
    """A digest of the line: of several alike it tells which is which, and a finding whose line changes stays known."""


Found = tuple[Finding, Entry]


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
    from citecheck.reporter import sinks

    read = {_named(document.source, path.parent) for document in audit.documents}
    # What is left over in a file that is gone, or that was read, may have moved to where it is now.
    looked_at = {each.source for each in baseline.findings if not path.parent.joinpath(each.source).exists()} | read
    new, left = list(_entries(audit, path.parent)), list(baseline.findings)
    new, left = _unmatched(new, left, lambda each: (each.source, each.fingerprint, each.context))
    new, left = _unmatched(new, left, lambda each: (each.source, each.fingerprint))
    elsewhere = [each for each in left if each.source in looked_at]
    for likeness in (lambda each: (each.fingerprint, each.context)), (lambda each: (each.fingerprint,)):
        new, elsewhere = _unmatched(new, elsewhere, likeness)
    are_new = {id(finding) for finding, _ in new}
    unchecked = {sinks.redacted(each.target.url) for each in audit.visits if each.verdict.status is Status.UNCHECKED}
    stale = [each for each in elsewhere if each.target not in unchecked] if is_whole else []
    silenced = (
        Silenced(each, SilencedBy.BASELINE, f"known: {path}") for each in audit.findings if id(each) not in are_new
    )
    return replace(
        audit,
        findings=tuple(each for each in audit.findings if id(each) in are_new),
        silenced=(*audit.silenced, *silenced),
        is_compared=True,
        notes=(*audit.notes, *_notes(stale, path)),
    )


def _unmatched(
    found: Iterable[Found], entries: Iterable[Entry], likeness: Callable[[Entry], tuple[str, ...]]
) -> tuple[list[Found], list[Entry]]:
    """What is left of both when each entry stands for one finding that is like it."""
    by_likeness: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        by_likeness.setdefault(likeness(entry), []).append(entry)
    left = []
    for each in found:
        alike = by_likeness.get(likeness(each[1]))
        if alike:
            alike.pop(0)
        else:
            left.append(each)
    return left, [entry for alike in by_likeness.values() for entry in alike]


def _notes(stale: list[Entry], path: Path) -> Iterator[str]:
    for entry in stale[:_NAMED]:
        about = entry.target or entry.outlet or ""
        yield f"{path}: no longer true: {entry.rule} {entry.source} {about}".rstrip()
    if stale:
        more = f" ({len(stale) - _NAMED} more)" if len(stale) > _NAMED else ""
        yield f"{path}: entries are no longer true{more}; write it anew with `citecheck baseline`"


def _entries(audit: Audit, folder: Path) -> Iterable[tuple[Finding, Entry]]:
    from citecheck.reporter import fingerprints, sinks

    words = {
        (document.source, link.line, link.column, link.target): link.text
        for document in audit.documents
        for link in document.links
    }
    lines: dict[str, tuple[str, ...]] = {}
    for finding in audit.findings:
        source = _named(finding.source, folder)
        target = sinks.encodable(fingerprints.aim(finding)) or None
        said = words.get((finding.source, finding.line or 0, finding.column, finding.target or ""), "")
        day = finding.date.isoformat() if finding.date else ""
        parts = (finding.rule, target or "", finding.outlet or "", day, " ".join(said.split()))
        digest = _digest(*parts)
        if finding.source not in lines:
            lines[finding.source] = _lines(finding.source)
        around = lines[finding.source][(finding.line or 0) - 1 : finding.line] if finding.line else ()
        context = _digest(*(" ".join(each.split()) for each in around)) if around else ""
        yield finding, Entry(digest, finding.rule, source, target, finding.outlet, context)


def _lines(source: str) -> tuple[str, ...]:
    """The lines of a source that is a text file at hand."""
    try:
        return tuple(Path(source).read_text(encoding="utf-8").split("\n"))
    except (OSError, ValueError):
        return ()


def _digest(*parts: str) -> str:
    import hashlib

    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _named(source: str, folder: Path) -> str:
    """A source as the baseline names it: a file from the baseline's folder, with slashes, wherever one runs."""
    from citecheck.reporter import sinks

    if "://" in source or source == "-":
        return source
    return sinks.encodable(Path(os.path.relpath(source, folder)).as_posix())
