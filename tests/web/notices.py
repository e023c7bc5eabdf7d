"""Sites that say in passing, in other tongues or among other things that a page is gone, and some that only seem to."""

from tests.web.connection import Connection
from tests.web.pages import FOOT, MENU, shown
from tests.web.rows import Answer, Behaviour, redirect, reply

_TEASERS = "<section><h2>More</h2>" + "".join(
    f"<article class=card><h3><a href=/t/{number}>{headline}</a></h3><p>{words}</p></article>"
    for number, (headline, words) in enumerate(
        (
            ("Dock gates jam again", "Two tugs waited until the tide had turned."),
            ("Herring back in the bay", "The first boats came home full on Sunday night."),
            ("A lighthouse for sale", "The buyer must keep the lamp lit."),
            ("Crane driver retires", "She has unloaded eleven thousand ships."),
        )
    )
)
_BRIEF = "<p>The board met on Monday, and nobody had slept much; the smoke still hung over the lower dock.</p>"


def _gone(name: str, title: str, body: str) -> Behaviour:
    return Behaviour(name, shown(title, f"{MENU}<main>{body}</main>{_TEASERS}{FOOT}"), "dead", "soft-404")


def _there(name: str, title: str, body: str) -> Behaviour:
    return Behaviour(name, shown(title, f"{MENU}<main>{body}</main>{FOOT}"), "alive", "ok")


def _leads(location: str, landing: bytes) -> Answer:
    path = location.partition("?")[0]
    return lambda connection: landing if connection.path.partition("?")[0] == path else redirect(302, location)


def _to_section(connection: Connection) -> bytes:
    if connection.path == "/latest":
        return shown("Latest", f"{MENU}{_TEASERS * 2}{FOOT}")
    return redirect(301, "/latest")


NOTICES = (
    _gone("gone-clause", "Quay News", "<p>We looked everywhere, but the story you are after isn’t here any more.</p>"),
    _gone("gone-astray", "Quay News", "<h1>Well</h1><p>The page you want has gone sailing.</p><a href=/>Home</a>"),
    _gone("gone-nowhere", "Quay News", "<h1>Whoops</h1><p>That link goes nowhere.</p><p><a href=/>Front page</a></p>"),
    _gone("gone-inline", "Quay News", "<div><b>Sorry, that <i>article</i> could not be located.</b></div>"),
    _gone("gone-sought", "Quay News", "<p>The chart you have requested is not here anymore.</p>"),
    _gone("gone-code", "Quay News", "<h1>404: not a gull in sight</h1><p>Try a section.</p>"),
    _gone("gone-title-only", "The page you’re looking for has moved on | Quay News", ""),
    _gone("gone-adverb", "Error 410", "<h1>Gone</h1><p>This resource has been permanently removed.</p>"),
    _gone(
        "gone-echo", "Oops, something’s missing", "<h1>Oops, something’s missing</h1><p>The page you want is out.</p>"
    ),
    _gone("gone-author", "Quay News", "<h1>This post was deleted by the person who wrote it.</h1>"),
    _gone("gone-requested", "Hafenbote", "<h1>Der gewünschte Fahrplan ist nicht mehr abrufbar</h1>"),
    _gone("gone-anything", "Quay Aid", "<h1>Raffle not found</h1><p>The draw you are looking for has ended.</p>"),
    _gone("gone-german", "Quay News", "<p>Unter dieser Adresse gibt es keine Seite.</p>"),
    _gone("gone-spanish", "Quay News", "<h1>¡Vaya! No encontramos lo que buscas</h1>"),
    _gone("gone-hungarian", "Quay News", "<h1>Sajnos ez az oldal már nem elérhető</h1>"),
    _gone("gone-bulgarian", "Quay News", "<h1>Страницата не беше открита</h1>"),
    _gone("gone-turkish", "Quay News", "<h1>Üzgünüz, aradığınız içeriğe ulaşılamıyor</h1>"),
    _gone("gone-greek", "Quay News", "<h1>Ουπς! Δεν βρέθηκε η σελίδα</h1>"),
    _gone("gone-korean", "Quay News", "<h1>존재하지 않거나 삭제된 기사입니다</h1>"),
    _gone("gone-bengali", "Quay News", "<h1>দুঃখিত, পৃষ্ঠাটি পাওয়া যায়নি</h1>"),
    _gone("gone-catalan", "Quay News", "<h1>No hem trobat la pàgina</h1>"),
    _gone("gone-estonian", "Quay News", "<h1>Lehekülge ei leitud</h1>"),
    _gone("gone-goods", "Quay Shop", "<h1>Sorry, we no longer sell this product</h1><p>It was discontinued.</p>"),
    _gone("gone-thread", "Error - Knots and Splices", "<h1>Knots and Splices</h1><p>No thread specified.</p>"),
    _gone("gone-job", "Gdzie praca", "<h1>Ta oferta pracy jest już nieaktualna</h1>"),
    _gone("gone-advert", "Причал", "<h1>Объявление снято с публикации</h1>"),
    _gone("gone-wiki", "Ferry - QuayWiki", "<p>There is currently no text in this page.</p>"),
    _gone(
        "gone-jest", "Quay News", "<h1>High tide</h1><p>A gull flew off with this page.</p><a href=/>To the pier</a>"
    ),
    _gone("gone-service", "Quaybook", "<h1>Quaybook has shut down</h1><p>Thank you to all who wrote here.</p>"),
    _gone("gone-host", "Quay Desk", "<h1>Unrecognized domain</h1>"),
    Behaviour(
        "gone-state",
        shown("Quay", "<div id=app><h1>404</h1><h2>This page could not be found.</h2></div><script>x()</script>"),
        "dead",
        "soft-404",
    ),
    Behaviour(
        "gone-object",
        reply(200, b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>").replace(b"text/html", b"text/xml"),
        "dead",
        "soft-404",
    ),
    Behaviour("gone-cyrillic", reply(200, "<h1>Страница не найдена</h1>".encode("cp1251")), "dead", "soft-404"),
    Behaviour("gone-query", _leads("/hello?from=404", shown("Quay News", _BRIEF * 30)), "dead", "soft-404"),
    Behaviour("gone-to-list", _to_section, "dead", "soft-404"),
    _there("there-closed", "Hours", "<h1>The fish hall is closed</h1><p>Open again on Monday. Thank you!</p>"),
    _there("there-record", "Records", "<h1>Pilots have no record of the wreck</h1><p>Nothing was found by divers.</p>"),
    _there("there-minutes", "Minutes", "<h1>Minutes</h1><p>Item 4: the document was not found in the archive.</p>"),
    _there("there-changes", "Changes", "<ul><li>Fixed: page not found after logout<li>Cookies are optional</ul>"),
    _there(
        "there-codes",
        "Answers",
        "<h1>Answers</h1><table>" + "<tr><td>404<td>Not found<tr><td>410<td>Gone" * 2 + "</table>",
    ),
    _there("there-estate", "Domaine à vendre", "<h1>Domaine à vendre</h1><p>Huit hectares et un étang.</p>"),
    _there("there-question", "Help", "<h1>How do I fix a 404?</h1><p>If the address is right, the page is gone.</p>"),
    _there("there-retracted", "Statement", "<h1>Statement</h1><p>We have removed the video and apologise.</p>"),
    _there(
        "there-road-works",
        "Scheduled maintenance of the road bridge",
        "<h1>Scheduled maintenance of the road bridge</h1><p>The bridge is closed to lorries until June.</p>",
    ),
    _there("there-poem", "Frog", "<p>old pond<br>a frog jumps in<br>the sound of water</p><a href=/>Home</a>"),
    _there("there-trade", "This domain is for sale: a trade", f"<h1>This domain is for sale</h1>{_BRIEF * 7}"),
    _there(
        "there-auction",
        "Domain for sale: how auctions work",
        "<h1>Domain for sale: how auctions work</h1><p>The highest bid wins, and the seller pays a tenth.</p>",
    ),
    _there(
        "there-policy",
        "Our cookie policy",
        "<h1>Our cookie policy</h1><p>One, for the basket.</p><button>Accept</button>",
    ),
    _there(
        "there-replies",
        "Oak",
        "<h1>Oak</h1><div class=post>This post has been deleted.</div><div class=post>Warm the wood first.</div>",
    ),
    _there("there-biscuits", "Cookies", "<h1>Oat cookies</h1><p>Butter, sugar, oats. Twelve minutes.</p>"),
    _there("there-newsletter", "Sign up", "<h1>Sign up</h1><form><input type=email><button>Go</button></form>"),
    _there("there-rights", "Report", "<p>Researchers verify human rights claims in forty countries.</p>"),
)
"""Notices of absence and what looks like them."""

GATES = (
    Behaviour(
        "repairs",
        shown("Quay News", "<h1>This site is temporarily unavailable</h1><p>Back on Monday.</p>"),
        "failing",
        "out-of-service",
    ),
    Behaviour(
        "repairs-german",
        shown("Hafenbote", "<h1>Wir sind gleich zurück</h1><p>Unsere Website wird gerade gewartet.</p>"),
        "failing",
        "out-of-service",
    ),
    Behaviour(
        "no-database",
        shown("Database Error", "<p>Error establishing a database connection</p>"),
        "failing",
        "out-of-service",
    ),
    Behaviour("sold-other-name", shown("QuayNews.com is for sale | Names", "<p>3,895</p>"), "dead", "parked"),
    Behaviour("sold-within", shown("Kai", "<p>Die Domain kaibote.de steht zum Verkauf.</p>"), "dead", "parked"),
    Behaviour("sold-spanish", shown("Este dominio está a la venta", "<p>Ofertas</p>"), "dead", "parked"),
    Behaviour("sold-chinese", shown("码头", "<p>域名 kai.cn 正在出售</p>"), "dead", "parked"),
    Behaviour(
        "wall-person",
        shown("Are you a robot?", "<p>Tick the box so we know you’re a real person.</p><input type=checkbox>"),
        "blocked",
        "bot-wall",
    ),
    Behaviour("wall-denial", shown("Kai", "<p>Подтвердите, что это вы, а не робот</p>"), "blocked", "bot-wall"),
    Behaviour(
        "wall-at-length",
        shown(
            "Protected",
            f"<h1>Protected</h1>{_BRIEF * 3}<script src=/.within.website/x/cmd/anubis/static/js/main.mjs></script>",
        ),
        "blocked",
        "bot-wall",
    ),
    Behaviour(
        "login-by-name",
        shown("Sign in to Quay", "<h1>Sign in to Quay</h1><form><input name=a><input type=password></form>"),
        "blocked",
        "login",
    ),
    Behaviour(
        "consent-by-button",
        shown("Zustimmung | Kai", "<p>Lesen Sie wie gewohnt mit Werbung.</p><button>Akzeptieren und weiter</button>"),
        "blocked",
        "consent",
    ),
    Behaviour(
        "login-elsewhere",
        shown("Quay", "<h1>Choose your institution</h1><select><option>Holm</select><button>Go on</button>"),
        "blocked",
        "login",
    ),
    Behaviour("abroad-only", shown("Kai TV", "<p>This can only be watched in Norway.</p>"), "blocked", "geo-block"),
    Behaviour(
        "abroad-french",
        shown("Kai TV", "<p>Ce film n'est pas accessible depuis votre pays.</p>"),
        "blocked",
        "geo-block",
    ),
)
"""Names for sale and gates, by what their sentences say."""
