"""Which lines a git diff adds, whatever the names and the lines look like."""

import subprocess
from pathlib import Path

import pytest

from citecheck import changes
from citecheck.errors import UsageError
from citecheck.model import Source


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def committed(**files: str) -> None:
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
    git("add", "--all")
    git("commit", "-m", "x", "--allow-empty")


@pytest.fixture
def repository() -> Path:
    git("init")
    committed(**{"a.md": "one\ntwo\nthree\n", "b.md": "b\n" * 20, "gone.md": "x\n"})
    return Path.cwd()


def added(*names: str) -> list[list[int]]:
    found = changes.since("HEAD~1")
    return [[line for line in range(1, 40) if found.has(name, line)] for name in names]


def test_added_and_changed_lines_are_found_and_moved_files_have_none(repository: Path) -> None:
    Path("gone.md").unlink()
    Path("b.md").rename("moved.md")
    committed(**{"a.md": "zero\none\n2\nthree\n+++ b/b.md\n", "new.md": "n\nn\n"})
    assert added("a.md", "moved.md", "new.md") == [[1, 3, 5], [], [1, 2]]
    found = changes.since("HEAD~1")
    assert [found.touch(name) for name in ("a.md", "moved.md", "new.md", "-", "https://a.example/")] == [
        *(True, False, True, True, True),
    ]
    assert found.touch(Source("a.md", b"")) and not found.touch(str(repository / "moved.md"))


def test_lines_that_look_like_a_diff_do_not_mislead(repository: Path) -> None:
    committed(**{"a.md": "one\n++ b/b.md\n@@ -1 +1,9 @@\ntwo\nthree\n"})
    assert added("a.md", "b.md") == [[2, 3], []]


@pytest.mark.parametrize("name", ["with space.md", "tab\there.md", 'quo"te.md', "brücke.md", "-c.md"])
def test_any_name_is_read(repository: Path, name: str) -> None:
    committed(**{name: "n\n"})
    assert added(f"./{name}") == [[1]]


def test_what_is_not_committed_counts_too(repository: Path) -> None:
    committed()
    Path("sub").mkdir()
    Path("sub/untracked.md").write_text("n\n")
    Path("a.md").write_text("one\ntwo\nthree\nfour\n")
    assert added("sub/untracked.md", "a.md", "b.md")[1:] == [[4], []]
    assert added("sub/untracked.md")[0][:3] == [1, 2, 3]


def test_a_branch_is_compared_from_where_the_two_parted(repository: Path) -> None:
    git("checkout", "-b", "side")
    committed(**{"side.md": "s\n"})
    git("checkout", "main")
    committed(**{"a.md": "one\ntwo\nthree\nmain\n"})
    git("checkout", "side")
    found = changes.since("main")
    assert list(found.lines) == [(repository / "side.md").resolve()]


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_a_revision_that_is_not_there_is_named(repository: Path, revision: str) -> None:
    with pytest.raises(UsageError, match="git knows no such revision here"):
        changes.since(revision)
    assert not Path("x").exists()


def test_no_repository_is_said() -> None:
    with pytest.raises(UsageError, match="needs a git repository"):
        changes.since("HEAD")
