"""The short cut for ordinary pages: it never leads elsewhere than the long way."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.fetcher import ordinary, verdict
from citecheck.model import Exchange, Truncation

NOW = datetime(2024, 5, 1, tzinfo=UTC)
TEXT = "<p>The harbour council met on Sunday and agreed to keep the ferry for another year.</p>\n" * 30
PIECES = (
    TEXT,
    TEXT[:900],
    "<title>Ferry stays &amp; sails | Harbour Gazette</title>",
    "<title>Page not found</title>",
    "<title>404 <b>gone</b></title>",
    "<h1>Ferry stays</h1>",
    "<h1>Page not found</h1>",
    "<h1 class=big><span>Not found</span></h1>",
    "<h2>Seite nicht gefunden</h2>",
    f"<nav>{TEXT}</nav>",
    f"<footer><div>{TEXT}</div></footer>",
    f"<script>var page = '{TEXT}'</script>",
    "<header>",
    "<aside></aside></aside>",
    "<body class='error404'>",
    '<meta name="prerender-status-code" content="404">',
    '<meta http-equiv="Refresh" content="0; url=/elsewhere">',
    '<meta property="article:content_tier" content="locked">',
    '<script type="application/ld+json">{"isAccessibleForFree": false}</script>',
    "<div class='paywall'></div>",
    "<p>Subscribe to\ncontinue reading</p>",
    "<p>\n\t\n\t\r\n\t</p>" * 200,
    "<p>You\u2019ve reached your limit of free articles</p>",
    "<p>только для подписчиков</p>",
    "<script>location = '/elsewhere'</script>",
    "<form><input type=password></form>",
    "<h1>Best casino bonus slots</h1>",
    "<title>Service unavailable</title>",
    "<h1>We'll be back soon!</h1><p>The site is down for maintenance.</p>",
    f"<div class=card><a href=/1>One</a>{TEXT[:90]}</div>" * 30,
    "<p>casino slots betting poker bonus</p>" * 40,
)
HEADERS = (
    ("Content-Type", "text/html"),
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Type", "application/pdf"),
    ("cf-mitigated", "challenge"),
    ("Refresh", "0; url=/elsewhere"),
    ("Content-Encoding", "gzip"),
    ("Content-Encoding", "br"),
)


def page(
    markup: str, *headers: tuple[str, str], status: int = 200, path: str = "story", cut: Truncation | None = None
) -> Exchange:
    return Exchange(
        url=f"https://harbour.example/{path}",
        started_at=NOW,
        http_status=status,
        headers=headers,
        body=markup.encode(),
        truncated=cut,
    )


@settings(deadline=None)  # the first example compiles the languages' patterns
@given(
    st.lists(st.sampled_from(PIECES), max_size=6),
    st.lists(st.sampled_from(HEADERS), max_size=2, unique=True),
    st.sampled_from([200, 200, 200, 202, 203, 404]),
    st.sampled_from(["story", "2024/ferry.html", "report.pdf", ""]),
    st.sampled_from([None, None, Truncation.LENGTH, Truncation.TIME]),
)
def test_the_short_cut_leads_where_the_long_way_does(
    pieces: list[str], headers: list[tuple[str, str]], status: int, path: str, cut: Truncation | None
) -> None:
    exchange = page("".join(pieces), HEADERS[0], *headers, status=status, path=path, cut=cut)
    short = verdict.weigh([exchange], now=NOW, plainly=ordinary.seen(exchange))
    assert verdict.weigh([exchange], now=NOW) == short


def test_an_article_is_ordinary() -> None:
    markup = f"<title>Ferry stays &amp; sails</title><nav><p>News</p></nav><h1>Ferry stays</h1>{TEXT}<footer>x</footer>"
    assert ordinary.seen(page(markup, HEADERS[0])) == ordinary.Ordinary("Ferry stays & sails")
    assert ordinary.seen(page(markup.replace(TEXT, TEXT[:900]), HEADERS[0])) is None


@pytest.mark.parametrize("after", ["", " ", "  ", "\n", "\n\n", "\n<p></p>", "<p> </p> ", "</div><div>"])
@pytest.mark.parametrize(
    "paragraph", ["<p>ferries</p>", "<p>ferries </p>", "<p> ferries</p>", "<p class=x> ferries </p>"]
)
def test_words_in_rows_of_paragraphs_are_never_counted_too_high(paragraph: str, after: str) -> None:
    assert ordinary.seen(page(f"{paragraph}{after}" * 299, HEADERS[0])) is None


@pytest.mark.parametrize("after", [" ", "\n\n", " <p class=x>More of it.</p>", " see <a href=x>there</a> for more"])
def test_words_in_rows_of_paragraphs_are_all_counted(after: str) -> None:
    assert ordinary.seen(page(f"<p>The ferry stays and sails.</p>{after}" * 120, HEADERS[0])) == ordinary.Ordinary(None)
    assert ordinary.seen(page(f"<nav><p>The ferry stays and sails.</p>{after}" * 120, HEADERS[0])) is None


def test_a_hostile_page_is_read_in_one_pass() -> None:
    for piece in ("<p", "<nav ", "<p>", "<nav>", "</nav", "<h1", "<title"):
        ordinary.seen(page(piece * (200_000 // len(piece)), HEADERS[0]))
