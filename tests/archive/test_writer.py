import base64
import gzip
import hashlib
import re
import resource
import signal
import subprocess
import sys
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from citecheck.archive import Writer
from citecheck.clock import Clock
from citecheck.errors import ArchiveError
from citecheck.model import Failure, Snapshot, Status, Truncation, Visit
from tests.archive.warc_samples import NOON, Read, counted_ids, exchange, read_back, urn, visit

PAGE = b"<p>The quay is open.</p>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
HOP = exchange(
    "http://harbour-gazette.example/old",
    head=b"HTTP/1.1 301 Moved Permanently\r\nLocation: /quay\r\n\r\n",
    request=b"GET /old HTTP/1.1\r\nHost: harbour-gazette.example\r\n\r\n",
    body=b"",
    http_status=301,
)
DATE = "2031-04-09T12:00:00.250000Z"


def opened(folder: Path) -> Writer:
    return Writer(folder, clock=Clock(now=lambda: NOON), new_id=counted_ids(), software="citecheck/0 (test)")


def written(folder: Path, *visits: Visit) -> tuple[list[Snapshot | None], list[Read]]:
    """The snapshots given for `visits`, and the records after the opening one, as read back."""
    with opened(folder) as writer:
        snapshots = [writer.write(each) for each in visits]
    return snapshots, read_back(folder / "snapshots.warc.gz")[1:]


def sha1(block: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode()


def test_a_redirect_and_its_page_are_whole_records(tmp_path: Path) -> None:
    snapshots, _ = written(tmp_path, visit(HOP, exchange(body=PAGE), status=Status.MOVED))

    def record(number: int, kind: str, fields: str, media: str, block: str) -> str:
        return (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {urn(number)}\r\nWARC-Date: {DATE}\r\n{fields}"
            f"WARC-Block-Digest: {sha1(block.encode())}\r\nContent-Type: {media}\r\nContent-Length: {len(block)}\r\n"
            f"\r\n{block}\r\n\r\n"
        )

    software = (
        "software: citecheck/0 (test)\r\nformat: WARC File Format 1.1\r\n"
        "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    )
    old = "WARC-Target-URI: http://harbour-gazette.example/old\r\nWARC-IP-Address: 127.0.0.1\r\n"
    quay = "WARC-Target-URI: http://harbour-gazette.example/quay\r\nWARC-IP-Address: 127.0.0.1\r\n"
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE.decode()}"
    assert gzip.decompress((tmp_path / "snapshots.warc.gz").read_bytes()).decode() == (
        record(1, "warcinfo", "WARC-Filename: snapshots.warc.gz\r\n", "application/warc-fields", software)
        + record(
            2,
            "response",
            f"{old}WARC-Payload-Digest: {sha1(b'')}\r\n",
            "application/http;msgtype=response",
            "HTTP/1.1 301 Moved Permanently\r\nLocation: /quay\r\n\r\n",
        )
        + record(
            3,
            "request",
            f"{old}WARC-Concurrent-To: {urn(2)}\r\n",
            "application/http;msgtype=request",
            "GET /old HTTP/1.1\r\nHost: harbour-gazette.example\r\n\r\n",
        )
        + record(
            4,
            "response",
            f"{quay}WARC-Payload-Digest: {sha1(PAGE)}\r\n",
            "application/http;msgtype=response",
            page,
        )
        + record(
            5,
            "request",
            f"{quay}WARC-Concurrent-To: {urn(4)}\r\n",
            "application/http;msgtype=request",
            "GET /quay HTTP/1.1\r\nHost: harbour-gazette.example\r\n\r\n",
        )
    )
    page_record = read_back(tmp_path / "snapshots.warc.gz")[3]
    assert snapshots == [
        Snapshot(
            file="snapshots.warc.gz",
            offset=page_record.offset,
            size_bytes=page_record.size_bytes,
            digest=f"sha256:{hashlib.sha256(PAGE).hexdigest()}",
            captured_at=NOON,
        )
    ]


def test_a_snapshot_says_where_its_record_lies(tmp_path: Path) -> None:
    [snapshot], _ = written(tmp_path, visit(exchange(body=PAGE)))
    assert snapshot
    data = (tmp_path / "snapshots.warc.gz").read_bytes()
    record = gzip.decompress(data[snapshot.offset : snapshot.offset + snapshot.size_bytes])
    assert record.endswith(b"\r\n\r\n" + PAGE + b"\r\n\r\n")


def test_warcio_check_accepts_the_file(tmp_path: Path) -> None:
    written(
        tmp_path, visit(HOP, exchange()), visit(exchange()), visit(exchange(body=b"cut", truncated=Truncation.TIME))
    )
    check = subprocess.run(
        [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", tmp_path / "snapshots.warc.gz"],
        capture_output=True,
        text=True,
    )
    assert (check.returncode, check.stderr) == (0, "")
    assert check.stdout.count("digest pass") == 8
    assert check.stdout.count("digest present but not checked (revisit)") == 1


@pytest.mark.parametrize("status", Status)
def test_only_a_page_that_a_reader_gets_is_a_snapshot(tmp_path: Path, status: Status) -> None:
    [snapshot], records = written(tmp_path, visit(exchange(body=PAGE), status=status))
    assert [record.kind for record in records] == ["response", "request"]
    assert (snapshot is not None) == (status in {Status.ALIVE, Status.MOVED})


def test_what_failed_leaves_what_there_was(tmp_path: Path) -> None:
    unasked = exchange(request=b"", head=b"", body=b"", failure=Failure.REFUSED)
    unanswered = exchange(head=b"", body=b"", failure=Failure.READ_TIMEOUT)
    snapshots, records = written(
        tmp_path, visit(unasked, status=Status.FAILING), visit(unanswered, status=Status.FAILING), visit()
    )
    assert snapshots == [None, None, None]
    assert [(record.kind, record.fields.get("WARC-Concurrent-To")) for record in records] == [("request", None)]
    assert (tmp_path / "index.cdxj").read_bytes() == b""


def test_a_payload_seen_before_is_referred_to(tmp_path: Path) -> None:
    again = exchange("http://ferry-times.example/copy", body=PAGE, peer_address=None)
    snapshots, records = written(tmp_path, visit(exchange(body=PAGE)), visit(again))
    assert records[2] == Read(
        kind="revisit",
        fields={
            "WARC-Type": "revisit",
            "WARC-Record-ID": urn(4),
            "WARC-Date": DATE,
            "WARC-Target-URI": "http://ferry-times.example/copy",
            "WARC-Payload-Digest": sha1(PAGE),
            "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            "WARC-Refers-To": urn(2),
            "WARC-Refers-To-Target-URI": "http://harbour-gazette.example/quay",
            "WARC-Refers-To-Date": DATE,
            "WARC-Truncated": "length",
            "WARC-Block-Digest": sha1(HEAD),
            "Content-Type": "application/http;msgtype=response",
            "Content-Length": str(len(HEAD)),
        },
        status_line="HTTP/1.1 200 OK",
        headers=[("Content-Type", "text/html; charset=utf-8")],
        payload=b"",
        offset=records[2].offset,
        size_bytes=records[2].size_bytes,
    )
    first, second = snapshots
    assert first and second
    assert (second.offset, second.digest) == (records[2].offset, first.digest)


def test_a_payload_that_was_cut_stands_for_no_other(tmp_path: Path) -> None:
    cut = exchange(body=PAGE, truncated=Truncation.LENGTH)
    _, records = written(tmp_path, visit(cut), visit(cut), visit(exchange(body=PAGE)), visit(cut))
    assert [(r.kind, r.fields.get("WARC-Truncated"), r.payload) for r in records if r.kind != "request"] == [
        ("response", "length", PAGE),
        ("response", "length", PAGE),
        ("response", None, PAGE),
        ("response", "length", PAGE),
    ]


def test_empty_payloads_are_not_referred_to(tmp_path: Path) -> None:
    _, records = written(tmp_path, visit(HOP), visit(HOP))
    assert [record.kind for record in records] == ["response", "request", "response", "request"]


def test_the_index_lists_every_answer_in_order(tmp_path: Path) -> None:
    tower = exchange("http://www.Ferry-Times.example:8080/Tower/?b=2&a=1", body=PAGE, headers=(), http_status=404)
    gone = visit(tower, status=Status.DEAD, reason="http-404")
    _, records = written(tmp_path, visit(HOP, exchange(body=PAGE)), gone)
    old, _, quay, _, dead, _ = records

    def place(record: Read) -> str:
        return f'"filename":"snapshots.warc.gz","offset":"{record.offset}","length":"{record.size_bytes}"'

    assert (tmp_path / "index.cdxj").read_text().splitlines() == [
        'example,ferry-times:8080)/tower?a=1&b=2 20310409120000 {"url":"http://www.Ferry-Times.example:8080/Tower/?b=2&a=1",'
        f'"digest":"{sha1(PAGE)}","mime":"warc/revisit",{place(dead)},"status":"404","verdict":"dead http-404"}}',
        'example,harbour-gazette)/old 20310409120000 {"url":"http://harbour-gazette.example/old",'
        f'"digest":"{sha1(b"")}","mime":"unk",{place(old)},"status":"301"}}',
        'example,harbour-gazette)/quay 20310409120000 {"url":"http://harbour-gazette.example/quay",'
        f'"digest":"{sha1(PAGE)}","mime":"text/html",{place(quay)},"status":"200"}}',
    ]


def test_the_files_have_their_names_only_when_whole(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "run"
    with opened(folder) as writer:
        writer.write(visit(exchange()))
        assert [path.name for path in folder.iterdir()] == ["snapshots.warc.gz.open"]
    assert sorted(path.name for path in folder.iterdir()) == ["index.cdxj", "snapshots.warc.gz"]
    writer.close()  # a second time does nothing


def test_an_interrupted_run_keeps_its_archive(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), opened(tmp_path) as writer:
        writer.write(visit(exchange(body=PAGE)))
        raise KeyboardInterrupt
    assert [record.payload for record in read_back(tmp_path / "snapshots.warc.gz")[1:]] == [PAGE, b""]


def test_the_same_run_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        written(tmp_path / name, visit(HOP, exchange()), visit(exchange()))
    path = tmp_path / "one" / "snapshots.warc.gz"
    one, two = ([path.read_bytes() for path in sorted((tmp_path / name).iterdir())] for name in ("one", "two"))
    assert one == two
    index, records = one
    assert re.findall(rb"\x1f\x8b\x08\x00(.{4})", records, re.DOTALL) == [b"\0\0\0\0"] * len(read_back(path))
    assert index.count(b"\n") == 3


def test_times_are_told_in_utc(tmp_path: Path) -> None:
    evening = NOON.astimezone(timezone(timedelta(hours=9)))
    _, [answer, _] = written(tmp_path, visit(exchange(started_at=evening)))
    assert answer.fields["WARC-Date"] == DATE
    assert (tmp_path / "index.cdxj").read_text().split()[1] == "20310409120000"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError) as caught, opened(tmp_path / "file"):
        pass
    assert str(caught.value) == (
        f"{tmp_path / 'file'}: the archive cannot be written: File exists; choose another folder"
    )
    assert caught.value.about == str(tmp_path / "file")


def test_a_full_disk_is_told_in_one_line_and_leaves_the_file_open(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (900, before[1]))
    try:
        with pytest.raises(ArchiveError, match="File too large; choose another folder"), opened(tmp_path) as writer:
            for number in range(9):
                writer.write(visit(exchange(body=str(number).encode())))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["snapshots.warc.gz.open"]


def test_a_closed_writer_takes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as writer:
        pass
    with pytest.raises(ArchiveError, match=r"snapshots\.warc\.gz: written to while not open"):
        writer.write(visit(exchange()))
