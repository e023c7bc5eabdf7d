"""Feeds: what an entry links to, and against what its relative URLs are resolved."""

import pytest

from citecheck import extractor
from citecheck.extractor import sources
from citecheck.model import Source
from citecheck.settings import Settings

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/news/">
<entry><link href="one"/><link rel="related" href="https://b.example/report"/><link rel="self" href="https://a.example/x"/>
<content type="html" xml:base="https://cdn.a.example/">&lt;img src="p.png"></content></entry>
<entry><id>tag:a.example,2024:2</id><content>1 &lt; 2: https://b.example/plain</content></entry></feed>"""

RSS = """<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Ours</title><link>https://a.example/</link>
<item><link>/one</link><guid isPermaLink="false">77</guid><description>&lt;a href="two">x&lt;/a></description>
<enclosure url="https://a.example/one.mp3"/><media:content url="https://a.example/p.jpg"><media:title>P</media:title></media:content>
</item><item><guid>77</guid><description>&lt;a href="two">x&lt;/a></description></item></channel></rss>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://a.example/", "items": [
{"id": "1", "url": "one", "content_html": "<a href=two>x</a>", "external_url": "https://b.example/",
 "attachments": [{"url": "https://a.example/one.mp3"}, 5]}]}"""


@pytest.mark.parametrize(
    ("feed", "address", "expected"),
    [
        (
            ATOM,
            "https://a.example/atom.xml",
            [
                (
                    "https://a.example/news/one",
                    [
                        ("link", "https://a.example/news/one"),
                        ("link", "https://b.example/report"),
                        ("img", "https://cdn.a.example/p.png"),
                    ],
                ),
                ("feed#2", [("bare", "https://b.example/plain")]),
            ],
        ),
        (
            RSS,
            None,
            [
                (
                    "https://a.example/one",
                    [
                        ("link", "https://a.example/one"),
                        ("link", "https://a.example/one.mp3"),
                        ("link", "https://a.example/p.jpg"),
                        ("a", "https://a.example/two"),
                    ],
                ),
                ("feed#2", [("a", "https://a.example/two")]),
            ],
        ),
        (
            JSON,
            None,
            [
                (
                    "https://a.example/one",
                    [
                        ("link", "https://a.example/one"),
                        ("link", "https://b.example/"),
                        ("link", "https://a.example/one.mp3"),
                        ("a", "https://a.example/two"),
                    ],
                )
            ],
        ),
    ],
    ids=["atom", "rss", "json"],
)
def test_an_entry_has_its_links_and_enclosures_resolved(
    feed: str, address: str | None, expected: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    media = "application/feed+json" if feed == JSON else "application/feed+xml"
    found = []
    for entry in sources.opened(Source("feed", feed.encode(), media, address=address), Settings()):
        assert isinstance(entry, Source)
        links = extractor.extract(entry, links_only=True).links
        found.append((entry.name, [(each.origin, each.target) for each in links]))
    assert found == expected


def test_a_feed_that_came_cut_says_so_beside_what_is_broken() -> None:
    source = Source("feed", ATOM[:300].encode(), "application/feed+xml", notes=("only its first 300 bytes were read",))
    assert [str(each) for each in sources.opened(source, Settings())] == [
        "feed: is not well-formed XML: no element found: line 4, column 21; only its first 300 bytes were read"
    ]
