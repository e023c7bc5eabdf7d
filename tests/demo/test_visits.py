"""Each link of the sample blog gets the verdict that it was written for, and the archive keeps what was sent."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # warcio ships no types

from citecheck import archive, demo, fetcher
from citecheck.clock import SYSTEM_CLOCK
from citecheck.demo.web import pages
from citecheck.model import Status, Target, Visit

NORTHWIRE_SPAN = "https://www.northwire.example/2024/03/09/first-section-temporary-span-lowered-vellmar-bridge-a4417"
VERDICTS = {
    NORTHWIRE_SPAN: ("alive", "ok"),
    "https://vna.example/en/transport/freighter-owners-pay-repair-advance-121877": ("blocked", "http-403"),
    "https://island-ledger.example/2024/03/09/pilots-vote-strike-tugs": ("alive", "ok"),
    "https://orra-tv.example/news/night-barges-lorries-12132": ("moved", "permanent-redirect"),
    "https://tidewater-tribune.example/world/2024/mar/09/families-parted-landing-stage-orra": ("alive", "ok"),
    "http://harbour-master.example/notices/channel-closed-forty-metres.html": ("alive", "ok"),
    "https://skerry-orra.example/a/divers-second-crack-waterline-30952.html": ("alive", "ok"),
    "https://tidewater-tribune.example/world/2024/mar/08/government-split-strait-international-waterway": (
        "dead",
        "http-404",
    ),
    "https://island-ledger.example/2024/03/08/shopkeepers-emergency-fund-hundred-crowns": ("blocked", "rate-limited"),
    "https://kelda.example/dispatch/tanker-heating-oil-turned-back-outer-buoy": ("failing", "http-503"),
    "https://strait-courier.example/2024/03/08/insurers-pilots-log-maritime-lawyer-a719": ("alive", "ok"),
    "https://www.northwire.example/2024/03/04/maren-kjeld-timber-orra-a4390": ("dead", "http-410"),
    "https://bridgewatch.example/reports/bridge-failed-inspections": ("moved", "permanent-redirect"),
    "https://lantern.example/investigations/inspection-log-fender": ("failing", "redirect-loop"),
    "https://radio-skerry.example/a/recording-last-call-pilot-station-30940.html": ("blocked", "http-451"),
    "https://album.vellmar-bridge.invalid/1998/photographs-opening-bridge": ("dead", "dns-nxdomain"),
    "ftp://charts.hydrographic-office.example/approach/salvage-charts.zip": ("skipped", "unsupported-scheme"),
    "https://social.example/maritsund/status/88120417": ("alive", "ok"),
    "https://harbour-master.example/sailings": ("alive", "ok"),
    "https://harbour-gazette.example/2024/03/05/orra-government-denied-warned-freighter": ("failing", "http-500"),
    "https://foreign-ministry.example/treaties/1954-strait-open": ("failing", "tls-self-signed"),
    "http://tidal-office.example:808O/currents/broken-span": ("invalid", "malformed"),
    "https://maps.island-ledger.example/detours/seven-hours": ("failing", "refused"),
    "https://strait-courier.example/2024/03/05/freighter-company-one-ship-register-owners-a716": ("alive", "ok"),
}


class Run(NamedTuple):
    visits: Mapping[str, Visit]
    folder: Path


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Every link of the blog fetched from the sample web, and archived."""
    folder = tmp_path_factory.mktemp("run")
    with (
        demo.Web.start() as web,
        archive.Writer(folder, clock=SYSTEM_CLOCK, software="citecheck/0 (test)") as writer,
    ):
        visits = {}
        targets = [Target(url=url, request_url=url) for url in VERDICTS]
        for visit in fetcher.Crew(demo.settings(web).fetch, keep_bodies=True).visits(targets):
            writer.write(visit)
            visits[visit.target.url] = visit
    return Run(visits, folder)


def test_the_links_are_those_whose_verdict_is_known() -> None:
    text = demo.blog().data.decode()
    assert set(re.findall(r"(?:https?|ftp)://\S*[^\s.]", text)) == set(VERDICTS)


def test_there_is_a_link_of_each_status_that_a_whole_run_gives() -> None:
    assert {status for status, _ in VERDICTS.values()} == set(Status) - {Status.UNCHECKED}


def test_each_link_gets_its_verdict(run: Run) -> None:
    assert {url: (str(visit.verdict.status), visit.verdict.reason) for url, visit in run.visits.items()} == VERDICTS


def test_the_archive_holds_every_hop_as_the_web_sent_it(run: Run) -> None:
    hops = [exchange.url for visit in run.visits.values() for exchange in visit.exchanges if exchange.http_status]
    kept: dict[str, list[bytes]] = {}
    asked = []
    with (run.folder / "snapshots.warc.gz").open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if record.rec_type == "response":
                kept.setdefault(url, []).append(record.raw_stream.read())
            elif record.rec_type == "request":
                asked.append(url)
            else:
                assert record.rec_type == "warcinfo"
    assert kept == {url: [pages()[url].body] for url in hops}
    assert sorted(asked) == sorted(hops)
    assert len(hops) == 22
