"""How long and how large: the report of many texts: `python -m tests.bench.bench_report [TEXTS] [LINKS] [FOLDER]`.

Prints the seconds of each file and the peak memory of the process, the audit itself included.
"""

import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from citecheck import reporter
from citecheck.model import (
    Attribution,
    AttributionKind,
    Audit,
    Certainty,
    Claim,
    Credit,
    Document,
    Exchange,
    Link,
    Outlet,
    OutletKind,
    Snapshot,
    Status,
    Target,
    Update,
    UpdateKind,
    Verdict,
    Visit,
)

WHEN = datetime(2031, 5, 7, tzinfo=UTC)
OUTLETS = tuple(Outlet(f"Outlet {number}", OutletKind.WIRE) for number in range(40))
STATUSES: tuple[tuple[Status, str], ...] = (
    *((Status.ALIVE, "ok"),) * 13,
    (Status.DEAD, "http-404"),
    (Status.MOVED, "permanent-redirect"),
    (Status.BLOCKED, "http-403"),
    (Status.FAILING, "read-timeout"),
)


def document(number: int, links: int) -> Document:
    """A text of four days with six sentences each, every second of them with a source."""
    updates = []
    for day in range(4):
        claims = tuple(
            Claim(
                f"c{day * 6 + at}",
                f"Sentence {at} of day {day} of text {number} says something of the harbour and its {at} cranes.",
                day * 20 + at,
                1,
                (_said(number + at, day * 20 + at),) if at % 2 else (),
                (f"l{day * 6 + at}",),
                paragraph=at // 2,
            )
            for at in range(1, 7)
        )
        # On the first day one outlet that is cited lacks and one is there that is not: a house as careful as most.
        names = [OUTLETS[(number + at) % 40].name for at in (1, 3, *((6,) if day == 0 else (5,)))]
        credited = tuple(Credit(name, name, day * 20 + 9, 20) for name in names)
        line = f"With reporting by {', '.join(names[:-1])} and {names[-1]}."
        updates.append(
            Update(
                f"u{day}",
                UpdateKind.UPDATE,
                day * 20,
                f"May {day + 1}",
                date(2031, 5, 1) + timedelta(day),
                claims=claims,
                credits=credited,
                credit_line=line,
                credit_line_at=day * 20 + 9,
            )
        )
    return Document(
        source=f"texts/section-{number % 20}/story-{number}.html",
        title=f"The harbour strike, part {number}",
        updates=tuple(updates),
        links=tuple(_link(number, at) for at in range(links)),
        keeps_links=False,
        outlets=OUTLETS,
    )


def _said(outlet: int, line: int) -> Attribution:
    name = OUTLETS[outlet % 40].name
    return Attribution(outlet=name, text=name, kind=AttributionKind.OUTLET, cue="reported", line=line, column=40)


def _link(number: int, at: int) -> Link:
    host = f"www.host-{(number + at) % 700}.example"
    url = f"https://{host}/2031/05/{at % 28 + 1:02}/story-{number}-of-the-harbour-{at}.html"
    return Link(f"l{at}", url, url, "a", at + 1, 9, "the report", f"u{at // 7}", f"c{at}", Certainty.HIGH)


def audit_of(texts: int, links: int) -> Audit:
    documents = tuple(document(number, links) for number in range(texts))
    urls = [link.target for each in documents for link in each.links]
    return Audit(
        started_at=WHEN,
        elapsed_s=60.0,
        is_complete=True,
        documents=documents,
        visits=tuple(_visit(url, number) for number, url in enumerate(urls)),
        snapshots={
            url: Snapshot("a.warc.gz", at, 9000, "sha256:ab", WHEN) for at, url in enumerate(urls) if at % 17 < 13
        },
    )


def _visit(url: str, number: int) -> Visit:
    status, reason = STATUSES[number % len(STATUSES)]
    return Visit(Target(url, url), Verdict(status, reason), (Exchange(url, WHEN, 0.2, 200),), 1, 0.2, checked_at=WHEN)


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    texts, links = (int(each) for each in [*sys.argv[1:3], "2000", "50000"][:2])
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(tempfile.mkdtemp())
    audit = audit_of(texts, links // texts)
    print(f"the audit alone: {peak_mib():.0f} MiB")
    began = time.perf_counter()
    audit = reporter.with_findings(audit, {})
    print(f"map and {len(audit.findings)} findings: {time.perf_counter() - began:.1f} s, {peak_mib():.0f} MiB")
    whole = began
    for name, format in (
        ("index.html", "html"),
        ("report.json", "json"),
        ("links.csv", "csv"),
        ("map.csv", "sourcing-csv"),
    ):
        began = time.perf_counter()
        reporter.write(audit, format, folder / name)
        size = (folder / name).stat().st_size / 1e6
        print(f"{name}: {time.perf_counter() - began:.1f} s, {size:.1f} MB, {peak_mib():.0f} MiB")
    print(f"together {time.perf_counter() - whole:.1f} s, peak {peak_mib():.0f} MiB")


if __name__ == "__main__":
    main()
