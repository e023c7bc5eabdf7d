"""Places within pages: found, missing, and those of which nothing can be said."""

import struct
import sys
import zlib

import pytest
from msgspec.structs import replace

from citecheck import fetcher
from citecheck.fetcher import fragments, page
from citecheck.model import Exchange, Failure, Target, Truncation
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import START

MARKUP = (
    """<title>Tides</title><body id=page><h1>The Tide &amp; the Ferry</h1><a name="times"></a><p id="möwe">High water is
at <b>nine</b> on Tuesday, they say, and the ferry waits for nobody.</p><h2 id="user-content-fares">Fares</h2>
<h2>How to get there</h2><h2>How to get there</h2><h2 id="prices">The fares of the day</h2>
<h3>Étape</h3><h3>Étape</h3><h3>Шаги</h3><i id="caf%C3%A9"></i><input name="email">
<div style="DISPLAY: none">not to be seen</div><p hidden>nor this</p>
<p>By boat, of course, as everybody does who has tried the road.</p>"""
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
        "the-tide-the-ferry",
        "m\u00f6we",
        "TOP",
        "caf%C3%A9",
        "café",
        "user-content-fares",
        "étape-1",
        "%C3%A9tape",
        "etape",
        "шаги",
        "L10-L20",
        "lines-10:20",
        "issuecomment-1234567",
        "discussion_r1234",
        "diff-0123456789abcdef0123456789abcdefR7",
        "t=1m30s",
        "xywh=percent:5,5,15,15",
        "gid=0",
        "heading%3Dh.1",
        ":~:text=nine%20on%20Tuesday",
        ":~:text=NINE%20on%20tuesday,waits",
        "times:~:text=at-,nine,-on",
        ":~:text=High-,water",
        ":~:text=ferry&text=by%20boat",
        ":~:text=Шаги-,by%20boat",
        "page:~:selector(type=CssSelector,value=p)&text=by%20boat",
    ],
)
def test_what_is_there_is_found(fragment: str) -> None:
    assert missing(brought(MARKUP), fragment) == ()


@pytest.mark.parametrize(
    "fragment",
    [
        "harbour",
        "Times",
        "moewe",
        "how-to-get-there-2",
        "the-fares-of-the-day",
        "email",
        "line",
        "issuecomment",
        "comment-five",
        ":~:text=ten%20on%20Tuesday",
        ":~:text=on-,nine",
        ":~:text=ferry&text=by%20bus",
        ":~:text=be%20seen",
        ":~:text=nor%20this",
    ],
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


def packed_pdf(pages: int) -> bytes:
    """A PDF of empty pages whose page tree stands in an object stream, as most programs write it (PDF 1.5, 7.5.7)."""
    kids = " ".join(f"{number + 2} 0 R" for number in range(1, pages + 1))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"] * pages
    starts = [sum(len(each) + 1 for each in objects[:index]) for index in range(len(objects))]
    index = " ".join(f"{number} {start}" for number, start in enumerate(starts, 1)) + " "
    content = zlib.compress((index + "\n".join(objects)).encode())
    holder, table = len(objects) + 1, len(objects) + 2
    head = b"%PDF-1.5\n"
    stream = (
        (
            f"{holder} 0 obj << /Type /ObjStm /N {len(objects)} /First {len(index)} /Filter /FlateDecode "
            f"/Length {len(content)} >>\nstream\n"
        ).encode()
        + content
        + b"\nendstream endobj\n"
    )
    rows = [(0, 0, 0), *((2, holder, number) for number in range(len(objects)))]
    rows += [(1, len(head), 0), (1, len(head) + len(stream), 0)]
    cells = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    references = (
        (
            f"{table} 0 obj << /Type /XRef /Size {len(rows)} /W [1 4 2] /Root 1 0 R /Filter /FlateDecode "
            f"/Length {len(cells)} >>\nstream\n"
        ).encode()
        + cells
        + b"\nendstream endobj\n"
    )
    return head + stream + references + f"startxref\n{len(head) + len(stream)}\n%%EOF\n".encode()


def test_the_pages_of_a_packed_pdf_are_counted() -> None:
    pdf = replace(brought("", "application/pdf"), body=packed_pdf(12))
    assert b"/Count" not in pdf.body
    assert missing(pdf, "page=1", "page=12", "page=13", "nameddest=quay") == ("page=13",)
    assert missing(replace(pdf, body=pdf.body[:200]), "page=13") == ()


def test_without_pdfium_a_packed_pdf_is_taken_to_have_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    pdf = replace(brought("", "application/pdf"), body=packed_pdf(12))
    assert missing(pdf, "page=13") == ()


def test_a_script_has_fragments_of_its_own() -> None:
    urls = ("http://a.example/#/inbox", "http://a.example/#!7", "http://a.example/", "http://a.example/#times")
    assert [fetcher.fragment_of(url) for url in urls] == ["", "", "", "times"]


def test_one_visit_serves_them_all_and_reads_on_for_them(settings: FetchSettings) -> None:
    target = Target("http://plain.example/x", "http://plain.example/x", fragments=("top", "harbour", "dock"))
    (visit,) = fetcher.Crew(settings).visits([target])
    assert visit.missing_fragments == ("harbour", "dock")
