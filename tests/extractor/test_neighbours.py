"""What relative URLs in local files name."""

from pathlib import Path

import pytest

from citecheck.extractor.neighbours import itself, neighbours


@pytest.mark.parametrize(
    ("name", "url", "root", "expected"),
    [
        ("docs/a.md", "b.md#top", None, "docs/b.md"),
        ("docs/a.md", "../c%20d.png?raw=1", None, "c%20d.png"),
        ("docs/a.md", "/b.md", None, None),
        ("docs/a.md", "/b.md", "site", "site/b.md"),
        ("docs/a.md", "#top", None, None),
        ("docs/a.md", "//cdn.example/x", None, None),
        ("docs/a.html", "b.html", None, None),
        ("docs/a.html", "b.html", "docs", "docs/b.html"),
        ("docs/gone.md", "b.md", None, None),
        ("docs/a.html", "a.md?x#y", None, "docs/a.md"),
        ("docs/a.html", "a.html", None, None),
        ("docs/a.rst", "b.html", None, "docs/b.html"),
        ("docs/a.html", "\0", "docs", None),
    ],
)
def test_a_relative_url_names_a_file_beside_its_source(
    tmp_path: Path, name: str, url: str, root: str | None, expected: str | None
) -> None:
    (tmp_path / "docs").mkdir()
    for source in ("a.md", "a.html", "a.rst"):
        (tmp_path / "docs" / source).write_text("x")
    found = neighbours(str(tmp_path / name), [url], str(tmp_path / root) if root else None)
    assert found == ({url: f"{tmp_path.as_uri()}/{expected}"} if expected else {})


def test_an_html_file_one_of_whose_links_names_a_file_is_a_page_of_a_site(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("x")
    page, at = str(tmp_path / "a.html"), tmp_path.as_uri()
    assert neighbours(page, ["c.html", "a.html", "..", "/b.html"], None) == {}
    assert neighbours(page, ["c.html", "a.html", "..", "/b.html", "b.html"], None) == {
        "c.html": f"{at}/c.html",
        "a.html": f"{at}/a.html",
        "..": tmp_path.parent.as_uri(),
        "b.html": f"{at}/b.html",
    }


def test_a_local_file_is_told_by_its_url(tmp_path: Path) -> None:
    (tmp_path / "a b.md").write_text("x")
    assert itself(str(tmp_path / "a b.md")) == f"{tmp_path.as_uri()}/a%20b.md"
    assert itself(str(tmp_path / "c.md")) is None
    assert itself("-") is None
    assert itself("https://harbour.example/") is None
