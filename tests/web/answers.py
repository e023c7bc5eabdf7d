"""Sites that answer anything with a front page, a search or a few lines for programs; and some that only seem to."""

from tests.web.pages import FOOT, shown
from tests.web.rows import Behaviour

_HEAD = "<header><a href=/>Quay News</a></header>"
_LIST = "".join(
    f"<section><h2><a href=/{number}>{line}</a></h2><p>Read on.</p></section>"
    for number, line in enumerate(
        (
            "Crane driver wins the lottery",
            "Two seals on the slipway",
            "Gale shuts the outer mole",
            "Fog horn falls silent again",
            "Pilot boat gets a name",
            "Choir sings below deck",
        )
    )
)


def _json(text: str) -> bytes:
    head = ("HTTP/1.1 200 OK", "Content-Type: application/json", "Connection: close", f"Content-Length: {len(text)}")
    return "\r\n".join((*head, "", text)).encode()


ANSWERS = (
    Behaviour("front-for-all", shown("Quay News: all from the port", f"{_HEAD}{_LIST}{FOOT}"), "dead", "soft-404"),
    Behaviour(
        "search-for-all",
        shown("Search | Quay News", f"{_HEAD}<h1>Search</h1><p>Your search for <b>ferry</b> found nothing.</p>{FOOT}"),
        "dead",
        "soft-404",
    ),
    Behaviour(
        "json-list-of-errors", _json('{"errors": ["The berth you asked for has been deleted"]}'), "dead", "soft-404"
    ),
    Behaviour("json-broken", _json('{"message": "Internal server error"}'), "failing", "out-of-service"),
    Behaviour("json-novel", _json('{"status": 200, "title": "Not found: a novel of the sea"}'), "alive", "ok"),
    Behaviour(
        "state-of-a-script",
        shown("404 | Quay", '<div id=app></div><script>var state = {"page": {"statusCode": 404}}</script>'),
        "dead",
        "soft-404",
    ),
    Behaviour(
        "news-of-an-end",
        shown(
            "Mooring.fm is silent",
            f"{_HEAD}<h1>Mooring.fm has shut down</h1><p>Its founder said goodbye on air.</p>{FOOT}",
        ),
        "alive",
        "ok",
    ),
    Behaviour(
        "away-for-now", shown("Hafenbote", "<h1>Seite zurzeit nicht erreichbar</h1>"), "failing", "out-of-service"
    ),
    Behaviour(
        "essay-on-gates",
        shown(
            "Prove you are human",
            "<h1>Prove you are human</h1><p>Nine poems on doubt and one on love.</p><script>0</script>",
        ),
        "alive",
        "ok",
    ),
    Behaviour(
        "quoted-notice",
        shown("Quay News", f"{_HEAD}<h1>Signs at sea</h1><p>“This page is lost”, reads one, on a buoy.</p>{FOOT}"),
        "alive",
        "ok",
    ),
    Behaviour(
        "pictures-to-choose",
        shown("Quay", "<p>Select all images with boats.</p><button>Go</button>"),
        "blocked",
        "bot-wall",
    ),
)
