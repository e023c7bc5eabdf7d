"""citecheck report: other formats of a report that is there, without fetching."""

import json
from pathlib import Path

from tests.cli.test_cli import PROSE, citecheck


def test_a_report_renders_again_without_its_source(tmp_path: Path) -> None:
    Path("article.txt").write_text(PROSE, encoding="utf-8")
    assert citecheck("audit", "--offline", "--out", "run", "article.txt").returncode == 0
    Path("article.txt").unlink()
    run = citecheck(
        "report", "run/report.json", "--format", "json", "--write", "html=again/index.html", "--write", "csv=again.csv"
    )
    assert (run.returncode, run.stderr) == (0, "citecheck: 1 link in 1 place: 1 unchecked; 1 note\n")
    assert run.stdout == Path("run/report.json").read_text(encoding="utf-8")
    assert Path("again/index.html").read_bytes() == Path("run/index.html").read_bytes()
    assert Path("again.csv").read_bytes() == Path("run/links.csv").read_bytes()
    assert json.loads(run.stdout)["summary"]["targets"] == 1


def test_what_is_no_report_exits_2() -> None:
    Path("a.json").write_text('{"schema": "citecheck/report/2"}')
    run = citecheck("report", "a.json")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        "citecheck: a.json: its schema is citecheck/report/2, and this citecheck reads citecheck/report/1: update it\n"
    )
