"""Works that are called like notices of absence, and announcements that read like those of repairs."""

from tests.web.connection import Connection
from tests.web.pages import shown
from tests.web.rows import Answer, Behaviour, reply

_VERSES = "<p>The door stood open and the room was bare,<br>a coat hung on the chair,<br>{}</p>".format(
    "the kettle cold, the window full of snow,<br>and no one there to ask me where I go." * 2
)
_SONG = '<meta property="og:type" content="music.song"><meta property="og:title" content="Page Not Found">'
_BAND = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "404"},
{"@type": ["MusicGroup"], "name": "Error 404"}]}</script><script type="application/ld+json">{</script>"""
_FEED = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Not found: a podcast</title></channel></rss>"


def _there(name: str, title: str, body: str, *, head: str = "") -> Behaviour:
    return Behaviour(name, shown(title, body, head=head), "alive", "ok")


def _alone(page: bytes) -> Answer:
    """The page at its own address, and a true 404 at any other."""

    def answer(connection: Connection) -> bytes:
        return page if connection.path == "/2024/05/ferry-resumes" else reply(404)

    return answer


WORKS = (
    _there("work-song", "Page Not Found", "<h1>Page Not Found</h1><p>4:04, from the album Errors</p>", head=_SONG),
    _there("work-band", "Error 404", "<h1>Error 404</h1><p>Four people from the harbour, and noise.</p>", head=_BAND),
    Behaviour("work-poem", _alone(shown("404 | Poems", f"<h1>404</h1>{_VERSES}")), "alive", "ok"),
    Behaviour("work-feed", reply(200, _FEED), "alive", "ok"),
    Behaviour("work-of-any-address", shown("404 | Poems", f"<h1>404</h1>{_VERSES}"), "dead", "soft-404"),
    Behaviour("no-work", _alone(shown("404", f"<h1>404</h1><p>Use the search.</p>{_VERSES}")), "dead", "soft-404"),
    _there("road-works", "Maintenance of the bridge", "<h1>Maintenance of the bridge</h1><p>Closed until June.</p>"),
    _there("repairs-to-come", "Note", "<h1>Note</h1><p>Our website will be down for maintenance on 4 May.</p>"),
)
