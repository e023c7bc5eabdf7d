"""The lines of `citecheck links`, and the documents of a liveness check."""

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from citecheck import extractor
from citecheck.extractor.listing import Listing, Wanted, document_of, listing_of
from citecheck.extractor.workers import mapped
from citecheck.model import Document, Link, Source
from citecheck.settings import LimitSettings, Settings, SourceSettings

PAGE = b"""<base href="/d/"><a href="https://a.example/#x">The <b>quay</b></a>
<img src="i.png"> www.b.example <code>https://c.example</code>
<a href="mailto:desk@d.example">d</a><a href="ttps://e.example/">e</a><a href="https://u:p@f.example/">f</a>"""


def page(name: str = "p.html", address: str | None = None, media: str = "text/html", data: bytes = PAGE) -> Source:
    return Source(name=name, data=data, media=media, address=address)


def listing(source: Source, wanted: Wanted | None = None, settings: Settings | None = None) -> Listing:
    return listing_of(source, settings or Settings(), wanted or Wanted())


def test_a_listing_has_a_line_a_url_and_says_what_is_wrong() -> None:
    told = listing(page())
    assert told.lines.decode() == (
        "p.html:1:27\thttps://a.example/#x\n"
        "p.html:2:11\ti.png\n"
        "p.html:2:19\thttps://www.b.example\n"
        "p.html:3:10\tmailto:desk@d.example\n"
        "p.html:3:47\tttps://e.example/\n"
        "p.html:3:80\thttps://u:p@f.example/\n"
    )
    assert told.remarks == (
        "p.html:3:47: invalid-url: ttps://e.example/: `ttps://` is no `https://`; perhaps https://e.example/",
        "p.html:3:80: the URL shows a user's name or password to whoever reads it",
    )


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(frozenset({"img", "bare"})), ["i.png", "https://www.b.example"]),
        (Wanted(frozenset({"code"})), ["https://c.example"]),
        (Wanted(frozenset({"img"}), include_code=True), ["i.png"]),
        (Wanted(frozenset({"img", "code"}), include_code=True), ["i.png", "https://c.example"]),
        (Wanted(frozenset({"css"})), []),
    ],
)
def test_origins_can_be_chosen(wanted: Wanted, expected: list[str]) -> None:
    assert [line.partition("\t")[2] for line in listing(page(), wanted).lines.decode().splitlines()] == expected


def test_code_is_listed_when_asked_for() -> None:
    assert b"p.html:2:39\thttps://c.example\n" in listing(page(), Wanted(include_code=True)).lines


def test_a_slip_is_listed_as_it_is_written_and_what_is_none_as_what_it_stands_for() -> None:
    text = b"See http:/a.example/b, https:\\\\c.example and www.d.example/e or https://1.2.3.400/."
    told = listing(page("a.rst", media="text/x-rst", data=text))
    assert [line.partition("\t")[2] for line in told.lines.decode().splitlines()] == [
        "http:/a.example/b",
        "https:\\\\c.example",
        "https://www.d.example/e",
        "https://1.2.3.400/",
    ]
    assert [remark.partition(": ")[2] for remark in told.remarks] == [
        "invalid-url: http:/a.example/b: `http:/` is no `http://`; perhaps http://a.example/b",
        "invalid-url: https:\\\\c.example: `https:\\\\` is no `https://`; perhaps https://c.example",
        "invalid-url: https://1.2.3.400/: no browser can ask for it",
    ]


def test_what_a_reader_notes_is_said_of_its_links_too() -> None:
    mail = b"From: a@a.example\nTo: b@a.example\nSubject: c\n\nhttps://d.example/ fl\xf6sse"
    told = listing(page("a.eml", media="message/rfc822", data=mail))
    assert told.lines == b"a.eml:1:1\thttps://d.example/\n"
    assert told.remarks[-1] == "a.eml: lines are those of the mail's text/plain part"
    assert len(told.remarks) == 2


def test_a_url_cannot_break_its_line_or_move_a_cursor() -> None:
    data = "<a href='https://a.example/\n\x1b[2J\u202eb'>".encode()
    assert listing(page(data=data)).lines.decode() == "p.html:1:10\thttps://a.example/%0A%1B[2J%E2%80%AEb\n"


def test_a_url_without_end_is_left_out_with_a_note() -> None:
    settings = Settings(limits=LimitSettings(url_chars=20))
    data = b"\n<a href='https://a.example/bcdefgh'>"
    note = "line 2: a URL of 25 characters was left out; limits.url_chars is 20"
    assert listing(page(data=data), settings=settings) == (b"", (f"p.html: {note}",))
    assert document_of(page(data=data), settings) == Document("p.html", (), (), notes=(note,))


def test_a_document_has_the_links_that_can_be_requested_resolved_where_the_page_says_so() -> None:
    def link(number: int, url: str, target: str, origin: str, line: int, column: int, text: str = "") -> Link:
        return Link(f"l{number}", url, target, origin, line, column, text)

    at_home = document_of(page(address="https://p.example/x/y?z"), Settings())
    assert at_home.links == (
        link(1, "https://a.example/#x", "https://a.example/", "a", 1, 27, "The quay"),
        link(2, "i.png", "https://p.example/d/i.png", "img", 2, 11),
        link(3, "www.b.example", "https://www.b.example/", "bare", 2, 19),
        link(4, "mailto:desk@d.example", "mailto:desk@d.example", "a", 3, 10, "d"),
        link(5, "ttps://e.example/", "ttps://e.example/", "a", 3, 47, "e"),
        link(6, "https://u:p@f.example/", "https://u:p@f.example/", "a", 3, 80, "f"),
    )
    alone = document_of(page(), Settings())
    assert [each.url for each in alone.links] == [each.url for each in at_home.links if each.url != "i.png"]
    (note,) = alone.notes
    assert note == (
        "1 relative URL was left out: nothing says where the page stands (no <base href>, no canonical link)"
    )


def test_relative_urls_of_a_page_saved_from_a_site_are_of_its_canonical_address(tmp_path: Path) -> None:
    data = (
        b'<link href="https://p.example/2024/flood" rel="canonical"><p>See <a href="/quay?a=1">the quay</a> and more.'
    )
    saved = page(str(tmp_path / "p.html"), data=data)
    for document in (document_of(saved, Settings()), extractor.extract(saved)):
        assert [(each.url, each.target) for each in document.links if each.origin == "a"] == [
            ("/quay?a=1", "https://p.example/quay?a=1")
        ]
        assert document.notes == ()
    # A file beside it tells that it stands where it was written.
    docs = data.replace(b"/quay?a=1", b"quay.html")
    (tmp_path / "p.html").write_bytes(docs)
    (tmp_path / "quay.html").write_bytes(b"")
    for document in (document_of(replace(saved, data=docs), Settings()), extractor.extract(replace(saved, data=docs))):
        assert (tmp_path / "quay.html").as_uri() in [each.target for each in document.links]


def test_a_style_sheet_and_a_plain_text_are_listed_too() -> None:
    css = page("s.css", media="text/css", data=b"/* x */\na { background: url('https://a.example/i.png') }")
    text = page("t.txt", media="text/plain", data=b"See https://a.example/b, doi:10.5555/c.")
    assert listing(css).lines.decode() == "s.css:2:22\thttps://a.example/i.png\n"
    assert listing(text).lines.decode() == "t.txt:1:5\thttps://a.example/b\nt.txt:1:26\thttps://doi.org/10.5555/c\n"
    assert extractor.extract(css).links == document_of(css, Settings()).links


def test_declared_and_guessed_encodings_are_honoured() -> None:
    data = '<meta charset="windows-1251"><a href="https://a.example/мир">'.encode("windows-1251")
    assert listing(page(data=data)).lines.decode() == "p.html:1:39\thttps://a.example/мир\n"
    data = '<a href="https://a.example/мир">'.encode("windows-1251")
    assert (
        listing(replace(page(data=data), encoding="windows-1251")).lines.decode()
        == "p.html:1:10\thttps://a.example/мир\n"
    )


def test_many_files_are_read_by_several_processes_in_their_order(tmp_path: Path) -> None:
    names: list[str | Source] = []
    for number in range(12):
        path = tmp_path / f"{number:02}.html"
        path.write_text("<p>words </p>" * 80_000 + f"<a href=https://a.example/{number}>", encoding="utf-8")
        names.append(str(path))
    assert list(mapped(_last_word, names)) == [f"https://a.example/{number}" for number in range(12)]


def _last_word(name: str | Source) -> str:
    assert isinstance(name, str)
    source = Source(name=name, data=Path(name).read_bytes(), media="text/html")
    return listing_of(source, Settings(), Wanted()).lines.decode().rpartition("\t")[2].strip()


def test_a_liveness_check_loads_neither_parsers_nor_the_registry() -> None:
    code = (
        "import sys; from citecheck import extractor; from citecheck.model import Source\n"
        "for media in ('text/html', 'text/markdown'):\n"
        "    extractor.extract(Source('x', b'<a href=https://a.example/>', media), links_only=True)\n"
        "heavy = {'bs4', 'sentencex', 'publicsuffixlist', 'citecheck.extractor.outlets'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "text", "columns"),
    [
        ("a.md", "Say `https://a.example/` at https://b.example/.\n\n```\nget https://c.example/\n```\n", (6, 29)),
        ("a.rst", "Say ``https://a.example/`` at https://b.example/::\n\n get https://c.example/\n", (7, 31)),
        ("a.adoc", "Say `https://a.example/` at https://b.example/.\n\n----\nget https://c.example/\n----\n", (6, 29)),
        ("a.html", "<code>https://a.example/</code> at https://b.example/.\n<pre>https://c.example/</pre>", (7, 36)),
    ],
)
def test_code_counts_where_it_is_asked_for_in_every_format(name: str, text: str, columns: tuple[int, ...]) -> None:
    settings = Settings(sources=SourceSettings(include_code=True))
    source = extractor.typed(Source(name, text.encode()), settings.limits)
    for links_only in (False, True):
        told = extractor.extract(source, settings, links_only=links_only).links
        assert [(link.origin, link.url) for link in told] == [
            ("code", "https://a.example/"),
            ("bare", "https://b.example/"),
            ("code", "https://c.example/"),
        ]
        assert tuple(link.column for link in told[:2]) == columns
        assert [link.url for link in extractor.extract(source, links_only=links_only).links] == ["https://b.example/"]
    assert "c.example" in listing(source, Wanted(include_code=True)).lines.decode()
