"""Pages are read in the charset that they are in, whatever server and page say."""

import pytest

from citecheck.fetcher.charsets import decoded

TEXTS = {
    "cp1251": "Паром снова ходит на остров, сообщила газета",
    "koi8-r": "Паром снова ходит на остров, сообщила газета",
    "cp932": "ホルム行きのフェリーは火曜日に再開しました。",
    "euc_jp": "ホルム行きのフェリーは火曜日に再開しました。",
    "cp949": "페리는 화요일에 다시 운항을 시작했습니다",
    "gb18030": "渡轮星期二恢复航行，港口挤满了人。",
    "cp1253": "Το πλοίο ταξίδεψε ξανά την Τρίτη",
    "cp1256": "العبارة أبحرت مرة أخرى يوم الثلاثاء",
    "cp1255": "המעבורת הפליגה שוב ביום שלישי",
    "cp1252": "La página del transbordador está aquí",
}


@pytest.mark.parametrize(("charset", "text"), TEXTS.items())
@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=utf-8", "text/html; charset=klingon"])
def test_a_page_that_does_not_say_its_charset_is_read_all_the_same(charset: str, text: str, content_type: str) -> None:
    assert decoded(f"<p>{text}".encode(charset), content_type) == f"<p>{text}"


@pytest.mark.parametrize(("charset", "text"), TEXTS.items())
@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=iso-8859-1", "text/html; charset=utf-8"])
def test_a_page_knows_its_charset_better_than_its_server(charset: str, text: str, content_type: str) -> None:
    markup = f"<meta charset={charset}><p>{text}"
    assert decoded(markup.encode(charset), content_type) == markup


def test_a_broken_letter_does_not_change_the_charset() -> None:
    text = "Паром снова ходит на остров. " * 100
    assert decoded(text.encode() + b"\xff" + text.encode(), "text/html") == f"{text}\ufffd{text}"
    assert decoded(text.encode()[:1201], "text/html").endswith("\ufffd")  # cut within a letter


def test_a_codec_that_no_page_is_in_is_not_heeded() -> None:
    for name in ("hex", "idna", "punycode", "unicode_escape", "undefined", "nonsense\0"):
        assert decoded("<p>Fähre".encode(), f"text/html; charset={name}").startswith("<p>F")
