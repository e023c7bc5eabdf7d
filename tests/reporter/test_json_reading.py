"""A report.json read back: nothing that a format shows is lost, and the oldest reports still open."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from citecheck import reporter
from citecheck.errors import UsageError
from citecheck.model import Audit, Certainty, Exchange, Failure
from citecheck.reporter.totals import totals

FIRST = Path(__file__).parent / "data" / "report-1-first.json"
"""A report as the first citecheck wrote it, before it told of paragraphs, credit lines and wrapped links."""


@pytest.mark.parametrize("format", reporter.FORMATS)
def test_every_format_made_of_the_json_is_that_made_of_the_audit(audit: Audit, format: str, tmp_path: Path) -> None:
    told = replace(
        audit,
        unread=("b.bin: not a text",),
        notes=("no network",),
        documents=tuple(
            replace(each, notes=("2 bytes were replaced",), evidence=("a year",)) for each in audit.documents
        ),
        visits=tuple(
            replace(
                visit,
                title="The cranes",
                exchanges=(*visit.exchanges, Exchange("https://b.example/", audit.started_at, failure=Failure.RESET)),
                verdict=replace(visit.verdict, confidence=Certainty.LOW, signals=("a signal",)),
            )
            for visit in audit.visits
        ),
    )
    path = tmp_path / "report.json"
    path.write_text(reporter.render(told, "json"), encoding="utf-8")
    assert reporter.render(reporter.load(path), format) == reporter.render(told, format)


def test_a_check_is_read_back_by_its_links(audit: Audit, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    checked = reporter.with_findings(audit, {}, liveness_only=True)
    path.write_text(reporter.render(checked, "json"), encoding="utf-8")
    read = reporter.load(path)
    assert totals(read) == totals(checked)
    assert reporter.render(read, "json") == path.read_text(encoding="utf-8")


def test_the_first_reports_are_read_and_lose_nothing(tmp_path: Path) -> None:
    first = json.loads(FIRST.read_text(encoding="utf-8"))
    audit = reporter.load(FIRST)
    again = json.loads(reporter.render(audit, "json"))
    assert {key: again[key] for key in first if key != "documents"} == {
        key: first[key] for key in first if key != "documents"
    }
    assert [day["credit_line"] for day in first["sourcing"] if day["credit_line"]] == [
        update.credit_line for update in audit.documents[0].updates if update.credit_line
    ]


def test_a_link_wrapped_over_two_lines_stays_one_in_the_first_reports() -> None:
    (document,) = reporter.load(FIRST).documents
    assert [(link.line, link.repeats) for link in document.links if link.repeats] == [(45, "l4")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"schema": "citecheck/report/9"}',
            "its schema is citecheck/report/9, and this citecheck reads citecheck/report/1",
        ),
        ("[]", "is no report.json of an audit or a check: Expected `object`, got `array`"),
        ("", "is no report.json of an audit or a check: Input data was truncated"),
        ('{"schema": "citecheck/report/1"}', "missing required field `summary`"),
    ],
)
def test_what_is_no_report_is_named(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(text)
    with pytest.raises(UsageError) as raised:
        reporter.load(path)
    assert str(raised.value).startswith(f"{path}: ") and message in str(raised.value)


def test_a_missing_report_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\.json: cannot be read: No such file"):
        reporter.load(tmp_path / "nothing.json")


def test_a_visit_comes_back_as_it_was(audit: Audit, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(reporter.render(audit, "json"), encoding="utf-8")
    visits = reporter.load(path).visits
    assert [replace(visit, exchanges=()) for visit in visits if "***" not in visit.target.url] == [
        replace(visit, exchanges=()) for visit in audit.visits if "secret" not in visit.target.url
    ]
