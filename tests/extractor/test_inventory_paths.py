"""The two ways through HTML and Markdown, the inventory and the article reader, and a parser as the third witness."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from citecheck import extractor
from citecheck.extractor.inventory.carried import CODE
from citecheck.extractor.inventory.carriers import carriers
from citecheck.extractor.inventory.html import inventory
from citecheck.extractor.inventory.places import Lines
from citecheck.extractor.inventory.tags import SPACE
from citecheck.model import Source
from citecheck.settings import Settings

DATA = Path(__file__).parent / "data"
Place = tuple[str, int, int | None]


def of_inventory(text: str) -> Counter[Place]:
    lines = Lines(text)
    return Counter((each.url, *lines.position(each.offset)) for each in inventory(text).carried if each.origin != CODE)


def of_article(text: str) -> Counter[Place]:
    document = extractor.extract(Source("page.html", text.encode(), "text/html", address="https://page.example/"))
    return Counter((link.url, link.line, link.column) for link in document.links)


def of_liveness(text: str) -> Counter[Place]:
    source = Source("page.html", text.encode(), "text/html", address="https://page.example/")
    document = extractor.extract(source, Settings(), links_only=True)
    return Counter((link.url, link.line, link.column) for link in document.links)


def page(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


def test_both_paths_give_the_same_urls_of_the_page_of_all_carriers() -> None:
    text = page("carriers.html")
    assert of_article(text) == of_liveness(text) == of_inventory(text)


def test_both_paths_give_the_same_urls_of_the_real_pages(shared: Path) -> None:
    for path in sorted((shared / "articles").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert of_article(text) == of_liveness(text), path.name


_PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href='https://a.example/'>", "<a href=/b>", "</a>", "words ", "https://c.example/d ", "\n",
     "<img src=https://i.example/e>", "<div style='background:url(https://s.example/f)'>", "</div>", "<ul><li>",
     "<pre>", "</pre>", "<!-- x -->", "<script>x</script>", "&amp;", "<table><tr><td>", "www.g.example ",
     "http:/h.example/i ", "https:\\\\j.example "]
)  # fmt: skip


@trying(deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_both_paths_give_the_same_urls_of_any_page(text: str) -> None:
    assert of_article(text) == of_liveness(text)


def test_a_parser_sees_the_same_links_in_the_real_pages(shared: Path) -> None:
    """What lexbor's tree has of `a[href]` and `img[src]`, but for template content, which no selector reaches."""
    for path in sorted((shared / "articles").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        ours = Counter(
            each.url for each in inventory(text).carried if each.origin in ("a", "img") and each.tag_end >= 0
        )
        tree = LexborHTMLParser(text)
        seen = {(node.attributes.get("href") or "").strip(SPACE) for node in tree.css("a[href]")}
        seen |= {(node.attributes.get("src") or "").strip(SPACE) for node in tree.css("img[src]")}
        missed = {url for url in seen - set(ours) if not carriers().nothing.match(url)}
        assert missed == set(), path.name


@pytest.mark.parametrize("name", ["carriers.html"])
def test_a_parser_sees_the_same_links_in_the_page_of_all_carriers(name: str) -> None:
    text = page(name)
    urls = {each.url for each in inventory(text).carried}
    seen = {(node.attributes.get("href") or "").strip(SPACE) for node in LexborHTMLParser(text).css("a[href]")}
    assert {url for url in seen if url.startswith(("http", "//", ".."))} <= urls
