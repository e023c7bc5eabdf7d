"""reports/example/ is what the demo writes, but for what differs from run to run: clock, timings, archive offsets."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from citecheck import demo, reporter
from citecheck.audit import audit
from citecheck.clock import Clock
from citecheck.model import Audit, Snapshot, Visit

EXAMPLE = Path(__file__).parents[1] / "reports" / "example"
NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)


def steady(result: Audit) -> Audit:
    """The audit without what no two runs share: how long things took, and where the compressor put them."""

    def timeless(visit: Visit) -> Visit:
        exchanges = tuple(replace(each, elapsed_s=0.0) for each in visit.exchanges)
        return replace(visit, elapsed_s=0.0, exchanges=exchanges)

    def placeless(snapshot: Snapshot) -> Snapshot:
        return replace(snapshot, offset=0, size_bytes=0)

    return replace(
        result,
        elapsed_s=0.0,
        visits=tuple(map(timeless, result.visits)),
        snapshots={url: placeless(snapshot) for url, snapshot in result.snapshots.items()},
    )


def test_the_committed_example_is_what_the_demo_writes(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    ids = iter(range(10_000))
    with demo.Web.start() as web:
        result = audit(
            [demo.blog()],
            demo.settings(web),
            folder=tmp_path,
            clock=Clock(now=lambda: NOON),
            new_id=lambda: UUID(int=next(ids)),
        )
    landing = EXAMPLE if pytestconfig.getoption("--update-example") else tmp_path / "example"
    reporter.save(steady(result), landing)
    for name in ("index.html", "report.json", "links.csv", "sourcing.csv"):
        assert (landing / name).read_bytes() == (EXAMPLE / name).read_bytes(), f"{name}: `make example` writes it anew"
