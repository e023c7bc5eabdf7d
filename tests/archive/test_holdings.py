import gzip
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from citecheck.archive.holdings import Holdings
from citecheck.errors import ArchiveError
from citecheck.model import Status
from tests.archive.test_archive_over_runs import PAGE, page, run
from tests.archive.warc_samples import NOON, exchange, visit

QUAY = "http://harbour-gazette.example/quay"


def headed(*lines: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", *lines, "", "")).encode()


def test_the_payload_of_a_revisit_is_read_from_the_file_that_has_it(tmp_path: Path) -> None:
    run(tmp_path, visit(exchange(body=PAGE)), text_of=lambda exchange: "The quay is open.")
    later = exchange("http://ferry-times.example/copy", body=PAGE, started_at=NOON + timedelta(days=1))
    run(tmp_path, visit(later))
    capture = Holdings(tmp_path).capture("http://ferry-times.example/copy")
    assert capture
    assert (capture.payload, capture.entry.filename, capture.media) == (PAGE, "snapshots-0002.warc.gz", "text/html")
    [first] = Holdings(tmp_path).captures(QUAY)
    assert Holdings(tmp_path).text(first) == "The quay is open."


def test_a_page_is_found_at_its_time_before_an_error_of_that_time(tmp_path: Path) -> None:
    def at(days: int, body: bytes, status: Status = Status.ALIVE) -> None:
        run(tmp_path, visit(exchange(body=body, started_at=NOON + timedelta(days=days)), status=status))

    at(0, b"old")
    at(10, b"gone", Status.DEAD)
    at(30, b"new")
    payloads = [
        capture and capture.payload
        for capture in (Holdings(tmp_path).capture(QUAY, NOON + timedelta(days=days)) for days in (-5, 10, 28))
    ]
    assert payloads == [b"old", b"old", b"new"]


def test_what_was_never_a_page_is_found_as_what_it_was(tmp_path: Path) -> None:
    run(tmp_path, visit(exchange(body=b"wall"), status=Status.BLOCKED))
    capture = Holdings(tmp_path).capture(QUAY)
    assert capture and capture.payload == b"wall"
    assert Holdings(tmp_path).capture("http://nowhere.example/") is None


def test_a_payload_that_another_folder_has_is_named(tmp_path: Path) -> None:
    run(tmp_path, visit(exchange(body=PAGE)))
    run(tmp_path, visit(exchange("http://ferry-times.example/copy", body=PAGE)))
    holdings = Holdings(tmp_path)
    [entry] = holdings.captures("http://ferry-times.example/copy")
    lines = (tmp_path / "index.cdxj").read_bytes().splitlines(keepends=True)
    (tmp_path / "index.cdxj").write_bytes(b"".join(line for line in lines if b"quay" not in line))
    (tmp_path / "index-0002.cdxj").unlink(missing_ok=True)
    with pytest.raises(
        ArchiveError, match=r"snapshots-0002\.warc\.gz: the payload of http://ferry-times\.example/copy"
    ):
        holdings.load(entry)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-15)),
        ("identity", PAGE),
    ],
)
def test_the_coding_is_undone(tmp_path: Path, coding: str, packed: bytes) -> None:
    run(tmp_path, visit(exchange(head=headed(f"Content-Encoding: {coding}"), body=packed)))
    capture = Holdings(tmp_path).capture(QUAY)
    assert capture and capture.content() == PAGE


def test_a_coding_that_cannot_be_undone_says_so(tmp_path: Path) -> None:
    run(tmp_path, visit(exchange(head=headed("Content-Encoding: br"), body=b"\x0b")))
    capture = Holdings(tmp_path).capture(QUAY)
    assert capture
    with pytest.raises(ValueError, match="coded as br"):
        capture.content()
    assert capture.title() is None


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            headed("Content-Type: text/html; charset=iso-8859-1"),
            "<title>Fähre “x”</title>".encode("cp1252"),
            "Fähre “x”",
        ),
        (
            headed("Content-Type: text/html"),
            b"<meta charset=utf-8><title>\n Quay\xc3\xa9\n open </title>",
            "Quayé open",
        ),
        (headed("Content-Type: text/html; charset=nonsense"), b"<TITLE lang=en>x</TITLE>", "x"),
        (headed("Content-Type: text/plain"), b"<title>x</title>", None),
        (headed("Content-Type: text/html"), b"<p>x", None),
    ],
)
def test_a_page_has_its_title(tmp_path: Path, head: bytes, body: bytes, title: str | None) -> None:
    run(tmp_path, visit(exchange(head=head, body=body)))
    capture = Holdings(tmp_path).capture(QUAY)
    assert capture and capture.title() == title


def test_a_folder_without_archive_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="holds no archive; name the folder of an audit"):
        Holdings(tmp_path)


def test_the_list_leaves_derived_texts_out(tmp_path: Path) -> None:
    run(tmp_path, page(1), page(2), text_of=lambda exchange: "text")
    assert [entry.url[-1] for entry in Holdings(tmp_path).entries()] == ["1", "2"]
