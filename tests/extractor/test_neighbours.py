"""What relative URLs in local files name."""

from pathlib import Path

import pytest

from citecheck.extractor.neighbours import neighbour


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
    ],
)
def test_a_relative_url_names_a_file_beside_its_source(
    tmp_path: Path, name: str, url: str, root: str | None, expected: str | None
) -> None:
    (tmp_path / "docs").mkdir()
    for source in ("a.md", "a.html"):
        (tmp_path / "docs" / source).write_text("x")
    found = neighbour(str(tmp_path / name), url, str(tmp_path / root) if root else None)
    assert found == (f"{tmp_path.as_uri()}/{expected}" if expected else None)
