"""What is told of the sources before they are read."""

from citecheck.model import Source
from citecheck.reading import extract
from citecheck.settings import Settings


def test_about_so_many_links_are_told_before_a_source_is_read() -> None:
    told: list[int] = []
    texts = ["See http://a.example/ and [that](https://b.example/x).", "No link.", "ftp://c.example/"]
    sources = [Source(name=f"{number}.md", data=text.encode()) for number, text in enumerate(texts)]
    extract(sources, Settings(), liveness_only=True, expect=told.append)
    assert told == [2, 0, 1]
    extract(sources, Settings(offline=True), liveness_only=True, expect=told.append)
    assert told == [2, 0, 1]
