"""Bytes to text: what a page declares, by whatever name, and what can be guessed of a few words."""

import pytest

from citecheck.extractor.encodings import declared_in, decode


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("ISO-8859-1", "windows-1252", "“père”"),
        ("x-sjis", "cp932", "日本①"),
        ("EUC-KR", "cp949", "한국 똠"),
        ("gb2312", "gb18030", "中国鎔"),
        ("iso-8859-9", "windows-1254", "“ışık”"),
        ("koi8-r", "koi8-r", "путь"),
    ],
)
def test_a_declared_encoding_is_what_browsers_take_it_for(declared: str, encoding: str, text: str) -> None:
    data = f'<meta charset="{declared}"><p>{text}'.encode(encoding)
    assert decode(data, declared_in(data)) == (data.decode(encoding), ())
    assert decode(text.encode(encoding), declared) == (text, ())


@pytest.mark.parametrize("text", ["Le père [x](https://a.example/père) Noël", "Müller sagt nein", "El niño"])
def test_a_few_accents_are_no_text_of_east_asia(text: str) -> None:
    assert decode(text.encode("windows-1252"))[0] == text


def test_a_text_of_east_asia_is_guessed() -> None:
    text = "東京で大雨が降り、川が氾濫したと当局が発表した。" * 5
    assert decode(text.encode("shift_jis")) == (text, ("the text is not UTF-8: it was read as cp932, a guess",))
