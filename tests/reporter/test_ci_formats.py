"""What CI systems read, read by others' parsers: with silenced and known findings, and findings on no text."""

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import jsonschema
import junitparser
import pytest
import sarif_pydantic  # type: ignore[import-untyped]  # it has types, but does not say so
import xmlschema
from msgspec.structs import replace
from rich.cells import cell_len

import citecheck
from citecheck import demo, reporter
from citecheck.model import Audit, Exclusion, Finding, Level, Reason, Silence, Silenced, SilencedBy, Status, Verdict
from citecheck.reporter import RULES
from citecheck.reporter.fingerprints import marks
from citecheck.reporter.formats import json as json_format

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "sarif-used.json").read_text()))
JENKINS = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
REPORT = jsonschema.Draft202012Validator(json_format.schema("report-1"))


@pytest.fixture(scope="module")
def demo_audit(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    with demo.Web.start() as web:
        return citecheck.audit([demo.blog()], demo.settings(web), folder=tmp_path_factory.mktemp("demo"))


@pytest.fixture
def gated(bare_audit: Audit) -> Audit:
    """One dead link silenced by a comment, the other known, one link excluded, an exclusion that ran out."""
    (document,) = bare_audit.documents
    excluded = Verdict(Status.SKIPPED, Reason.EXCLUDED, signals=("a mirror",))
    visits = tuple(
        replace(each, verdict=excluded) if each.target.url.startswith("ftp:") else each for each in bare_audit.visits
    )
    expired = Exclusion(
        host="old.example", reason="x", until=bare_audit.started_at.date().replace(day=1), file="citecheck.toml", line=9
    )
    audit = reporter.with_findings(
        replace(
            bare_audit,
            visits=visits,
            documents=(replace(document, silences=(Silence(("dead-link",), 33, 33, "kept ]]> on purpose"),)),),
            exclusions=(expired,),
        ),
        {},
    )
    known = [each for each in audit.findings if each.rule == "dead-link"]
    return replace(
        audit,
        findings=tuple(each for each in audit.findings if each not in known),
        silenced=(*audit.silenced, *(Silenced(each, SilencedBy.BASELINE, "known: b.json") for each in known)),
        is_compared=True,
    )


LEFT_OUT = "1 silenced by comment, 1 known, 1 excluded"


@pytest.mark.parametrize("name", ["terminal", "concise", "github", "markdown"])
def test_what_is_not_told_is_counted_in_every_summary(gated: Audit, name: str) -> None:
    text = reporter.render(gated, name)
    assert f" notes; {LEFT_OUT}\n" in text
    assert "gone.example" not in text


def test_the_page_counts_it_too(gated: Audit) -> None:
    assert f"; {LEFT_OUT}" in reporter.render(gated, "html")


def test_json_keeps_what_is_silenced_and_reads_it_back(gated: Audit) -> None:
    report = json.loads(reporter.render(gated, "json"))
    assert [(each["by"], each["reason"], each["finding"]["rule"]) for each in report["silenced"]] == [
        ("comment", "kept ]]> on purpose", "dead-link"),
        ("baseline", "known: b.json", "dead-link"),
    ]
    assert report["compared"] is True
    lines = [json.loads(line) for line in reporter.render(gated, "jsonl").splitlines()]
    assert [line["silenced"] for line in lines if "silenced" in line] == report["silenced"]


def test_sarif_reads_as_sarif_with_suppressions_and_baseline(gated: Audit) -> None:
    text = reporter.render(gated, "sarif")
    (read,) = sarif_pydantic.Sarif.model_validate_json(text).runs
    (raw,) = json.loads(text)["runs"]
    assert len(read.results or ()) == len(gated.findings) + len(gated.silenced)
    assert Counter((each["baselineState"], "suppressions" in each) for each in raw["results"]) == {
        ("new", False): len(gated.findings),
        ("new", True): 1,
        ("unchanged", False): 1,
    }
    assert [each["suppressions"] for each in raw["results"] if "suppressions" in each] == [
        [{"kind": "inSource", "status": "accepted", "justification": "kept ]]> on purpose"}]
    ]
    assert [each["id"] for each in raw["tool"]["driver"]["rules"]] == [rule.id for rule in RULES]
    assert all(each["help"]["markdown"].startswith(f"# {each['id']}: ") for each in raw["tool"]["driver"]["rules"])


def test_silencing_one_finding_changes_no_other_fingerprint(bare_audit: Audit, gated: Audit) -> None:
    told = reporter.with_findings(bare_audit, {})
    before = {finding: marks(told)[id(finding)] for finding in told.findings}
    everything = [*gated.findings, *(each.finding for each in gated.silenced)]
    after = {finding: marks(gated)[id(finding)] for finding in everything}
    assert {finding: after[finding] for finding in before} == before
    assert len(set(after.values())) == len(after)


def test_junit_reads_as_junit_and_skips_what_is_silenced(gated: Audit) -> None:
    suites = junitparser.JUnitXml.fromstring(reporter.render(gated, "junit").encode())
    cases = {(suite.name, case.name): case for suite in suites for case in suite}
    failed = {key: case.result[0] for key, case in cases.items() if case.is_failure}
    assert {key: (each.type, each.text.partition(":")[0]) for key, each in failed.items()} == {
        ("harbour.txt", "http://[broken #1"): ("invalid-url", "harbour.txt"),
        ("citecheck.toml", "expired-exclude citecheck.toml:9"): ("expired-exclude", "citecheck.toml"),
    }
    skipped = {name: case.result[0].message for (_, name), case in cases.items() if case.is_skipped}
    assert skipped == {
        "https://***@gone.example/a #1": "silenced by comment: kept ]]> on purpose",
        "https://northpost.example/talks #1": "silenced by baseline: known: b.json",
        "ftp://files.example/a #1": "skipped: excluded by the settings",
        "https://later.example/a #1": "unchecked: no working network here",
    }
    assert (suites.tests, suites.failures, suites.errors) == (13, 2, 0)


def test_every_audit_keeps_to_the_schemas_of_those_who_read_it(gated: Audit, audit: Audit, demo_audit: Audit) -> None:
    empty = Audit(started_at=audit.started_at, elapsed_s=0.0, is_complete=False, documents=(), visits=())
    for each in (gated, audit, demo_audit, empty):
        SARIF.validate(json.loads(reporter.render(each, "sarif")))
        JENKINS.validate(reporter.render(each, "junit"))
        REPORT.validate(json.loads(reporter.render(each, "json")))


def test_the_demo_says_the_same_in_every_format(demo_audit: Audit) -> None:
    report = json.loads(reporter.render(demo_audit, "json"))
    levels = Counter(each["level"] for each in report["findings"])
    by_status = {status: count for status, count in report["summary"]["by_status"].items() if count}
    words = ", ".join(f"{count} {status}" for status, count in by_status.items())
    for name in ("terminal", "concise", "github", "markdown"):
        assert words in reporter.render(demo_audit, name), name
    suites = junitparser.JUnitXml.fromstring(reporter.render(demo_audit, "junit").encode())
    assert suites.failures == levels["error"]
    assert len([case for suite in suites for case in suite]) >= report["summary"]["occurrences"]
    (run,) = json.loads(reporter.render(demo_audit, "sarif"))["runs"]
    assert Counter(each["level"] for each in run["results"]) == levels
    assert len(json.loads(reporter.render(demo_audit, "gitlab"))) == sum(levels.values())
    lines = [json.loads(line) for line in reporter.render(demo_audit, "jsonl").splitlines()]
    assert Counter(next(iter(line)) for line in lines) == {
        "target": report["summary"]["targets"],
        "finding": sum(levels.values()),
        "schema": 1,
    }
    rows = list(csv.DictReader(io.StringIO(reporter.render(demo_audit, "csv"), newline="")))
    assert len(rows) == report["summary"]["occurrences"]
    assert Counter({row["target"]: row["status"] for row in rows}.values()) == by_status


def test_code_quality_has_what_gitlab_asks_for(gated: Audit) -> None:
    issues = json.loads(reporter.render(gated, "gitlab"))
    assert len(issues) == len(gated.findings) == len({each["fingerprint"] for each in issues})
    assert issues[1] == {
        "check_name": "expired-exclude",
        "description": f"expired-exclude: {gated.findings[1].message}",
        "severity": "major",
        "fingerprint": marks(gated)[id(gated.findings[1])],
        "location": {"path": "citecheck.toml", "lines": {"begin": 9}},
    }


def test_a_streamed_run_says_what_the_whole_says(gated: Audit) -> None:
    checked = replace(gated, snapshots={})
    stream = reporter.Stream(checked.documents)
    some = [stream.line(visit) for visit in reversed(checked.visits[2:])]
    lines = [*some, *stream.rest(checked)]
    assert sorted(lines) == sorted(reporter.render(checked, "jsonl").splitlines(keepends=True))
    assert lines[-1] == reporter.render(checked, "jsonl").splitlines(keepends=True)[-1]


def test_a_finding_on_a_text_of_any_name_has_a_place_in_sarif(audit: Audit) -> None:
    finding = Finding("dead-link", Level.ERROR, "gone", "docs/brücke 100%#?.md", 3)
    (run,) = json.loads(reporter.render(replace(audit, findings=(finding,)), "sarif"))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "docs/br%C3%BCcke%20100%25%23%3F.md", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 3},
    }


@pytest.mark.parametrize("name", reporter.FORMATS)
def test_what_silences_is_as_hostile_as_any_text(name: str, gated: Audit) -> None:
    venom = "\x1b]0;x\x07 \x9b2J \u202eevil ]]> </script> ::error::x\n::warning::y =cmd() | `x` @team \x0b https://u:p@h.example/"
    today = gated.started_at.date()
    exclusion = Exclusion(host=venom, reason=venom, until=today.replace(day=1), file=f"a{venom}.toml", line=1)
    known = tuple(replace(each, reason=venom * 1000) for each in gated.silenced)
    audit = reporter.with_findings(replace(gated, exclusions=(exclusion,)), {})
    text = reporter.render(replace(audit, silenced=known, notes=(venom,)), name)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", text)
    assert "u:p@" not in text
    commands = [line for line in text.splitlines() if line.startswith("::")]
    if name != "html":  # no page of HTML goes to a log
        assert all(re.match("::(error|warning|notice) (file|title)=", line) for line in commands)


@pytest.mark.parametrize("spaces", ["\t\t", "　", "👩‍👩‍👧‍👦 "])
def test_a_caret_stands_under_the_words_whatever_stands_before_them(spaces: str, audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text(f"{spaces}漢字 North Post, it was.\n", encoding="utf-8")
    column = len(spaces) + 4
    finding = Finding("dead-link", Level.ERROR, "gone", "harbour.txt", 1, column, column + 10)
    shown = reporter.render(replace(audit, findings=(finding,)), "terminal", base=tmp_path, width=80).split("\n")
    before = shown[3].partition("North Post")[0]
    assert shown[4] == f"  | {' ' * (cell_len(before) - 4)}^^^^^^^^^^"


def test_hostile_lines_of_a_source_cannot_steer_the_terminal(audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text("a\x1b[2Jb\x9bc\u202ed https://u:secret@x.example/ end\n", encoding="utf-8")
    finding = Finding("dead-link", Level.ERROR, "gone", "harbour.txt", 1, 12, 42)
    shown = reporter.render(replace(audit, findings=(finding,)), "terminal", base=tmp_path, width=80)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    assert "secret" not in shown
