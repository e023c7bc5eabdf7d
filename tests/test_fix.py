"""`citecheck fix` on Markdown, HTML and text with links of every kind, against a web and an archive on loopback."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from citecheck.cli.fix import command
from citecheck.fix import is_text, repairs
from citecheck.model import Audit, Certainty, Document, Link, Reason, Source, Status, Target, Verdict, Visit
from tests.web.archives import FakeArchive, Kept
from tests.web.loopback import Handler, Loopback

STAMP = "20240310090000"
STATUSES = {"gone": 404, "perm": 301, "temp": 302, "login": 302, "wall": 403, "broken": 500}


class Site(Handler):
    """/<kind>/<number>: a page, a redirect to /new/<number>, or an error."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        kind, _, number = self.path.removeprefix("/").partition("/")
        status = STATUSES.get(kind, 200)
        body = f"<title>{kind}</title><p>The quay was open all day, the harbour master said to us.</p>".encode()
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if status in (301, 302):
            headers["Location"] = "/account/login" if kind == "login" else f"/new/{number}"
        self.answer(status, body, **headers)


@pytest.fixture
def archive() -> Iterator[FakeArchive]:
    with FakeArchive().serve() as archive:
        yield archive


@pytest.fixture
def site() -> Iterator[str]:
    with Loopback(Site) as server:
        yield server.origin


@pytest.fixture
def folder(site: str, archive: FakeArchive) -> Path:
    """60 links: 12 kinds of them, five of each, over three formats; their targets and the archive are served."""
    folder = Path("texts")
    folder.mkdir()
    Path("citecheck.toml").write_text(
        "[fetch]\nallow_private = true\nhost_interval_s = 0\nattempts = 1\nsecond_look_timeout_s = 0\n"
        "[cache]\nenabled = false\n[archive.wayback]\nindex_interval_s = 0\npage_interval_s = 0\n"
        f'url = "{archive.base}"\navailability = "{archive.base}/wayback/available"\n'
    )
    for number in range(60):
        archive.kept.append(Kept(STAMP, f"{site}/gone/{number}"))

    def link(number: int) -> str:
        kinds = ("page", "gone", "perm", "temp", "login", "wall", "broken", "gone", "perm", "page", "lost", "gone")
        return f"{site}/{kinds[number % 12]}/{number}"

    STATUSES["lost"] = 404
    markdown = [
        f"- The quay [was open ({number})]({link(number)}), the master said. Ünïcode → {number}."
        for number in range(20)
    ]
    (folder / "quay.md").write_bytes("\r\n".join(["# March 9, 2024", "", *markdown, ""]).encode())
    rows = [f'<p>It was <a class=x href="{link(number)}" rel=x>open</a>.</p>' for number in range(20, 40)]
    (folder / "quay.html").write_text("<!DOCTYPE html>\n<title>Quay</title>\n" + "\n".join(rows) + "\n")
    text = [f"The quay was open – see {link(number)}, they said." for number in range(40, 60)]
    (folder / "quay.txt").write_bytes(b"\xef\xbb\xbf" + "\n\n".join(["March 9, 2024", *text]).encode())
    return folder


def ran(*arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(command, arguments, input=answers)


def names(folder: Path) -> list[str]:
    return [str(folder / name) for name in ("quay.html", "quay.md", "quay.txt")]


def expected(path: Path, site: str, archive: FakeArchive) -> bytes:
    """The file with the right bytes in place of each dead and each moved URL, by regular expressions alone."""
    text = path.read_bytes().decode()
    text = re.sub(rf"{site}/perm/(\d+)", rf"{site}/new/\1", text)
    if path.suffix == ".html":
        return re.sub(
            rf'"({site}/gone/\d+)"',
            rf'"{archive.base}/web/{STAMP}/\1" data-originalurl="\1" data-versiondate="2024-03-10"',
            text,
        ).encode()
    return re.sub(rf"({site}/gone/\d+)", rf"{archive.base}/web/{STAMP}/\1", text).encode()


def test_exactly_the_bytes_of_the_urls_change_and_only_once(folder: Path, site: str, archive: FakeArchive) -> None:
    wanted = {path: expected(path, site, archive) for path in map(Path, names(folder))}
    before = {path: path.read_bytes() for path in wanted}
    shown = ran(*names(folder))
    assert (shown.exit_code, {path: path.read_bytes() for path in wanted}) == (0, before)
    assert "citecheck: 25 links in 3 files can be changed" in shown.stderr
    for path in wanted:
        path.chmod(0o640)
    applied = ran("--apply", *names(folder))
    assert applied.exit_code == 0
    assert {path: path.read_bytes() for path in wanted} == wanted
    assert {path.stat().st_mode & 0o777 for path in wanted} == {0o640}
    again = ran("--apply", *names(folder))
    assert "0 links in 0 files changed" in again.stderr
    assert {path: path.read_bytes() for path in wanted} == wanted
    assert sorted(path.name for path in folder.iterdir()) == ["quay.html", "quay.md", "quay.txt"]


def test_the_diff_is_one_that_patch_takes(folder: Path, site: str, archive: FakeArchive) -> None:
    import subprocess

    wanted = {path: expected(path, site, archive) for path in map(Path, names(folder))}
    diff = ran(*names(folder)).stdout_bytes
    Path("fix.diff").write_bytes(diff)
    done = subprocess.run(["git", "apply", "--unsafe-paths", "-p1", "fix.diff"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert {path: path.read_bytes() for path in wanted} == wanted


def test_only_what_is_named_changes(folder: Path, site: str) -> None:
    diff = ran("--only", "moved", *names(folder)).stdout
    added = [line for line in diff.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert len(added) == 10 and all("/new/" in line for line in added)
    refused = ran("--only", "morbid", *names(folder))
    assert str(refused.exception) == "--only morbid: must be one of moved, dead, invalid"


def test_each_repair_is_asked_for(folder: Path) -> None:
    shown = ran("--interactive", "--only", "moved", str(folder / "quay.txt"), answers="y\nn\nn\n")
    added = [line for line in shown.stdout.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert len(added) == 1


def test_a_file_that_changed_meanwhile_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "quay.txt"
    from citecheck import fix
    from citecheck.cli import fix as cli

    def meanwhile(*arguments: object) -> list[fix.Repair]:
        path.write_bytes(path.read_bytes() + b"\nMore.")
        return fix.repairs(*arguments)  # type: ignore[arg-type]  # passed through as they came

    monkeypatch.setattr(cli, "repairs", meanwhile)
    refused = ran("--apply", *names(folder))
    assert refused.exit_code == 4
    assert (
        f"citecheck: {path}: has changed since it was read; nothing was written to it: run fix again" in refused.stderr
    )
    assert b"/gone/" in path.read_bytes() and path.read_bytes().endswith(b"\nMore.")
    assert b"data-originalurl" in (folder / "quay.html").read_bytes()


@pytest.mark.parametrize(
    ("source", "is_writable"),
    [
        (Source("a.md", b"x"), True),
        (Source("a.html", b"\xef\xbb\xbfx", "text/html"), True),
        (Source("a.pdf", b"%PDF-1.7"), False),
        (Source("a.docx", b"PK\x03\x04"), False),
        (Source("a.eml", b"Subject: x", "message/rfc822"), False),
        (Source("-", b"x"), False),
        (Source("https://quay.example/", b"x", "text/html"), False),
    ],
)
def test_what_is_no_text_file_is_left_to_be_done_by_hand(source: Source, is_writable: bool) -> None:
    assert is_text(source) == is_writable
    url = "http://quay.example/old"
    link = Link("l1", url, url, "bare", line=1, column=1)
    verdict = Verdict(Status.MOVED, Reason.PERMANENT_REDIRECT, suggestion="http://quay.example/new")
    audit = Audit(
        started_at=datetime(2031, 4, 9, tzinfo=UTC),
        elapsed_s=0.0,
        is_complete=True,
        documents=(Document(source.name, (), (link,)),),
        visits=(Visit(Target(url, url), verdict),),
    )
    [repair] = repairs(audit, {source.name: replace(source, data=source.data[:4] + url.encode())})
    assert (repair.new, bool(repair.edits)) == ("http://quay.example/new", is_writable)


@pytest.mark.parametrize(
    ("status", "confidence"),
    [
        *((status, Certainty.HIGH) for status in set(Status) - {Status.MOVED, Status.INVALID}),
        (Status.MOVED, Certainty.LOW),
        (Status.INVALID, Certainty.LOW),
    ],
)
def test_what_is_not_sure_is_not_offered(status: Status, confidence: Certainty) -> None:
    url = "http://quay.example/old"
    audit = Audit(
        started_at=datetime(2031, 4, 9, tzinfo=UTC),
        elapsed_s=0.0,
        is_complete=True,
        documents=(Document("a.txt", (), (Link("l1", url, url, "bare", line=1, column=1),)),),
        visits=(Visit(Target(url, url), Verdict(status, Reason.OK, confidence, suggestion="http://quay.example/new")),),
    )
    assert repairs(audit, {"a.txt": Source("a.txt", url.encode())}) == []
