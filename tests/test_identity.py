"""Links that differ in tracking parameters alone are one target, asked for as first written."""

from citecheck.audit import audit
from citecheck.model import Document, Link, Source
from citecheck.settings import CacheSettings, Settings
from citecheck.targets import identified, plan

TEXT = (
    b"[a](https://a.example/x?utm_source=m&id=1) [b](https://a.example/x?id=1) [c](https://a.example/x?id=1&fbclid=q#z)"
)


def test_links_that_differ_in_tracking_alone_are_one_target() -> None:
    settings = Settings(offline=True, tracking_parameters=("utm_*", "fbclid"), cache=CacheSettings(enabled=False))
    result = audit([Source("t.md", TEXT, "text/markdown")], settings, liveness_only=True)
    assert [visit.target.url for visit in result.visits] == ["https://a.example/x?id=1"]
    assert [visit.target.request_url for visit in result.visits] == ["https://a.example/x?utm_source=m&id=1"]
    assert [link.target for link in result.documents[0].links] == ["https://a.example/x?id=1"] * 3


def test_without_the_setting_every_url_is_its_own_target() -> None:
    links = tuple(
        Link(f"l{number}", url, url, "a", 1, 1)
        for number, url in enumerate(("https://a.example/?utm_source=m", "https://a.example/"))
    )
    documents = (Document("t.md", (), links),)
    assert identified(documents, ()) == (documents, {})
    assert [target.request_url for target in plan(documents)] == [link.url for link in links]
