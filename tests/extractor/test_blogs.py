"""Live blogs in the manners of many newsrooms' systems: the words are ours, the structure is theirs.

Each page of data/blogs has beside it what an editor reads in it: days and hours, claims, and which link carries which.
"""

from pathlib import Path

import pytest

from citecheck import extractor
from citecheck.model import Source
from tests.extractor.outline import outline

BLOGS = sorted((Path(__file__).parent / "data" / "blogs").glob("*.html"))


@pytest.mark.parametrize("path", BLOGS, ids=lambda path: path.stem)
def test_a_live_blog_is_read_as_an_editor_reads_it(path: Path) -> None:
    source = Source(path.name, path.read_bytes(), "text/html")
    assert outline(extractor.extract(source)) == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_there_are_pages_to_read() -> None:
    assert len(BLOGS) >= 70
