"""The whole path: one visit a target whatever it takes, in the order of the texts, remembered or kept as asked."""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import requests
from msgspec.structs import replace

import citecheck
from citecheck import fetcher
from citecheck.model import Source, Status
from citecheck.settings import CacheSettings, FetchSettings, Settings, TransportName
from tests.web.loopback import Handler, Loopback


class Quay(Loopback):
    """Answers 200 to all but /gone, and remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__(QuayHandler)
        self.asked: list[str] = []


class QuayHandler(Handler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Quay)
        self.server.asked.append(self.path)
        self.answer(404 if self.path == "/gone" else 200, b"quay")


@pytest.fixture
def quay() -> Iterator[Quay]:
    with Quay() as quay:
        yield quay


def settings(tmp_path: Path, **cache: bool) -> Settings:
    return Settings(
        fetch=FetchSettings(allow_private=True, host_interval_s=0),
        cache=CacheSettings(path=str(tmp_path / "cache.sqlite"), **cache),
    )


def verdicts(audit: citecheck.Audit) -> list[tuple[str, str]]:
    return [(visit.target.url, visit.verdict.reason) for visit in audit.visits]


def test_each_target_is_fetched_once_however_often_it_is_linked(quay: Quay, tmp_path: Path) -> None:
    text = f"First {quay.origin}/gone, then {quay.origin}/open and {quay.origin}/gone#again."
    audit = citecheck.audit([Source(name="a.txt", data=text.encode())], settings(tmp_path))
    assert verdicts(audit) == [(f"{quay.origin}/gone", "http-404"), (f"{quay.origin}/open", "ok")]
    assert sorted(quay.asked) == ["/gone", "/open"]
    assert [link.target for link in audit.documents[0].links] == [
        *(f"{quay.origin}/gone", f"{quay.origin}/open", f"{quay.origin}/gone"),
    ]


def test_whoever_fetches_is_told_of_the_links_before_they_are_read(
    quay: Quay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr(fetcher.Crew, "expect", lambda crew, links: told.append(links))
    text = f"First {quay.origin}/gone, then {quay.origin}/open and {quay.origin}/gone#again."
    citecheck.audit([Source(name="a.txt", data=text.encode())], settings(tmp_path))
    assert told == [3]


def test_a_live_verdict_is_remembered_and_a_dead_one_is_not(quay: Quay, tmp_path: Path) -> None:
    source = Source(name="a.txt", data=f"See {quay.origin}/open and {quay.origin}/gone.".encode())
    first = citecheck.audit([source], settings(tmp_path), liveness_only=True)
    again = citecheck.audit([source], settings(tmp_path), liveness_only=True)
    assert verdicts(again) == verdicts(first)
    assert [visit.is_cached for visit in again.visits] == [True, False]
    assert sorted(quay.asked) == ["/gone", "/gone", "/open"]


def test_an_archiving_audit_fetches_anew_and_keeps_what_it_saw(quay: Quay, tmp_path: Path) -> None:
    source = Source(name="a.txt", data=f"See {quay.origin}/open.".encode())
    citecheck.audit([source], settings(tmp_path), liveness_only=True)
    audit = citecheck.audit([source], settings(tmp_path), folder=tmp_path / "kept")
    assert quay.asked == ["/open", "/open"]
    assert [snapshot.file for snapshot in audit.snapshots.values()] == ["snapshots.warc.gz"]
    assert (tmp_path / "kept" / "snapshots.warc.gz").is_file()


def test_without_a_cache_nothing_is_remembered(quay: Quay, tmp_path: Path) -> None:
    source = Source(name="a.txt", data=f"See {quay.origin}/open.".encode())
    for _ in range(2):
        citecheck.audit([source], settings(tmp_path, enabled=False), liveness_only=True)
    assert quay.asked == ["/open", "/open"]


def test_the_library_checks_urls_as_they_are_given(quay: Quay, tmp_path: Path) -> None:
    visits = list(citecheck.check([f"{quay.origin}/open#top", "ftp://quay.example/x"], settings(tmp_path)))
    assert sorted((visit.target.url, visit.verdict.status) for visit in visits) == [
        ("ftp://quay.example/x", Status.SKIPPED),
        (f"{quay.origin}/open", Status.ALIVE),
    ]


def test_a_text_in_no_need_of_the_network_is_read_extracted_and_rendered(tmp_path: Path) -> None:
    Path("quay.txt").write_text("The quay reopened on Tuesday, AFP reported.\n")
    [source] = citecheck.read(["quay.txt"])
    document = citecheck.extract(source)
    [claim] = document.updates[0].claims
    assert [(each.name, each.cue) for each in claim.attributions] == [("AFP", "reported")]
    audit = citecheck.audit(["quay.txt"], Settings(offline=True))
    assert citecheck.render(audit, "concise") == "0 links in 0 places; no findings\n"


def test_what_was_seen_by_a_detour_is_not_remembered(quay: Quay, tmp_path: Path) -> None:
    port = quay.origin.rpartition(":")[2]
    fetch = FetchSettings(allow_private=True, host_interval_s=0, connect_to=(f"quay.example:80:127.0.0.1:{port}",))
    led = replace(settings(tmp_path), fetch=fetch)
    for _ in range(2):
        [visit] = citecheck.check(["http://quay.example/open"], led)
        assert (visit.verdict.reason, visit.is_cached) == ("ok", False)
    assert quay.asked == ["/open", "/open"]


def test_a_run_is_cut_where_it_may_not_take_longer(quay: Quay, tmp_path: Path) -> None:
    fetch = FetchSettings(allow_private=True, host_interval_s=0.2, max_run_s=0.3)
    text = " ".join(f"{quay.origin}/open?{number}" for number in range(50))
    audit = citecheck.audit([Source(name="a.txt", data=text.encode())], replace(settings(tmp_path), fetch=fetch))
    reasons = Counter(visit.verdict.reason for visit in audit.visits)
    assert 1 <= reasons["ok"] <= 3
    assert reasons["interrupted"] == 50 - reasons["ok"]
    assert audit.elapsed_s < 2
    assert (audit.is_complete, audit.is_cut) == (False, True)
    assert audit.notes == (
        f"{50 - reasons['ok']} links were not checked: the run was cut after 0 s; raise --max-run, or run it again: "
        "what was alive is remembered.",
    )


@pytest.mark.parametrize(
    ("place", "name", "reason"),
    [("citecheck.audit", "plan", "interrupted"), ("citecheck.reporter", "with_findings", "ok")],
)
def test_ctrl_c_costs_no_report(
    quay: Quay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, name: str, reason: str
) -> None:
    module = import_module(place)
    work, times = getattr(module, name), 0

    def interrupted(*given: Any, **named: Any) -> Any:
        nonlocal times
        times += 1
        if times == 1:
            raise KeyboardInterrupt
        return work(*given, **named)

    monkeypatch.setattr(module, name, interrupted)
    audit = citecheck.audit([Source(name="a.txt", data=f"See {quay.origin}/open.".encode())], settings(tmp_path))
    assert (audit.is_complete, verdicts(audit)) == (False, [(f"{quay.origin}/open", reason)])


def test_a_session_of_the_callers_own_makes_the_requests(quay: Quay, tmp_path: Path) -> None:
    session = requests.Session()
    session.headers["X-Harbour"] = "north"
    seen = []
    session.hooks["response"].append(lambda answer, **_: seen.append(answer.request.headers["X-Harbour"]))
    [visit] = citecheck.check([f"{quay.origin}/open"], settings(tmp_path), session=session)
    assert (visit.verdict.reason, seen) == ("ok", ["north"])
    [visit] = citecheck.check([f"{quay.origin}/open"], settings(tmp_path))  # others may not see what it saw
    assert (visit.is_cached, quay.asked) == (False, ["/open", "/open"])


def test_requests_can_be_asked_for(quay: Quay, tmp_path: Path) -> None:
    fetch = FetchSettings(allow_private=True, transport=TransportName.REQUESTS)
    visits = citecheck.check([f"{quay.origin}/open", f"{quay.origin}/gone"], replace(settings(tmp_path), fetch=fetch))
    assert sorted(visit.verdict.reason for visit in visits) == ["http-404", "ok"]
