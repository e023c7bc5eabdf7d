"""A gate over an old stock of texts: what is known stays quiet, what a change brings is told at its line."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_cli import citecheck
from tests.web.loopback import Handler, Loopback

FILES, LINKS = 300, 5


class Stock(Loopback):
    """A site on which every tenth page is gone, that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__(StockHandler)
        self.asked: list[str] = []


class StockHandler(Handler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, Stock)
        self.server.asked.append(self.path)
        self.answer(404 if self.path.endswith("0") else 200, b"page", **{"Content-Type": "text/html"})


@pytest.fixture
def stock() -> Iterator[Stock]:
    with Stock() as stock:
        yield stock


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@a.example")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def written(stock: Stock, files: int) -> None:
    Path("docs").mkdir()
    Path("citecheck.toml").write_text(
        "[fetch]\nallow_private = true\nhost_interval_s = 0\nhost_concurrency = 24\n[rules]\ninsecure-link = 'off'\n"
    )
    for number in range(files):
        lines = [f"Chapter {number}", ""]
        lines += [f"See [page {page}]({stock.origin}/{number}-{page}) for more.\n" for page in range(6, 6 + LINKS)]
        Path(f"docs/{number:03}.md").write_text("\n".join(lines))
    git("init")
    git("add", "--all")
    git("commit", "-m", "stock")


def findings(*arguments: str) -> tuple[int, list[tuple[str, str, int]]]:
    run = citecheck("check", "docs", "--format", "json", *arguments)
    found = json.loads(run.stdout)["findings"]
    return run.returncode, [(each["rule"], each["source"], each["line"]) for each in found]


def test_a_stock_of_300_files_is_gated_by_what_is_new(stock: Stock) -> None:
    written(stock, FILES)
    assert findings()[0] == 1
    run = citecheck("baseline", "docs")
    assert (run.returncode, run.stderr) == (0, "citecheck: citecheck-baseline.json: 300 known findings\n")
    assert findings("--fail-on", "new") == (0, [])

    with Path("docs/007.md").open("a") as file:
        file.write(f"\nAnd [another]({stock.origin}/new-0).\n")
    git("commit", "--all", "-m", "one more")
    new = [("dead-link", "docs/007.md", 13)]
    assert findings("--fail-on", "new") == (1, new)
    stock.asked.clear()
    assert findings("--changed-since", "HEAD~1") == (1, new)
    assert stock.asked == ["/new-0"]

    Path("docs/deep").mkdir()
    Path("docs/007.md").rename("docs/deep/moved.md")
    text = Path("docs/008.md").read_text()
    Path("docs/008.md").write_text("A line\n\nand another above it.\n\n" + text)
    git("add", "--all")
    git("commit", "-m", "moved and longer")
    assert findings("--fail-on", "new") == (1, [("dead-link", "docs/deep/moved.md", 13)])
    stock.asked.clear()
    assert findings("--changed-since", "HEAD~1") == (0, [])
    assert stock.asked == []


def test_a_known_dead_link_in_one_more_place_is_new_there(stock: Stock) -> None:
    written(stock, 3)
    assert citecheck("baseline", "docs").returncode == 0
    Path("docs/003.md").write_text(f"Again: [page 10]({stock.origin}/0-10)\n")
    assert findings("--fail-on", "new") == (1, [("dead-link", "docs/003.md", 1)])


def test_of_links_alike_the_added_one_is_told_wherever_it_is_put(stock: Stock) -> None:
    written(stock, 1)
    text = Path("docs/000.md").read_text()
    Path("docs/000.md").write_text(f"{text}\nBare: {stock.origin}/0-10\n")
    assert citecheck("baseline", "docs").returncode == 0
    Path("docs/000.md").write_text(f"New, above: {stock.origin}/0-10\n\n{text}\nBare: {stock.origin}/0-10\n")
    assert findings("--fail-on", "new") == (1, [("dead-link", "docs/000.md", 1)])
    Path("docs/000.md").write_text(f"{text}\nBare, in other words now: {stock.origin}/0-10\n")
    assert findings("--fail-on", "new") == (0, [])


def test_entries_that_are_no_longer_true_are_named(stock: Stock) -> None:
    written(stock, 3)
    assert citecheck("baseline", "docs").returncode == 0
    Path("docs/001.md").write_text("Nothing is cited here any more.\n")
    run = citecheck("check", "docs", "--fail-on", "new")
    assert run.returncode == 0
    assert run.stderr.splitlines() == [
        f"citecheck: citecheck-baseline.json: no longer true: dead-link docs/001.md {stock.origin}/1-10",
        "citecheck: citecheck-baseline.json: entries are no longer true; write it anew with `citecheck baseline`",
    ]
    part = citecheck("check", "docs/002.md", "--fail-on", "new")
    assert (part.returncode, part.stderr) == (0, "")


def test_a_baseline_serves_from_whatever_folder_one_runs(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    written(stock, 2)
    assert citecheck("baseline", "docs").returncode == 0
    here = Path.cwd()
    monkeypatch.chdir("docs")
    for asked in (["."], [str(here / "docs")], ["000.md", "001.md"]):
        run = citecheck("check", *asked, "--baseline", "../citecheck-baseline.json")
        assert (run.returncode, run.stderr) == (0, ""), asked
        assert run.stdout.endswith("no findings; 2 known\n")


def test_without_a_baseline_fail_on_new_says_how_to_get_one(stock: Stock) -> None:
    written(stock, 1)
    run = citecheck("check", "docs", "--fail-on", "new")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == ("citecheck: citecheck-baseline.json: no such baseline; write one with `citecheck baseline`\n")
    assert stock.asked == []


def test_so_many_dead_links_are_borne(stock: Stock) -> None:
    written(stock, 3)
    assert citecheck("check", "docs", "--max-dead", "3").returncode == 0
    assert citecheck("check", "docs", "--max-dead", "2").returncode == 1


def test_an_empty_change_is_no_failure_unless_asked_for(stock: Stock) -> None:
    written(stock, 1)
    assert citecheck("check", "docs", "--changed-since", "HEAD").returncode == 0
    assert citecheck("check", "docs", "--changed-since", "HEAD", "--fail-if-empty").returncode == 3
    Path("prose.md").write_text("No link.\n")
    assert citecheck("check", "prose.md").returncode == 3
    assert citecheck("check", "prose.md", "--no-fail-if-empty").returncode == 0


def test_an_expired_exclusion_is_told_at_its_place_and_ends_with_2(stock: Stock) -> None:
    written(stock, 1)
    with Path("citecheck.toml").open("a") as file:
        file.write("\n[[exclude]]\nurl = '-10$'\nreason = 'under repair'\nuntil = 2020-01-31\n")
    run = citecheck("check", "docs")
    assert run.returncode == 2
    told = "`exclude[0].until`: 2020-01-31 has passed; drop what excludes `-10$`, or date it anew"
    assert run.stdout.splitlines()[0].endswith(f"citecheck.toml:8: error[expired-exclude] {told}")
    assert run.stderr.endswith(f"citecheck.toml: {told}\n") and run.stderr.count("\n") == 1
    assert stock.asked.count("/0-10") == 1
