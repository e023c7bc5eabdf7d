import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.archive.cdxj import media_type, surt


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://harbour-gazette.example", "example,harbour-gazette)/"),
        ("http://harbour-gazette.example/", "example,harbour-gazette)/"),
        ("https://WWW.Harbour-Gazette.example/News/", "example,harbour-gazette)/news"),
        ("https://www2.harbour-gazette.example/", "example,harbour-gazette)/"),
        ("https://www.example/", "example,www)/"),
        ("https://news.harbour-gazette.example./a", "example,harbour-gazette,news)/a"),
        ("http://harbour-gazette.example:80/a", "example,harbour-gazette)/a"),
        ("https://harbour-gazette.example:443/a", "example,harbour-gazette)/a"),
        ("http://harbour-gazette.example:443/a", "example,harbour-gazette:443)/a"),
        ("http://harbour-gazette.example:8080/a", "example,harbour-gazette:8080)/a"),
        ("http://127.0.0.1:33847/a", "1,0,0,127:33847)/a"),
        ("http://[2001:DB8::1]:81/a", "[2001:db8::1]:81)/a"),
        ("http://harbour-gazette.example/a?", "example,harbour-gazette)/a"),
        ("http://harbour-gazette.example/a?b=2&A=1&c", "example,harbour-gazette)/a?a=1&b=2&c"),
        ("http://harbour-gazette.example?q=1", "example,harbour-gazette)/?q=1"),
        ("http://editor:pw@harbour-gazette.example/a#b", "example,harbour-gazette)/a"),
        ("http://[broken/A", "http://[broken/a"),
    ],
)
def test_a_key_is_the_host_reversed_and_one_spelling_of_the_rest(url: str, key: str) -> None:
    assert surt(url) == key


@given(st.text(max_size=30))
def test_every_url_has_a_key(rest: str) -> None:
    assert surt(f"http://{rest}")


@pytest.mark.parametrize(
    ("header", "media"),
    [
        ("text/html", "text/html"),
        (" Text/HTML; charset=utf-8", "text/html"),
        ("application/atom+xml;type=feed", "application/atom+xml"),
        ("\x1b[31m", "unk"),
        ("", "unk"),
        (None, "unk"),
    ],
)
def test_the_media_type_stands_without_parameters(header: str | None, media: str) -> None:
    assert media_type(header) == media
