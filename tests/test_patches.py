import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck import patches
from citecheck.errors import CitecheckError
from citecheck.patches import Edit, Text

OLD, NEW = "http://old.example/a", "https://archive.example/web/2020/http://old.example/a"
ROBUST = f' data-originalurl="{OLD}" data-versiondate="2020-11-18"'


def changed(data: bytes, line: int, column: int | None, url: str = OLD, new: str = NEW) -> bytes:
    edits = patches.edits_for(Text.of(data), line, column, url, new, version_date="2020-11-18")
    return patches.patched(data, edits)


@pytest.mark.parametrize(
    ("before", "line", "column", "after"),
    [
        (f"See {OLD}.", 1, 5, f"See {NEW}."),
        (f"é\r\n\r\n→ {OLD}", 3, 3, f"é\r\n\r\n→ {NEW}"),
        (f"a\rb {OLD}", 2, 3, f"a\rb {NEW}"),
        (f"[x]({OLD})", 1, 5, f"[x]({NEW})"),
        (f'<a href="{OLD}">x</a>', 1, 10, f'<a href="{NEW}"{ROBUST}>x</a>'),
        (f"<a class=y\nhref='{OLD}'>x</a>", 2, 7, f"<a class=y\nhref='{NEW}'{ROBUST}>x</a>"),
        (f"<A HREF={OLD}>x</A>", 1, 9, f"<A HREF={NEW}{ROBUST}>x</A>"),
        (f'<a data-originalurl="x" href="{OLD}">', 1, 31, f'<a data-originalurl="x" href="{NEW}"{ROBUST}>'),
        (f'<a href="{OLD}" data-originalurl="x">', 1, 10, f'<a href="{NEW}" data-originalurl="x">'),
        (f'<img src="{OLD}">', 1, 11, f'<img src="{NEW}">'),
        (f"{OLD} and {OLD}", 1, 26, f"{OLD} and {NEW}"),
        (f"  {OLD}", 1, None, f"  {NEW}"),
        (f"  {OLD}", 1, 1, f"  {NEW}"),
        (f"{OLD} {OLD}", 1, None, f"{OLD} {OLD}"),
        (f"{OLD}", 2, 1, f"{OLD}"),
        ("http://other.example/", 1, 1, "http://other.example/"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_url_at_its_place_is_changed_and_nothing_else(
    before: str, line: int, column: int | None, after: str, encoding: str
) -> None:
    assert changed(before.encode(encoding), line, column) == after.encode(encoding)


def test_a_text_that_is_not_utf8_keeps_its_bytes() -> None:
    before = "Für Größe: http://old.example/a – ja".encode("cp1252")
    assert changed(before, 1, 12) == before.replace(OLD.encode(), NEW.encode())
    assert changed(before, 1, 12, new="http://new.example/→") == before.replace(
        OLD.encode(), b"http://new.example/%E2%86%92"
    )


def test_entities_in_html_are_read_and_written() -> None:
    before = b'<a href="http://old.example/?a=1&amp;b=2">'
    after = b'<a href="https://new.example/?c=1&amp;d=2" data-originalurl="http://old.example/?a=1&amp;b=2" '
    for url in ("http://old.example/?a=1&b=2", "http://old.example/?a=1&amp;b=2"):
        assert changed(before, 1, 10, url, "https://new.example/?c=1&d=2").startswith(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"[x]({OLD})", "[x](http://new.example/%28a%29%22%3C)"),
        (f"See {OLD} now", "See http://new.example/(a)%22%3C now"),
        (f'<img src="{OLD}">', '<img src="http://new.example/(a)%22%3C">'),
    ],
)
def test_what_would_end_the_url_early_is_encoded(before: str, after: str) -> None:
    assert changed(before.encode(), 1, before.index("http") + 1, new='http://new.example/(a)"<') == after.encode()


def test_of_edits_that_overlap_the_first_is_made() -> None:
    assert patches.patched(b"abcdef", [Edit(3, 5, b"X"), Edit(1, 4, b"Y")]) == b"aYef"


@given(data=st.binary(max_size=40), line=st.integers(-1, 4), column=st.integers(1, 50) | st.none())
def test_any_bytes_are_left_as_they_are_where_the_url_is_not(data: bytes, line: int, column: int | None) -> None:
    assert changed(data, line, column) == data


def test_a_diff_marks_a_missing_line_end() -> None:
    assert patches.diff("./a.txt", b"one\ntwo", b"one\nthree") == (
        b"--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n one\n-two\n\\ No newline at end of file\n"
        b"+three\n\\ No newline at end of file\n"
    )


def test_a_link_to_a_file_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"one")
    link = tmp_path / "link.txt"
    link.symlink_to("real.txt")
    patches.write(link, b"one", b"two")
    assert link.is_symlink() and (tmp_path / "real.txt").read_bytes() == b"two"


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(CitecheckError, match=r"none\.txt: cannot be written: No such file or directory"):
        patches.write(tmp_path / "none.txt", b"", b"x")


@pytest.mark.parametrize("name", ["two\nlines.md", 'a "quote".md', "a\\b.md", "lat\udcfcn.md", "plain ü.md", "\t.md"])
def test_git_applies_the_diff_of_a_file_of_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / name).write_bytes(b"a\nb\n")
    diff = patches.diff(name, b"a\nb\n", b"a\nc\n")
    subprocess.run(["git", "apply", "-"], cwd=folder, input=diff, check=True)
    assert [(each.name, each.read_bytes()) for each in folder.iterdir()] == [(name, b"a\nc\n")]
