"""The command line from outside: exit codes, one clear line for each kind of bad input, where things land."""

import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

PROSE = """Nov. 3, 2020

The quay reopened on Tuesday, AFP reported: https://quay.example/reopened.

With reporting by AFP.
"""


def citecheck(*args: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "citecheck", *map(str, args)], capture_output=True, text=True, input=stdin, timeout=60
    )


@pytest.fixture
def article() -> Path:
    path = Path("article.txt")
    path.write_text(PROSE, encoding="utf-8")
    return path


def test_a_missing_source_is_named_and_exits_2() -> None:
    run = citecheck("check", "nowhere.txt")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "citecheck: nowhere.txt: there is no such file or folder; check the spelling\n"


def test_an_unknown_settings_key_exits_2_with_the_likely_right_word(article: Path) -> None:
    Path("citecheck.toml").write_text("publishr = 'x'\n")
    run = citecheck("audit", article)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.endswith("citecheck.toml: unknown key `publishr`; did you mean `publisher`?\n")
    assert run.stderr.count("\n") == 1
    assert not Path("reports").exists()


def test_a_source_without_text_exits_3() -> None:
    Path("empty.txt").write_text(" \n")
    run = citecheck("audit", "empty.txt")
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr == "citecheck: nothing to check: there is no text in what was named\n"


def test_a_text_without_links_exits_3() -> None:
    Path("prose.txt").write_text("The quay reopened on Tuesday.\n")
    run = citecheck("check", "prose.txt")
    assert run.returncode == 3
    assert "nothing to check: there is no link in what was named" in run.stderr


def test_no_links_to_list_is_said_and_exits_3(article: Path) -> None:
    Path("prose.txt").write_text("The quay reopened on Tuesday.\n")
    run = citecheck("links", "prose.txt")
    assert (run.returncode, run.stdout, run.stderr) == (3, "", "citecheck: there is no link in what was named\n")
    run = citecheck("links", article, "--only", "video")
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr == "citecheck: there is no link that video carries in what was named\n"


def test_one_unreadable_source_exits_4_and_the_rest_is_reported(article: Path) -> None:
    Path("picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 50)
    run = citecheck("check", article, "picture.txt", "--offline", "--format", "json")
    assert run.returncode == 4
    assert [target["url"] for target in json.loads(run.stdout)["targets"]] == ["https://quay.example/reopened"]
    assert run.stderr.startswith("citecheck: picture.txt: ")


def test_broken_utf8_is_read_with_a_note(article: Path) -> None:
    article.write_bytes(PROSE.encode() + b"\nThe caf\xe9 by the quay stayed shut, Reuters reported.\n")
    run = citecheck("extract", article, "--format", "json")
    assert (run.returncode, run.stderr) == (
        0,
        "citecheck: article.txt: the text is not UTF-8: it was read as windows-1250, a guess\n",
    )
    assert [update["date"] for update in json.loads(run.stdout)["documents"][0]["updates"]] == ["2020-11-03"]


def test_offline_makes_no_request_and_the_exit_code_comes_from_findings(article: Path) -> None:
    run = citecheck("audit", article, "--offline", "--out", "out", "--format", "json")
    report = json.loads(run.stdout)
    assert run.returncode == 0
    assert {key: count for key, count in report["summary"]["by_status"].items() if count} == {"unchecked": 1}
    assert [target["reason"] for target in report["targets"]] == ["offline"]
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "index.html", "links.csv", "report.json", "sourcing.csv",
    ]  # fmt: skip
    assert citecheck("audit", article, "--offline", "--out", "strict", "--fail-on", "never").returncode == 0


@pytest.mark.parametrize("flags", [("--ca-file", "nowhere.pem"), ("--connect-to", "quay")])
def test_what_cannot_be_fetched_with_exits_2_and_leaves_nothing_behind(article: Path, flags: tuple[str, str]) -> None:
    run = citecheck("audit", article, "--out", "out", *flags)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("citecheck: ") and run.stderr.count("\n") == 1
    assert not Path("out").exists()


def test_two_runs_never_share_a_folder(article: Path) -> None:
    assert citecheck("audit", article, "--offline", "--out", "out").returncode == 0
    again = citecheck("audit", article, "--offline", "--out", "out")
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "citecheck: out: holds files already, and two runs never share a folder: name another\n"


def test_an_audit_lands_under_its_sources_name_and_the_time(article: Path) -> None:
    assert citecheck("audit", article, "--offline").returncode == 0
    [landing] = Path("reports/article").iterdir()
    assert (landing / "index.html").is_file()


def test_a_format_that_does_not_exist_exits_2_before_anything_is_fetched(article: Path) -> None:
    run = citecheck("check", article, "--write", "jsom=x.json")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("citecheck: no such format: jsom; there are ")


def test_links_come_one_a_line_with_their_place(article: Path) -> None:
    run = citecheck("links", article)
    assert (run.returncode, run.stdout) == (0, "article.txt:3:45\thttps://quay.example/reopened\n")


def test_stdin_is_a_source() -> None:
    run = citecheck("links", "-", stdin="See https://quay.example/a for more.\n")
    assert (run.returncode, run.stdout) == (0, "-:1:5\thttps://quay.example/a\n")


@pytest.fixture
def silent_server() -> Iterator[tuple[int, threading.Event]]:
    """A server that takes a connection, says so, and never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    reached = threading.Event()
    held: list[socket.socket] = []

    def accept() -> None:
        try:
            while True:
                held.append(listener.accept()[0])
                reached.set()
        except OSError:
            pass

    thread = threading.Thread(target=accept)
    thread.start()
    yield listener.getsockname()[1], reached
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()
    for connection in held:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_audit_still_writes_its_report(
    number: signal.Signals, silent_server: tuple[int, threading.Event]
) -> None:
    port, reached = silent_server
    Path("slow.txt").write_text(f"The quay is slow: http://127.0.0.1:{port}/never\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "citecheck", "audit", "slow.txt", "--allow-private", "--out", "out"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert reached.wait(30)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    report = json.loads(Path("out/report.json").read_text(encoding="utf-8"))
    assert report["summary"]["complete"] is False
    assert [(target["status"], target["reason"]) for target in report["targets"]] == [("unchecked", "interrupted")]


@pytest.mark.parametrize(("closed", "code"), [("<&-", 3), (">&-", 0), ("2>&-", 0)])
def test_a_closed_stream_is_an_empty_one(closed: str, code: int) -> None:
    Path("a.txt").write_text("See https://example.org/ for more.\n")
    source = "-" if closed == "<&-" else "a.txt"
    command = f"{sys.executable} -m citecheck audit --offline {source} --out out {closed}"
    run = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (run.returncode, "Traceback" in run.stderr) == (code, False), run.stderr
    assert Path("out/index.html").exists() is (code == 0)
