"""A small invented audit: a live blog of three days that has every kind of gap, and a link of every status."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

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
    Ownership,
    Reason,
    Snapshot,
    Status,
    Strength,
    Target,
    Update,
    UpdateKind,
    Verdict,
    Visit,
)
from citecheck.reporter import with_findings

WHEN = datetime(2031, 5, 7, 9, 30, tzinfo=UTC)
SOURCE = "harbour.txt"

OUTLETS = (
    Outlet("Coast Wire", OutletKind.WIRE, domains=("coastwire.example",)),
    Outlet("Harbour Gazette", OutletKind.NEWSPAPER, domains=("gazette.example",)),
    Outlet("Island Radio", OutletKind.BROADCASTER, ownership=Ownership.STATE_RUN),
    Outlet("Island Radio South", OutletKind.BROADCASTER, parent="Island Radio", domains=("south.example",)),
    Outlet("North Post", OutletKind.NEWSPAPER, domains=("northpost.example",)),
    Outlet("The Lantern", OutletKind.SITE, domains=("lantern.example",)),
    Outlet("Sea Watch", OutletKind.ORGANISATION),
)


def said(outlet: str, line: int, column: int, strength: Strength = Strength.EXPLICIT) -> Attribution:
    return Attribution(
        outlet=outlet,
        text=outlet,
        kind=AttributionKind.OUTLET,
        cue="reported",
        line=line,
        column=column,
        strength=strength,
        is_self=outlet == "Harbour Gazette",
    )


def link(number: int, url: str, line: int, update: str | None, outlet: str | None = None) -> Link:
    return Link(
        id=f"l{number}",
        url=url,
        target=url.partition("#")[0],
        origin="bare",
        line=line,
        column=1,
        update=update,
        outlet=outlet,
    )


def visit(url: str, status: Status, reason: str, **more: str) -> Visit:
    http_status = int(reason.removeprefix("http-")) if reason.startswith("http-") else 200
    return Visit(
        target=Target(url=url, request_url=url),
        verdict=Verdict(status=status, reason=reason, suggestion=more.get("suggestion")),
        exchanges=(Exchange(url=url, started_at=WHEN, elapsed_s=0.25, http_status=http_status),),
        attempts=1,
        elapsed_s=0.25,
    )


@pytest.fixture
def document() -> Document:
    """Three days, newest first, the last but one out of order; one undated section; one lead."""
    return Document(
        source=SOURCE,
        title="The harbour strike, day by day",
        published=date(2031, 5, 6),
        publisher="Harbour Gazette",
        outlets=OUTLETS,
        updates=(
            Update(
                id="u1",
                kind=UpdateKind.UPDATE,
                line=1,
                heading="May 6: cranes stand still",
                date=date(2031, 5, 6),
                claims=(
                    Claim("c1", "The cranes stood still on Tuesday, Coast Wire reported.", 3, 1,
                          (replace(said("Coast Wire", 3, 36), qualifiers=("state-run", "news agency")),), ("l1",)),
                    Claim("c2", "Crews will vote on Friday, North Post reported.", 4, 1,
                          (said("North Post", 4, 28),), ("l2",)),
                    Claim("c3", "Nobody expects a quick end.", 5, 1),
                ),
                credits=(
                    Credit("Coast Wire", "Coast Wire", 7, 19),
                    Credit("Island Radio", "Island Radio", 7, 34),
                ),
                credit_line="With reporting by Coast Wire and Island Radio.",
                credit_line_at=7,
            ),
            Update(
                id="u2",
                kind=UpdateKind.ANALYSIS,
                line=9,
                heading="May 6: Analysis",
                date=date(2031, 5, 6),
                claims=(Claim("c4", "The port has seen this before, the Harbour Gazette argued.", 11, 1,
                              (said("Harbour Gazette", 11, 36),)),),
            ),
            Update(
                id="u3",
                kind=UpdateKind.UPDATE,
                line=13,
                heading="May 2",
                date=date(2031, 5, 2),
                claims=(
                    Claim("c5", "Tugs were called back, Coast Wire reported.", 15, 1,
                          (said("Coast Wire", 15, 24),), ("l5",)),
                    Claim("c6", "A ferry turned round.", 16, 1),
                ),
            ),
            Update(
                id="u4",
                kind=UpdateKind.UPDATE,
                line=18,
                heading="May 5",
                date=date(2031, 5, 5),
                claims=(
                    Claim("c7", "Sea Watch counted forty ships.", 20, 1,
                          (replace(said("Sea Watch", 20, 1), kind=AttributionKind.ORGANISATION),)),
                    Claim("c8", "Talks failed, news agency Portnews said.", 21, 1,
                          (replace(said("Portnews", 21, 27), outlet=None),), ("l6",)),
                ),
                credits=(Credit("Sea Watch", "Sea Watch", 23, 19), Credit("The Lantern", "The Lantern", 23, 33)),
                credit_line="With reporting by Sea Watch and The Lantern.",
                credit_line_at=23,
            ),
            Update(id="u5", kind=UpdateKind.UPDATE, line=25, heading="Later", claims=(
                Claim("c9", "The pilots joined in.", 27, 1),
            )),
        ),
        links=(
            replace(link(1, "https://coastwire.example/cranes", 30, "u1", "Coast Wire"), claim="c1",
                    confidence=Certainty.HIGH),
            replace(link(2, "https://lantern.example/vote", 31, "u1", "The Lantern"), claim="c2",
                    confidence=Certainty.HIGH),
            link(3, "http://south.example/pier#top", 32, "u1", "Island Radio South"),
            link(4, "https://user:secret@gone.example/a", 33, "u1"),
            replace(link(5, "https://coastwire.example/tugs", 34, "u3", "Coast Wire"), claim="c5",
                    confidence=Certainty.MEDIUM),
            replace(link(6, "https://northpost.example/talks", 35, "u4", "North Post"), claim="c8",
                    confidence=Certainty.LOW),
            replace(link(7, "https://northpost.example/talks", 36, "u4", "North Post"), repeats="l6"),
            link(8, "https://coastwire.example/cranes", 37, "u1", "Coast Wire"),
            link(9, "https://wall.example/a", 38, None),
            link(10, "https://slow.example/a", 39, None),
            link(11, "http://[broken", 40, None),
            link(12, "ftp://files.example/a", 41, None),
            link(13, "https://later.example/a", 42, None),
        ),
    )  # fmt: skip


@pytest.fixture
def bare_audit(document: Document) -> Audit:
    """The audit before its findings."""
    return Audit(
        started_at=WHEN,
        elapsed_s=1.5,
        is_complete=True,
        documents=(document,),
        visits=(
            visit("https://coastwire.example/cranes", Status.ALIVE, Reason.OK),
            visit("https://lantern.example/vote", Status.MOVED, Reason.PERMANENT_REDIRECT,
                  suggestion="https://lantern.example/new/vote"),
            visit("http://south.example/pier", Status.ALIVE, Reason.OK),
            visit("https://user:secret@gone.example/a", Status.DEAD, "http-404"),
            visit("https://coastwire.example/tugs", Status.ALIVE, Reason.OK),
            visit("https://northpost.example/talks", Status.DEAD, "dns-nxdomain"),
            visit("https://wall.example/a", Status.BLOCKED, "http-403"),
            visit("https://slow.example/a", Status.FAILING, "read-timeout"),
            visit("http://[broken", Status.INVALID, Reason.MALFORMED),
            visit("ftp://files.example/a", Status.SKIPPED, Reason.UNSUPPORTED_SCHEME),
            visit("https://later.example/a", Status.UNCHECKED, Reason.NO_NETWORK),
        ),
        snapshots={
            "https://coastwire.example/cranes": Snapshot("snapshots.warc.gz", 512, 2048, "sha256:ab", WHEN),
            "http://south.example/pier": Snapshot("snapshots.warc.gz", 2560, 900, "sha256:cd", WHEN),
        },
        version="0.1.0",
    )  # fmt: skip


@pytest.fixture
def audit(bare_audit: Audit) -> Audit:
    return with_findings(bare_audit, {})
