"""Sites whose pages say another thing than their status codes: one row a behaviour, as in behaviours.py."""

from tests.web.connection import Connection
from tests.web.rows import TITLE, Answer, Behaviour, redirect, reply

_STORY = (
    "<p>The night ferry sailed again on Tuesday, after eleven days in the dock, and forty cars were waiting.</p>" * 25
)
MENU = "<nav><ul>" + "<li><a href='/s'>Weather and tides</a></li>" * 30 + "</ul></nav>"
FOOT = "<footer><p>The Harbour Gazette, 4 Quay Street. All rights reserved. Imprint, contact, terms.</p></footer>"


def page(title: str, body: str, *, head: str = "", attributes: str = "", lang: str = "en") -> bytes:
    """The bytes of a page."""
    return (
        f"<!DOCTYPE html><html lang={lang}><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body {attributes}>{body}</body></html>"
    ).encode()


def shown(title: str, body: str, *headers: str, status: int = 200, head: str = "", attributes: str = "") -> bytes:
    return reply(status, page(title, body, head=head, attributes=attributes), *headers)


def missing(name: str, title: str, heading: str, text: str = "") -> Behaviour:
    """A site that says so in a site's usual frame, under status 200."""
    body = f"{MENU}<main><h1>{heading}</h1><p>{text}</p><a href=/>Home</a></main>{FOOT}"
    return Behaviour(name, shown(title, body), "dead", "soft-404")


def _only(path: str, found: bytes, otherwise: bytes) -> Answer:
    return lambda connection: found if connection.path == path else otherwise


def _to(status: int, location: str, landing: bytes) -> Answer:
    """Sends the page on to `location` and shows `landing` there."""
    path = location.partition("?")[0]

    def answer(connection: Connection) -> bytes:
        return landing if connection.path.partition("?")[0] == path else redirect(status, location)

    return answer


def _refreshed(target: str, landing: bytes, *, seconds: str = "0") -> Answer:
    head = f'<meta http-equiv="Refresh" content="{seconds}; URL={target}">'
    return _only(target, landing, shown("Redirecting", "<p>You are being sent on.</p>", head=head))


def _catch_all(connection: Connection) -> bytes:
    """Whatever is asked for, it shows the same list, and an error class on its body."""
    attributes = 'class="layout not-found"'
    return shown("The Harbour Gazette", f"{MENU}<main><h1>Latest</h1>{_STORY}</main>", attributes=attributes)


def _marked_but_real(connection: Connection) -> bytes:
    """A real page with an unlucky class, on a host that knows what it does not have."""
    if connection.path != "/2024/05/ferry-resumes":
        return reply(404)
    return shown(TITLE, f"<h1>{TITLE}</h1>{_STORY}", attributes='class="wide not-found"')


_BIG_STORY = f"<h1>{TITLE}</h1>{_STORY}"
_FORM = "<form method=post><input name=user><input type=password name=word><button>Go</button></form>"
_CHALLENGE = (
    "<noscript>Enable JavaScript and cookies to continue</noscript>"
    "<script>window._cf_chl_opt={cType:'managed'}</script>"
)
_SOON = "<meta http-equiv=refresh content='0; url=new'>"
_NO_SCRIPT = "<noscript><meta http-equiv=refresh content='0; url=/nojs'></noscript>"
_SLOTS = (
    "<p>Daftar situs slot gacor maxwin hari ini, bonus deposit dan jackpot setiap hari, judi slot togel casino.</p>"
    * 20
)
_DOC = (
    "<p>When a server has no page for an address it answers with a status code and a text that people can read.</p>"
    * 20
)

PAGES = (
    # Soft 404s: a page that says there is none, in many words and languages.
    missing("soft-plain", "Page not found | The Harbour Gazette", "Page not found"),
    missing("soft-terror", "Page not found", "Page not found")._replace(path="/terror-trial/14041.html"),
    missing("soft-heading", "The Harbour Gazette", "Sorry, we couldn’t find the page you were looking for."),
    missing("soft-title", "404 - Not Found", "Oops!", "Something went overboard. Try the search."),
    missing(
        "soft-removed", "The Harbour Gazette", "This article is no longer available", "It was taken down by its author."
    ),
    missing(
        "soft-german", "Seite nicht gefunden – Hafenbote", "Ups!", "Die gewünschte Seite gibt es leider nicht mehr."
    ),
    missing("soft-french", "Le Port", "Cette page n’existe plus"),
    missing("soft-spanish", "El Puerto", "Lo sentimos, la página que buscas no existe."),
    missing("soft-italian", "Pagina non trovata", "Errore 404"),
    missing("soft-portuguese", "O Porto", "Página não encontrada"),
    missing("soft-polish", "Nie znaleziono strony - Port", "Nie znaleziono strony"),
    missing("soft-russian", "Гавань", "Страница не найдена"),
    missing("soft-turkish", "Liman", "Aradığınız sayfa bulunamadı"),
    missing("soft-arabic", "الميناء", "الصفحة غير موجودة"),
    missing("soft-chinese", "港口报", "抱歉，您访问的页面不存在"),
    missing("soft-japanese", "港新聞", "お探しのページは見つかりませんでした"),
    Behaviour(
        "soft-sentence",
        shown("The Harbour Gazette", "<p>The page you requested does not exist.</p>"),
        "dead",
        "soft-404",
    ),
    Behaviour(
        "soft-json",
        reply(200, b'{"error": {"code": 404, "message": "Not Found"}}').replace(b"text/html", b"application/json"),
        "dead",
        "soft-404",
    ),
    Behaviour("soft-text", reply(200, b"File not found.\n").replace(b"text/html", b"text/plain"), "dead", "soft-404"),
    Behaviour("soft-slug", _to(302, "/errors/404.html", shown("Harbour", _BIG_STORY)), "dead", "soft-404"),
    Behaviour("soft-permanent", _to(301, "/not-found", shown("Harbour", "<h1>Ahoy</h1>")), "dead", "soft-404"),
    Behaviour("soft-everywhere", _catch_all, "dead", "soft-404"),
    Behaviour("soft-section", _to(302, "/2024/", shown("The year 2024", _BIG_STORY)), "dead", "soft-404"),
    Behaviour(
        "bare-server", shown("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>Thank you.</p>"), "dead", "soft-404"
    ),
    # Pages that talk about missing pages, and are there.
    Behaviour("marked-but-real", _marked_but_real, "alive", "ok"),
    Behaviour(
        "about-404",
        shown("404 Not Found - Protocol Handbook", f"<h1>404 Not Found</h1>{_DOC}"),
        "alive",
        "ok",
        path="/handbook/status/404",
    ),
    Behaviour(
        "about-errors",
        shown(
            "Page not found: how museums lose their past",
            f"<h1>Page not found: how museums lose their past</h1>{_STORY}",
        ),
        "alive",
        "ok",
    ),
    Behaviour(
        "about-finding",
        shown(
            "Wreck not found",
            "<article><h1>Wreck not found after ten days</h1><p>The page of the log was not found.</p></article>",
        ),
        "alive",
        "ok",
    ),
    Behaviour("lesson-404", _to(302, "/lessons/lesson-404-review", reply(200)), "alive", "ok"),
    # Parked, for sale, expired, suspended, in strange hands.
    Behaviour(
        "for-sale",
        shown("for-sale.example", "<h1>for-sale.example</h1><p>This domain is for sale!</p>"),
        "dead",
        "parked",
    ),
    Behaviour(
        "parked-script",
        shown(
            "parked-script.example",
            "<div id=a></div>",
            attributes="",
            head='<script src="https://img.sedoparking.com/a.js"></script>',
        ),
        "dead",
        "parked",
    ),
    Behaviour(
        "parked-lander",
        reply(
            200,
            b'<html data-adblockkey="MFwwDQ"><head><script>window.location.href="/lander"</script></head></html>',
        ),
        "dead",
        "parked",
    ),
    Behaviour(
        "domain-expired",
        shown("Domain expired", "<p>This domain name has expired. Is this your domain?</p>"),
        "dead",
        "parked",
    ),
    Behaviour(
        "suspended",
        shown("Account Suspended", "<h1>Account Suspended</h1><p>Contact your provider.</p>"),
        "dead",
        "parked",
    ),
    Behaviour("zu-verkaufen", shown("Hafen", "<h1>Diese Domain steht zum Verkauf</h1>"), "dead", "parked"),
    Behaviour("shop", shown("Boats for sale", f"<h1>Boats for sale</h1><p>Buy this boat.</p>{_STORY}"), "alive", "ok"),
    Behaviour("hijacked", shown("Situs Slot Gacor Maxwin 2024", f"<h1>Slot Gacor</h1>{_SLOTS}"), "dead", "hijacked"),
    Behaviour(
        "casino-news",
        shown(
            "Casino opens on the quay",
            f"<h1>Casino opens on the quay</h1><p>The casino has forty slot tables.</p>{_STORY}",
        ),
        "alive",
        "ok",
        path="/2024/05/casino-opens-quay",
    ),
    # Walls.
    Behaviour(
        "wall-cloudflare",
        shown("Just a moment...", _CHALLENGE, "cf-mitigated: challenge", status=403),
        "blocked",
        "bot-wall",
    ),
    Behaviour("wall-cloudflare-503", shown("Just a moment...", _CHALLENGE, status=503), "blocked", "bot-wall"),
    Behaviour("wall-cloudflare-200", shown("Just a moment...", _CHALLENGE), "blocked", "bot-wall"),
    Behaviour(
        "wall-datadome",
        shown(
            "harbour",
            "<p>Please enable JS</p><script>var dd={'host':'geo.captcha-delivery.com'}</script>",
            status=403,
        ),
        "blocked",
        "bot-wall",
    ),
    Behaviour(
        "wall-human",
        shown("Access to this page has been denied", "<div id=px-captcha></div>", status=403),
        "blocked",
        "bot-wall",
    ),
    Behaviour(
        "wall-imperva",
        reply(
            200,
            b'<html><iframe src="/_Incapsula_Resource?CWUDNSAI=9"></iframe></html>',
        ),
        "blocked",
        "bot-wall",
    ),
    Behaviour(
        "wall-akamai",
        shown("Access Denied", "<h1>Access Denied</h1>Reference #18.2 https://errors.edgesuite.net/18.2", status=403),
        "blocked",
        "bot-wall",
    ),
    Behaviour("wall-aws", reply(202, b"", "x-amzn-waf-action: challenge"), "blocked", "bot-wall"),
    Behaviour(
        "wall-vercel",
        shown(
            "Vercel Security Checkpoint",
            "<p>We're verifying your browser</p>",
            "x-vercel-mitigated: challenge",
            status=429,
        ),
        "blocked",
        "bot-wall",
    ),
    Behaviour(
        "wall-anubis",
        shown(
            "Making sure you&#39;re not a bot!",
            "<h1>Making sure you're not a bot!</h1><script src=/.within.website/x/cmd/anubis/main.mjs></script>",
        ),
        "blocked",
        "bot-wall",
    ),
    Behaviour(
        "wall-russian", shown("Проверка безопасности", "<p>Подтвердите, что вы не робот</p>"), "blocked", "bot-wall"
    ),
    Behaviour(
        "wall-captcha",
        _to(302, "/captcha?back=/x", shown("Harbour", "<p>Type the characters you see</p>")),
        "blocked",
        "bot-wall",
    ),
    Behaviour("cdn-only", shown(TITLE, _BIG_STORY, "cf-ray: 8a1", "server: cloudflare"), "alive", "ok"),
    Behaviour(
        "wall-words-in-bundle",
        shown(TITLE, f"{_BIG_STORY}<script>var t='Access Denied',u='/cdn-cgi/challenge-platform/h/b'</script>"),
        "alive",
        "ok",
    ),
    # Logins, consent, borders, money.
    Behaviour(
        "login-redirect",
        _to(302, "/login?next=%2F2024%2F05%2Fferry-resumes", shown("Log in", _FORM)),
        "blocked",
        "login",
    ),
    Behaviour("login-permanent", _to(301, "/accounts/signin", shown("Sign in", _FORM)), "blocked", "login"),
    Behaviour(
        "login-in-place", shown("Sign in to continue", f"<h1>Sign in to continue</h1>{_FORM}"), "blocked", "login"
    ),
    Behaviour("login-itself", shown("Log in", f"<h1>Log in</h1>{_FORM}"), "alive", "ok", path="/login"),
    Behaviour("login-box", shown(TITLE, f"<header>{_FORM}</header>{_BIG_STORY}"), "alive", "ok"),
    Behaviour(
        "consent-redirect",
        _to(302, "/consent?continue=/2024", shown("Before you continue", "<p>We use cookies.</p>")),
        "blocked",
        "consent",
    ),
    Behaviour(
        "consent-banner", shown(TITLE, f"<div id=cookies>We value your privacy</div>{_BIG_STORY}"), "alive", "ok"
    ),
    Behaviour(
        "abroad",
        shown("Harbour TV", "<p>Sorry, this programme is not available in your country.</p>"),
        "blocked",
        "geo-block",
    ),
    Behaviour(
        "abroad-451",
        shown("451", "<p>We cannot grant access from the European Economic Area.</p>", status=451),
        "blocked",
        "geo-block",
    ),
    Behaviour(
        "paywall",
        shown(
            TITLE,
            f"{_BIG_STORY}<p>Subscribe to continue reading</p>",
            head='<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>',
        ),
        "alive",
        "paywall",
    ),
    # Pages that send their reader on, and pages without words.
    Behaviour("refresh", _refreshed("/2024/05/new", reply(200)), "alive", "ok"),
    Behaviour(
        "refresh-without-script",
        _only("/2024/05/ferry-resumes", shown(TITLE, _BIG_STORY, head=_NO_SCRIPT), reply(404)),
        "alive",
        "ok",
    ),
    Behaviour(
        "refresh-from-base",
        lambda c: reply(410) if c.path == "/now/new" else shown("Moved", "", head="<base href=/now/>" + _SOON),
        "dead",
        "http-410",
    ),
    Behaviour("refresh-to-missing", _refreshed("/2024/05/new", reply(404)), "dead", "http-404"),
    Behaviour("short-name", _to(302, "/ok", reply(200)), "alive", "ok"),
    Behaviour("refresh-later", shown(TITLE, _BIG_STORY, head="<meta http-equiv=refresh content=300>"), "alive", "ok"),
    Behaviour("refresh-home", _refreshed("/", reply(200)), "dead", "home-redirect"),
    Behaviour(
        "refresh-header", _only("/new", reply(200), reply(200, b"<p>wait", "Refresh: 0; url=/new")), "alive", "ok"
    ),
    Behaviour(
        "script-turn",
        _only("/new", reply(404), shown("", "<script>window.location.replace('/new')</script>")),
        "dead",
        "http-404",
    ),
    Behaviour("script-only", shown("Harbour", '<div id="root"></div><script src="/app.js"></script>'), "alive", "ok"),
    Behaviour(
        "home-itself",
        _to(301, "/en/", reply(200)),
        "moved",
        "permanent-redirect",
        path="/",
        suggestion="http://home-itself.example/en/",
    ),
    Behaviour(
        "query-home", lambda c: reply(200) if c.path == "/" else redirect(302, "/"), "alive", "ok", path="/?p=17"
    ),
)
