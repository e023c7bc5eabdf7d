"""What a reader would tell of further pages; some only when the site shows the same for any address."""

import pytest

from citecheck.fetcher import verdict
from citecheck.model import Exchange
from tests.effort import ends_within
from tests.fetcher.fakes import START
from tests.fetcher.test_signs import LONG, OK, PK, SIBLING, D, L, P, W, ex, one, pg, via

TEASERS = "".join(
    f"<div class=card><a href=/s/{n}><h3>Story {n}</h3></a><p>What it says, in ten words.</p></div>" for n in range(9)
)
STORIES = TEASERS.replace("Story", "Another story")
SEARCH = "<main><p>Gone missing since May: one fine video.</p><div role=search>Search</div></main>"
CERTAIN = (
    one(
        "a trade that the title names but once",
        ("dead", "hijacked"),
        pg("Casino på svenska", "<p>Slots, blackjack och roulette hos casino.</p>" * 30, nav=False),
    ),
    one(
        "news of a rise",
        OK,
        pg("Casino rises", "<p>The casino on the pier had a good year, and slots paid for the roof.</p>" * 30),
    ),
    one(
        "a number behind",
        ("dead", "hijacked"),
        pg("Slot88 Gacor", "<p>Slot88 gacor, judi, togel, jackpot.</p>" * 30, nav=False),
    ),
    one("a domain suspended", PK, pg("Domain", "<p>This domain has been suspended.</p>", nav=False)),
    one(
        "a list of errors",
        OK,
        pg("Docs", "<h1>Errors</h1><dl><dt>404<dd>Not found.</dl>"),
        url="http://star.test/errors",
    ),
    one("a question", W, pg("Moment", "<p>Bist du ein Roboter?</p><input type=checkbox>", nav=False)),
    one("state of something else", OK, pg("Star", LONG + '<script>var answer={"status":404}</script>')),
    one(
        "a help page on hosts",
        OK,
        pg(
            "Why is my site slow?",
            "<h1>Why is my site slow?</h1><p>Clear the cache, or contact your hosting provider.</p>",
            nav=False,
        ),
    ),
    one(
        "a help page on domains",
        OK,
        pg(
            "Connect a domain",
            "<h1>Connect a domain</h1><p>If the domain is not connected yet, wait a day.</p>",
            nav=False,
        ),
    ),
    one(
        "an essay on private accounts",
        OK,
        pg(
            "This account is private: teens on photo apps",
            "<h1>This account is private: teens on photo apps</h1><p>Half of them hide their pictures.</p>",
            nav=False,
        ),
    ),
    one(
        "a chapter on members",
        OK,
        pg(
            "Members only: a club’s patron",
            "<h1>Members only: a club’s patron</h1><p>Three letters tell how he was chosen.</p>",
            nav=False,
        ),
    ),
    one(
        "an exhibition on robots",
        OK,
        pg(
            "I am not a robot: an exhibition",
            "<h1>I am not a robot</h1><p>Paintings by Lea Moor. Free entry.</p>",
            nav=False,
        ),
    ),
    one(
        "a closed street",
        OK,
        pg("Note", "<h1>Accès réservé aux riverains</h1><p>La rue du Port est fermée aux voitures.</p>", nav=False),
    ),
    one(
        "a course to enrol for",
        OK,
        pg("Töpferkurs", "<h1>Töpferkurs</h1><p>Bitte melden Sie sich an bis zum 5. Mai.</p>", nav=False),
    ),
    one(
        "a lawn for dogs",
        OK,
        pg("Parco", "<h1>Area riservata ai cani</h1><p>Aperta dalle 7 alle 20.</p>", nav=False),
    ),
    one(
        "a poem on a page",
        OK,
        pg("Strona zawieszona w czasie", "<h1>Strona zawieszona w czasie</h1><p>Wiersz Anny Sowy.</p>", nav=False),
    ),
    one(
        "what is sold nowhere else",
        OK,
        pg("Not available in your country: the wines", "<h1>Not available in your country: the wines</h1>", nav=False),
    ),
    one(
        "a wish with a way in",
        L,
        pg("Club", "<h1>Members only area</h1><a href=mailto:a@b.example>Or</a> <a href=/login>here</a>", nav=False),
    ),
    one("a wish and what for", L, pg("Club", "<p>This profile is private, or it has moved.</p>", nav=False)),
    one("stopped and why", PK, pg("Star", "<h1>Account suspended for non-payment</h1>", nav=False)),
    one("a person in japanese", W, pg("確認中", "<p>あなたが人間であることを確認しています。</p>", nav=False)),
    one(
        "a headline of two clauses",
        OK,
        pg("Nothing found in the mud, says museum", "<h1>Nothing found in the mud, says museum</h1>" + P * 5),
    ),
    one("a cry and a notice", D, pg("Star", "<h1>Oh no! Page not found</h1>" + P * 5)),
    one("a notice behind an adverb", D, pg("This resource has been permanently removed", "")),
    one("brackets", D, pg("Star", "<h1>Sorry, we kunnen deze pagina niet (meer) vinden</h1>")),
    one("inline markup", D, pg("Star", "<div><b>Sorry, that <i>story</i> could not be located.</b></div>")),
    one("what is sought", D, pg("Star", "<p>The chart you have requested is not here anymore.</p>")),
    one("a supposition", OK, pg("Star", "<h1>Help</h1><p>If the page is gone, write to us.</p><a href=/>Home</a>")),
    one(
        "a challenge at length",
        W,
        pg("Star", f"<h1>Star</h1>{P * 4}<script src=/.within.website/x/cmd/anubis/a.js></script>"),
    ),
    one("a gate without scripts", W, pg("Are you a robot?", "<p>Tick.</p><input type=checkbox>", nav=False)),
    one("a login with a name", L, pg("Sign-in to Star", "<h1>Sign-in to Star</h1><input type=password>")),
    one("a login in words", L, pg("Star", "<p>You need to log in to continue.</p><input type=password>")),
    one("a newsletter", OK, pg("Sign up", "<h1>Sign up</h1><input type=email>")),
    one("suspended abroad", PK, pg("Star", "<p>Ce site a été suspendu.</p>", nav=False)),
    one(
        "sold in a sentence", PK, pg("Star", "<p>This domain, star.test, is now available for purchase.</p>", nav=False)
    ),
    one("a clause", D, pg("Star", "<p>We looked everywhere, but the story you are after isn't here any more.</p>")),
    one(
        "a stray page", D, pg("Star", "<h1>Well</h1><p>The page you're looking for has gone out.</p><a href=/>Home</a>")
    ),
    one(
        "script's notice",
        D,
        pg("Star", "<h1>404</h1><h2>This page could not be found.</h2><script></script>", nav=False),
    ),
    one("xml", D, "<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", ct="application/xml"),
    one("feed", OK, "<rss><channel><title>Page not found</title></channel></rss>", ct="application/xml"),
    via("query says so", D, "http://star.test/hello?from=404", pg("Star", LONG)),
    via("query is of its own", OK, "http://star.test/stories?flight=u404", pg("Star", LONG)),
    one("stray, with a text", OK, pg("Search", "<h1>How to find the page you're looking for</h1>" + P * 6)),
    one("their own way home", OK, pg("Frog", "<p>old pond</p><a href=/>Home</a>", nav=False)),
    one("on sale, the article", OK, pg("This domain is for sale: a trade", "<h1>This domain is for sale</h1>" + P * 6)),
    one("on sale, the houses", OK, pg("Domain Homes: houses for sale", "<p>Two flats in Kent.</p>", nav=False)),
    one("no hits, in turkish", OK, pg("Arama", "<p>Sonuç bulunamadı.</p>")),
    one("on sale, other name", PK, pg("StarNews.com is for sale | Names", "<p>Price: 3,000</p>", nav=False)),
    one("on sale, name within", PK, pg("Star", "<p>Die Domain star-bote.de steht zum Verkauf.</p>", nav=False)),
    one("on sale, chinese", PK, pg("Star", "<p>域名 star.cn 正在出售</p>", nav=False)),
    one("nobody's robot", W, pg("Star", "<p>Подтвердите, что запросы отправляли вы, а не робот</p>", nav=False)),
    one(
        "somebody's person",
        W,
        pg("Star", "<p>Zeigen Sie uns bitte als Nachweis, dass da ein Mensch sitzt</p>", nav=False),
    ),
    one("confirmed", OK, pg("Star", "<p>The first two illnesses were confirmed on November 12.</p>", nav=False)),
    one(
        "consent by its button",
        ("blocked", "consent"),
        pg("Zustimmung | Star", "<p>Lesen Sie wie gewohnt mit Werbung.</p><button>Akzeptieren und weiter</button>"),
    ),
    one("biscuits", OK, pg("Cookies", "<h1>Oat cookies</h1><p>Butter, sugar, oats.</p>")),
    one(
        "a sentence on places",
        ("blocked", "geo-block"),
        pg("Star TV", "<p>We do not have the rights where you are.</p>"),
    ),
    one("weather", OK, pg("Star", "<h1>Weather in your area</h1><p>Rain. No service is unavailable.</p>")),
    one(
        "repairs",
        ("failing", "out-of-service"),
        pg("Star", "<h1>This site is temporarily unavailable</h1><p>We are painting the walls.</p>"),
    ),
    one("a hint in norwegian", D, pg("Stjerne", "<p>Adressen ser ødelagt ut</p><p><a href=/>Hjem</a></p>")),
)


DOUBTFUL = (
    one("a loss and a way home", D, pg("Star", "<p>The page has gone sailing.</p><p><a href=/>Take me home</a></p>")),
    one("a loss and a search", D, pg("Star", SEARCH, nav=False)),
    one("stray, with teasers", D, pg("Star", "<p>The page you wanted is somewhere else.</p>" + TEASERS)),
    one("a code and a word on it", D, pg("404 | Star", "<h1>404</h1><p>Five songs by two sisters, live.</p>")),
    one(
        "this, whatever it is, in a heading",
        D,
        pg("Étoile", "<h1>Ce sonnet n'est plus disponible</h1><p>Les droits.</p>"),
    ),
    one("a hint and nothing else", D, pg("Star", "<h1>Oops!</h1><p>That story went stale, we are afraid</p>")),
    one("a long page whose title knows nothing", D, pg("Star", "<h1>Page not found</h1>" + P * 20)),
    one(
        "a number above, in no language", D, pg("404 - Ruk zaf mul | Zaf", "<b>404</b><h1>Ruk zaf mul</h1><p>Zaf.</p>")
    ),
    one("code first", D, pg("Star", "<h1>404: none of our geese</h1><p>Try a section.</p>")),
    one("framework state", D, pg("Star", "<p>Hello.</p><script>window.__NUXT__={error:{statusCode:404}}</script>")),
    one(
        "the front page, with a greeting",
        D,
        pg("Home | Star of Holm", f"<a href=/>Star of Holm</a><h1>Welcome to Star</h1>{STORIES}", nav=False),
    ),
    one("the front page", D, pg("Star", f"<header><a href=/>Star</a></header><main>{STORIES}</main>", nav=False)),
    via("to a list", D, "http://star.test/latest", pg("Latest", TEASERS * 3)),
)


@pytest.mark.parametrize(("want", "hops"), [pytest.param(case[1], case[2], id=case[0]) for case in CERTAIN])
@pytest.mark.parametrize("knows", [True, False])
def test_the_verdict_is_the_readers_whatever_the_site_says(
    want: tuple[str, str], hops: tuple[Exchange, ...], knows: bool
) -> None:
    assert judged(hops, knows=knows) == want


@pytest.mark.parametrize("hops", [pytest.param(case[2], id=case[0]) for case in DOUBTFUL])
def test_in_doubt_the_site_says_whether_the_page_is_one(hops: tuple[Exchange, ...]) -> None:
    assert judged(hops, knows=True) in (OK, ("moved", "permanent-redirect"))
    assert judged(hops, knows=False) == D


def judged(hops: tuple[Exchange, ...], *, knows: bool) -> tuple[str, str]:
    """Status and reason, on a site that `knows` what it lacks or shows the same for any address."""
    found = verdict.weigh(hops, now=START)
    if found.is_doubtful:
        same = [*hops[:-1], ex(hops[-1].url if len(hops) > 1 else SIBLING, 200, hops[-1].body.decode())]
        found = verdict.weigh(hops, now=START, sibling=[ex(SIBLING, 404)] if knows else same)
    return found.verdict.status, found.verdict.reason


@pytest.mark.parametrize("unit", ["verify ", "確認", "human ", "not ", "domain ", "<div><a href=x>"])
def test_a_hostile_page_costs_next_to_nothing(unit: str) -> None:
    hops = (ex(SIBLING, 403, pg("Star", unit * 2000, nav=False)),)
    verdict.weigh(hops, now=START)  # the patterns are compiled once
    with ends_within(cpu_s=1):
        verdict.weigh(hops, now=START)
