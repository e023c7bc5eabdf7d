"""HTML articles: body and furniture, places of words and links, dates, and live blogs of several layouts."""

from datetime import date
from pathlib import Path

import pytest

from citecheck import extractor
from citecheck.extractor import updates
from citecheck.extractor.readers import Anchor, Stamp, html
from citecheck.model import BlockKind, Document, Source, UpdateKind
from tests.extractor.outline import outline

ARTICLES = Path(__file__).parents[3] / "shared" / "articles"
PROSE = "The river rose again on Tuesday night and the lower streets were closed to traffic until the morning."

ARTICLE = f"""<!doctype html>
<html lang="en-GB"><head><title>Flood - The Lark</title>
<meta property="og:site_name" content="The Lark">
<link rel="canonical" href="https://lark.example/flood">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Flood on the Aure",
 "datePublished": "2024-03-06T00:30:00Z", "publisher": {{"name": "The Lark"}}}}</script></head>
<body><nav><a href="https://lark.example/sport">Sport</a></nav>
<article><header><h1>Flood on the Aure</h1><time datetime="2024-03-05T19:30:00-05:00">5 March</time></header>
<div class="article-body">
<p>{PROSE} The <a href="https://wren.example/a?x=1&region=2">Wren &amp; Co</a>
 reported it first.</p>
<figure><img src="https://img.example/1.jpg"><figcaption>Photo by A / Wren</figcaption></figure>
<p><a href="https://lark.example/older">An older piece of ours</a></p>
<blockquote class="twitter-tweet"><p>Water in the streets</p>&mdash; Ada Moor (@adamoor)
<a href="https://twitter.com/adamoor/status/1">March 5, 2024</a></blockquote>
<p>{PROSE} See https://aure.example/levels.</p>
</div></article>
<footer>Follow <a href="https://social.example/lark">us</a></footer></body></html>
"""


def test_an_article_is_told_from_its_page() -> None:
    reading = html.read(ARTICLE.encode())
    assert (reading.title, reading.language, reading.publisher) == ("Flood on the Aure", "en", "The Lark")
    assert reading.published == date(2024, 3, 5)
    assert [(block.kind, block.text[:24], block.position(0)) for block in reading.blocks] == [
        (BlockKind.PARAGRAPH, PROSE[:24], (10, 4)),
        (BlockKind.CAPTION, "Photo by A / Wren", (12, 58)),
        (BlockKind.CAPTION, "An older piece of ours", (13, 41)),
        (BlockKind.EMBED, "Water in the streets", (14, 38)),
        (BlockKind.PARAGRAPH, PROSE[:24], (16, 4)),
    ]
    assert reading.blocks[0].text.endswith("The Wren & Co reported it first.")
    assert [(each.handle, each.day) for each in reading.signatures] == [("adamoor", date(2024, 3, 5))]
    source = ARTICLE.splitlines()
    assert [each for each in reading.anchors or () if each.block is not None] == [
        Anchor("https://wren.example/a?x=1&region=2", "a", 10, source[9].index("https") + 1, "Wren & Co", 0, 106, 115),
        Anchor("https://twitter.com/adamoor/status/1", "embed", 15, 10, "March 5, 2024", 3, None, 0),
        Anchor("https://aure.example/levels", "bare", 16, source[15].index("https") + 1, "", 4, 0),
    ]
    assert [(each.url, each.line) for each in reading.anchors or () if each.block is None] == [
        ("https://lark.example/flood", 4),
        ("https://lark.example/sport", 7),
        ("https://img.example/1.jpg", 12),
        ("https://lark.example/older", 13),
        ("https://social.example/lark", 18),
    ]


def test_every_word_of_a_block_stands_where_it_says() -> None:
    lines = ARTICLE.splitlines()
    for block in html.read(ARTICLE.encode()).blocks:
        for offset, character in enumerate(block.text):
            line, column = block.position(offset)
            assert lines[line - 1][column - 1 : column] in (character, "&", "") or character == " "


def _document(source: str) -> Document:
    return extractor.extract(Source("page.html", source.encode(), "text/html"))


def test_links_are_laid_to_their_sentences_and_days() -> None:
    document = _document(ARTICLE)
    claims = {claim.id: claim.text for update in document.updates for claim in update.claims}
    laid = {link.url: claims.get(link.claim or "") for link in document.links if link.update}
    assert laid == {
        "https://wren.example/a?x=1&region=2": "The Wren & Co reported it first.",
        "https://twitter.com/adamoor/status/1": None,
        "https://aure.example/levels": "See https://aure.example/levels.",
    }
    assert (document.published, document.keeps_links) == (date(2024, 3, 5), True)


def _sections(body: str, head: str = "") -> list[tuple[str | None, date | None, str | None, int]]:
    reading = html.read(f"<html><head>{head}</head><body><main>{body}</main></body></html>".encode())
    found, _ = updates.sections(reading)
    return [(each.heading.text if each.heading else None, each.day, each.time, len(each.blocks)) for each in found]


PUBLISHED = '<meta property="article:published_time" content="2024-03-05T08:00:00+01:00">'


def test_entries_that_the_markup_dates() -> None:
    entries = "".join(
        f'<article><time datetime="2024-03-0{day}T{hour}:15:00+01:00">{hour}:15</time>'
        f"<h3>{title}</h3><p>{PROSE}</p></article>"
        for day, hour, title in ((6, "01", "Third"), (5, "20", "Second"), (5, "18", "First"))
    )
    assert _sections(f"<p>{PROSE}</p>{entries}") == [
        (None, date(2024, 3, 6), None, 2),
        ("Third", date(2024, 3, 6), "01:15", 2),
        ("Second", date(2024, 3, 5), "20:15", 2),
        ("First", date(2024, 3, 5), "18:15", 1),
    ]


def test_entries_without_containers_whose_time_follows_the_heading() -> None:
    entries = "".join(
        f'<h2>{title}</h2><p><time datetime="2024-03-05T{hour}:00Z">{hour}:00 GMT</time></p><p>{PROSE}</p>'
        for hour, title in (("12", "Late"), ("11", "Middle"), ("10", "Early"))
    )
    assert _sections(entries) == [
        ("Late", date(2024, 3, 5), "12:00", 2),
        ("Middle", date(2024, 3, 5), "11:00", 2),
        ("Early", date(2024, 3, 5), "10:00", 2),
    ]


def test_hours_in_headings_with_the_day_below_them() -> None:
    body = (
        f"<p>{PROSE}</p><h2>01.10 Uhr: Dritte</h2><p>{PROSE}</p><h2>Mittwoch, 6. März 2024</h2>"
        f"<h2>20.45 Uhr: Zweite</h2><p>{PROSE}</p><h2>08.05 Uhr: Erste</h2><p>{PROSE}</p>"
        "<h2>Dienstag, 5. März 2024</h2>"
    )
    assert _sections(body) == [
        (None, None, None, 1),
        ("01.10 Uhr: Dritte", date(2024, 3, 6), "01:10", 1),
        ("20.45 Uhr: Zweite", date(2024, 3, 5), "20:45", 1),
        ("08.05 Uhr: Erste", date(2024, 3, 5), "08:05", 1),
    ]


@pytest.mark.parametrize(
    ("hours", "days"),
    [
        (("1:05 a.m.", "11:50 p.m.", "2:45 p.m."), (5, 4, 4)),
        (("2:45 p.m.", "11:50 p.m.", "1:05 a.m."), (5, 5, 6)),
    ],
    ids=["newest first", "oldest first"],
)
def test_hours_that_pass_midnight(hours: tuple[str, ...], days: tuple[int, ...]) -> None:
    body = "".join(f"<p><strong>{hour}</strong></p><p>{PROSE}</p>" for hour in hours)
    assert [day for _, day, _, _ in _sections(body, PUBLISHED)] == [date(2024, 3, each) for each in days]


def test_headings_open_updates_only_where_the_page_says_that_it_is_live() -> None:
    entries = "".join(f"<h3>{title}</h3><p>{PROSE}</p>" for title in ("One", "Two", "Three"))
    assert len(_sections(entries, PUBLISHED)) == 1
    assert _sections(f"<p>{PROSE}</p><p>Here’s the latest:</p>{entries}", PUBLISHED) == [
        (None, date(2024, 3, 5), None, 2),
        ("One", date(2024, 3, 5), None, 1),
        ("Two", date(2024, 3, 5), None, 1),
        ("Three", date(2024, 3, 5), None, 1),
    ]


def test_entries_that_only_the_json_dates() -> None:
    posts = ",".join(
        f'{{"@type":"BlogPosting","headline":"{title}","datePublished":"2024-03-05T{hour}:00+01:00"}}'
        for hour, title in (("12:31", "Bridge closed"), ("11:02", "School shut"))
    )
    head = f'<script type="application/ld+json">{{"@type":"LiveBlogPosting","liveBlogUpdate":[{posts}]}}</script>'
    body = f"<h2>Bridge closed</h2><p>{PROSE}</p><h2>School shut</h2><p>{PROSE}</p>"
    assert html.read(f"<html><head>{head}</head><body>{body}</body></html>".encode()).stamps == {
        0: Stamp(date(2024, 3, 5), "12:31"),
        2: Stamp(date(2024, 3, 5), "11:02"),
    }


@pytest.mark.parametrize("unset", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_moment_that_was_never_set_is_none(unset: str) -> None:
    head = f'<meta property="article:published_time" content="{unset}"><link rel="canonical" href="/2024/03/05/x">'
    assert _sections(f"<h1>Ferry</h1><p>{PROSE}</p>", head) == [(None, date(2024, 3, 5), None, 1)]


def test_a_declared_encoding_counts() -> None:
    source = f'<meta charset="iso-8859-1"><p>Caf\u00e9 \u2019s {PROSE}</p>'.encode("windows-1252")
    assert html.read(source).blocks[0].text.startswith("Café ’s")


def test_a_page_without_text_has_no_block() -> None:
    assert html.read(b"<html><body><script>1</script></body></html>").blocks == ()


@pytest.mark.parametrize(
    "path", sorted(ARTICLES.glob("*.html")) if ARTICLES.is_dir() else [], ids=lambda path: path.stem
)
def test_an_article_has_the_links_of_the_inventory(path: Path) -> None:
    source = Source(path.name, path.read_bytes(), "text/html")
    whole, alone = extractor.extract(source), extractor.extract(source, links_only=True)
    assert [(link.url, link.target, link.line, link.column) for link in whole.links] == [
        (link.url, link.target, link.line, link.column) for link in alone.links
    ]
    assert whole.notes == alone.notes


BOX = f"""<html><head><title>Vans of the year</title></head><body>
<div class="box"><div>TICKER</div><p>Polish for doors</p><p>Fair in May</p></div><p>4 May 2021 | Advertisement</p>
<h1>Vans of the year</h1><h2>Read on</h2><p>{PROSE}</p><h2>Search</h2><p>{PROSE}</p><h2>Order</h2><p>{PROSE}</p>
</body></html>"""


def test_a_box_of_other_news_above_the_title_makes_no_live_blog() -> None:
    assert [each.kind for each in _document(BOX).updates] == [UpdateKind.ARTICLE]
    kicker = BOX.replace("<h1>", "<p>Live blog</p><h1>").replace("TICKER", "")
    assert [each.kind for each in _document(kicker).updates][-3:] == [UpdateKind.UPDATE] * 3


POSTS = r"""<html><head><title>Ash over Maren: live</title>
<script type="application/ld+json">{"@type": "LiveBlogPosting", "datePublished": "2023-12-19T06:00:00Z",
 "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Caf\u00e9s shut \ud83d\ude37",
  "datePublished": "2023-12-19T14:30:00Z",
  "articleBody": "<p>Ash fell at noon, <a href=\"https:\/\/wren.example\/ash?a=1&amp;b=2\">Wren &amp; Co<\/a> said.<\/p>
<p>It is grey.<\/p>"},
 {"@type": "BlogPosting", "headline": "Airport open", "datePublished": "2023-12-19T15:10:00Z",
  "articleBody": "One runway opened.\nSee https://aure.example/runway for flights."},
 {"@type": "BlogPosting", "headline": "Shown", "datePublished": "2023-12-19T16:00:00Z",
  "articleBody": "SHOWN See https://lark.example/shown too."}]}</script></head>
<body><h1>Ash over Maren: live</h1>
<h2>Shown</h2><p>SHOWN See <a href="https://lark.example/shown">this</a> too.</p></body></html>
""".replace("SHOWN", PROSE)


def test_entries_of_older_pages_that_only_the_json_has_are_told_of() -> None:
    source = Path(__file__).with_name("data") / "blogs" / "older-entries-in-data.html"
    assert html.read(source.read_bytes()).notes == (
        "2 further entries of the live blog stand in the page's JSON-LD only: they were not read",
    )


def test_entries_that_only_the_json_has_are_read_where_they_stand_in_it() -> None:
    document = _document(POSTS)
    assert outline(document) == (
        f"update 2023-12-19 16:00 | Shown\n  {PROSE}\n  See this too.\n    https://lark.example/shown\n"
        "update 2023-12-19 14:30 | Cafés shut 😷\n  Ash fell at noon, Wren & Co said.\n"
        "    https://wren.example/ash?a=1&b=2\n  It is grey.\n"
        "update 2023-12-19 15:10 | Airport open\n  One runway opened.\n  See https://aure.example/runway for flights.\n"
        "    https://aure.example/runway\n"
    )
    lines = POSTS.splitlines()
    for claim in (claim for update in document.updates for claim in update.claims):
        assert lines[claim.line - 1][claim.column - 1 :].startswith(claim.text.split()[0])
    for url, start in (("https://wren.example/ash?a=1&b=2", r"https:\/\/wren"), ("https://aure.example/runway",) * 2):
        link = next(each for each in document.links if each.url == url)
        assert lines[link.line - 1][(link.column or 0) - 1 :].startswith(start)


def test_an_article_that_only_the_json_has_is_read_from_it() -> None:
    source = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-05",'
        f' "articleBody": "{PROSE} It is at https://aure.example/levels."}}</script><div id="root"></div>'
    )
    assert outline(_document(source)) == (
        f"article 2024-03-05\n  {PROSE}\n  It is at https://aure.example/levels.\n    https://aure.example/levels\n"
    )


def test_links_of_times_and_to_the_page_itself_belong_to_no_entry() -> None:
    head = '<link rel="canonical" href="https://lark.example/live">'
    entries = "".join(
        f'<article id="e{hour}"><a href="https://lark.example/live?p=1#e{hour}"><time>{hour}:00</time></a>'
        f'<p>{PROSE} <a href="https://wren.example/{hour}">Wren</a> said so.</p></article>'
        for hour in (12, 11, 10)
    )
    document = _document(f"<html><head>{head}</head><body><main>{entries}</main></body></html>")
    assert [link.url for link in document.links if link.update] == [f"https://wren.example/{n}" for n in (12, 11, 10)]


def test_a_robust_link_says_where_and_of_which_day_its_page_is_kept() -> None:
    link = (
        '<a href="https://wren.example/a" data-versionurl="https://archive.example/2020/https://wren.example/a"'
        ' data-versiondate="2020-11-16">the Wren</a>'
    )
    told = [(each.url, each.kept_url, each.kept_on) for each in _document(f"<p>{PROSE} So says {link}.").links]
    kept = "https://archive.example/2020/https://wren.example/a"
    assert told == [("https://wren.example/a", kept, date(2020, 11, 16)), (kept, None, None)]


def test_days_in_headings_of_a_live_page_are_their_own() -> None:
    body = f"<h1>Flood: live updates</h1><h2>March 5, 2024</h2><p>{PROSE}</p><h2>March 4, 2024</h2><p>{PROSE}</p>"
    body += f"<h2>March 3, 2024</h2><p>{PROSE}</p>"
    assert [(heading, day.day) for heading, day, _, _ in _sections(body, PUBLISHED) if day] == [
        ("March 5, 2024", 5),
        ("March 4, 2024", 4),
        ("March 3, 2024", 3),
    ]


def test_a_standfirst_that_the_text_repeats_is_told_once() -> None:
    body = f"<p>{PROSE} It fell later.</p><p>Boats took the children over the square to the school hall at noon.</p>"
    document = _document(f"<main><header><h1>Flood</h1><p>{PROSE}</p></header>{body}<p>{PROSE[4:]}</p></main>")
    claims = [claim.text for update in document.updates for claim in update.claims]
    assert claims[:2] == [PROSE, "It fell later."] and claims.count(PROSE) == 1


@pytest.mark.parametrize(
    ("named", "is_text"),
    [
        ('class="css-1adx9f"', True),
        ('class="field field--label-hidden"', True),
        ('class="overflow-hidden"', True),
        ('data-qa="paragraph"', True),
        ('class="ad ad300x250"', False),
        ('class="visually-hidden"', False),
        ('class="VisuallyHidden-module_x"', False),
        ('class="text hidden"', False),
        ('data-component="related-links"', False),
    ],
)
def test_an_element_is_furniture_by_the_words_of_its_name_but_not_by_a_hash(named: str, is_text: bool) -> None:
    long = "The dam held through the night, and nobody was hurt in the lower streets of the town."
    page = f"<html><body><article><p>{long}</p><div {named}>It rained here.</div><p>{long}</p></article></body></html>"
    (update,) = _document(page).updates
    assert ("It rained here." in [claim.text for claim in update.claims]) is is_text


def _kinds(body: str) -> list[tuple[BlockKind, str]]:
    page = f'<html><head><link rel="canonical" href="https://lark.example/flood"></head><body>{body}</body></html>'
    return [(each.kind, each.text) for each in html.read(page.encode()).blocks]


def test_teasers_of_other_articles_are_none_of_the_text() -> None:
    names = ("Mills to close", "Ferry runs again", "Bridge is mended")
    teasers = "".join(
        f'<div class="item"><h3><a href="https://lark.example/{name[:5]}">{name} this week</a></h3>'
        f'<time datetime="2024-03-0{day}T12:00:00Z">March {day}</time><p>{name}, the council said.</p></div>'
        for day, name in enumerate(names, 1)
    )
    text = f"<div><p>{PROSE}</p></div>" * 5
    said = [(BlockKind.PARAGRAPH, PROSE)] * 5
    assert [each for each in _kinds(f"<main>{text}{teasers}</main>") if each[0] is not BlockKind.CAPTION] == said
    # A page of nothing else is a list of articles, and theirs are its texts.
    assert (BlockKind.PARAGRAPH, "Mills to close, the council said.") in _kinds(f"<main>{teasers}</main>")


def test_a_short_post_between_long_ones_of_a_blog_is_no_teaser() -> None:
    posts = "".join(
        f'<div class="post"><h2><a href="/{n}">What the river did, part {n}</a></h2><p>{PROSE * times}</p></div>'
        for n, times in enumerate((11, 1, 11))
    )
    texts = [text for kind, text in _kinds(f"<main>{posts}</main>") if kind is BlockKind.PARAGRAPH]
    assert texts == [PROSE * 11, PROSE, PROSE * 11]


def test_titles_of_other_articles_between_paragraphs_take_none_of_them_along() -> None:
    text = "".join(f'<p>{PROSE} {n}.</p><h3><a href="/{n}">Another story, number {n}</a></h3>' for n in range(6))
    assert [text for kind, text in _kinds(f"<main>{text}</main>") if kind is BlockKind.PARAGRAPH] == [
        f"{PROSE} {n}." for n in range(6)
    ]


def test_the_days_of_posts_set_into_a_text_open_no_updates() -> None:
    posts = "".join(
        f'<p>{PROSE}</p><blockquote class="twitter-tweet"><p>Water is at my door again, number {day}.</p>&mdash; Ada '
        f'(@ada{day}) <a href="https://twitter.com/ada/status/{day}">March {day}, 2024</a></blockquote>'
        for day in range(1, 5)
    )
    assert len(_sections(posts)) == 1


def test_lengths_of_videos_open_no_updates() -> None:
    video = '<div class="promo"><span>3:49</span></div><div class="promo"><span>03:49</span></div>'
    assert [each[2] for each in _sections(f"{video}<p>{PROSE}</p><p>{PROSE}</p>{video}<p>{PROSE}</p>")] == [None]


def test_what_stands_below_the_entries_under_a_heading_of_its_own_is_none_of_them() -> None:
    long = "The water rose again in the night, and the lower streets of the town are closed to all traffic."
    entries = "".join(f"<li><time>{hour}:05</time><h3>Hour {hour}</h3><p>{long}</p></li>" for hour in (12, 11, 10))
    below = f"<h2>About us</h2><p>{long}</p><h2>Sources</h2><p>AFP, Reuters</p>"
    page = f"<html><body><article><h1>The flood</h1><p>{long}</p><ul>{entries}</ul>{below}</article></body></html>"
    lead, *updates = _document(page).updates
    assert [[claim.text for claim in update.claims] for update in updates] == [[long], [long], [long]]
    assert [credit.outlet for credit in lead.credits] == ["AFP", "Reuters"]


def test_a_drawing_or_a_note_for_machines_parts_no_sentence() -> None:
    icon = '<svg viewBox="0 0 9 9"><title>opens in a new window</title><path d="M1 1"/></svg>'
    said = f'<p>The <a href="/a"><meta content="Quay Post">Quay Post</a>{icon} reported that the dam had held.</p>'
    assert _kinds(f"<main>{said}<p>{PROSE}</p></main>") == [
        (BlockKind.PARAGRAPH, "The Quay Post reported that the dam had held."),
        (BlockKind.PARAGRAPH, PROSE),
    ]


@pytest.mark.parametrize("start", ["<body>", "<div>"])
def test_a_head_that_nothing_closes_ends_where_the_text_begins(start: str) -> None:
    page = f"<html><head><title>Flood</title>{start}<p>{PROSE}</p><p>{PROSE}</p></html>"
    assert [each.text for each in html.read(page.encode()).blocks] == [PROSE, PROSE]


def test_short_signed_paragraphs_behind_their_hours_are_entries() -> None:
    said = ("Ferries are back. (kl)", "The harbour is shut. (kl)", "Wind grows. (mw)", "Rain sets in. (mw)")
    hours = ("11.40", "10.05", "08.30", "07.10")
    lines = "".join(f'<p><b class="time">{hour}</b>: {each}</p>' for hour, each in zip(hours, said, strict=True))
    _, *updates = _document(f"<html><body><article><p>{PROSE}</p>{lines}</article></body></html>").updates
    assert [update.time for update in updates] == ["11:40", "10:05", "08:30", "07:10"]
