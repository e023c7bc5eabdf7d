import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from citecheck.archive import Writer
from citecheck.archive.index import Index
from citecheck.archive.recovery import lines_of
from citecheck.clock import Clock
from citecheck.errors import ArchiveError
from citecheck.model import Exchange, Status, Truncation, Visit
from tests.archive.warc_samples import NOON, Read, exchange, read_back, visit

PAGE = b"<p>The quay is open.</p>"
SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
NOT_MODIFIED = exchange(
    head=b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", body=b"", http_status=304, started_at=NOON.replace(day=10)
)


def run(folder: Path, *visits: Visit, **rest: object) -> None:
    with Writer(folder, clock=Clock(now=lambda: NOON), software="citecheck/0 (test)", **rest) as writer:  # type: ignore[arg-type]  # test values by name
        for each in visits:
            writer.write(each)


def answers(path: Path) -> list[Read]:
    return [record for record in read_back(path) if record.kind in ("response", "revisit", "resource")]


def page(number: int) -> Visit:
    url = f"http://harbour-gazette.example/{number}"
    return visit(exchange(url, body=random.Random(number).randbytes(700)))


def test_a_payload_of_an_earlier_run_is_referred_to(tmp_path: Path) -> None:
    run(tmp_path, visit(exchange(body=PAGE)))
    run(tmp_path, visit(exchange("http://ferry-times.example/copy", body=PAGE)))
    [first], [second] = answers(tmp_path / "snapshots.warc.gz"), answers(tmp_path / "snapshots-0002.warc.gz")
    assert (second.kind, second.payload) == ("revisit", b"")
    assert {name: second.fields[name] for name in second.fields if name.startswith(("WARC-Refers", "WARC-Prof"))} == {
        "WARC-Profile": SAME,
        "WARC-Refers-To": first.fields["WARC-Record-ID"],
        "WARC-Refers-To-Target-URI": "http://harbour-gazette.example/quay",
        "WARC-Refers-To-Date": first.fields["WARC-Date"],
    }
    assert [(each.filename, each.mime) for each in Index(tmp_path).entries()] == [
        ("snapshots-0002.warc.gz", "warc/revisit"),
        ("snapshots.warc.gz", "text/html"),
    ]


def test_a_cut_payload_of_an_earlier_run_stands_for_no_other(tmp_path: Path) -> None:
    run(tmp_path, visit(exchange(body=PAGE, truncated=Truncation.LENGTH)))
    run(tmp_path, visit(exchange(body=PAGE)))
    assert [each.kind for each in answers(tmp_path / "snapshots-0002.warc.gz")] == ["response"]


def test_a_payload_whose_file_is_gone_is_written_anew(tmp_path: Path) -> None:
    run(tmp_path, visit(exchange(body=PAGE)))
    (tmp_path / "snapshots.warc.gz").unlink()
    run(tmp_path, visit(exchange(body=PAGE)))
    assert [each.payload for each in answers(tmp_path / "snapshots.warc.gz")] == [PAGE]


def test_an_unchanged_page_refers_to_its_last_capture(tmp_path: Path) -> None:
    run(tmp_path, visit(exchange(body=PAGE)))
    run(tmp_path, visit(NOT_MODIFIED))
    [first], [again] = answers(tmp_path / "snapshots.warc.gz"), answers(tmp_path / "snapshots-0002.warc.gz")
    assert (again.fields["WARC-Profile"], again.fields["WARC-Refers-To"]) == (UNCHANGED, first.fields["WARC-Record-ID"])
    assert again.fields["WARC-Payload-Digest"] == first.fields["WARC-Payload-Digest"]
    assert "WARC-Truncated" not in again.fields


def test_an_unchanged_page_never_seen_refers_to_itself(tmp_path: Path) -> None:
    run(tmp_path, visit(NOT_MODIFIED))
    [only] = answers(tmp_path / "snapshots.warc.gz")
    assert (only.fields["WARC-Refers-To"], only.fields["WARC-Refers-To-Target-URI"]) == (
        only.fields["WARC-Record-ID"],
        "http://harbour-gazette.example/quay",
    )


def test_a_full_file_is_closed_and_the_next_begun_with_its_own_opening_record(tmp_path: Path) -> None:
    run(tmp_path, *map(page, range(4)), page(0), rotate_bytes=2000)
    names = ["snapshots.warc.gz", "snapshots-0002.warc.gz", "snapshots-0003.warc.gz"]
    assert [[record.kind for record in read_back(tmp_path / name)] for name in names] == [
        ["warcinfo", "response", "request", "response", "request"],
        ["warcinfo", "response", "request", "response", "request"],
        ["warcinfo", "revisit", "request"],
    ]
    lines = sorted(line for name in names for line in lines_of(tmp_path / name, name))
    assert list(Index(tmp_path).lines()) == lines
    assert len(lines) == 5


def test_the_text_of_a_page_is_kept_beside_it(tmp_path: Path) -> None:
    def text_of(exchange: Exchange) -> str | None:
        return f"The quay is open – {len(exchange.body)}"

    wall = visit(exchange("http://walled.example/", body=b"wall"), status=Status.BLOCKED)
    run(tmp_path, visit(exchange(body=PAGE)), visit(exchange(body=PAGE)), wall, text_of=text_of)
    resources = [each for each in answers(tmp_path / "snapshots.warc.gz") if each.kind == "resource"]
    assert [(each.fields["WARC-Target-URI"], each.fields["Content-Type"], each.payload) for each in resources] == [
        (
            "urn:text:http://harbour-gazette.example/quay",
            "text/plain; charset=utf-8",
            "The quay is open – 24".encode(),
        )
    ]
    assert lines_of(tmp_path / "snapshots.warc.gz", "snapshots.warc.gz")[-1] in Index(tmp_path).lines()


def test_an_answer_that_is_not_the_source_is_marked(tmp_path: Path) -> None:
    hop = exchange("http://harbour-gazette.example/old", body=b"", http_status=302)
    run(tmp_path, visit(hop, exchange(body=PAGE), status=Status.BLOCKED, reason="bot-wall"))
    assert [each.fields.get("Citecheck-Verdict") for each in answers(tmp_path / "snapshots.warc.gz")] == [
        None,
        "blocked bot-wall",
    ]
    assert Index(tmp_path).nearest("http://harbour-gazette.example/quay") is None
    [capture] = Index(tmp_path).captures("http://harbour-gazette.example/quay")
    assert capture.verdict == "blocked bot-wall"


def test_two_runs_never_write_one_archive(tmp_path: Path) -> None:
    with (
        Writer(tmp_path, clock=Clock(), software="x"),
        pytest.raises(ArchiveError, match="another run is writing this archive; wait for it or name another folder"),
    ):
        run(tmp_path, page(1))
    run(tmp_path, page(1))
    assert len(list(Index(tmp_path).lines())) == 1


@pytest.mark.parametrize("lost_bytes", [0, 1, 30, 500, 900])
def test_a_half_written_file_is_healed_by_the_next_run(tmp_path: Path, lost_bytes: int) -> None:
    run(tmp_path, page(1), page(2))
    whole, part = tmp_path / "snapshots.warc.gz", tmp_path / "snapshots.warc.gz.open"
    sound = read_back(whole)
    data = whole.read_bytes()
    part.write_bytes(data[: len(data) - lost_bytes])
    whole.unlink()
    (tmp_path / "index.cdxj").unlink()
    run(tmp_path, page(3))
    kept = [each for each in sound if each.offset + each.size_bytes <= len(data) - lost_bytes]
    assert read_back(whole) == kept
    assert [path.name for path in sorted(tmp_path.iterdir()) if path.is_file()] == [
        "index.cdxj",
        "snapshots-0002.warc.gz",
        "snapshots.warc.gz",
    ]
    assert len(list(Index(tmp_path).lines())) == 1 + sum(each.kind == "response" for each in kept)


def test_a_file_with_no_whole_record_goes(tmp_path: Path) -> None:
    (tmp_path / "snapshots.warc.gz.open").write_bytes(b"\x1f\x8b\x08")
    run(tmp_path, page(1))
    assert [record.kind for record in read_back(tmp_path / "snapshots.warc.gz")] == ["warcinfo", "response", "request"]


def test_a_run_killed_between_index_and_name_is_indexed_once(tmp_path: Path) -> None:
    run(tmp_path, page(1))
    run(tmp_path, page(2))
    (tmp_path / "snapshots-0002.warc.gz").rename(tmp_path / "snapshots-0002.warc.gz.open")
    run(tmp_path, page(3))
    data = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("index*.cdxj")))
    assert data.count(b"\n") == len(set(data.split(b"\n")) - {b""}) == 3


WRITING = """
import sys
from pathlib import Path
from tests.archive.test_archive_over_runs import page
from citecheck.archive import Writer
from citecheck.clock import Clock
with Writer(Path(sys.argv[1]), clock=Clock(), software="x", rotate_bytes=20_000) as writer:
    for number in range(int(sys.argv[2]), 10**9):
        writer.write(page(number))
        print(number, flush=True)
"""


def test_killed_twenty_times_nothing_finished_is_lost_and_nothing_indexed_twice(tmp_path: Path) -> None:
    dice = random.Random(11)
    finished: list[int] = []
    for _ in range(20):
        command = [sys.executable, "-c", WRITING, str(tmp_path), str(len(finished))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
            assert process.stdout
            finished.append(int(process.stdout.readline()))
            time.sleep(dice.random() * 0.03)
            process.send_signal(signal.SIGKILL)
            finished.extend(int(line) for line in process.stdout.read().splitlines() if line)
    run(tmp_path, page(10**9))
    held = {read.fields["WARC-Target-URI"] for path in tmp_path.glob("*.warc.gz") for read in answers(path)}
    assert {page(number).target.url for number in finished} <= held
    lines = b"".join(path.read_bytes() for path in tmp_path.glob("index*.cdxj")).splitlines()
    assert len(lines) == len(set(lines))
    places = [(entry.filename, entry.offset) for entry in Index(tmp_path).entries()]
    assert sorted(places) == sorted(
        (path.name, read.offset) for path in tmp_path.glob("*.warc.gz") for read in answers(path)
    )
    assert not list(tmp_path.glob("*.open"))
