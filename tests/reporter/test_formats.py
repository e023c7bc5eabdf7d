"""Every format says the same of one audit, parses by another's parser, and lets nothing hostile through."""

import base64
import csv
import hashlib
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import msgspec
import pytest
from msgspec.structs import replace

from citecheck import reporter
from citecheck.errors import ReportError, UsageError
from citecheck.model import Audit, Document, Exchange, Level, Status, Verdict, Visit
from citecheck.reporter.fingerprints import fingerprinted
from citecheck.reporter.formats import json as json_format
from citecheck.reporter.totals import totals

LEVELS = {"error": 3, "warning": 6, "note": 17}
BY_STATUS = {
    "alive": 3, "moved": 1, "dead": 2, "blocked": 1, "failing": 1, "invalid": 1, "skipped": 1, "unchecked": 1,
}  # fmt: skip
SUMMARY = (
    "11 links in 12 places: 3 alive, 1 moved, 2 dead, 1 blocked, 1 failing, 1 invalid, 1 skipped, 1 unchecked; "
    "3 errors, 6 warnings, 17 notes"
)


class Page(HTMLParser):
    """Start tags, ids, links and visible text of an HTML page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.tags for key, value in attributes.items() if key == attribute and value]


def test_totals_agree_in_all_formats(audit: Audit) -> None:
    shown = {name: reporter.render(audit, name) for name in reporter.FORMATS}
    count = totals(audit)
    assert (count.targets, count.occurrences, count.by_status) == (11, 12, BY_STATUS)
    report = json.loads(shown["json"])
    assert report["summary"] == {
        "targets": 11, "occurrences": 12, "by_status": BY_STATUS, "elapsed_s": 1.5, "complete": True,
    }  # fmt: skip
    assert Counter(each["level"] for each in report["findings"]) == LEVELS
    for name in ("terminal", "concise", "github", "markdown"):
        assert SUMMARY in shown[name], name
    lines = [json.loads(line) for line in shown["jsonl"].splitlines()]
    assert [next(iter(line)) for line in lines] == ["target"] * 11 + ["finding"] * 26 + ["schema"]
    assert lines[-1] == {"schema": "citecheck/report/1", "summary": report["summary"]}
    assert [line["target"] for line in lines[:11]] == report["targets"]
    rows = list(csv.DictReader(io.StringIO(shown["csv"], newline="")))
    assert len(rows) == 12
    assert Counter({row["target"]: row["status"] for row in rows}.values()) == BY_STATUS
    suites = ElementTree.fromstring(shown["junit"])
    assert (suites.get("tests"), suites.get("failures")) == ("12", "3")
    assert len(suites.findall(".//testcase")) == 12 and len(suites.findall(".//failure")) == 3
    (run,) = json.loads(shown["sarif"])["runs"]
    assert Counter(each["level"] for each in run["results"]) == LEVELS
    severities = Counter(each["severity"] for each in json.loads(shown["gitlab"]))
    assert severities == {"major": 3, "minor": 6, "info": 17}
    page = Page(shown["html"])
    legend = dict(re.findall(r"links-([a-z]+)\">.*?<b>(\d+)</b>", shown["html"]))
    assert {status: int(number) for status, number in legend.items()} == BY_STATUS
    assert "11 links in 12 places of 1 text." in page.text


def test_an_unknown_format_is_named_with_those_that_exist(audit: Audit) -> None:
    with pytest.raises(UsageError, match="no such format: pdf; there are terminal, concise, json,"):
        reporter.render(audit, "pdf")


@pytest.mark.parametrize("name", list(json_format.SCHEMAS))
def test_the_shipped_schemas_are_those_of_the_structs(name: str) -> None:
    text = resources.files("citecheck.reporter").joinpath("schema", f"{name}.json").read_text(encoding="utf-8")
    assert json.loads(text) == json_format.schema(name)


def test_the_json_validates_against_its_schema_and_reads_back(audit: Audit) -> None:
    text = reporter.render(audit, "json")
    jsonschema.Draft202012Validator(json_format.schema("report-1")).validate(json.loads(text))
    assert msgspec.json.decode(text, type=json_format.Report).summary.targets == 11
    extract = reporter.render_extract(audit.documents)
    jsonschema.Draft202012Validator(json_format.schema("extract-1")).validate(json.loads(extract))
    assert json.loads(extract)["documents"] == json.loads(text)["documents"]


def test_json_escapes_what_a_terminal_should_not_see_and_loses_nothing(audit: Audit) -> None:
    (document,) = audit.documents
    title = "a\x9bb\u202ec\U000e0041d\ne"
    text = reporter.render_extract([replace(document, title=title)])
    assert "\x9b" not in text and "\\u009bb\\u202ec\\udb40\\udc41d" in text
    assert json.loads(text)["documents"][0]["title"] == title


def test_a_check_has_no_documents_in_its_json(audit: Audit) -> None:
    made = json.loads(reporter.render(reporter.with_findings(audit, {}, liveness_only=True), "json"))
    assert list(made) == ["schema", "summary", "targets", "findings", "started_at", "version"]


def test_a_target_in_json_is_whole(audit: Audit) -> None:
    made = json.loads(reporter.render(audit, "json"))
    assert made["targets"][0] == {
        "url": "https://coastwire.example/cranes",
        "status": "alive",
        "reason": "ok",
        "confidence": "high",
        "signals": [],
        "http_status": 200,
        "final_url": "https://coastwire.example/cranes",
        "hops": [{"url": "https://coastwire.example/cranes", "http_status": 200, "elapsed_s": 0.25}],
        "attempts": 1,
        "elapsed_s": 0.25,
        "snapshot": {
            "file": "snapshots.warc.gz",
            "offset": 512,
            "size_bytes": 2048,
            "digest": "sha256:ab",
            "captured_at": "2031-05-07T09:30:00Z",
        },
        "suggestion": None,
        "occurrences": [
            {"source": "harbour.txt", "line": 30, "column": 1, "text": ""},
            {"source": "harbour.txt", "line": 37, "column": 1, "text": ""},
        ],
    }
    assert made["sourcing"][1] == {
        "document": "harbour.txt",
        "date": "2031-05-02",
        "updates": ["u3"],
        "links": "kept",
        "credit_line": None,
        "outlets": [
            {
                "outlet": "Coast Wire",
                "kind": "outlet",
                "self": False,
                "credited": False,
                "cited": 1,
                "mentioned": 0,
                "linked": 1,
                "claims": ["c5"],
                "links": ["l5"],
            }
        ],
        "claims": {"total": 2, "attributed": 1, "linked": 1, "neither": 1},
    }
    assert made["documents"][0]["updates"][0]["claims"][0]["attributions"] == [
        {
            "outlet": "Coast Wire", "text": "Coast Wire", "kind": "outlet", "cue": "reported", "place": "inline",
            "strength": "explicit", "self": False, "via": None, "line": 3, "column": 36,
            "qualifiers": ["state-run", "news agency"],
        }
    ]  # fmt: skip


def test_sarif_results_point_at_their_rules_and_places(audit: Audit) -> None:
    (run,) = json.loads(reporter.render(audit, "sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["results"][0]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "harbour.txt", "uriBaseId": "SRCROOT"},
                "region": {"startLine": 33, "startColumn": 1, "endColumn": 35},
            }
        }
    ]


def test_fingerprints_are_unique_and_survive_edits_above(audit: Audit) -> None:
    before = [mark for _, mark in fingerprinted(audit.findings)]
    moved = [replace(each, line=each.line + 7 if each.line else None) for each in audit.findings]
    assert len(set(before)) == len(before)
    assert [mark for _, mark in fingerprinted(moved)] == before


def test_github_shows_what_a_step_shows_and_counts_the_rest(audit: Audit) -> None:
    lines = reporter.render(audit, "github").splitlines()
    assert Counter(line.split(" ")[0] for line in lines[:-1]) == {"::error": 3, "::warning": 6, "::notice": 10}
    assert lines[-2] == "::notice title=citecheck::8 more notes"


@pytest.fixture
def hostile(audit: Audit) -> Audit:
    """The same audit with every string from outside turned against its reader."""
    venom = (
        "=cmd()|'x'!A1\x1b[31m\x9b2J\u202eevil\u2066 <script>alert(1)</script> ]]> --> ::error::x\n::warning::y "
        "{{ 7*7 }} `x` | @team \x0b\ufeff https://u:p@w@h.example/ \"' onload=alert(2)"
    )
    (document,) = audit.documents
    first, *updates = document.updates
    claim = replace(first.claims[0], text=venom)
    named = tuple(replace(each, text=venom, outlet=None, cue=venom) for each in claim.attributions)
    links = (
        replace(document.links[0], url="javascript:alert(3)//\u202e", text=venom, outlet=venom),
        *document.links[1:],
    )
    bad = replace(
        document,
        source="a\x1b]0;x\x07,b:c\n::error::d|<b>.txt",
        title=venom * 400,
        publisher=venom,
        links=links,
        evidence=(venom,),
        notes=(venom,),
        updates=(
            replace(
                first,
                heading=venom,
                claims=(replace(claim, attributions=named), *first.claims[1:]),
                credits=tuple(replace(each, text=venom, outlet=None) for each in first.credits),
                credit_line=venom,
            ),
            *updates,
        ),
    )
    visit = replace(
        audit.visits[0],
        verdict=Verdict(Status.DEAD, venom, signals=(venom,), suggestion="javascript:alert(4)"),
        exchanges=(Exchange("javascript:alert(5)", audit.started_at), Exchange(venom, audit.started_at)),
        title=venom,
    )
    visits: tuple[Visit, ...] = (visit, *audit.visits[1:])
    return reporter.with_findings(
        replace(audit, documents=(bad,), visits=visits, notes=(venom,), unread=(venom,), version=venom), {}
    )


@pytest.mark.parametrize("name", reporter.FORMATS)
def test_no_format_lets_a_control_or_a_password_through(hostile: Audit, name: str) -> None:
    text = reporter.render(hostile, name)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)
    assert "u:p@" not in text and "secret@" not in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ufeff]", text)
    text.encode("utf-8")


def test_the_outline_is_as_safe(hostile: Audit) -> None:
    text = reporter.render_extract(hostile.documents, "terminal")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", text)


def test_hostile_strings_stay_text_in_html(hostile: Audit) -> None:
    page = Page(reporter.render(hostile, "html"))
    assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "link", "form", "base")]
    assert [attributes for tag, attributes in page.tags if tag == "script"] == [{}]
    assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on") or key == "style"]
    assert all(re.match(r"(https?:|mailto:|#)", value) for value in page.values("href"))
    assert "<script>alert(1)</script>" in page.text and "{{ 7*7 }}" in page.text


def test_hostile_strings_stay_text_elsewhere(hostile: Audit) -> None:
    for row in csv.reader(io.StringIO(reporter.render(hostile, "csv"), newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    ElementTree.fromstring(reporter.render(hostile, "junit"))
    json.loads(reporter.render(hostile, "sarif"))
    github = reporter.render(hostile, "github").splitlines()
    starts = Counter(line.split(" ")[0] for line in github[:-1])
    assert starts.keys() <= {"::error", "::warning", "::notice"} and "::error::x" not in starts
    assert all("," not in line.split("file=")[1].split(",line=")[0] for line in github if "file=" in line)
    assert "<script" not in reporter.render(hostile, "markdown")


def test_the_page_stands_alone(audit: Audit) -> None:
    text = reporter.render(audit, "html")
    page = Page(text)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert re.fullmatch(
        "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; script-src 'sha256-[A-Za-z0-9+/=]{44}'; "
        "base-uri 'none'; form-action 'none'",
        policy,
    )
    (script,) = re.findall("<script>(.*?)</script>", text, re.DOTALL)
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy
    assert not page.values("src")
    assert "@import" not in text and "url(" not in text
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {value[1:] for value in page.values("href") if value.startswith("#")} <= set(ids)


def test_the_matrix_says_each_gap_in_words(audit: Audit) -> None:
    page = Page(reporter.render(audit, "html"))
    titles = [each.get("title") or "" for tag, each in page.tags if tag == "td"]
    assert [title for title in titles if title.endswith(".")] == [
        "North Post, May 6: cited once. Cited, not credited.",
        "The Lantern, May 6: linked once. Linked, neither cited nor credited.",
        "Island Radio, May 6: credited, linked once. Credited and linked, never named.",
        "Coast Wire, May 2: cited once, linked once. Cited, not credited.",
        "North Post, May 5: linked once. Linked, neither cited nor credited.",
        "The Lantern, May 5: credited. Credited, never named.",
        "Portnews, May 5: cited once. Cited, not credited.",
    ]


def test_terminal_points_at_the_words_where_the_source_is_at_hand(audit: Audit, tmp_path: Path) -> None:
    lines = [f"line {number}" for number in range(1, 50)]
    lines[3] = "漢字 now, so they said: the North Post, it was."
    tmp_path.joinpath("harbour.txt").write_text("\n".join(lines), encoding="utf-8")
    finding = replace(
        next(each for each in audit.findings if each.line == 4 and each.level is Level.WARNING),
        message="not credited", column=28, end_column=38,
    )  # fmt: skip
    shown = reporter.render(replace(audit, findings=(finding,), sourcing=()), "terminal", base=tmp_path)
    assert shown == (
        "warning[cited-not-credited]: not credited\n"
        " --> harbour.txt:4:28\n"
        "  |\n"
        "4 | 漢字 now, so they said: the North Post, it was.\n"
        f"  | {' ' * 29}^^^^^^^^^^\n"
        "\n"
        "11 links in 12 places: 3 alive, 1 moved, 2 dead, 1 blocked, 1 failing, 1 invalid, 1 skipped, 1 unchecked; "
        "1 warning\n"
        "Learn more of a rule: citecheck explain RULE\n"
    )


def test_terminal_windows_a_long_line_around_the_words(audit: Audit, tmp_path: Path) -> None:
    tmp_path.joinpath("harbour.txt").write_text("\n" * 3 + "a" * 500 + "North Post" + "b" * 500, encoding="utf-8")
    finding = replace(audit.findings[0], line=4, column=501, end_column=511, message="here")
    shown = reporter.render(replace(audit, findings=(finding,)), "terminal", base=tmp_path, width=80)
    (line,) = re.findall(r"^4 \| (.*)$", shown, re.MULTILINE)
    (carets,) = re.findall(r"^  \| ( +\^+)$", shown, re.MULTILINE)
    assert len(line) <= 76
    assert line[carets.index("^") :][:10] == "North Post" and carets.count("^") == 10


def test_colour_comes_only_when_asked_for(audit: Audit) -> None:
    assert "\x1b[" not in reporter.render(audit, "terminal")
    assert "\x1b[1;31merror[dead-link]" in reporter.render(audit, "terminal", is_colourful=True)


def test_save_writes_the_page_the_json_and_the_csv(audit: Audit, tmp_path: Path) -> None:
    reporter.save(audit, tmp_path / "run")
    assert sorted(each.name for each in (tmp_path / "run").iterdir()) == [
        "index.html", "links.csv", "report.json", "sourcing.csv",
    ]  # fmt: skip
    assert (tmp_path / "run" / "links.csv").read_bytes().decode() == reporter.render(audit, "csv")


def test_a_folder_that_cannot_be_written_is_named(audit: Audit, tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("")
    with pytest.raises(ReportError, match="run: cannot be written"):
        reporter.save(audit, tmp_path / "file" / "run")


def test_an_audit_of_nothing_renders_everywhere(audit: Audit) -> None:
    empty = replace(
        audit, documents=(Document("empty.txt", (), ()),), visits=(), snapshots={}, sourcing=(), findings=()
    )
    for name in reporter.FORMATS:
        assert isinstance(reporter.render(empty, name), str)
    assert "There is no link." in reporter.render(empty, "html")
