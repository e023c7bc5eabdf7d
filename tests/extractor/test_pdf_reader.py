"""PDF: a page as a browser prints it, and files that are broken, encrypted or without text."""

from datetime import date
from pathlib import Path

import pytest

from citecheck import extractor
from citecheck.errors import ExtractError
from citecheck.extractor.readers import pdf
from citecheck.model import BlockKind, Box, Document, Source

DATA = Path(__file__).parent / "data"


def _document(name: str, media: str) -> Document:
    return extractor.extract(Source(name, (DATA / name).read_bytes(), media))


def _laid(document: Document) -> list[tuple[str, str, str | None]]:
    claims = {claim.id: claim.text for update in document.updates for claim in update.claims}
    return [(link.url, link.text, claims.get(link.claim or "")) for link in document.links]


def test_a_live_blog_printed_by_a_browser_keeps_its_links_and_their_claims() -> None:
    page, printed = _document("flood.html", "text/html"), _document("flood.pdf", "application/pdf")
    assert [each[1:] for each in _laid(printed)] == [each[1:] for each in _laid(page)]
    assert [each[0] for each in _laid(printed)] == [each[0] for each in _laid(page)]
    assert len(printed.links) == 8
    for one, other in zip(page.updates[1:], printed.updates[1:], strict=True):
        assert (one.heading, one.date, one.credit_line) == (other.heading, other.date, other.credit_line)
        assert [claim.text for claim in one.claims] == [claim.text for claim in other.claims]
    assert printed.title == "Flood on the Aure: what we know"
    assert [(update.date, update.pages) for update in printed.updates] == [
        (None, (1,)),
        (date(2024, 3, 6), (1,)),
        (date(2024, 3, 5), (2,)),
    ]
    assert not printed.keeps_links  # page by page


@pytest.mark.parametrize(
    ("name", "in_tables"),
    [("mill", {"https://union.example/count", "https://gull.example/count"}), ("verdict", set())],
    ids=["letter, two columns, with feet", "A4, justified, with notes"],
)
def test_other_layouts_keep_their_links_and_claims_too(name: str, in_tables: set[str]) -> None:
    page, printed = _document(f"{name}.html", "text/html"), _document(f"{name}.pdf", "application/pdf")
    assert [each for each in _laid(printed) if each[0] not in in_tables] == [
        each for each in _laid(page) if each[0] not in in_tables
    ]
    assert [(link.url, link.text, link.update) for link in printed.links] == [
        (link.url, link.text, link.update) for link in page.links
    ]
    for one, other in zip(page.updates, printed.updates, strict=True):
        assert (one.heading, one.time, one.credit_line) == (other.heading, other.time, other.credit_line)


def test_a_link_and_a_block_have_their_place_on_the_sheet() -> None:
    reading = pdf.read((DATA / "verdict.pdf").read_bytes())
    boxes = {each.url: each.box for each in reading.anchors or () if each.box}
    assert boxes["https://harsumer-bote.example/gutachter"] == Box(478.5, 639.4, 518.2, 652.2)
    assert len(boxes) == 7
    for block in reading.blocks:
        assert block.box and 70 < block.box.left < block.box.right < 525 and 0 < block.box.bottom < block.box.top < 842


def _pdf(content: str, *, annotations: str = "", trailer: str = "", pages: int = 1) -> bytes:
    """A PDF by hand: Helvetica text on each page, with annotations."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< >>",
    ]
    for number in range(pages):
        stream = content.replace("PAGE", str(number + 1))
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {6 + 2 * number} 0 R"
            f" /Resources << /Font << /F 3 0 R >> >> /Annots [{annotations}] >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + end.encode()


def _line(text: str, height: int, size: int = 12) -> str:
    return f"BT /F {size} Tf 50 {height} Td ({text}) Tj ET\n"


def test_running_heads_and_page_feet_are_no_text_and_sentences_cross_pages() -> None:
    content = (
        _line("The Lark, page PAGE", 770)
        + _line("The river rose in the night and the lower streets", 700)
        + _line("were closed, they said, to all traffic but boats on", 686)
        + _line("Printed by the Lark", 30, 8)
    )
    blocks = pdf.read(_pdf(content, pages=3)).blocks
    sentence = "The river rose in the night and the lower streets were closed, they said, to all traffic but boats on"
    assert [(block.kind, block.text) for block in blocks] == [
        (BlockKind.PARAGRAPH, f"{sentence} {sentence} {sentence}")
    ]
    assert [mark.page for mark in blocks[0].marks] == [1, 1, 2, 2, 3, 3]


def test_a_link_over_two_lines_is_one_and_a_bare_url_is_seen() -> None:
    link = "<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://a.example/x) >> /Rect"
    annotations = f"{link} [88 697 300 712] >> {link} [50 683 90 698] >>"
    content = _line("Two lines of a link that goes", 700) + _line("on here, and https://b.example/y.", 686)
    reading = pdf.read(_pdf(content, annotations=annotations))
    assert [(each.url, each.origin, each.line, each.text) for each in reading.anchors or ()] == [
        ("https://a.example/x", "a", 1, "es of a link that goes on here"),
        ("https://b.example/y", "bare", 2, ""),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\ngarbage", "the PDF is broken: nothing can be read of it"),
        ((DATA / "flood.pdf").read_bytes()[:3000], "the PDF is broken: nothing can be read of it"),
        (
            _pdf(
                "",
                trailer=f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                f"/O <{'11' * 32}> /U <{'22' * 32}> >>",
            ),
            "the PDF is encrypted: save it without its password",
        ),
    ],
    ids=["garbage", "cut", "encrypted"],
)
def test_what_cannot_be_opened_is_told(data: bytes, message: str) -> None:
    with pytest.raises(ExtractError) as caught:
        pdf.read(data)
    assert str(caught.value) == message


def test_a_pdf_of_pictures_has_no_text() -> None:
    assert pdf.read(_pdf("")).blocks == ()
