"""The main job, stage after stage: extract → plan targets → fetch → judge → archive → map → findings.

The only module that knows two rooms. What a room needs of another is handed to it from here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import citecheck
from citecheck import archive, extractor, fetcher, reporter, store
from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.errors import ExtractError, NothingToCheck
from citecheck.model import Audit, Document, Reason, Snapshot, Source, Status, Target, Verdict, Visit
from citecheck.settings import Settings

Progress = Callable[[Visit], None]
"""Is told of every visit as it ends."""


def audit(
    names: Iterable[str | Source],
    settings: Settings,
    *,
    folder: Path | None = None,
    clock: Clock = SYSTEM_CLOCK,
    progress: Progress | None = None,
) -> Audit:
    """Audit what `names` name; with `folder`, archive what is fetched there.

    Raises UsageError for a source that does not exist, NothingToCheck when no source has text.
    """
    began, started_at = clock.monotonic(), clock.now()
    documents, notes = extract_all(names, settings)
    targets = plan(documents)
    visits: dict[str, Visit] = {}
    snapshots: dict[str, Snapshot] = {}
    is_complete = True
    try:
        for visit, snapshot in visit_all(targets, settings, folder, clock):
            visits[visit.target.url] = visit.light()
            if snapshot:
                snapshots[visit.target.url] = snapshot
            if progress:
                progress(visit)
    except KeyboardInterrupt:
        is_complete = False
    result = Audit(
        started_at=started_at,
        elapsed_s=clock.monotonic() - began,
        is_complete=is_complete,
        documents=documents,
        visits=tuple(visits.get(target.url) or _interrupted(target) for target in targets),
        snapshots=snapshots,
        notes=notes,
        version=citecheck.__version__,
    )
    return reporter.with_findings(result, settings.rules)
