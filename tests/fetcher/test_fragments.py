"""Places within pages: found, missing, and those of which nothing can be said."""

import pytest

from citecheck import fetcher
from citecheck.fetcher import fragments, page
from citecheck.model import Exchange, Failure, Target, Truncation
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import START

MARKUP = (
    """<title>Tides</title><body id=page><h1>The Tide &amp; the Ferry</h1><a name="times"></a><p id="möwe">High water is
at <b>nine</b> on Tuesday, they say, and the ferry waits for nobody.</p><h2 id="user-content-fares">Fares</h2>
<h2>How to get there</h2><p>By boat, of course, as everybody does who has tried the road.</p>"""
    + "<p>more words</p>" * 40
)


def brought(markup: str, content_type: str = "text/html", truncated: Truncation | None = None) -> Exchange:
    return Exchange(
        url="http://harbour.example/",
        started_at=START,
        http_status=200,
        headers=(("Content-Type", content_type),),
        body=markup.encode(),
        truncated=truncated,
    )


def missing(exchange: Exchange, *wanted: str) -> tuple[str, ...]:
    return fragments.missing(exchange, page.of(exchange), wanted)


@pytest.mark.parametrize(
    "fragment",
    [
        "page",
        "times",
        "möwe",
        "m%C3%B6we",
        "fares",
        "top",
        "how-to-get-there",
        "how-to-get-there-1",
        "the-tide--the-ferry",
        "L10-L20",
        ":~:text=nine%20on%20Tuesday",
        ":~:text=NINE%20on%20tuesday,waits",
        "times:~:text=at-,nine,-on",
        ":~:text=High-,water",
        ":~:text=ferry&text=by%20boat",
    ],
)
def test_what_is_there_is_found(fragment: str) -> None:
    assert missing(brought(MARKUP), fragment) == ()


@pytest.mark.parametrize(
    "fragment",
    ["harbour", "Times", "moewe", ":~:text=ten%20on%20Tuesday", ":~:text=on-,nine", ":~:text=ferry&text=by%20bus"],
)
def test_what_is_not_there_is_missing(fragment: str) -> None:
    assert missing(brought(MARKUP), "times", fragment) == (fragment,)


def test_of_parts_and_of_scripts_nothing_is_said() -> None:
    shell = "<title>App</title><div id=root></div><script src=/app.js></script>"
    assert missing(brought(shell), "harbour") == ()
    assert missing(brought(MARKUP, truncated=Truncation.LENGTH), "harbour") == ()
    assert missing(brought("just text", "text/plain"), "harbour") == ()
    broken = Exchange(url="http://harbour.example/", started_at=START, http_status=200, failure=Failure.SHORT_BODY)
    assert fragments.missing(broken, None, ("harbour",)) == ()


def test_a_pdf_has_as_many_pages_as_it_counts() -> None:
    pdf = brought("%PDF-1.4 1 0 obj << /Type /Pages /Kids [2 0 R] /Count 12 >> endobj", "application/pdf")
    assert missing(pdf, "page=12", "page=13", "zoom=50&page=0", "section") == ("page=13", "zoom=50&page=0")
    assert missing(brought("%PDF-1.5 packed", "application/pdf"), "page=99") == ()


def test_a_script_has_fragments_of_its_own() -> None:
    urls = ("http://a.example/#/inbox", "http://a.example/#!7", "http://a.example/", "http://a.example/#times")
    assert [fetcher.fragment_of(url) for url in urls] == ["", "", "", "times"]


def test_one_visit_serves_them_all_and_reads_on_for_them(settings: FetchSettings) -> None:
    target = Target("http://plain.example/x", "http://plain.example/x", fragments=("top", "harbour", "dock"))
    (visit,) = fetcher.visits([target], settings)
    assert visit.missing_fragments == ("harbour", "dock")
