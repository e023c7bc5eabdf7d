"""What a reader would tell of pages in many words and languages, on sites that know what they lack and others."""

import pytest

from citecheck.fetcher import verdict
from citecheck.fetcher.signals.notices import says_missing
from citecheck.fetcher.wording import plain
from citecheck.model import Exchange
from tests.effort import ends_within
from tests.fetcher.fakes import START

P = "<p>Council members voted late on Monday to keep the library open through the winter, the mayor said.</p>"
LONG = P * 40
NAV = "<header><nav>" + "".join(f"<a href=/{number}>Section {number}</a> " for number in range(25)) + "</nav></header>"
FOOT = "<footer>Copyright 2023 Evening Star. All rights reserved. Terms Privacy Contact</footer>"
U = "http://star.test/news/2023/library-vote-4411"
SIBLING = "http://star.test/news/2023/qwertzuiop"

Case = tuple[str, tuple[str, str], tuple[Exchange, ...]]
D, OK, W, PK, L = (
    ("dead", "soft-404"),
    ("alive", "ok"),
    ("blocked", "bot-wall"),
    ("dead", "parked"),
    ("blocked", "login"),
)


def ex(
    url: str, status: int = 200, body: str = "", headers: tuple[tuple[str, str], ...] = (), ct: str = "text/html"
) -> Exchange:
    headers = (("Content-Type", ct), *headers)
    return Exchange(url=url, started_at=START, http_status=status, headers=headers, body=body.encode())


def pg(title: str, body: str, head: str = "", nav: bool = True) -> str:
    frame = (NAV, FOOT) if nav else ("", "")
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{frame[0]}{body}{frame[1]}</body></html>"
    )


def one(
    name: str,
    want: tuple[str, str],
    body: str,
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
    url: str = U,
    ct: str = "text/html",
) -> Case:
    return name, want, (ex(url, status, body, headers, ct),)


def via(name: str, want: tuple[str, str], to: str, body: str, code: int = 302, status: int = 200, url: str = U) -> Case:
    return name, want, (ex(url, code, "", (("Location", to),)), ex(to, status, body))


CASES = (
    one("s1", D, pg("Evening Star", "<h2>We looked everywhere, but this page is gone.</h2><p>Try the home page.</p>")),
    one(
        "s2",
        D,
        pg("Oops! - Evening Star", "<h1>Oops!</h1><p>It looks like the page you're trying to reach doesn't exist.</p>"),
    ),
    one("s3", D, pg("404", "<h1>404</h1><p>Not found</p>")),
    one(
        "s4",
        D,
        pg(
            "Evening Star | Page unavailable",
            "<div class=c><strong>Sorry, this content is no longer available.</strong></div>",
        ),
    ),
    one(
        "s5",
        D,
        pg(
            "Evening Star",
            "<h1>Whoops!</h1><p>The article you requested could not be found. It may have been moved.</p>",
        ),
    ),
    one("s6", D, pg("Artikel nicht gefunden", "<h1>Artikel nicht gefunden</h1>")),
    one("s7", D, pg("Abendstern", "<p>Die von Ihnen aufgerufene Seite existiert leider nicht (mehr).</p>")),
    one("s8", D, pg("L'Étoile", "<h1>Oups, cette page est introuvable</h1>")),
    one("s9", D, pg("La Estrella", "<h1>¡Ups! No encontramos esa página</h1>")),
    one("s10", D, pg("Erreur 404 : page non trouvée", "<p>Retour à l'accueil</p>")),
    one("s11", D, pg("Sidan hittades inte", "<p>Gå till startsidan</p>")),
    one(
        "s12",
        D,
        pg(
            "Not Found",
            "<h1>Not Found</h1><p>The requested URL was not found on this server.</p><hr><address>Apache</address>",
            nav=False,
        ),
    ),
    one(
        "s13",
        D,
        pg(
            "Evening Star",
            "<h1>This story has been removed</h1>"
            + "".join(f"<a href=/{i}>Read this other headline about things {i}</a>" for i in range(40)),
        ),
    ),
    one("s14", D, pg("Strona nie istnieje", "<h1>Błąd 404</h1>")),
    one("s15", D, pg("页面未找到 - 晚星", "<h1>404</h1>")),
    one("s16", D, pg("ページが見つかりません | 夕星新聞", "<p>トップへ</p>")),
    one("s17", D, '{"status":"error","message":"Article not found"}', ct="application/json"),
    one(
        "s18",
        D,
        pg(
            "Evening Star",
            "<h1>Nothing here</h1><p>The link you followed may be broken, or the page may have been removed.</p>",
        ),
    ),
    one("s19", D, pg("Page Not Found | Evening Star", "<h1>You might like</h1>" + LONG)),
    one("s20", D, pg("HTTP Status 404 – Not Found", "<h1>HTTP Status 404 – Not Found</h1>", nav=False)),
    one("s21", D, pg("Evening Star - 404", "<h1>Hmm...</h1><p>We can't find what you're looking for.</p>")),
    one("s22", D, pg("Страница удалена", "<h1>Страница удалена</h1>")),
    one("s23", D, pg("Contenido no disponible", "<p>El contenido que buscas ya no está disponible</p>")),
    one("s24", D, pg("Evening Star", "<h1>Error 404</h1><p>Sorry, we could not find that story.</p>")),
    one(
        "s25",
        D,
        pg(
            "Evening Star",
            "<h1>Page Not Found</h1>"
            + "<p>Use our search or one of the following: the archive holds all articles since 1996.</p>" * 4,
        ),
    ),
    one("s26", D, pg("Sayfa Bulunamadı - Akşam Yıldızı", "<h1>404</h1>")),
    one("s27", D, pg("الصفحة غير موجودة", "<h1>٤٠٤</h1>")),
    one("s28", D, pg("Evening Star", "<center><h2>This listing has expired</h2></center>")),
    via("s29", D, "http://star.test/404.aspx?path=/news", pg("Evening Star", LONG)),
    via("s30", D, "http://star.test/error/notfound", pg("Evening Star", "<h1>Hello</h1>")),
    one("s31", D, pg("Evening Star: Page does not exist", "<p>Go home</p>")),
    one("s32", D, pg("Sivua ei löytynyt", "<p>etusivulle</p>")),
    one("s33", D, pg("Trang không tồn tại", "<p>404</p>")),
    one("s34", D, pg("페이지를 찾을 수 없습니다", "<p>홈</p>")),
    one(
        "a1",
        OK,
        pg(
            "The lost pages: why links rot",
            "<h1>The lost pages: why links rot</h1>" + LONG + "<p>Readers see 'Page not found'.</p>",
        ),
    ),
    one(
        "a2",
        OK,
        pg(
            "How we designed our 404 page",
            "<h1>How we designed our 404 page</h1><p>A 404 page says: page not found.</p>" + P * 4,
        ),
    ),
    one(
        "a3",
        OK,
        pg(
            "HTTP 404 - Wikipedia",
            "<h1>HTTP 404</h1>" + LONG,
        ),
        url="http://enc.test/wiki/HTTP_404",
    ),
    one(
        "a4",
        OK,
        pg("404 Not Found | Web docs", "<h1>404 Not Found</h1>" + P * 12),
        url="http://docs.test/en/http/status/404",
    ),
    one("a5", OK, pg("Body not found after search | Evening Star", "<h1>Body not found after search</h1>" + P * 3)),
    one(
        "a6",
        OK,
        pg("Missing", "<h1>Missing</h1><p>Directed by X. A father searches for his daughter.</p>" + P * 3),
        url="http://films.test/missing-2023",
    ),
    one("a7", OK, pg("Error | A poem", "<h1>Error</h1>" + P * 6), url="http://poems.test/error"),
    one(
        "a8",
        OK,
        pg("Product currently unavailable? What to do", "<h1>Product currently unavailable? What to do</h1>" + P * 5),
    ),
    one("a9", OK, pg("Short note", "<h1>Note</h1><p>The ferry is late.</p>")),
    one(
        "a10", OK, pg("Room 404 | Hotel Star", "<h1>Room 404</h1><p>A room with a view over the sea and two beds.</p>")
    ),
    one(
        "a11",
        OK,
        pg(
            "Why 'page not found' is good for you | Evening Star",
            "<h1>Why 'page not found' is good for you</h1>" + P * 8,
        ),
    ),
    one("a12", OK, pg("Suspect not found", "<h1>Suspect not found, police say</h1>" + P * 3)),
    one(
        "a13",
        OK,
        pg(
            "Custom error pages - server manual",
            "<h1>Custom error pages</h1><p>If the file is not found the server sends a page.</p><pre>404</pre>" + P * 3,
        ),
    ),
    one(
        "p1",
        PK,
        pg(
            "star.test",
            "<h1>star.test is for sale</h1><p>Get this domain. Make an offer on this domain today.</p>",
            nav=False,
        ),
    ),
    one(
        "p2",
        PK,
        pg("Star", "<p>The domain star.test is available for purchase. Contact us for pricing.</p>", nav=False),
    ),
    one("p3", PK, '<html><body><script src="//www.parkingcrew.net/jsparkcaf.php"></script></body></html>'),
    one(
        "p4",
        PK,
        pg(
            "star.test - This website is for sale! - star Resources and Information.",
            "<p>Related Searches</p>",
            nav=False,
        ),
    ),
    one(
        "p5",
        PK,
        pg(
            "star.test",
            "<h2>This domain has expired.</h2><p>If you owned this domain, contact your registrar.</p>",
            nav=False,
        ),
    ),
    one(
        "p6", PK, pg("Website Suspended", "<p>This website has been suspended. Please contact support.</p>", nav=False)
    ),
    one(
        "p7",
        PK,
        pg(
            "star.test",
            "<p>Welcome to star.test</p><p>This Web page is parked for FREE, courtesy of Registrar.</p>",
            nav=False,
        ),
    ),
    via("p8", PK, "http://ww38.star.test/news", pg("star.test", "<p>x</p>")),
    via("p9", PK, "https://www.hugedomains.com/domain_profile.cfm?d=star", pg("Star is for sale", LONG)),
    one("p10", PK, pg("Ce nom de domaine est à vendre", "<p>Prix sur demande</p>", nav=False)),
    one(
        "p11",
        PK,
        pg(
            "star.test",
            "<p>Future home of something quite cool.</p><p>This domain was recently registered at Registrar.</p>",
            nav=False,
        ),
    ),
    one(
        "w1",
        W,
        pg(
            "Attention Required! | Cloudflare",
            "<h1>Sorry, you have been blocked</h1><p>You are unable to access star.test</p>",
            nav=False,
        ),
        403,
    ),
    one(
        "w2", W, pg("", "<p>Please enable cookies.</p>", head='<script>window._pxAppId="PX1"</script>', nav=False), 403
    ),
    one(
        "w3",
        W,
        '<html><head><title>star.test</title></head><body><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>',
        403,
        (("x-datadome", "protected"),),
    ),
    one("w4", W, "<html><body>Request unsuccessful. Incapsula incident ID: 12-3</body></html>", 403),
    one(
        "w5",
        W,
        pg(
            "Access Denied",
            "<H1>Access Denied</H1>You don't have permission to access it.<P>Reference&#32;&#35;18&#46;a",
            nav=False,
        ),
        403,
    ),
    one("w6", W, "", 202, (("x-amzn-waf-action", "challenge"),)),
    one("w7", W, "", 405, (("x-amzn-waf-action", "captcha"),)),
    one("w8", W, "nope", 999),
    one(
        "w9",
        W,
        pg(
            "Pardon Our Interruption...",
            "<p>As you were browsing something about your browser made us think you were a bot.</p>",
            nav=False,
        ),
    ),
    one("w10", W, pg("Human Verification", "<script src=https://x.awswaf.com/challenge.js></script>", nav=False)),
    one(
        "w11",
        W,
        pg(
            "Robot or human?", "<p>Activate and hold the button to confirm that you're human. Thank You!</p>", nav=False
        ),
    ),
    one(
        "w12",
        W,
        pg(
            "Bitte warten",
            "<p>Wir prüfen, ob Sie ein Mensch sind. Bitte aktivieren Sie JavaScript.</p><script>x()</script>",
            nav=False,
        ),
        403,
    ),
    one("w13", W, "<html><body><script>document.cookie='k=1';location.reload();</script></body></html>"),
    one(
        "w14",
        W,
        pg(
            "Client Challenge",
            "<script src=/_fs-ch-1/x></script><noscript>JavaScript is disabled in your browser.</noscript>",
            nav=False,
        ),
    ),
    one("w15", W, pg("Vercel Security Checkpoint", "<p>We're verifying your browser</p>"), 403),
    one(
        "w16",
        OK,
        pg("How captchas work", "<h1>How captchas work</h1><p>Verify you are human, says the box.</p>" + LONG),
    ),
    one("w17", ("blocked", "http-403"), pg("Forbidden", "<h1>Forbidden</h1>", nav=False), 403),
    one("w18", ("failing", "http-503"), pg("Maintenance", "<h1>We'll be back soon</h1>"), 503),
    one(
        "w19",
        OK,
        pg(
            "Contact us",
            "<h1>Contact us</h1><form><textarea></textarea><div class=g-recaptcha></div></form>" + P,
            head="<script src=https://www.google.com/recaptcha/api.js></script>",
        ),
    ),
    one(
        "w20",
        ("failing", "http-522"),
        "<title>star.test | 522: Connection timed out</title><div id=cf-error-details>",
        522,
    ),
    via("l1", L, "http://star.test/users/sign_in", pg("Sign in", "<form><input type=password></form>")),
    via(
        "l2",
        L,
        "https://login.star.test/?continue=http%3A%2F%2Fstar.test%2Fnews",
        pg("Star account", "<form><input type=email></form>"),
    ),
    via(
        "l3",
        L,
        "https://star.test/wp-login.php?redirect_to=%2Fnews",
        pg("Log In ‹ Star", "<form><input type=password></form>"),
    ),
    via(
        "l4",
        L,
        "https://auth.star.test/realms/x/protocol/openid-connect/auth?client_id=1&redirect_uri=http%3A%2F%2Fstar.test",
        pg("Sign in to Star", "<form><input type=password></form>"),
    ),
    one(
        "l5",
        L,
        pg(
            "Facebook",
            "<h1>Log into Facebook</h1><p>You must log in to continue.</p><form><input type=password></form>",
        ),
    ),
    one(
        "l6",
        L,
        pg(
            "Members only | Star",
            "<h1>Members only</h1><p>Please log in to read this page.</p><form><input type=password></form>",
        ),
    ),
    via(
        "l7",
        ("blocked", "consent"),
        "https://consent.star.test/m?continue=http://star.test/news",
        pg("Bevor Sie fortfahren", "<button>Alle akzeptieren</button>"),
    ),
    one(
        "l8",
        ("blocked", "consent"),
        pg(
            "Star",
            "<h1>We value your privacy</h1><p>We and our 843 partners store information.</p><button>Accept</button>",
            nav=False,
        ),
    ),
    one(
        "g1",
        ("blocked", "geo-block"),
        pg("Star TV", "<h1>Sorry!</h1><p>This video isn't available in your region.</p>"),
    ),
    one(
        "g2",
        ("blocked", "geo-block"),
        pg(
            "Unavailable",
            "<p>You are attempting to access this website from a country of the European Economic Area (EEA).</p>",
        ),
        451,
    ),
    one(
        "y1",
        ("alive", "paywall"),
        pg(
            "Library vote",
            "<h1>Library vote</h1>" + P * 3 + "<p>Already a subscriber? Log in</p>",
            head='<script type="application/ld+json">{"isAccessibleForFree":false}</script>',
        ),
    ),
    one(
        "y2",
        ("alive", "paywall"),
        pg(
            "Library vote",
            "<article><h1>Library vote</h1>"
            + P * 3
            + "<div class=paywall>To read the full story, subscribe.</div></article>",
        ),
    ),
    one(
        "h1",
        ("dead", "hijacked"),
        pg(
            "PG Slot Gacor 88: Situs Slot Online Terpercaya",
            "<h1>Slot Gacor</h1>"
            + "<p>slot gacor maxwin bonus situs judi online terpercaya deposit pulsa togel hari ini</p>" * 30,
        ),
    ),
    one(
        "h2",
        ("dead", "hijacked"),
        pg(
            "Buy Viagra Online Without Prescription",
            "<h1>Cheap Viagra</h1>"
            + "<p>buy viagra cialis pills at our online pharmacy with no prescription today</p>" * 20,
        ),
    ),
    one(
        "h3",
        OK,
        pg("Viagra maker sues rival", "<h1>Viagra maker sues rival over cialis patents</h1>" + P * 10),
        url="http://star.test/business/viagra-maker-sues-rival",
    ),
    one(
        "h4",
        ("dead", "hijacked"),
        pg(
            "Online Casino Österreich 2024 – beste Casinos mit Bonus",
            "<h1>Online Casino</h1>"
            + "<p>Die besten Online Casinos mit Bonus, Slots, Roulette und Jackpot für Spieler im Test.</p>" * 20,
        ),
    ),
    one(
        "e1",
        OK,
        "<html><head><title>App</title></head><body><div id=root></div><script src=/a.js></script></body></html>",
    ),
    one("e2", OK, "", 204),
    one("e3", OK, pg("Gallery", "<img src=a.jpg>", nav=False)),
    via("r1", ("dead", "home-redirect"), "http://star.test/", pg("Star", LONG), 301),
    via(
        "r2",
        ("moved", "permanent-redirect"),
        "https://www.star.test/news/2023/library-vote-4411",
        pg("Library", LONG),
        301,
    ),
    via("r3", OK, "http://star.test/articles/library-vote", pg("Library", LONG), 302),
    via("r4", ("moved", "permanent-redirect"), "http://newstar.test/archive/4411", pg("Library", LONG), 301),
    via("r5", ("dead", "home-redirect"), "http://star.test/index.php?msg=gone", pg("Star", LONG), 302),
)


MORE = (
    one(
        "more c1",
        ("blocked", "consent"),
        pg("Ster", "<h1>Wij respecteren je privacy</h1><p>Klik op akkoord om door te gaan.</p>", nav=False),
    ),
    via(
        "more c2",
        ("blocked", "consent"),
        "https://consent.star.test/gate?back=http%3A%2F%2Fstar.test",
        pg("Star", "<p>Choose your cookies.</p>"),
    ),
    one(
        "more g1",
        ("blocked", "geo-block"),
        pg("Star TV", "<h1>Nicht verfügbar</h1><p>Dieses Video ist in Ihrem Land nicht verfügbar.</p>"),
    ),
    one("more 1", OK, pg("Star", "<h1>Star</h1>" + P * 2)),
    one("more 2", OK, pg("Weather", "<p>14 degrees, rain later.</p>")),
    one(
        "more 3", OK, pg("Deleted scenes", "<h1>Deleted scenes</h1><p>The film's deleted scenes are here.</p>" + P * 2)
    ),
    one(
        "more 4",
        OK,
        pg("Removed from office: the mayor's last day", "<h1>Removed from office: the mayor's last day</h1>" + P * 3),
    ),
    one(
        "more 5",
        OK,
        pg("Nothing found in search for missing plane", "<h1>Nothing found in search for missing plane</h1>" + P * 3),
    ),
    one(
        "more 6",
        OK,
        pg(
            "Domain name disputes explained",
            "<h1>Domain name disputes explained</h1><p>Some sellers say 'this domain is for sale' on a parked page.</p>"
            + LONG,
        ),
    ),
    one("more 7", OK, pg("House for sale in Holm", "<h1>House for sale</h1><p>Three rooms. Buy now.</p>")),
    one("more 8", OK, pg("Star", "<h1>Access denied: reporters kept out of the court</h1>" + P * 3)),
    one("more 9", OK, pg("Access denied", "<h1>Access denied: reporters kept out of the court</h1>" + LONG)),
    one("more 10", OK, pg("Please wait: the queues of Holm", "<h1>Please wait: the queues of Holm</h1>" + P * 5)),
    one("more 11", OK, pg("Blocked", "<h1>Blocked</h1><p>How a road stayed shut for ten years.</p>" + LONG)),
    one("more 12", OK, pg("Login problems? Help centre", "<h1>Login problems?</h1>" + P * 2)),
    one("more 13", OK, pg("Sign in sheets found", "<h1>Sign in sheets found</h1>" + P)),
    one(
        "more 14",
        OK,
        pg("Your privacy", "<h1>Your privacy</h1><p>This policy explains what data we collect.</p>" + LONG),
        url="http://star.test/privacy",
    ),
    one(
        "more 15",
        OK,
        pg("Register of interests", "<h1>Register of interests</h1>" + P * 4),
        url="http://star.test/register",
    ),
    via(
        "more 16",
        OK,
        "http://star.test/register/members",
        pg("Register of interests", "<h1>Register of interests</h1>" + P * 4),
    ),
    via("more 17", OK, "http://star.test/session/2023/debate", pg("Debate", "<h1>Debate</h1>" + P * 4)),
    via("more 18", OK, "http://star.test/news/2023/library-vote-4411?ref=x", pg("Library", "<h1>Library</h1>" + LONG)),
    one("more 19", OK, "<html><body><pre>RFC 2616   Hypertext Transfer Protocol</pre></body></html>"),
    one("more 20", OK, "Plain text of a report.\n" * 50, ct="text/plain"),
    one("more 21b", OK, '{"id":404,"name":"Pier","error":null}', ct="application/json"),
    one("more 21c", D, '{"statusCode": 404, "path": "/x"}', ct="application/json"),
    one("more 21", OK, '{"title":"Report","status":"published","error":null}', ct="application/json"),
    one("more 22", OK, "%PDF-1.4", ct="application/pdf"),
    one("more 23", OK, "", ct="image/png"),
    one("more 24", OK, pg("Star", "<iframe src=https://player.star.test/v/1></iframe>")),
    one(
        "more 25",
        OK,
        pg(
            "Video: ferry returns",
            "<video src=a.mp4></video><p>Watch.</p>",
            head="<script src=https://js.datadome.co/tags.js></script><script src=/x.js></script>",
        ),
    ),
    one(
        "more 26",
        OK,
        pg(
            "Ferry returns",
            P * 2,
            head="<script src=//client.px-cloud.net/a.js></script><script src=/cdn-cgi/challenge-platform/></script>",
        ),
    ),
    one(
        "more 27",
        OK,
        pg(
            "Casino review",
            "<h1>Casino, the film: a review</h1><p>Scorsese's casino epic: bets, slots and blackjack tables.</p>"
            + P * 6,
        ),
        url="http://star.test/film/casino-review",
    ),
    one("more 28", OK, pg("Harbour closed", "<h1>Harbour closed</h1><p>This page will be updated.</p>")),
    one(
        "more 29",
        OK,
        pg(
            "Live: match postponed", "<h1>Live: match postponed</h1>" + P, head="<meta http-equiv=refresh content='60'>"
        ),
    ),
    one(
        "more 30",
        OK,
        pg(
            "Not available in your country: the map of streaming",
            "<h1>Not available in your country: the map of streaming</h1>" + P * 14,
        ),
    ),
    one("more 31", OK, pg("Error in tax law found", "<h1>Error in tax law found</h1>" + P * 2)),
    one("more 32", OK, pg("Ferry | Star", "<h1>Ferry</h1><p>The page you see was moved here in 2019.</p>" + P)),
    one(
        "more 33",
        OK,
        pg("Search results - Star", "<h1>Search results</h1><p>No results found for your search.</p>"),
        url="http://star.test/search?q=zzz",
    ),
    one(
        "more 34",
        OK,
        pg(
            "Archive",
            "<h1>Archive 1996</h1>" + "".join(f"<li><a href=/{i}>Story number {i} of that year</a>" for i in range(99)),
        ),
    ),
    one(
        "more w1",
        W,
        pg(
            "One moment, please...",
            "<h1>Please wait while your request is being verified...</h1><script>x()</script>",
            nav=False,
        ),
    ),
    one("more w2", W, pg("", "<script>(function(){var a='kpsdk'})()</script>", nav=False), 429),
    one(
        "more w3",
        W,
        "<title>Blocked</title><body>Your request has been blocked by our security system. ID 7</body>",
        403,
    ),
    one(
        "more w4",
        W,
        pg(
            "Security check",
            "<p>To continue, please tick the box below to let us know you're not a robot.</p>",
            nav=False,
        ),
    ),
    one(
        "more w5",
        W,
        pg(
            "Un instant…",
            "<p>Vérification que vous êtes humain. Cela peut prendre quelques secondes.</p><script>1</script>",
            nav=False,
        ),
        403,
    ),
    one(
        "more w6",
        W,
        "<html><body><h1>429 Too Many Requests</h1></body></html>",
        429,
        (("x-vercel-mitigated", "challenge"),),
    ),
    one(
        "more w7",
        W,
        pg("DDoS-Guard", "<p>Checking your browser before accessing star.test</p>", nav=False),
        403,
        (("Server", "ddos-guard"),),
    ),
    one(
        "more w8",
        W,
        "<html><body><h1>You are being rate checked</h1><div class=h-captcha></div><script src=https://js.hcaptcha.com/1/api.js></script></body></html>",
        403,
    ),
    via(
        "more w9",
        W,
        "https://www.star.test/sorry/index?continue=x",
        pg("Sorry...", "<p>Our systems have detected unusual traffic from your computer network.</p>"),
        status=429,
    ),
    one(
        "more w10",
        W,
        pg("Star", "<p>Please enable JS and disable any ad blocker</p>", nav=False),
        401,
        (("Server", "DataDome"),),
    ),
    via(
        "more w11",
        L,
        "https://www.instagram.com/accounts/login/?next=/p/1/",
        pg("Instagram", "<script>1</script>"),
        url="https://www.instagram.com/p/1/",
    ),
    via(
        "more w12",
        L,
        "https://www.linkedin.com/authwall?trk=x",
        pg("Sign Up | LinkedIn", "<h1>Join LinkedIn</h1>"),
        url="https://www.linkedin.com/in/x",
    ),
    one("more w13", W, pg("x", "<p>JavaScript is not available.</p>", nav=False), 400, url="https://x.com/a/status/1"),
    one(
        "more w14",
        W,
        pg(
            "Access denied | star.test used Cloudflare to restrict access",
            "<h1>Error 1020</h1><p>Access denied</p>",
            nav=False,
        ),
        403,
    ),
    one(
        "more w15",
        W,
        "<title>Loading...</title><body><div class=loader></div><script>window.KPSDK={}</script></body>",
        429,
    ),
    via("more r1", ("dead", "home-redirect"), "https://www.star.test/en/", pg("Star", LONG), 301),
    via("more r2", ("dead", "home-redirect"), "http://star.test/home.html", pg("Star", LONG)),
    via(
        "more r3",
        ("moved", "permanent-redirect"),
        "https://blog.star.test/",
        pg("Star blog", LONG),
        301,
        url="http://star.test/blog/",
    ),
    via("more r4", OK, "http://star.test/", pg("Star", LONG), 302, url="http://star.test/?utm=1"),
    via("more r5", OK, "http://harbour.test/", pg("Harbour", LONG), 302, url="http://bit.ly/3xYz"),
    via("more r6", D, "http://star.test/page-not-found?from=/news", pg("Star", "<h1>Hm</h1>"), 301),
    via(
        "more r7",
        ("blocked", "http-403"),
        "http://star.test/x",
        pg("Forbidden", "Forbidden", nav=False),
        301,
        status=403,
    ),
    one("more s1", D, pg("Star – Seite existiert nicht", "<p>Zurück zur Startseite</p>")),
    one("more s2", D, pg("Artikel ikke funnet", "<p>Til forsiden</p>")),
    one("more s3", D, pg("Tartalom nem található", "<p>x</p>")),
    one("more s4", D, pg("Η σελίδα που ζητήσατε δεν υπάρχει", "<p>x</p>")),
    one("more s5", D, pg("Star", "<h1>404</h1><h2>Page not found</h2><p>Sorry.</p>")),
    one(
        "more s6",
        D,
        pg("Star", "<div class=error><div class=code>404</div><div class=msg>The page could not be found</div></div>"),
    ),
    one("more s7", D, pg("This page isn't here | Star", "<img src=sad.png>")),
    one(
        "more s8",
        D,
        pg("Star", "<h1>The requested page could not be found.</h1>", head="<meta name=robots content=noindex>"),
    ),
    one(
        "more s9",
        D,
        "<html><head><title>Error</title></head><body><pre>Cannot GET /news/2023/library-vote-4411</pre></body></html>",
    ),
    one(
        "more s11",
        D,
        pg(
            "Star",
            "<h1>Sorry!</h1><p>The page you were looking for appears to have been moved or does not exist.</p>",
        ),
    ),
    one(
        "more s12",
        D,
        pg(
            "Page Not Found",
            "<h1>Lost in space?</h1><p>Let's get you back on track.</p>"
            + "<ul>"
            + "<li>Our most popular stories are below and were picked by the editors for you.</li>" * 30
            + "</ul>",
        ),
    ),
    one(
        "more s13", D, pg("We're sorry | Star", "<h1>We're sorry</h1><p>That story has been removed from our site.</p>")
    ),
    one("more s14", D, pg("Gone | Star", "<h1>Gone</h1><p>This article was retracted and is no longer available.</p>")),
    one("more s15", D, pg("Star: Post not found", "<h1>Post not found</h1>")),
    one("more s16", D, pg("Story expired", "<h1>This story has expired</h1><p>Stories are kept for 30 days.</p>")),
    one("more p1", PK, pg("star.test", "<script src='https://parking.bodiscdn.com/x.js'></script>", nav=False)),
    one("more p2", PK, pg("star.test | Domain for sale", "<p>Price: 2,000</p>", nav=False)),
    one(
        "more p3",
        PK,
        pg("Premium domain", "<h1>star.test</h1><p>Interested in this domain? Make us an offer.</p>", nav=False),
    ),
    one(
        "more p4",
        PK,
        pg(
            "Contact Support",
            "<h1>This Account has been suspended.</h1><p>Contact your hosting provider.</p>",
            nav=False,
        ),
    ),
    one("more p5", PK, pg("Домен продается", "<p>Цена договорная</p>", nav=False)),
    one("more p6", PK, pg("Este dominio está en venta", "<p>x</p>", nav=False)),
    one("more p7", PK, pg("star.test domain is parked", "<p>x</p>", nav=False)),
    one(
        "more p8",
        PK,
        '<html><head><title>star.test</title></head><frameset><frame src="https://sedoparking.com/star.test"></frameset></html>',
    ),
)


@pytest.mark.parametrize(("want", "hops"), [pytest.param(case[1], case[2], id=case[0]) for case in (*CASES, *MORE)])
@pytest.mark.parametrize("site", ["knows what it lacks", "shows the same page for every address"])
def test_the_verdict_is_the_readers(want: tuple[str, str], hops: tuple[Exchange, ...], site: str) -> None:
    found = verdict.weigh(hops, now=START)
    if found.is_doubtful:
        same = ex(SIBLING, 200, hops[-1].body.decode())
        found = verdict.weigh(hops, now=START, sibling=[ex(SIBLING, 404) if site.startswith("knows") else same])
    assert (found.verdict.status, found.verdict.reason) == want


NOTICES = """\
Page not found
404
404 Not Found
Error 404
Oops! That page can’t be found.
Sorry, the page you are looking for could not be found.
We can't find the page you're looking for
We couldn’t find that page
The page you requested no longer exists.
This article is no longer available
The requested URL /x/y was not found on this server.
Sorry, this page isn't available.
Sorry, we couldn't find the page you were looking for.
Hmm. This page doesn’t exist.
Uh-oh! We can't seem to find the page you're looking for
The story you were looking for has been removed
Seite nicht gefunden
Die gesuchte Seite konnte nicht gefunden werden
Die von Ihnen gesuchte Seite wurde leider nicht gefunden.
Dieser Artikel ist leider nicht mehr verfügbar
Wir konnten die Seite nicht finden
Page introuvable
Cette page n'existe plus
La page que vous recherchez est introuvable
Désolé, la page demandée n’existe pas
Página no encontrada
Lo sentimos, la página que buscas no existe
No encontramos la página que buscas
Pagina non trovata
La pagina che stai cercando non esiste più
Página não encontrada
A página que você procura não existe
Pagina niet gevonden
De pagina die u zoekt bestaat niet meer
Sidan kunde inte hittas
Siden ble ikke funnet
Sivua ei löytynyt
Nie znaleziono strony
Strona, której szukasz, nie istnieje
Stránka nenalezena
Az oldal nem található
Pagina nu a fost găsită
Страница не найдена
К сожалению, запрашиваемая страница не существует
Извините, такой страницы нет
Сторінку не знайдено
Sayfa bulunamadı
Aradığınız sayfa bulunamadı
Η σελίδα δεν βρέθηκε
الصفحة غير موجودة
עמוד לא נמצא
页面不存在
抱歉，您访问的页面不存在
页面未找到
找不到网页
ページが見つかりません
お探しのページは見つかりませんでした
페이지를 찾을 수 없습니다
요청하신 페이지를 찾을 수 없습니다
Halaman tidak ditemukan
Không tìm thấy trang
Oops, nothing was found here
404 – Page not found
404 error: this page does not exist
Article removed
Nothing found
We're sorry, but the page you were looking for doesn't exist
Stranica nije pronađena
Страницата не е намерена
This link has expired
The video you requested is no longer available
There is no page here
Whoops, we lost that page!
You have reached a page that doesn't exist
This resource has been permanently removed.
Invalid article ID.
Beitrag gelöscht
There's nothing at this address.
You may have followed an outdated link
The specified key does not exist.
There is currently no text in this page.
No encontramos lo que buscas
Es posible que la página haya sido eliminada
Sajnos ez az oldal már nem elérhető
Страницата не беше открита
Üzgünüz, aradığınız içeriğe ulaşılamıyor
Sayfa kaldırılmış ya da taşınmış olabilir
Ουπς! Δεν βρέθηκε η σελίδα
পৃষ্ঠাটি পাওয়া যায়নি
No hem trobat la pàgina
Lehekülge ei leitud
Lapa nav atrasta
Puslapis nerastas
Síðan fannst ekki
გვერდი ვერ მოიძებნა
Səhifə tapılmadı
صفحہ نہیں ملا
Оваа страница не постои
Faqja nuk u gjet
""".splitlines()

HEADLINES = """\
Ferry to Holm resumes
How to design a 404 page
What to do when a page is not found
Missing girl found alive
The lost page of the Voynich manuscript
Why pages go missing
Page one: the story of newspapers
Lost
Body of missing hiker not found, police say
Suspect not found after two-day search
No evidence found of fraud
Wreck not found
The document that was not found until 1945 changes history
Flight 404 lands safely
Error in the count: election to be repeated
MDN 404 status code
The report is missing key facts, critics say
Story of a page
Artikel 13 ist tot
La página más leída
Fehler im System
No such thing as a free lunch
Link between smoking and cancer found
Post Office scandal: evidence missing
Content creators unavailable for comment
Video showing the mayor asleep was deleted
Report not found in cellar
Lost document found at airport
Article by the minister has been removed
Seite über die Flut wurde gelöscht
This page has moved
This document is out of date
This site is temporarily unavailable
The event has ended
The link between salt and blood pressure is broken, study says
イベントは終了しました
""".splitlines()


@pytest.mark.parametrize("line", NOTICES)
def test_a_notice_is_told(line: str) -> None:
    assert says_missing(plain(line))


@pytest.mark.parametrize("line", HEADLINES)
def test_a_headline_is_no_notice(line: str) -> None:
    assert not says_missing(plain(line))


@pytest.mark.parametrize("unit", ["http 404 ", "so sorry ", "error code 404 ", "the page that ", "404 "])
def test_a_hostile_title_costs_next_to_nothing(unit: str) -> None:
    line = plain((unit * 40)[:170] + " not found or so")
    says_missing(line)  # the languages' patterns are compiled once
    with ends_within(cpu_s=0.25):
        says_missing(line)
