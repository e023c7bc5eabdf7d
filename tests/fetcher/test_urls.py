"""URLs as browsers read and join them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.fetcher import urls
from citecheck.fetcher.urls import Place

BASE = urls.parse("https://harbour.example:8443/a/b/page?q=1")
ORIGIN = "https://harbour.example:8443"


def test_a_place_has_what_a_request_needs() -> None:
    assert urls.parse("HTTP://user:secret@Harbour.EXAMPLE:80/ä/../b c?x=\\1#part") == Place(
        url="http://harbour.example/b%20c?x=%5C1",
        scheme="http",
        host="harbour.example",
        port=80,
        path="/b%20c",
        query="?x=%5C1",
    )


def test_an_ipv6_host_loses_its_brackets() -> None:
    place = urls.parse("https://[2001:DB8::1]/")
    assert (place.url, place.host, place.port) == ("https://[2001:db8::1]/", "2001:db8::1", 443)


@pytest.mark.parametrize("url", ["ftp://x/", "mailto:a@b.example", "harbour.example/x", "http://", "http://\ud800/"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        urls.parse(url)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("c", f"{ORIGIN}/a/b/c"),
        ("../c", f"{ORIGIN}/a/c"),
        ("/c", f"{ORIGIN}/c"),
        ("\\c", f"{ORIGIN}/c"),
        ("?r=2", f"{ORIGIN}/a/b/page?r=2"),
        ("#top", f"{ORIGIN}/a/b/page?q=1"),
        ("", f"{ORIGIN}/a/b/page?q=1"),
        ("//gull.example/x", "https://gull.example/x"),
        ("\\\\gull.example/x", "https://gull.example/x"),
        ("https://gull.example", "https://gull.example/"),
        ("https:c", f"{ORIGIN}/a/b/c"),
        ("https:/c", f"{ORIGIN}/c"),
        ("http:gull.example", "http://gull.example/"),
        (" \t/c\n", f"{ORIGIN}/c"),
        ("/möwe", f"{ORIGIN}/m%C3%B6we"),
    ],
)
def test_a_reference_is_joined_as_browsers_do(reference: str, expected: str) -> None:
    assert urls.join(BASE, reference).url == expected


@given(st.text(max_size=40))
def test_a_join_is_stable_or_refused(reference: str) -> None:
    try:
        joined = urls.join(BASE, reference)
    except ValueError:
        return
    assert urls.join(BASE, joined.url) == joined
    assert joined.url.isascii()
