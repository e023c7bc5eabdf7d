"""What public archives hold, in findings and in the JSON."""

from datetime import UTC, datetime

import msgspec
import pytest
from msgspec.structs import replace

from citecheck import reporter
from citecheck.model import Archived, ArchivedCopy, Audit, CopyState, Status
from citecheck.reporter.formats.json_reading import audit_of

COPY = ArchivedCopy("Skerry Library", "https://kept.example/1", datetime(2031, 5, 1, tzinfo=UTC), 2.5)


@pytest.fixture
def dead(audit: Audit) -> str:
    return next(visit.target.url for visit in audit.visits if visit.verdict.status is Status.DEAD)


def unarchived(audit: Audit) -> set[str | None]:
    found = reporter.with_findings(audit, {})
    return {finding.target for finding in found.findings if finding.rule == "unarchived-link"}


@pytest.mark.parametrize(
    ("archived", "is_told"),
    [
        (Archived(CopyState.NONE), True),
        (Archived(CopyState.UNKNOWN), False),
        (Archived(CopyState.FOUND, (COPY,)), False),
    ],
)
def test_a_dead_link_is_unarchived_when_no_archive_has_it_for_sure(
    audit: Audit, dead: str, archived: Archived, is_told: bool
) -> None:
    assert (dead in unarchived(replace(audit, archived={dead: archived}))) == is_told


def test_a_living_link_that_an_archive_has_is_not_unarchived(audit: Audit) -> None:
    alone = next(iter(unarchived(audit)))
    assert alone
    assert alone not in unarchived(replace(audit, archived={alone: Archived(CopyState.FOUND, (COPY,))}))


def test_the_json_tells_the_copies_and_reads_them_back(audit: Audit, dead: str) -> None:
    archived = {dead: Archived(CopyState.FOUND, (COPY,), "one was a wall")}
    text = reporter.render(replace(audit, archived=archived), "json").encode()
    [target] = [each for each in msgspec.json.decode(text)["targets"] if "archived" in each]
    assert target["archived"] == {
        "state": "found",
        "copies": [
            {
                "archive": "Skerry Library",
                "url": "https://kept.example/1",
                "captured_at": "2031-05-01T00:00:00Z",
                "distance_days": 2.5,
            }
        ],
        "detail": "one was a wall",
    }
    assert list(audit_of(text, "report.json").archived.values()) == [archived[dead]]
