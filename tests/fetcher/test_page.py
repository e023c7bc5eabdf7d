"""Titles and decoding of what was fetched."""

import gzip
import zlib

import pytest

from citecheck.fetcher import decoding, page
from citecheck.model import Exchange, Truncation
from tests.fetcher.fakes import START


def html(body: bytes, *headers: tuple[str, str], truncated: Truncation | None = None) -> Exchange:
    headers = headers or (("Content-Type", "text/html"),)
    return Exchange(
        url="http://harbour.example/",
        started_at=START,
        http_status=200,
        headers=headers,
        body=body,
        truncated=truncated,
    )


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (b"<title>\n Tide &amp;  Time </title><p>x", "Tide & Time"),
        (b"<!-- <title>no</title> --><title>Tide</title>", "Tide"),
        (b"<script>'</title>'</script><TITLE lang=en>Tide</TITLE >", "Tide"),
        (b"<title></title>", None),
        (b"<p>no title at all", None),
        (b"<title>never ends", "never ends"),
        (b"", None),
        (b"<title>" + b"x" * 400 + b"</title>", "x" * 300),
    ],
)
def test_a_title_is_one_line_of_text(markup: bytes, title: str | None) -> None:
    assert page.title(html(markup)) == title


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Möwe</title>".encode(), "text/html"),
        ("<title>Möwe</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<title>Möwe</title>".encode("cp1252"), 'text/html; charset="latin1"; x=y'),
        ("<meta charset=cp1251><title>Möwe</title>".replace("ö", "").encode("cp1251"), "text/html"),
        ("\ufeff<title>Möwe</title>".encode("utf-16-le"), "text/html; charset=latin1"),
        ("\ufeff<title>Möwe</title>".encode(), "text/html; charset=latin1"),
        ("<title>Möwe</title>".encode(), "text/html; charset=hex"),
        ("<meta charset=utf-16><title>Möwe</title>".encode(), "text/html"),
        ("<title>Möwe</title>".encode(), "*/*"),
        ("<title>Möwe</title>".encode(), "html; charset=utf-8"),
        ("<title>Möwe</title>".encode(), "text/html; charset=nonsense\x00"),
    ],
)
def test_the_declared_charset_is_honoured(body: bytes, content_type: str) -> None:
    assert page.title(html(body, ("Content-Type", content_type))) in ("Möwe", "Mwe")


def test_other_media_have_no_title() -> None:
    assert page.title(html(b"<title>x</title>", ("Content-Type", "application/pdf"))) is None


MARKUP = b"<title>Tide</title>" + bytes(range(256)) * 40
BARE = zlib.compressobj(wbits=-15)
DEFLATED = BARE.compress(MARKUP) + BARE.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("", MARKUP),
        ("identity", MARKUP),
        ("none", MARKUP),
        ("gzip", gzip.compress(MARKUP)),
        ("X-Gzip", gzip.compress(MARKUP)),
        ("deflate", zlib.compress(MARKUP)),
        ("deflate", DEFLATED),
        ("deflate, gzip", gzip.compress(zlib.compress(MARKUP))),
    ],
)
def test_codings_are_undone(coding: str, body: bytes) -> None:
    assert decoding.content(html(body, ("Content-Encoding", coding))) == MARKUP


def test_a_bomb_ends_at_the_cap() -> None:
    assert (
        len(decoding.content(html(gzip.compress(bytes(50_000_000)), ("Content-Encoding", "gzip")))) == 4 * 1024 * 1024
    )


def test_a_cut_body_yields_what_there_is() -> None:
    cut = gzip.compress(MARKUP)[:-200]
    short = html(cut, ("Content-Encoding", "gzip"), ("Content-Type", "text/html"))
    marked = html(cut, ("Content-Encoding", "gzip"), ("Content-Type", "text/html"), truncated=Truncation.LENGTH)
    for each, wrong in ((short, "the compressed body ends too early"), (marked, None)):
        assert MARKUP.startswith(decoding.content(each))
        assert (page.title(each), decoding.flaw(each)) == ("Tide", wrong)
    with pytest.raises(ValueError, match="ends too early"):
        decoding.text(short, is_sound=True)
    with pytest.raises(ValueError, match="ends too early"):
        decoding.content(html(cut[:10], ("Content-Encoding", "gzip")))


@pytest.mark.parametrize("at", [-6, len(gzip.compress(MARKUP)) // 2])
def test_a_broken_body_yields_what_stands_before_the_break(at: int) -> None:
    broken = bytearray(gzip.compress(MARKUP))
    broken[at] ^= 0xFF
    found = html(bytes(broken), ("Content-Encoding", "gzip"))
    assert (page.title(found), bool(decoding.flaw(found))) == ("Tide", True)


def test_a_coding_not_asked_for_is_told_apart_from_a_broken_one() -> None:
    with pytest.raises(decoding.UnknownCoding, match="br"):
        decoding.content(html(b"\x0b\x02\x80abc\x03", ("Content-Encoding", "br")))
    for plain in (b"Tide", "<p>fog över <b>Holm".encode("latin-1")):
        with pytest.raises(ValueError, match="it is not zstd, as it says"):
            decoding.content(html(plain, ("Content-Encoding", "zstd")))
    assert decoding.content(html(b"", ("Content-Encoding", "zstd"))) == b""
    with pytest.raises(ValueError, match="incorrect header") as broken:
        decoding.content(html(b"no gzip", ("Content-Encoding", "gzip")))
    assert not isinstance(broken.value, decoding.UnknownCoding)
