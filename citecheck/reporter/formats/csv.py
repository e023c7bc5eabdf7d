"""One row a link occurrence, for a spreadsheet."""

import csv
import io
from collections.abc import Iterator, Mapping

from citecheck.model import Audit
from citecheck.reporter.medium import Medium
from citecheck.reporter.sinks import cell

COLUMNS = (
    "source", "line", "column", "date", "update", "claim", "text", "url", "target", "origin", "outlet",
    "status", "reason", "confidence", "http_status", "final_url", "suggestion", "signals",
    "snapshot_file", "snapshot_offset", "snapshot_captured_at",
)  # fmt: skip


class Line(io.StringIO):
    """What a csv writer writes to, taken from it line by line."""

    def taken(self) -> str:
        """What was written since it was last asked."""
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        return text


def render(audit: Audit, medium: Medium) -> Iterator[str]:
    """RFC 4180 with a header row; every cell on one line and safe for a spreadsheet."""
    line = Line()
    rows = csv.DictWriter(line, COLUMNS, lineterminator="\r\n")
    rows.writeheader()
    yield line.taken()
    places = audit.occurrences
    for visit in audit.visits:
        kept = audit.snapshots.get(visit.target.url)
        of_target = {
            "status": visit.verdict.status.value,
            "reason": visit.verdict.reason,
            "confidence": visit.verdict.confidence.value,
            "http_status": visit.http_status,
            "final_url": visit.final_url,
            "suggestion": visit.verdict.suggestion,
            "signals": "; ".join(visit.verdict.signals),
            "snapshot_file": kept.file if kept else None,
            "snapshot_offset": kept.offset if kept else None,
            "snapshot_captured_at": kept.captured_at.isoformat() if kept else None,
        }
        for document, link in places[visit.target.url]:
            update = document.updates_by_id.get(link.update)
            claims = update.claims if update else ()
            of_place = {
                "source": document.source,
                "line": link.line,
                "column": link.column,
                "date": update.date.isoformat() if update and update.date else None,
                "update": link.update,
                "claim": next((claim.text for claim in claims if claim.id == link.claim), None),
                "text": link.text,
                "url": link.url,
                "target": link.target,
                "origin": link.origin,
                "outlet": link.outlet,
            }
            rows.writerow(row_of({**of_place, **of_target}))
            yield line.taken()


def row_of(values: Mapping[str, object]) -> dict[str, str]:
    """The values as cells: safe text, empty for None."""
    return {key: "" if value is None else cell(str(value)) for key, value in values.items()}
