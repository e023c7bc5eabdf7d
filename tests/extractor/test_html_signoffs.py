"""Where on a page the line stands that says whose material the text is."""

import pytest

from citecheck.extractor.extraction import document_of
from citecheck.model import Source
from citecheck.settings import Settings

LINE = "With reporting by AFP and Reuters"
TEXT = (
    "<p>The dam above the town broke in the night and water covered the lower streets. Nobody was hurt.</p>"
    "<p>Engineers had warned of cracks in the wall for years, and the council had set money aside for repairs.</p>"
    "<p>A hearing will be held in the spring, and the council will publish all of the papers that it holds.</p>"
)
SENTENCES = 4


@pytest.mark.parametrize(
    "article",
    [
        f'<article><h1>The dam</h1><div class="article-body">{TEXT}</div><p>{LINE}</p></article>',
        f'<article><h1>The dam</h1><div class="article-body">{TEXT}</div><div><em>{LINE}</em></div></article>',
        f"<article><h1>The dam</h1>{TEXT}<footer>{LINE}</footer></article>",
        f'<article><h1>The dam</h1>{TEXT}<footer><p>{LINE}</p><a href="/t">dams</a></footer></article>',
        f'<article><h1>The dam</h1>{TEXT}<div class="author-note">{LINE}</div></article>',
        f"<main><article><h1>The dam</h1>{TEXT}</article><p>{LINE}</p></main>",
        f"<article><h1>The dam</h1>{TEXT}<h5>{LINE}</h5></article>",
        f"<article><h1>The dam</h1>{TEXT}<p>With reporting by<br>AFP,<br>Reuters</p></article>",
        f"<article><h1>The dam</h1>{TEXT}<h4>Sources</h4><ul><li>AFP</li><li>Reuters</li></ul></article>",
        f"<article><h1>The dam</h1>{TEXT}<p>Sources:</p><p>AFP, Reuters</p></article>",
        f"<article><h1>The dam</h1>{TEXT[:-4]} (AFP, Reuters)</p></article>",
        f"<article><h1>The dam</h1>{TEXT[:-4]} — AFP, Reuters</p></article>",
        f"<article><header><h1>The dam</h1><p>{LINE}</p></header>{TEXT}</article>",
    ],
)
def test_a_credit_line_is_found_wherever_the_page_has_it(article: str) -> None:
    page = f"<html><head><title>The dam</title></head><body>{article}<aside><p>With AFP</p></aside></body></html>"
    (update,) = document_of(Source("x.html", page.encode(), "text/html"), Settings()).updates
    assert [credit.name for credit in update.credits] == ["AFP", "Reuters"]
    assert len(update.claims) == SENTENCES


@pytest.mark.parametrize(
    "below",
    [
        '<nav><a href="/w">With reporting by AFP: all of our wire stories</a></nav>',
        f"<section><article><h2>Another text</h2><p>{LINE}</p></article></section>",
        "<p>Source: own calculations</p>",
        '<div class="teaser"><p>Source: Reuters</p></div>',
    ],
)
def test_what_another_text_credits_is_none_of_this_ones(below: str) -> None:
    page = f"<html><body><main><article><h1>The dam</h1>{TEXT}</article>{below}</main></body></html>"
    (update,) = document_of(Source("x.html", page.encode(), "text/html"), Settings()).updates
    assert update.credits == ()


def test_a_source_in_brackets_behind_every_paragraph_or_with_a_link_is_no_credit_of_the_whole() -> None:
    for text in (TEXT.replace("</p>", " (AFP)</p>"), f'{TEXT[:-4]} (<a href="https://a.example/1">AFP</a>)</p>'):
        page = f"<html><body><article>{text}</article></body></html>"
        (update,) = document_of(Source("x.html", page.encode(), "text/html"), Settings()).updates
        assert update.credits == ()
