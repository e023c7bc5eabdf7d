"""Every format, character by character: what it writes of one invented audit is kept beside the tests.

`--update-golden` writes the files anew; read their diff before committing it. HTML is held by reports/example/.
"""

from pathlib import Path

import pytest
from msgspec.structs import replace

from citecheck import reporter
from citecheck.model import Audit, Finding, Level, Silenced, SilencedBy

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {
    "terminal": "txt", "concise": "txt", "json": "json", "jsonl": "jsonl", "junit": "xml", "sarif": "json",
    "github": "txt", "gitlab": "json", "markdown": "md", "csv": "csv", "sourcing-csv": "csv",
}  # fmt: skip


def test_each_format_but_html_has_its_file() -> None:
    assert {*SUFFIXES, "html"} == set(reporter.FORMATS)
    assert {each.name for each in GOLDEN.iterdir()} == {f"{name}.{suffix}" for name, suffix in SUFFIXES.items()}


@pytest.mark.parametrize("name", SUFFIXES)
def test_a_format_writes_what_it_wrote(name: str, audit: Audit, pytestconfig: pytest.Config) -> None:
    known = Finding(
        "dead-link", Level.ERROR, "gone for a reader: 410 Gone", "docs/a,b.md", 3, 9, 31, "https://old.example/"
    )
    # Of the rules on links alone: what the sourcing rules say has tests of its own, and changes more often.
    links_only = reporter.with_findings(audit, {}, liveness_only=True)
    gated = replace(links_only, silenced=(Silenced(known, SilencedBy.BASELINE, "known: citecheck-baseline.json"),))
    path = GOLDEN / f"{name}.{SUFFIXES[name]}"
    made = reporter.render(gated, name).encode()
    if pytestconfig.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(made)
    assert made == path.read_bytes(), f"{path.name}: --update-golden writes it anew"
