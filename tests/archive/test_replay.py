import gzip
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests

from citecheck.archive.replay import Replay, difference, rewriting
from citecheck.archive.replay.difference import Change, Sentence
from citecheck.errors import ArchiveError
from citecheck.model import Exchange, Status, Visit
from tests.archive.test_archive_over_runs import run
from tests.archive.warc_samples import NOON, exchange, visit

CHROMIUM = Path("/usr/bin/chromium")
QUAY = "http://harbour-gazette.example/quay"
STAMP = "20310409120000"
PAGE = f"""<!DOCTYPE html><html><head><title>Quay</title><base href="/">
<link rel=stylesheet href="style.css" integrity="sha256-x"><link rel=preconnect href="//tracker.example">
<meta http-equiv=refresh content="0;url=http://away.example/">
</head><body class=x><h1 id=headline>The quay is open.</h1>
<img id=lamp src="//pictures.example/lamp.png" srcset="http://pictures.example/lamp.png 1x, /big.png 2x">
<img src="http://tracker.example/pixel.gif"><div style="background:url('http://tracker.example/bg.png')">x</div>
<a id=next href="{QUAY}/2?a=1&amp;b=2#part">next</a><a id=lost href="http://lost.example/">lost</a>
<script>document.title = "ran"; new Image().src = "http://tracker.example/ran";</script>
<script src="http://tracker.example/track.js"></script>
<iframe src="http://tracker.example/frame"></iframe></body></html>"""


def typed(url: str, media: str, body: bytes, started_at: datetime = NOON) -> Exchange:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nSet-Cookie: a=b\r\nX-Own: y\r\n\r\n".encode()
    return exchange(url, head=head, body=body, started_at=started_at)


def png() -> bytes:
    """Four red points by four."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xff\0\0" * 4 for _ in range(4))
    head = struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def kept(folder: Path) -> None:
    later = NOON + timedelta(days=1)
    moved = exchange(
        "http://harbour-gazette.example/old",
        head=b"HTTP/1.1 301 Moved\r\nLocation: /quay\r\n\r\n",
        body=b"",
        http_status=301,
    )
    pages: list[Visit] = [
        visit(moved, typed(QUAY, "text/html; charset=utf-8", PAGE.encode()), status=Status.MOVED),
        visit(
            typed("http://harbour-gazette.example/style.css", "text/css", b'@import "more.css"; h1{color:rgb(1,2,3)}')
        ),
        visit(typed("http://harbour-gazette.example/more.css", "text/css", b"h1{font-size:77px}")),
        visit(typed("http://pictures.example/lamp.png", "image/png", png())),
        visit(typed(f"{QUAY}/2?a=1&b=2", "text/html", b"<title>Two</title><p>The lamps are lit. It rains.")),
        visit(typed(f"{QUAY}/2?a=1&b=2", "text/html", b"<p>The lamps are out. It rains.", started_at=later)),
        visit(typed("http://gone.example/", "text/html", b"<p>Not here"), status=Status.DEAD),
    ]
    run(folder, *pages)


@contextmanager
def served(folder: Path, **rest: bool) -> Iterator[str]:
    replay = Replay(folder, **rest)
    thread = threading.Thread(target=replay.serve_forever)
    thread.start()
    try:
        yield replay.url
    finally:
        replay.stop()
        thread.join()


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "kept"
    kept(folder)
    with served(folder) as url:
        yield url


def got(url: str, **rest: object) -> requests.Response:
    return requests.get(url, allow_redirects=False, timeout=10, **rest)  # type: ignore[arg-type]  # test values by name


def test_a_page_is_shown_with_its_time_and_digest_and_leads_into_the_replay(url: str) -> None:
    answer = got(f"{url}web/{STAMP}/{QUAY}")
    page = answer.text
    assert answer.status_code == 200
    assert "Kept 2031-04-09 12:00:00 UTC" in page and "sha1:" in page
    assert f'src="/web/{STAMP}/http://pictures.example/lamp.png"' in page
    assert f'href="/web/{STAMP}/http://harbour-gazette.example/style.css"' in page
    assert (
        f"/web/{STAMP}/http://pictures.example/lamp.png 1x, /web/{STAMP}/http://harbour-gazette.example/big.png 2x"
        in page
    )
    assert "http-equiv" not in page and "<base" not in page and "integrity" not in page
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Memento-Datetime"] == "Wed, 09 Apr 2031 12:00:00 GMT"
    assert "Set-Cookie" not in answer.headers and "X-Own" not in answer.headers


def test_the_nearest_capture_is_shown_and_redirects_stay_inside(url: str) -> None:
    page = f"{url}web/20350101/{QUAY}/2?a=1&b=2"
    assert "lamps are out" in got(page).text
    assert "lamps are lit" in got(page.replace("20350101", "2031")).text
    moved = got(f"{url}web/{STAMP}/http://harbour-gazette.example/old")
    assert (moved.status_code, moved.headers["Location"]) == (302, f"/web/{STAMP}/{QUAY}")


def test_the_bytes_as_they_were_are_had_too(url: str) -> None:
    assert got(f"{url}web/{STAMP}id_/{QUAY}").content == PAGE.encode()


def test_what_is_missing_is_said_to_be(url: str) -> None:
    answer = got(f"{url}web/{STAMP}/http://lost.example/<b>")
    assert answer.status_code == 404
    assert (
        "http://lost.example/&lt;b&gt; was not kept here" in answer.text or "%3Cb%3E was not kept here" in answer.text
    )
    assert got(f"{url}nowhere").status_code == got(f"{url}web/20319999/{QUAY}").status_code == 404


def test_the_list_shows_pages_and_what_changed(url: str) -> None:
    page = got(url).text
    assert page.count("<tr>") == 6
    assert "gone.example" not in page
    assert f"/diff/{STAMP}/20310410120000/{QUAY}/2?a=1&amp;b=2" in page


def test_two_captures_are_compared_by_sentence(url: str) -> None:
    page = got(f"{url}diff/{STAMP}/20310410120000/{QUAY}/2?a=1&b=2").text
    assert "<del>The lamps are lit.</del>" in page and "<ins>The lamps are out.</ins>" in page
    assert "<p class='kept'>It rains.</p>" in page
    assert got(f"{url}diff/{STAMP}/20310410120000/http://lost.example/").status_code == 404


def test_a_name_that_was_pointed_at_loopback_is_refused(url: str) -> None:
    assert got(url, headers={"Host": "evil.example"}).status_code == 403
    assert got(url, headers={"Host": "localhost:1"}).status_code == 200


def test_packed_pages_are_unpacked_and_what_cannot_be_is_left_to_the_browser(tmp_path: Path) -> None:
    def coded(path: str, coding: str, body: bytes) -> Visit:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n".encode()
        return visit(exchange(f"http://quay.example/{path}", head=head, body=body))

    run(tmp_path / "kept", coded("gz", "gzip", gzip.compress(b"<p>open")), coded("br", "br", b"\x0b\x02\x80open\x03"))
    with served(tmp_path / "kept") as url:
        packed = got(f"{url}web/{STAMP}/http://quay.example/gz")
        assert ("Content-Encoding" not in packed.headers, "<p>open" in packed.text) == (True, True)
        assert got(f"{url}web/{STAMP}/http://quay.example/br").headers["Content-Encoding"] == "br"


def test_a_damaged_record_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    kept(folder)
    data = bytearray((folder / "snapshots.warc.gz").read_bytes())
    data[800:2200] = bytes(1400)
    (folder / "snapshots.warc.gz").write_bytes(data)
    with served(folder) as url:
        answer = got(f"{url}web/{STAMP}/{QUAY}")
    assert answer.status_code == 500 and "damaged at offset" in answer.text


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    kept(tmp_path / "kept")
    with served(tmp_path / "kept") as url, pytest.raises(ArchiveError, match=r"cannot be used: .*name another with"):
        Replay(tmp_path / "kept", port=int(url.split(":")[2].rstrip("/")))


@pytest.mark.parametrize("runs_scripts", [False, True])
def test_in_a_browser_the_page_is_whole_its_script_does_not_run_and_nothing_leaves_loopback(
    tmp_path: Path, runs_scripts: bool
) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}")
    kept(tmp_path / "kept")
    asked: list[str] = []
    with served(tmp_path / "kept", runs_scripts=runs_scripts) as url, playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{url}web/{STAMP}/{QUAY}", wait_until="networkidle")
        style = page.evaluate("getComputedStyle(document.getElementById('headline')).color") if runs_scripts else None
        size = page.locator("#headline").bounding_box()
        lamp = page.locator("#lamp").bounding_box()
        title = page.title()
        page.click("#next")
        page.wait_for_load_state()
        after = page.locator("body").inner_text()
        address = page.url
        page.go_back()
        page.click("#lost")
        lost = page.locator("body").inner_text()
        browser.close()
    assert size and size["height"] > 70  # both style sheets ruled
    assert lamp and (lamp["width"], lamp["height"]) == (4, 4)
    assert (title, style) == (("ran", "rgb(1, 2, 3)") if runs_scripts else ("Quay", None))
    assert "The lamps are lit." in after and address.endswith("/2?a=1&b=2#part")
    assert "http://lost.example/ was not kept here" in lost
    outside = {each for each in asked if not each.startswith((url, "data:"))}
    # A script of the page may try; the policy refuses it before anything is sent.
    assert outside == ({"http://tracker.example/ran"} if runs_scripts else set())


@pytest.mark.parametrize(
    ("css", "led"),
    [
        ("a{b:url(x.png)}", "a{b:url(</x.png>)}"),
        ("a{b:url( 'x.png' )}", "a{b:url( '</x.png>' )}"),
        ('@import "x.css"', '@import "</x.css>"'),
        ("@import url(x.css)", "@import url(</x.css>)"),
        ("a{b:url(data:image/png;base64,x)}", "a{b:url(data:image/png;base64,x)}"),
        ("a{b:url(#x)}", "a{b:url(#x)}"),
    ],
)
def test_addresses_in_style_sheets_are_led(css: str, led: str) -> None:
    assert (
        rewriting.style(css, "http://quay.example/", lambda url: f"<{url.removeprefix('http://quay.example')}>") == led
    )


def test_sentences_that_stay_go_and_come_are_told_apart() -> None:
    before = "The quay is open. 62% agreed, “he said.” It rains.\nLine two"
    after = "The quay is open. 80% agreed, “he said.” It rains.\nLine two\nLine three"
    assert list(difference.compare(before, after)) == [
        Sentence(Change.SAME, "The quay is open."),
        Sentence(Change.GONE, "62% agreed, “he said.”"),
        Sentence(Change.NEW, "80% agreed, “he said.”"),
        Sentence(Change.SAME, "It rains."),
        Sentence(Change.SAME, "Line two"),
        Sentence(Change.NEW, "Line three"),
    ]
