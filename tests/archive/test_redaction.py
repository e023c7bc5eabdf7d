"""What never enters an archive, and heads that try to."""

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.archive.redaction import clean_head
from tests.archive.test_writer import PAGE, written
from tests.archive.warc_samples import exchange, visit


def test_credentials_are_not_kept(tmp_path: Path) -> None:
    secret = exchange(
        "https://editor:s3cret@harbour-gazette.example/quay#s3cret",
        request=(
            b"GET /quay HTTP/1.1\r\nHost: harbour-gazette.example\r\nAuthorization: Basic s3cret\r\n"
            b"Cookie: session=s3cret\r\nProxy-Authorization: Basic s3cret\r\n"
            b"Referer: https://editor:s3cret@harbour-gazette.example/\r\n\r\n"
        ),
        head=(
            b"HTTP/1.1 200 OK\r\nset-cookie: a=s3cret;\r\n path=/s3cret\r\nSET-COOKIE : b=s3cret\r\n"
            b"Content-Location: https://editor:s3cret@harbour-gazette.example/quay\r\nServer: x\r\n\r\n"
        ),
    )
    _, records = written(tmp_path, visit(secret))
    assert [(record.fields["WARC-Target-URI"], record.headers) for record in records] == [
        (
            "https://harbour-gazette.example/quay",
            [("Content-Location", "https://harbour-gazette.example/quay"), ("Server", "x")],
        ),
        (
            "https://harbour-gazette.example/quay",
            [("Host", "harbour-gazette.example"), ("Referer", "https://harbour-gazette.example/")],
        ),
    ]
    assert b"s3cret" not in gzip.decompress((tmp_path / "snapshots.warc.gz").read_bytes())
    assert b"s3cret" not in (tmp_path / "index.cdxj").read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "Authorization",
        "Cookie",
        "Cookie2",
        "Proxy-Authorization",
        "Set-Cookie",
        "Set-Cookie2",
        "Transfer-Encoding",
    ],
)
def test_what_must_not_be_kept_goes_whatever_its_case(name: str) -> None:
    lines = [f"{each}: x" for each in (name, name.lower(), name.upper())]
    head = "\r\n".join(("HTTP/1.1 200 OK", "A: 1", *lines, "B: 2", "", "")).encode()
    assert clean_head(head) == b"HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\n\r\n"


def test_transfer_coding_is_gone_and_content_coding_stays(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE, mtime=0)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    _, [answer, _] = written(tmp_path, visit(exchange(head=head, body=packed)))
    assert (answer.headers, answer.payload) == ([("Content-Encoding", "gzip")], packed)


@pytest.mark.parametrize(
    "line",
    [
        b"X: \x1b[31mred\x07",
        b"X: nul\x00inside",
        b"no colon at all",
        b"X: folded\r\n\tover lines",
        b"X: \xff\xfe\x85",
        b" ",
        b"\t \t",
        b"\x85",
        b"\xa0",
        b"\x0b\x0c\x1c",
        b"\xe2\x80\xa8",
        b"X: bare\rreturn",
        b"",
        b"\r",
    ],
)
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_a_hostile_header_line_does_not_move_the_payload(tmp_path: Path, line: bytes, end: bytes) -> None:
    head = end.join((b"HTTP/1.1 200 OK", line, b"Server: x", b"", b""))
    _, [answer, _] = written(tmp_path, visit(exchange(head=head, body=PAGE)))
    assert (answer.headers[-1:], answer.payload) == ([("Server", "x")], PAGE)


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(st.binary(max_size=12), max_size=6), body=st.binary(max_size=40))
def test_any_head_and_body_read_back(lines: list[bytes], body: bytes) -> None:
    head = b"\r\n".join((b"HTTP/1.1 200 OK", *lines, b"", b""))
    with tempfile.TemporaryDirectory() as folder:
        _, records = written(Path(folder), visit(exchange(head=head, body=body)))
    assert [(record.kind, record.payload) for record in records] == [("response", body), ("request", b"")]


def test_a_url_that_is_no_ascii_does_not_break_the_record(tmp_path: Path) -> None:
    _, records = written(tmp_path, visit(exchange("http://harbour-gazette.example/é\r\nX: 1\ud800", body=PAGE)))
    assert [(record.fields["WARC-Target-URI"], record.payload) for record in records] == [
        ("http://harbour-gazette.example/%C3%A9%0D%0AX:%201?", PAGE),
        ("http://harbour-gazette.example/%C3%A9%0D%0AX:%201?", b""),
    ]
