"""The sourcing map outside HTML: at a terminal of 80 columns, and as CSV, a row a claim, outlet and link."""

import csv
import io

from msgspec.structs import replace

from citecheck import reporter
from citecheck.model import Audit

MAP = """\
Sources of The harbour strike, day by day
                         May   May   May
                           6     2     5 Undat
credit line                  none!
Coast Wire               C1→   1→!
North Post                1!          →+
The Lantern               →+          C?
Island Radio             C→~
Portnews                              1!
Sea Watch                             C1
Harbour Gazette            1

C credited, a number: cited so often, → linked, (1) only mentioned; ! cited, not
credited, ? credited, never named, + linked, neither cited nor credited, ~
credited and linked, never named

11 links in 12 places"""


def test_the_map_fits_80_columns(audit: Audit) -> None:
    text = reporter.render(audit, "terminal", width=80)
    assert text[text.index("Sources of") :].startswith(MAP)


def test_of_many_days_the_map_has_bands_that_fit(audit: Audit) -> None:
    (document,) = audit.documents
    first = audit.sourcing[0]
    updates = tuple(
        replace(document.updates[0], id=f"d{day}", date=first.date and first.date.replace(day=day), line=day)
        for day in range(1, 29)
    )
    many = reporter.with_findings(replace(audit, documents=(replace(document, updates=updates),)), {})
    shown = reporter.render(many, "terminal", width=80)
    lines = shown[shown.index("Sources of") :].splitlines()[:-3]
    assert max(map(len, lines)) <= 80
    heads = [line.split() for line in lines if line.strip() and set(line.split()) <= {str(day) for day in range(1, 29)}]
    assert [day for head in heads for day in head] == [str(day) for day in range(1, 29)]


def test_more_than_three_texts_have_no_map_at_a_terminal(audit: Audit) -> None:
    (document,) = audit.documents
    texts = tuple(replace(document, source=f"{number}.txt") for number in range(4))
    assert "Sources of" not in reporter.render(reporter.with_findings(replace(audit, documents=texts), {}), "terminal")


def test_the_map_as_csv_has_a_row_a_claim_outlet_and_link(audit: Audit) -> None:
    rows = list(csv.DictReader(io.StringIO(reporter.render(audit, "sourcing-csv"), newline="")))
    assert {key: value for key, value in rows[0].items() if value} == {
        "source": "harbour.txt",
        "date": "2031-05-06",
        "update": "u1",
        "kind": "update",
        "line": "3",
        "column": "1",
        "claim": "The cranes stood still on Tuesday, Coast Wire reported.",
        "outlet": "Coast Wire",
        "how": "inline",
        "cue": "reported",
        "self": "no",
        "credited": "yes",
        "url": "https://coastwire.example/cranes",
        "link_outlet": "Coast Wire",
        "confidence": "high",
        "status": "alive",
        "reason": "ok",
        "links_of_day": "kept",
    }
    assert [(row["line"], row["outlet"], row["how"], row["gap"]) for row in rows if row["gap"]] == [
        ("4", "North Post", "inline", "cited, not credited"),
        ("7", "Island Radio", "credit line", "credited and linked, never named"),
        ("32", "Island Radio", "link", "credited and linked, never named"),
        ("31", "The Lantern", "link", "linked, neither cited nor credited"),
        ("15", "Coast Wire", "inline", "cited, not credited"),
        ("21", "Portnews", "inline", "cited, not credited"),
        ("23", "The Lantern", "credit line", "credited, never named"),
        ("35", "North Post", "link", "linked, neither cited nor credited"),
    ]
    assert [row["claim"] for row in rows if not row["outlet"] and not row["url"]] == [
        "Nobody expects a quick end.",
        "A ferry turned round.",
        "The pilots joined in.",
    ]
