"""Several texts: an index, worst first, with a page each; every way between them leads somewhere."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

from msgspec.structs import replace

from citecheck import reporter
from citecheck.model import Audit
from citecheck.reporter.pages.index import hrefs
from citecheck.reporter.pages.shown import MOST_ROWS
from tests.bench.bench_report import audit_of
from tests.reporter.test_formats import Page


def two_of(audit: Audit) -> Audit:
    (document,) = audit.documents
    second = replace(document, source="docs/harbour strike.md", title="Second", updates=document.updates[4:], links=())
    return reporter.with_findings(replace(audit, documents=(second, document)), {})


def islands(text: str) -> dict[str, list[list[object]]]:
    """The rows of each table of a page, by the table's id."""
    found = re.findall(r'<h2 id="([a-z-]+-table)">.*?<script type="application/json">(.*?)</script>', text, re.DOTALL)
    return {name: json.loads(island)["rows"] for name, island in found}


def test_every_way_within_the_report_leads_somewhere(audit: Audit, tmp_path: Path) -> None:
    reporter.write(two_of(audit), "html", tmp_path / "index.html")
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in tmp_path.rglob("*.html")}
    assert sorted(path.relative_to(tmp_path).as_posix() for path in pages) == [
        "index-texts/0001-harbour-strike.html",
        "index-texts/0002-harbour.html",
        "index.html",
    ]
    ways = [(path, href) for path, page in pages.items() for href in page.values("href") if "://" not in href]
    assert len(ways) > 100
    for path, href in ways:
        name, _, anchor = unquote(href).partition("#")
        there = pages[(path.parent / name).resolve() if name else path]
        assert not anchor or anchor in there.values("id"), (path, href)


def test_the_worst_text_comes_first(audit: Audit) -> None:
    rows = islands(reporter.render(two_of(audit), "html"))["texts-table"]
    assert [(row[0], row[1]) for row in rows] == [([1, None, ""], 3), ([0, None, ""], 0)]


def test_an_index_without_pages_leads_to_none(audit: Audit) -> None:
    page = Page(reporter.render(two_of(audit), "html"))
    local = {href for href in page.values("href") if "://" not in href and not href.startswith("mailto:")}
    assert {href[1:] for href in local} <= set(page.values("id"))


def test_what_is_beyond_the_first_rows_is_in_the_island() -> None:
    audit = reporter.with_findings(audit_of(3, MOST_ROWS // 2), {})
    text = reporter.render(audit, "html")
    assert text.count('<tr><td class="status">') == MOST_ROWS
    links = islands(text)["links-table"]
    assert len(links) == len(audit.visits) == 3 * (MOST_ROWS // 2)
    statuses = [str(row[0]) for row in links]
    assert statuses == sorted(statuses, key=["dead", "failing", "moved", "blocked", "alive"].index)


def test_nothing_in_an_island_ends_its_script(audit: Audit) -> None:
    bad = two_of(replace(audit, documents=(replace(audit.documents[0], title="</script><!--\u202e"),)))
    text = reporter.render(bad, "html")
    (texts,) = re.findall(r'"texts":(\[\[.*?\]\]),"rows"', text)[:1]
    assert "<" not in texts and "\u202e" not in json.loads(texts)[1][0]
    assert json.loads(texts)[1][0].startswith("</script><!--")


def test_pages_are_named_by_number_and_source() -> None:
    names = hrefs(replace(audit_of(1, 1), documents=tuple(replace(each, source=source) for source, each in zip(
        ("a/Ä b.md", "https://x.example/news/", "-", "../" + "w" * 90 + ".txt"), audit_of(4, 1).documents, strict=True
    ))), "all.html")  # fmt: skip
    assert list(names.values()) == [
        "all-texts/0001-b.html",
        "all-texts/0002-news.html",
        "all-texts/0003-text.html",
        f"all-texts/0004-{'w' * 60}.html",
    ]


def test_a_check_of_several_texts_has_an_index_alone(audit: Audit, tmp_path: Path) -> None:
    checked = reporter.with_findings(two_of(audit), {}, liveness_only=True)
    reporter.write(checked, "html", tmp_path / "out" / "index.html")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["index.html"]
