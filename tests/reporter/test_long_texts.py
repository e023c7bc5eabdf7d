"""A live blog of years: the work of a report grows with its length, not with its square."""

from datetime import UTC, date, datetime, timedelta

from citecheck import reporter
from citecheck.model import (
    Attribution,
    AttributionKind,
    Audit,
    Claim,
    Document,
    Link,
    Status,
    Target,
    Update,
    UpdateKind,
    Verdict,
    Visit,
)
from tests.effort import ends_within

ENTRIES = 24_000
"""For half as many it took 12 s of CPU when each link was looked for among all; now 2."""


def test_a_report_of_many_thousand_entries_is_soon_written() -> None:
    audit = reporter.with_findings(_audit(ENTRIES), {})
    with ends_within(cpu_s=15):
        told = {name: reporter.render(audit, name).count("\n") for name in ("csv", "sourcing-csv", "concise")}
        reporter.render(audit, "html")
        audit = reporter.with_findings(audit, {})
    assert told == {"csv": ENTRIES + 1, "sourcing-csv": ENTRIES + 1, "concise": len(audit.findings) + 1}


def _audit(entries: int) -> Audit:
    """Twelve entries a day, each with one sentence that names an outlet and links to it; every link is dead."""
    updates = tuple(_update(number) for number in range(entries))
    links = tuple(
        Link(f"l{n}", _url(n), _url(n), "a", n * 3 + 2, 5, update=f"u{n}", claim=f"c{n}") for n in range(entries)
    )
    visits = tuple(Visit(Target(_url(n), _url(n)), Verdict(Status.DEAD, "http-404")) for n in range(entries))
    document = Document(source="years.md", updates=updates, links=links)
    return Audit(datetime(2031, 5, 7, tzinfo=UTC), 1.0, True, (document,), visits)


def _update(n: int) -> Update:
    said = Attribution("The Gull", "The Gull", AttributionKind.OUTLET, "said", n * 3 + 2, 1)
    claim = Claim(f"c{n}", f"Ship {n} was seen, The Gull said.", n * 3 + 2, 1, (said,), (f"l{n}",))
    day = date(2020, 1, 1) + timedelta(days=n // 12)
    return Update(f"u{n}", UpdateKind.UPDATE, n * 3 + 1, date=day, claims=(claim,))


def _url(n: int) -> str:
    return f"https://gull.example/{n}"
