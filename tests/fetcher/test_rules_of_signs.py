"""What each rule of signals/ is for: pages that it takes, and beside them those that it must leave alone."""

import pytest

from citecheck.model import Exchange
from tests.fetcher.test_more_signs import judged
from tests.fetcher.test_signs import LONG, OK, PK, D, L, P, W, one, pg

F = ("failing", "out-of-service")
GEO = ("blocked", "geo-block")

LOSSES = (
    one("a user", D, pg("Star", "<h1>User not found</h1><p>The user may have changed their name.</p>")),
    one("any page", OK, pg("Star", "<h1>A page is missing</h1><p>Somebody tore it from the diary in the tower.</p>")),
    one("a page about this", D, pg("Star", "<p>The page about this prize has been removed because it is old.</p>")),
    one(
        "a page about another", OK, pg("Star", "<h1>A page about Holm was removed</h1><p>Nobody knows who tore it.</p>")
    ),
    one("no posts", D, pg("Star", "<p>Sorry, no posts matched your criteria.</p>")),
    one("out of the list", D, pg("Star", "<h1>This title has been removed from our catalogue</h1>")),
    one("no result of talks", OK, pg("Étoile", "<h1>Aucun résultat</h1><p>Six mois de négociations pour rien.</p>")),
    one("a number and a why", OK, pg("404: why it rings", "<h1>404: why it rings</h1><p>A bus, a bell, a bridge.</p>")),
    one("a picture of it", D, pg("Star", "<img src=/lost.png alt='Page not found'>", nav=False)),
    one("none found, in german", D, pg("Stern", "<h2>Kein Beitrag gefunden</h2><p>Bitte suchen Sie anders.</p>")),
    one("nothing under a number", D, pg("Records", "<p>No record found for this identifier.</p>")),
    one("nothing for what is quoted", D, pg("Suche", "<h1>Suche</h1><p>Keine Treffer für „alte Mühle“.</p>")),
    one("a search in vain", D, pg("Search", "<h1>Search</h1><p>Your search for <b>old mill</b> found nothing.</p>")),
    one("not to be shown", D, pg("Star", "<h1>Sorry, we can’t show you this page</h1>")),
    one("somebody says so", OK, pg("Star", "<h1>Ten jests</h1><p>“This page is lost”, says one. It has a boat.</p>")),
    one("found, and more", OK, pg("Stern", "<h1>Nichts gefunden, viel erlebt</h1><p>Zwei Tage am Deich.</p>")),
    one("a state above no words", D, pg("404 | Star", '<script>var page = {"statusCode":404}</script>', nav=False)),
    one("a letter", OK, '{"items":[{"title":"Not found: a novel"}],"status":200}', ct="application/json"),
    one("a thing removed", D, pg("Star", "<h1>This recipe has been taken down</h1>")),
    one("a thing no longer here", D, pg("Star", "<h2>We've had a look, but that story is no longer with us.</h2>")),
    one("a contraction", D, pg("Star", "<h1>Oops! That picture's gone</h1>")),
    one("not to be read", D, pg("Star", "<h1>This transcript is no longer available to read</h1>")),
    one("by its author, in german", D, pg("Stern", "<h1>Dieser Kommentar wurde vom Verfasser gelöscht.</h1>")),
    one("an act of its author", D, pg("Star", "<p>The author has withdrawn this story.</p>")),
    one("by its host", D, pg("Star", "<h1>blog.star.test is no longer available.</h1><p>It was deleted.</p>")),
    one("on a site of that name", D, pg("Jobs", "<h1>This job has expired on Jobs</h1><p>They hired somebody.</p>")),
    one("a number behind a notice", D, pg("Star", "<p>This meeting link is invalid (3,001)</p>")),
    one("a cry at length", D, pg("Star", "<h1>It's a shame that your page is lost</h1><p>Stay a while.</p>")),
    one("an item unknown", D, pg("Star", "<h1>Invalid number</h1><p>The number 3391 does not match any item.</p>")),
    one(
        "beside the site's name",
        D,
        pg("The Star of Holm", "<h1><a href=/>The Star of Holm</a></h1><h1>Page not found</h1><p>Have a look.</p>"),
    ),
    one("a dot that parts", D, pg("404 Page not found· Star", "<h1><a href=/>Star</a></h1><p>Have a look.</p>")),
    one("in belarusian", D, pg("Зорка", "<p>Прабачце, але старонка, якую вы шукаеце, была выдалена.</p>")),
    one("an arabic cry", D, pg("نجم", "<h1>عذرًا، لم نتمكن من العثور على الصفحة</h1>")),
    one(
        "an entry to be written",
        D,
        pg("Tide tables - Wiki", "<h1>Tide tables</h1><p>Wiki does not have an article with this exact name.</p>"),
    ),
    one("an error on the address", D, pg("Server Error in '/' Application.", "<h2>The resource cannot be found.</h2>")),
    one(
        "a program's missing page",
        D,
        pg(
            "Whitelabel Error Page",
            "<h1>Whitelabel Error Page</h1><p>There was an unexpected error (type=Not Found, status=404).</p>",
        ),
    ),
    one("this, whatever it is", D, pg("Star", "<p>This sonnet was deleted.</p>")),
    one("what was asked for", D, pg("Luz", "<b>El soneto solicitado no existe.</b>")),
    one("one thing or another", D, pg("Star", "<h3>The selected album/file does not exist!</h3>")),
    one("this, in russian", D, pg("Звезда", "<p>Этой баллады больше нет.</p>")),
    one("this, in japanese", D, pg("星", "<p>この俳句は削除されました。</p>")),
    one("this, below a headline", OK, pg("Old mill at Holm", "<h1>Old mill at Holm</h1><p>This wing was removed.</p>")),
    one(
        "parts with names are no teasers",
        D,
        pg(
            "Star",
            "<div><div id=top><a href=/>Star</a></div><div id=menu><a href=/a>A</a></div>"
            "<div id=text><p>I can't find that.</p><a href=/>Star</a></div><div id=end><a href=/c>C</a></div></div>",
            nav=False,
        ),
    ),
    one(
        "a site's name leads home too",
        OK,
        pg("Note", "<div><a href=/>Star</a></div><h1>Article supprimé du code</h1><p>Dès lundi.</p>", nav=False),
    ),
    one(
        "what was asked for, below a headline",
        D,
        pg("Hafen", "<h1>Der gewünschte Fahrplan ist nicht mehr abrufbar</h1>"),
    ),
    one("what was asked for, in japanese", D, pg("港", "<h1>お探しの俳句は削除されました</h1><p>" + "港" * 30)),
    one(
        "anything, and what you look for",
        D,
        pg("Star", "<h1>Raffle not found</h1><p>The draw you are looking for ended.</p>"),
    ),
    one("anything, and a way home", D, pg("Star", "<h1>This raffle is not available</h1><p><a href=/>Go home</a></p>")),
    one("anything, of which more is told", OK, pg("Star", "<h1>Wreck not found</h1><p>The divers came back.</p>")),
    one("at the end of a sentence", D, pg("Star", "<p>Unless you can travel in time, that content is gone.</p>")),
    one("at the end of a supposition", OK, pg("Star", "<p>Ring us at once, if the page is gone.</p>")),
    one(
        "a table of codes", OK, pg("Codes", "<h1>Codes</h1><table>" + "<tr><td>404<td>Not found<tr><td>410<td>Gone" * 2)
    ),
    one("a hint beside news", OK, pg("Star", "<h1>That story went stale</h1><p>So we baked another.</p>")),
    one("a hint at any page", OK, pg("Star", "<p>A page is removed, sooner or later.</p>")),
    one("a few words between", D, pg("Stern", "<h2>Der Beitrag ist nicht mehr im Netz der Bahn verfügbar</h2>")),
    one("this, with a word on where from", D, pg("Star", "<p>This kettle was removed from sale</p>")),
    one("what ends like a deed", D, pg("Star", "<p>That stream recording is not available here.</p>")),
    one("sorry for whatever it is", D, pg("Stjärna", "<h1>Tyvärr finns sonetten inte längre kvar</h1>")),
    one(
        "sorry for whatever it was, in passing",
        D,
        pg("Tähti", "<p>Valitettavasti sonettia ei enää ole saatavilla.</p>"),
    ),
    one("sorry for nothing", OK, pg("Star", "<h1>Sorry, says the mayor</h1><p>The bridge stays.</p>")),
    one(
        "what was told of it",
        OK,
        pg("The page that was removed", "<h1>The page that was removed</h1><p>By a thief.</p>"),
    ),
    one("papers lost", D, pg("星报", "<h1>文件丢失了，请返回</h1>")),
    one("a case of lost papers", OK, pg("星报", "<h1>文件丢失案告破</h1><p>公文包在车站找到。</p>")),
    one("a link between two things", OK, pg("Note", "<h1>Link between salt and sleep not found</h1>" + P)),
    one("a document gone, in french", D, pg("Le Port", "<h1>Document supprimé</h1>")),
    one("a title within a headline", OK, pg("Nicht verfügbar", "<h1>Rat nicht verfügbar</h1><p>Bis Montag.</p>")),
    one("a chinese title within one", OK, pg("未找到", "<h1>调查未找到白鱀豚</h1><p>行程三千公里。</p>")),
    one("a closed shop", OK, pg("Star", "<h1>The shop is closed</h1><p>Thank you for forty years.</p>")),
    one("a cancelled show", OK, pg("Star", "<h1>The show was cancelled</h1><p>Rain, and no roof.</p>")),
    one(
        "how it is done",
        OK,
        pg("Account deleted", "<h1>How to delete your account</h1><p>Once an account has been deleted it is gone.</p>"),
    ),
    one(
        "any link",
        OK,
        pg("Link rot", "<h1>Link rot</h1><p>A link is broken when the page it points to no longer exists.</p>"),
    ),
)
NAMES = (
    one("to be bought", PK, pg("Buy star.test", "<p>Asking price: 899 EUR</p>", nav=False)),
    one("an inactive account", PK, pg("Star", "<h1>Hosting account inactive</h1><p>It was cancelled.</p>", nav=False)),
    one("an account of something", OK, pg("Star", "<h1>Account of a walk suspended</h1><p>Fog.</p>", nav=False)),
    one(
        "no web site", PK, pg("Sorry!", "<p>If you own this site, please contact your hosting provider.</p>", nav=False)
    ),
    one("not paid for", PK, pg("Звезда", "<h1>Домен star.example не продлён</h1>", nav=False)),
    one("lapsed", PK, pg("お知らせ", "<p>このドメインは期限切れです。</p>", nav=False)),
    one("disabled", PK, pg("Star", "<h1>This website has been disabled</h1>", nav=False)),
    one("registered", PK, pg("star.example", "<p>star.example is registered at Names.</p>", nav=False)),
    one("registered for good", OK, pg("Star.example for all", "<p>Star.example is registered as a charity.</p>")),
    one(
        "somebody's account",
        OK,
        pg("Account suspended", "<h1>Mayor's account suspended</h1><p>For a day, because of a goat.</p>"),
    ),
    one("a name and an offer", PK, pg("star.example", "<p>star.example</p><p>Make an offer</p>", nav=False)),
    one("a name alone", OK, pg("star.example", "<p>star.example</p><p>Since 1998</p>", nav=False)),
    one("an estate", OK, pg("Domaine à vendre", "<h1>Domaine à vendre</h1><p>Huit hectares, un étang.</p>")),
    one("whose trade it is", OK, pg("Star", "<p>The firm lives on parked domains.</p>")),
    one(
        "bets with marks on their letters",
        ("dead", "hijacked"),
        pg("สล็อต บาคาร่า", "<p>สล็อต เครดิตฟรี บาคาร่า พนัน</p>" * 9),
    ),
    one(
        "unspaced bets",
        ("dead", "hijacked"),
        pg("カジノ ボーナス", "<p>オンラインカジノの入金不要ボーナス、スロット、バカラを比べます。</p>" * 9),
    ),
)
GATES = (
    one("a captcha in any tongue", W, pg("Stella", "<main><p>Completa il captcha.</p><input></main>", nav=False)),
    one("an interface", OK, pg("API", "<h1>Captcha API</h1><p>POST the token to /verify. The answer has a score.</p>")),
    one("why on countries", OK, pg("Star", "<h1>Why films are not available in your country</h1><p>Law.</p>")),
    one(
        "a rate",
        ("blocked", "rate-limited"),
        pg("Too many requests", "<p>You have been rate limited. Try again.</p>", nav=False),
    ),
    one("a rate by its status", ("blocked", "rate-limited"), "<h1>429 Too Many Requests</h1>", 429),
    one("how a gate works", OK, pg("How gates work", "<h1>How gates work</h1><p>Show that you are not a robot.</p>")),
    one("pictures to choose", W, pg("Star", "<p>Select all images with boats.</p><button>Go</button>", nav=False)),
    one("pictures chosen", OK, pg("Star", "<h1>Select all images with boats</h1><p>How our editor chose.</p>")),
    one("a network", W, pg("Star", "<p>We have detected automated access from your network.</p>", nav=False)),
    one(
        "an essay on gates",
        OK,
        pg(
            "Prove you are human",
            "<h1>Prove you are human</h1><p>Nine poems on doubt, and one on love.</p><script>0</script>",
        ),
    ),
    one("a question on countries", OK, pg("Maps", "<p>Not available in your country yet? We add one a month.</p>")),
    one(
        "a puzzle",
        W,
        pg("Please verify", "<p>Please drag the piece into place.</p><script src=a.js></script>", nav=False),
    ),
    one("a rule of the server", W, pg("No", "<p>This error was generated by Mod_Security.</p>", nav=False), 406),
    one("drawings of hands", OK, pg("Human", "<h1>I am not a robot</h1><p>Eleven drawings.</p>", nav=False)),
    one("where a reader is, in chinese", GEO, pg("星", "<p>所在地区无法观看</p>")),
    one("a border that looks like a gate", GEO, pg("Blocked", "<p>Not available in your country.</p>"), 403),
    one("a guard that lets pass", OK, pg("Star", LONG, nav=False), headers=(("X-DataDome", "protected"),)),
    one("a guard that does not", W, pg("Star", "<p>No.</p>", nav=False), 403, headers=(("X-DataDome", "protected"),)),
    one("a show called by a question", OK, pg("Star", "<h1>Are you a robot?</h1><p>Tickets at the door.</p>")),
    one("a choice of doors", L, pg("Star", "<h1>Choose your institution</h1><select><option>Holm</select>")),
    one("a password's field", L, pg("Star", "<p>This page is password protected.</p><input type=password>")),
    one("a password's field and no more", L, pg("Star", "<p>Fåglar</p><form><input type=password></form>")),
    one(
        "a box to log in at",
        OK,
        pg("Frost", "<h1>Frost in July</h1><p>Birches.</p><header><input type=password></header>"),
    ),
    one("a demand", L, pg("Star", "<h1>This group is private</h1><p>Join the group or log in to see its posts.</p>")),
    one("a demand in french", L, pg("Étoile", "<p>Vous devez être connecté pour lire cette page.</p>")),
    one("a visitors' book", OK, pg("Sign in", "<h1>Sign in</h1><p>The visitors' book of the Crown is on show.</p>")),
    one("a teaser", OK, pg("Frost in July", f"<h1>Frost in July</h1>{P * 2}<p>Log in to read on.</p>")),
    one("what is kept", OK, pg("Privacy", "<h1>Your privacy</h1><p>We keep your name for as long as you read us.</p>")),
)
OUTAGES = (
    one("an error of the server", F, pg("Estrella", "<h1>Se ha producido un error en el servidor</h1>")),
    one("a word between", F, pg("Stern", "<h1>Unsere Website ist derzeit leider nicht erreichbar</h1>")),
    one("works of ours", F, pg("Estrella", "<h1>Estamos realizando tareas de mantenimiento</h1>")),
    one(
        "an unlucky grid", OK, pg("Star", "<h1>Technical problems</h1><p>The grid failed twice, and bread went up.</p>")
    ),
    one("a site away for the moment", F, pg("Stella", "<p>Il sito è momentaneamente non raggiungibile.</p>")),
    one("a bare name of it", F, pg("Stern", "<h1>Seite zurzeit nicht erreichbar</h1>")),
    one("works, in japanese", F, pg("星", "<p>ただいまシステムメンテナンスのため停止しております。</p>")),
    one("an answer for programs", F, '{"message":"Internal server error"}', ct="application/json"),
    one(
        "a headline of that name",
        OK,
        pg("Star", "<h1>Too many connections</h1><p>The grid is full, and roofs must wait.</p>"),
    ),
    one("yet to be built", F, pg("Star", "<p>This site is under construction. Please come back later.</p>")),
    one("works", F, pg("Star", "<p>Wegen Wartungsarbeiten ist unsere Website derzeit nicht da.</p>")),
    one("a site away for now", F, pg("Ошибка", "<h1>Сайт временно недоступен</h1>")),
    one("works now", F, pg("Brett", "<p>Der Server wird gerade gewartet.</p>")),
    one("works to come, in german", OK, pg("Brett", "<p>Am 4. Mai: der Server wird am Abend gewartet.</p>")),
    one("a crash", F, pg("Star", "<b>Fatal error</b>: Uncaught Error in /www/a.php:12")),
    one("a code before", F, pg("Star", "<h1>500 - Something went wrong on our side</h1>")),
    one("where a program broke", F, pg("Star", "<p>Refused in /www/db.inc on line 12</p>")),
    one("a place in a book", OK, pg("Star", "<p>The verse stands in canto on line 12</p>")),
    one("a trace", F, pg("Star", "<pre>Traceback (most recent call last):\n  File</pre>")),
    one("works on a day", OK, pg("Star", "<p>Please note: we are closed for maintenance on 4 May.</p>")),
    one("on our end", F, pg("Oops", "<h1>Oops! Something went wrong on our end.</h1>")),
    one(
        "a trade", OK, pg("Maintenance | Wheels", "<h1>Maintenance</h1><p>Bring your bike by ten, from 40 a time.</p>")
    ),
    one("a word and a promise", F, pg("Star", "<h1>Mantenimiento</h1><p>Estamos haciendo mejoras en la casa.</p>")),
    one("a word alone", F, pg("Stern", "<h1>Wartung</h1>")),
    one("works, in serbian", F, pg("Звезда", "<p>У току је одржавање портала.</p>")),
    one("a café's pause", OK, pg("We'll be back soon", "<h1>Café closed until March</h1><p>New tables.</p>")),
    one("a time to come", OK, pg("Note", "<h1>Note</h1><p>Our website will be down for maintenance in May.</p>")),
    one(
        "how to mend it", OK, pg("503 Service Unavailable: how to mend it", "<h1>503 Service Unavailable: how</h1>" + P)
    ),
    one("its own page of states", OK, pg("Status", "<h1>Under maintenance</h1>"), url="http://star.test/status"),
)


@pytest.mark.parametrize(
    ("want", "hops"), [pytest.param(case[1], case[2], id=case[0]) for case in (*LOSSES, *NAMES, *GATES, *OUTAGES)]
)
@pytest.mark.parametrize("is_everywhere", [True, False])
def test_a_rule_takes_what_it_is_for(want: tuple[str, str], hops: tuple[Exchange, ...], is_everywhere: bool) -> None:
    assert judged(hops, knows=not is_everywhere) == want
