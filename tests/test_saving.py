"""`citecheck archive save` and `serve`, against a web and an archive on loopback."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result

from citecheck.archive.holdings import Holdings
from citecheck.cli.archive import command
from tests.web.archives import FakeArchive, Kept, Said


@pytest.fixture
def archive() -> Iterator[FakeArchive]:
    """A web archive that is itself the page to be kept: its playback is a page like any other."""
    with FakeArchive([Kept("20310101000000", "http://quay.example/")], pending_polls=0).serve() as archive:
        Path("citecheck.toml").write_text(
            "[fetch]\nallow_private = true\nattempts = 1\n[cache]\nenabled = false\n"
            f'[archive.wayback]\nurl = "{archive.base}"\navailability = "{archive.base}/wayback/available"\n'
            f'[archive.save]\ninterval_s = 0\npoll_interval_s = 0.01\nperma_url = "{archive.base}/v1/"\n'
        )
        yield archive


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def page(archive: FakeArchive) -> str:
    return f"{archive.base}/web/20310101000000/http://quay.example/"


def test_a_page_is_kept_here_with_its_text_and_again_as_a_revisit(archive: FakeArchive) -> None:
    for file in ("snapshots.warc.gz", "snapshots-0002.warc.gz"):
        result = ran("save", page(archive), "--page-only")
        assert (result.exit_code, result.stderr) == (0, "")
        assert re.fullmatch(rf"{page(archive)}\talive ok\tkept at {file}:\d+\n", result.stdout)
    holdings = Holdings(Path("archive"))
    first, again = holdings.captures(page(archive))
    assert (first.mime, again.mime) == ("text/html", "warc/revisit")
    assert holdings.text(again) == "The quay was open all day, the harbour master said."


def test_pictures_and_style_sheets_are_kept_with_the_page(archive: FakeArchive) -> None:
    def put(path: str, media: str, body: str) -> None:
        said = Said(200, body.encode(), (("Content-Type", media),))
        archive.always[path] = said

    archive.always["/old"] = Said(301, b"", (("Location", "/page"),))
    put(
        "/page",
        "text/html",
        "<title>Quay</title><base href='/a/'><link rel='preload stylesheet' href=style.css><img src=lamp.png#x>"
        "<img srcset='big.png 2x, /none.png 3x'><p style='background:url(bg.png)'><style>p{b:url(data:x)}</style>"
        "<script src=no.js></script><a href=no.html>x</a><img src=data:x><iframe src=no.html></iframe>",
    )
    put("/a/style.css", "text/css", "@import 'more.css'; a{b:url(one.png)}")
    put("/a/more.css", "text/css", "a{b:url('/two.png')}")
    for path in ("/a/lamp.png", "/a/big.png", "/a/bg.png", "/a/one.png", "/two.png"):
        put(path, "image/png", f"picture {path}")
    result = ran("save", f"{archive.base}/old")
    assert (result.exit_code, result.stderr) == (0, "citecheck: 7 pictures and style sheets kept with them\n")
    kept = {entry.url.removeprefix(archive.base) for entry in Holdings(Path("archive")).entries() if entry.is_page}
    assert kept == {
        "/page", "/a/style.css", "/a/more.css", "/a/lamp.png", "/a/big.png", "/a/bg.png", "/a/one.png", "/two.png",
    }  # fmt: skip


def test_what_does_not_show_the_page_is_not_kept_as_it(archive: FakeArchive) -> None:
    result = ran("save", f"{archive.base}/nowhere", "--folder", "other")
    assert (result.exit_code, result.stdout) == (4, f"{archive.base}/nowhere\tdead http-404\tnot kept\n")
    assert Path("other/index.cdxj").exists()


def test_a_page_is_saved_elsewhere_and_the_queue_goes_on(archive: FakeArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IA_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("IA_SECRET_ACCESS_KEY", "s")
    monkeypatch.setenv("PERMA_API_KEY", "sesame")
    url = page(archive)
    result = ran("save", url, "--page-only", "--to", "wayback", "--to", "perma")
    lines = result.stdout.splitlines()
    assert lines[1:] == [
        f"{url}\twayback: archived\t{archive.base}/web/20310409120000/{url}",
        f"{url}\tperma: archived\thttps://perma.cc/ABCD-0001",
    ]
    assert (result.exit_code, ran("save", "--to", "wayback").stdout) == (0, "\n"[:0])


def test_without_keys_a_page_stays_pending_and_the_way_out_is_said(
    archive: FakeArchive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    result = ran("save", page(archive), "--to", "wayback")
    assert result.exit_code == 4
    assert "\twayback: pending\tno keys of archive.org" in result.stdout
    assert "set IA_ACCESS_KEY_ID and IA_SECRET_ACCESS_KEY" in result.stderr


def test_an_archive_that_cannot_save_is_refused(archive: FakeArchive) -> None:
    assert str(ran("save", "--to", "attic").exception) == "no such archive: attic; there are wayback, perma"
    assert str(ran("save").exception).startswith("nothing to save: name a URL")


def test_the_archive_is_served_until_it_is_ended(archive: FakeArchive) -> None:
    ran("save", page(archive))
    command = [sys.executable, "-m", "citecheck", "archive", "serve"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            [url] = re.findall(r"http://127\.0\.0\.1:\d+/", server.stderr.readline())
            assert "What was kept" in requests.get(url, timeout=10).text
        finally:
            server.send_signal(signal.SIGINT)
        assert (server.wait(timeout=10), server.stderr.read()) == (0, "")
