"""What editors and docs teams write in besides HTML and Markdown: docx, notebooks, mail, reStructuredText, AsciiDoc."""

import io
import json
import zipfile
from datetime import date

import pytest

from citecheck import extractor
from citecheck.errors import ExtractError
from citecheck.extractor.allowance import Allowance
from citecheck.extractor.readers import Anchor, asciidoc, docx, mail, notebook, rst
from citecheck.model import BlockKind, Source
from citecheck.settings import LimitSettings

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def _docx(body: str, rels: str = "", **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("word/document.xml", f"<w:document {W} {R}><w:body>{body}</w:body></w:document>")
        zipped.writestr("word/_rels/document.xml.rels", f"<Relationships>{rels}</Relationships>")
        for name, content in parts.items():
            zipped.writestr(f"word/{name}.xml", content)
        zipped.writestr("docProps/core.xml", "<x><dc:title>The flood</dc:title></x>")
    return file.getvalue()


def test_a_word_document_gives_its_paragraphs_and_hyperlinks() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>March 6, 2024</w:t></w:r></w:p>'
        '<w:p><w:r><w:t xml:space="preserve">Rain, </w:t></w:r><w:hyperlink r:id="r1"><w:r><w:t>the Wren</w:t></w:r>'
        "<w:r><w:t> said</w:t></w:r></w:hyperlink><w:del><w:r><w:delText>no</w:delText></w:r></w:del>"
        "<w:r><w:t>. See https://b.example/.</w:t></w:r></w:p>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        '<w:instrText> HYPERLINK "https://c.example/" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Field</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> done.</w:t></w:r></w:p>'
    )
    notes = f"<w:footnotes {W}><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnotes>"
    reading = docx.read(_docx(body, '<Relationship Id="r1" Target="https://a.example/"/>', footnotes=notes))
    assert reading.title == "The flood"
    assert [(block.kind, block.text) for block in reading.blocks] == [
        (BlockKind.HEADING, "March 6, 2024"),
        (BlockKind.PARAGRAPH, "Rain, the Wren said. See https://b.example/."),
        (BlockKind.PARAGRAPH, "Field done."),
        (BlockKind.PARAGRAPH, "A note."),
    ]
    assert reading.anchors == (
        Anchor("https://a.example/", "a", 2, 7, "the Wren said", 1, 6, 19),
        Anchor("https://b.example/", "bare", 2, 26, "", 1, 25, 43),
        Anchor("https://c.example/", "a", 3, 1, "Field", 2, 0, 5),
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04broken", "the document is broken: File is not a zip file"),
        (_docx("<w:p>"), "the document is broken: document.xml: mismatched tag: line 1, column 176"),
        (
            _docx("", footnotes='<!DOCTYPE x [<!ENTITY a "b">]><x/>'),
            "the document's word/footnotes.xml declares XML entities; it was not read",
        ),
        (
            _docx("", footnotes=f"<x>{' ' * 2_000_000}</x>"),
            "the document's word/footnotes.xml unpacks to more than 1000000 bytes (limits.part_bytes); it was not read",
        ),
    ],
    ids=["zip", "xml", "entities", "bomb"],
)
def test_hostile_word_documents_are_refused(data: bytes, message: str) -> None:
    allowance = Allowance(LimitSettings(part_bytes=1_000_000))
    with pytest.raises(ExtractError) as caught:
        docx.read(data, allowance=allowance)
    assert str(caught.value) == message


_FLD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def _field(*instruction: str, result: str) -> str:
    parts = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in instruction)
    return f"<w:p>{_FLD.format('begin')}{parts}{_FLD.format('separate')}{result}{_FLD.format('end')}</w:p>"


def test_every_form_of_a_hyperlink_in_a_word_document_is_a_link_once() -> None:
    words = "<w:r><w:t>words</w:t></w:r>"
    box = "<w:txbxContent><w:p><w:r><w:t>Box https://f.example/</w:t></w:r></w:p></w:txbxContent>"
    body = (
        _field(" HYPER", 'LINK "https://a', '.example/" \\t "_blank" ', result=words)
        + _field(" HYPERLINK https://b.example/ ", result=words)
        + _field(' HYPERLINK "https://c.example/" \\l "part" ', result=words)
        + _field(' HYPERLINK \\l "part" ', result=words)
        + _field(' HYPERLINK "https://d.example/" ', result=_field(" PAGE ", result=words)[5:-6] + words)
        + f'<w:p><w:r><w:drawing><a:hlinkClick {_A} r:id="r1"/></w:drawing></w:r></w:p>'
        + f"<w:p><w:r><w:t>See</w:t></w:r><w:r><mc:AlternateContent {_MC}><mc:Choice>{box}</mc:Choice>"
        + f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + "<w:p><w:r><w:t>www.g.example/a</w:t></w:r><w:r><w:noBreakHyphen/><w:t>b</w:t></w:r></w:p>"
        + f'<w:p><w:hyperlink r:id="r2">{words}</w:hyperlink></w:p>'
    )
    relations = '<Relationship Id="r1" Target="https://e.example/"/><Relationship Id="r2" Target="mailto:h@a.example"/>'
    reading = docx.read(_docx(body, relations))
    assert [(each.url, each.text, each.line) for each in reading.anchors or ()] == [
        ("https://a.example/", "words", 1),
        ("https://b.example/", "words", 2),
        ("https://c.example/", "words", 3),
        ("https://d.example/", "wordswords", 5),
        ("https://e.example/", "", 6),
        ("https://f.example/", "", 7),
        ("www.g.example/a-b", "", 8),
        ("mailto:h@a.example", "words", 9),
    ]
    assert (reading.anchors or ())[-2].stands_for == "https://www.g.example/a-b"


@pytest.mark.parametrize("escape", ["/", "<", "é", "\U0001f600"])
def test_a_notebook_may_escape_what_it_likes(escape: str) -> None:
    escaped = "\\/" if escape == "/" else json.dumps(escape)[1:-1].replace("<", r"\u003c")
    said = ['A "é" <b>b</b>\n', "\U0001f600 [Wren](https://a.example/b)\n", "c"]
    cells = [
        {"cell_type": "code", "source": ["c", "https://code.example/"], "outputs": [{"text": said}]},
        {"cell_type": "markdown", "source": said},
        {"cell_type": "markdown", "source": said},
    ]
    data = json.dumps({"cells": cells, "nbformat": 4}, indent=1, ensure_ascii=False).replace(escape, escaped)
    anchors = notebook.read(data.encode()).anchors or ()
    assert [(each.url, each.text) for each in anchors] == [("https://a.example/b", "Wren")] * 2
    lines = data.splitlines()
    assert all(lines[each.line - 1][(each.column or 0) - 1 :].startswith("https:") for each in anchors)
    assert len({each.line for each in anchors}) == 2


def test_a_notebook_gives_its_markdown_where_it_stands_in_the_json() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Flood\n", 'See "é" [Wren](https://a.example/).']},
        {"cell_type": "code", "source": ["x = 'https://code.example/'"]},
        {"cell_type": "markdown", "source": "One.\nTwo https://b.example/."},
    ]
    data = json.dumps({"cells": cells, "nbformat": 4}, indent=1)
    reading = notebook.read(data.encode())
    assert [block.text for block in reading.blocks] == ["Flood", 'See "é" Wren.', "One. Two https://b.example/."]
    lines = data.splitlines()
    assert [(each.url, each.text) for each in reading.anchors or ()] == [
        ("https://a.example/", "Wren"),
        ("https://b.example/", ""),
    ]
    for each in reading.anchors or ():
        assert each.column is not None
        assert lines[each.line - 1][each.column - 1 :].startswith(each.url)


@pytest.mark.parametrize("data", [b'{"cells": [', b'{"cells": ' + b"[" * 100_000], ids=["cut", "deep"])
def test_hostile_notebooks_are_refused(data: bytes) -> None:
    with pytest.raises(ExtractError, match=r"^the notebook is broken: "):
        notebook.read(data)


def test_a_newsletter_gives_its_html_part() -> None:
    data = (
        b"From: The Lark <news@lark.example>\r\nSubject: =?utf-8?q?Fl=C3=BCt?=\r\n"
        b"Date: Tue, 5 Mar 2024 10:00:00 +0100\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/plain\r\n\r\nPlain.\r\n--b\r\nContent-Type: text/html; charset=iso-8859-1\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>Fl=FCt, says <a href=3D'https://a.example/'>Wren</a>.</p>\r\n--b--\r\n"
    )
    reading = mail.read(data)
    assert (reading.title, reading.publisher, reading.published) == ("Flüt", "The Lark", date(2024, 3, 5))
    assert [block.text for block in reading.blocks] == ["Flüt, says Wren."]
    assert [(each.url, each.text) for each in reading.anchors or ()] == [("https://a.example/", "Wren")]
    assert reading.notes == ("lines are those of the mail's text/html part",)


def test_what_is_forwarded_with_a_mail_is_noted() -> None:
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/plain\r\n\r\nSee below.\r\n--b\r\n"
        b"Content-Type: message/rfc822\r\n\r\nSubject: a\r\n\r\nb\r\n"
        b"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nc\r\n--b--\r\n"
    )
    assert mail.read(data).notes == (
        "lines are those of the mail's text/plain part",
        "1 further part of text was not read",
    )


@pytest.mark.parametrize(
    "data", [b"From: a@b.example\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 2000]
)
def test_hostile_mail_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractError, match=r"^the mail "):
        mail.read(data)


RST = """\
=====
Flood
=====

:Date: 2024-03-05
:Language: en

Rain, said the `Wren <https://a.example/>`_, ``https://code.example``; and the
`Heron
Daily`_ and Lark_. See https://b.example/x_.

- one https://c.example/
- two

.. code-block:: text

   https://hidden.example/

.. note:: ignored word

   Shown https://d.example/.

.. image:: https://i.example/1.png

Literal::

    https://literal.example/

.. _heron daily: https://heron.example/
.. _Lark: https://lark.example/
"""


def test_restructuredtext_links_of_every_form() -> None:
    reading = rst.read(RST.encode())
    assert (reading.title, reading.published, reading.language) == ("Flood", date(2024, 3, 5), "en")
    lines = RST.splitlines()
    found = [(each.url, each.origin, each.text) for each in reading.anchors or ()]
    assert (
        found
        == [
            ("https://a.example/", "a", "Wren"),
            ("https://b.example/x_", "bare", ""),
            ("https://c.example/", "bare", ""),
            ("https://d.example/", "bare", ""),
            ("https://i.example/1.png", "img", ""),
            ("https://heron.example/", "a", "Heron Daily"),
            ("https://lark.example/", "a", "Lark"),
            ("https://lark.example/", "a", ""),
        ]
        or found
    )
    for each in reading.anchors or ():
        assert each.column is not None
        assert lines[each.line - 1][each.column - 1 :].startswith(each.url)
    assert reading.blocks[3].text.startswith("Rain, said the Wren, https://code.example; and the Heron Daily and Lark.")


ADOC = """\
= Flood
:revdate: 2024-03-05
:lang: en

== March 6, 2024

Rain, said the https://a.example/[Wren, window=_blank] and link:https://b.example/x[Heron].
See https://c.example/ and `mono`. image::https://i.example/1.png[alt]

* item https://d.example/[d]
----
https://hidden.example/
----
// https://comment.example/
"""


def test_asciidoc_links_of_every_form() -> None:
    reading = asciidoc.read(ADOC.encode())
    assert (reading.title, reading.language) == ("Flood", "en")
    assert [(block.kind, block.text) for block in reading.blocks] == [
        (BlockKind.HEADING, "Flood"),
        (BlockKind.HEADING, "March 6, 2024"),
        (BlockKind.PARAGRAPH, "Rain, said the Wren and Heron. See https://c.example/ and mono."),
        (BlockKind.ITEM, "item d"),
    ]
    lines = ADOC.splitlines()
    assert [(each.url, each.origin, each.text) for each in reading.anchors or ()] == [
        ("https://a.example/", "a", "Wren"),
        ("https://b.example/x", "a", "Heron"),
        ("https://c.example/", "bare", ""),
        ("https://i.example/1.png", "img", ""),
        ("https://d.example/", "a", "d"),
        ("https://hidden.example/", "code", ""),
    ]
    for each in reading.anchors or ():
        assert each.column is not None
        assert lines[each.line - 1][each.column - 1 :].startswith(each.url)


def test_fields_and_revision_lines_are_no_text_and_notes_keep_their_links() -> None:
    source = (
        "Fire\n====\n\n:Date: 2024-02-03\n:Author: Lea Orr\n\nNobody was hurt in the fire [1]_.\n\n"
        ".. [1] The log, https://log.example/x\n"
    )
    document = extractor.extract(Source("a.rst", source.encode(), "text/x-rst"))
    (update,) = document.updates
    assert (document.published, [claim.text for claim in update.claims]) == (
        date(2024, 2, 3),
        ["Nobody was hurt in the fire [1]."],
    )
    assert [(link.url, link.line, link.column, link.claim) for link in document.links] == [
        ("https://log.example/x", 9, 17, "c1")
    ]
    reading = asciidoc.read(b"= Flood\nLea Orr\nv1, 2024-01-05\n\nThe meadow is under water.\n")
    assert (reading.published, [block.text for block in reading.blocks]) == (
        date(2024, 1, 5),
        ["Flood", "The meadow is under water."],
    )
