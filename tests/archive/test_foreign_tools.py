"""The tools of the web-archiving world take what we write: warcio, pywb and py-wacz.

pywb and py-wacz bring much along and stay out of our own environment: `make warc-tools` installs them beside it.
"""

import base64
import gzip
import hashlib
import os
import socket
import subprocess
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from citecheck.archive import wacz
from citecheck.archive.index import Index
from citecheck.archive.verification import Verification
from citecheck.model import Exchange, Status, Truncation, Visit
from tests.archive.test_archive_over_runs import run
from tests.archive.warc_samples import NOON, exchange, visit

TOOLS = Path(os.environ.get("WARC_TOOLS", Path(__file__).parents[2] / ".warc-tools")) / "bin"
BROTLI = b"\x0b\x0a\x80<p>The quay is open.</p>"[:3] + b"<p>The quay is open.\x03"
PLAIN = b"<!DOCTYPE html><title>Quay</title><p>The quay is open.</p>" * 40


@pytest.fixture(scope="module")
def tools() -> Path:
    if not (TOOLS / "wayback").exists():
        pytest.skip(f"no foreign tools in {TOOLS}: `make warc-tools` installs them")
    return TOOLS


def answer(path: str, *lines: str, body: bytes = PLAIN, status: int = 200, days: int = 0, **rest: object) -> Exchange:
    head = "\r\n".join((f"HTTP/1.1 {status} Said", *lines, "", "")).encode()
    return exchange(
        f"http://quay.example/{path}",
        head=head,
        body=body,
        http_status=status,
        started_at=NOON.replace(microsecond=0) + timedelta(days=days),
        **rest,  # type: ignore[arg-type]  # test values by name
    )


HTML = "Content-Type: text/html; charset=utf-8"
SENT = {
    "plain": answer("plain", HTML),
    "gzip": answer("gzip", HTML, "Content-Encoding: gzip", body=gzip.compress(PLAIN, mtime=0)),
    "deflate": answer("deflate", HTML, "Content-Encoding: deflate", body=zlib.compress(PLAIN)),
    "brotli": answer("brotli", HTML, "Content-Encoding: br", body=BROTLI),
    "chunked": answer("chunked", HTML, "Transfer-Encoding: chunked", body=PLAIN + b"chunked"),
    "cut": answer("cut", HTML, "Transfer-Encoding: chunked", body=PLAIN[:700], truncated=Truncation.LENGTH),
    "bare": answer("bare", body=b"no header at all"),
    "empty": answer("empty", HTML, body=b""),
    "new": answer("new", HTML, body=PLAIN + b"new"),
}


def visits() -> Iterator[Visit]:
    hops = (
        answer("old", "Location: /middle", body=b"", status=301),
        answer("middle", "Location: /new", body=b"see", status=308),
        SENT["new"],
    )
    yield visit(*hops, status=Status.MOVED)
    yield from (visit(sent) for name, sent in SENT.items() if name != "new")
    yield visit(answer("gone", HTML, body=b"Not here", status=404), status=Status.DEAD, reason="http-404")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    run(folder, *visits(), text_of=lambda sent: "The quay is open.")
    again = (visit(answer("plain", HTML, days=1)), visit(answer("copy", HTML, days=1)))
    run(folder, *again, visit(answer("new", "ETag: x", body=b"", status=304, days=1)))
    return folder


def ran(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_every_payload_digest_is_the_sha1_of_what_was_sent(folder: Path) -> None:
    said = {entry.url.rpartition("/")[2]: entry.digest for entry in Index(folder).entries() if "urn:" not in entry.url}
    sent = {name: "sha1:" + base64.b32encode(hashlib.sha1(each.body).digest()).decode() for name, each in SENT.items()}
    assert {name: said[name] for name in sent} == sent
    assert list(Verification(folder).faults()) == []


def test_warcio_accepts_every_record(tools: Path, folder: Path) -> None:
    done = ran(tools / "warcio", "check", "-v", *sorted(folder.glob("*.warc.gz")))
    assert (done.returncode, "fail" in done.stdout) == (0, False)
    assert done.stdout.count("digest pass") == 38


def test_our_index_is_the_one_that_cdxj_indexer_makes(tools: Path, folder: Path) -> None:
    done = ran(tools / "cdxj-indexer", "--sort", *sorted(folder.glob("*.warc.gz")))
    keys = [line.split(" {")[0] for line in done.stdout.splitlines()]
    ours = [line.decode().split(" {")[0] for line in Index(folder).lines()]
    assert (done.returncode, ours) == (0, keys)


def test_py_wacz_opens_and_validates_the_export(tools: Path, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.wacz"
    assert wacz.export(folder, target, made_at=datetime.now(UTC), software="citecheck") >= 9
    done = ran(tools / "wacz", "validate", "--file", target)
    assert (done.returncode, "Validation succeeded" in done.stdout) == (0, True)


def test_pywb_replays_every_kind_of_answer(tools: Path, folder: Path, tmp_path: Path) -> None:
    assert ran(tools / "python", "-c", _INIT, tmp_path, *sorted(folder.glob("*.warc.gz"))).returncode == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    server = subprocess.Popen(
        [tools / "wayback", "-b", "127.0.0.1", "-p", port],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{port}/kept"
        for _ in range(200):
            try:
                requests.get(base, timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)

        def shown(name: str, days: int = 0) -> tuple[int, bytes]:
            stamp = f"{NOON + timedelta(days=days):%Y%m%d%H%M%S}"
            got = requests.get(
                f"{base}/{stamp}id_/http://quay.example/{name}",
                headers={"Accept-Encoding": "gzip, deflate, br"},
                stream=True,
                timeout=20,
                allow_redirects=False,
            )
            return got.status_code, got.raw.read(decode_content=False)

        assert {name: shown(name) for name in SENT} == {name: (200, sent.body) for name, sent in SENT.items()}
        assert shown("plain", days=1) == shown("copy", days=1) == (200, PLAIN)
        assert shown("new", days=1) == (304, b"")  # pywb leaves it to the browser, which has the page
        assert (shown("old")[0], shown("middle")[0], shown("gone")) == (301, 308, (404, b"Not here"))
    finally:
        server.terminate()
        server.wait(timeout=20)


_INIT = """
import os, sys
os.chdir(sys.argv[1])
from pywb.apps.cli import wayback
from pywb.manager.manager import main
main(["init", "kept"])
main(["add", "kept", *sys.argv[2:]])
"""
