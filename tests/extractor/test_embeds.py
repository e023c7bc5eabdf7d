"""Posts and videos set into a page: whose words they are, and where their links belong."""

from citecheck import extractor
from citecheck.model import Attribution, AttributionKind, Place, Source

PAGE = """<p>A blast shook the port on Tuesday morning, and the basin was closed to all ships at once.</p>
<blockquote class="twitter-tweet"><p>Explosion heard. <a href="https://t.co/abc">pic.twitter.com/abc</a></p>&mdash;
Reuters (@Reuters) <a href="https://twitter.com/Reuters/status/1764900000000000000">March 5, 2024</a></blockquote>
<p>Windows broke in four streets.</p>
<blockquote class="instagram-media"><p>Smoke over the port.</p>
<a href="https://www.instagram.com/p/CAbc/">A post shared by Somebody Else (@somebody.else)</a></blockquote>
<iframe src="https://www.youtube.com/embed/xyz123"></iframe>
<blockquote class="bluesky-embed"><p>Two ships burn.</p>&mdash; AFP (<a href="https://bsky.app/profile/afp.com">@AFP</a>)
<a href="https://bsky.app/profile/afp.com/post/3k">March 5, 2024</a></blockquote>
<p>The cause is not known.</p>
<aside><iframe src="https://ads.example/frame"></iframe></aside>"""


def test_a_post_is_its_authors_and_its_links_and_videos_stay_with_the_text() -> None:
    document = extractor.extract(Source("page.html", PAGE.encode(), "text/html"))
    (update,) = document.updates

    def by(outlet: str, handle: str, line: int, column: int) -> tuple[Attribution, ...]:
        return (Attribution(outlet, handle, AttributionKind.OUTLET, "@", line, column, place=Place.EMBED),)

    assert [(claim.text, claim.is_embed, claim.attributions) for claim in update.claims[1:]] == [
        ("Explosion heard.", True, by("Reuters", "@Reuters", 2, 109)),
        ("Windows broke in four streets.", False, ()),
        ("Smoke over the port.", True, ()),
        ("Two ships burn.", True, by("AFP", "@AFP", 8, 57)),
        ("The cause is not known.", False, ()),
    ]
    texts = {claim.id: claim.text for claim in update.claims}
    assert [(link.url, link.origin, link.update, texts.get(link.claim or "")) for link in document.links] == [
        ("https://t.co/abc", "embed", "u1", "Explosion heard."),
        ("https://twitter.com/Reuters/status/1764900000000000000", "embed", "u1", None),
        ("https://www.instagram.com/p/CAbc/", "embed", "u1", None),
        ("https://www.youtube.com/embed/xyz123", "iframe", "u1", None),
        ("https://bsky.app/profile/afp.com", "embed", "u1", None),
        ("https://bsky.app/profile/afp.com/post/3k", "embed", "u1", None),
        ("https://ads.example/frame", "iframe", None, None),
    ]


def test_a_shortened_link_is_nobodys_account() -> None:
    document = extractor.extract(Source("page.html", b'<a href="https://t.co/abc">x</a>', "text/html"))
    assert [link.outlet for link in document.links] == [None]
