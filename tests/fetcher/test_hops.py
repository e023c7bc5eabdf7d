"""What goes from hop to hop: heads, cookies, detours."""

import pytest

from citecheck.fetcher import detour, heads, redirects, urls
from citecheck.fetcher.cookies import Cookies
from citecheck.fetcher.detour import Detour
from citecheck.fetcher.heads import Head
from citecheck.model import Exchange
from tests.fetcher.fakes import START


def test_an_http2_head_is_written_as_http1() -> None:
    lines = [b"HTTP/2 404 \r\n", b"content-type: text/html\r\n", b"\r\n"]
    assert heads.read(lines) == Head(
        404, (("content-type", "text/html"),), b"HTTP/1.1 404 Not Found\r\ncontent-type: text/html\r\n\r\n"
    )


def test_a_head_is_none_until_it_is_whole() -> None:
    interim = [b"HTTP/1.1 103 Early Hints\r\n", b"Link: </x>\r\n", b"\r\n"]
    final = [b"HTTP/1.1 200 OK\n", b"A: b\n", b"\n"]
    assert [heads.read([*interim, *final[:count]]) for count in range(3)] == [None, None, None]
    trailer = [b"X-Sum: 1\r\n"]
    assert heads.read([*interim, *final, *trailer]) == Head(200, (("A", "b"),), b"HTTP/1.1 200 OK\nA: b\n\n")
    assert heads.read([b"HTTP/1.1 2000 Odd\r\n", b"\r\n"]) is None


def test_cookies_go_where_they_belong() -> None:
    cookies = Cookies()
    home, news, other = (
        urls.parse(f"http://{host}/") for host in ("harbour.example", "news.harbour.example", "o.example")
    )
    lines = ["a=1; Path=/", "b=2; Domain=.harbour.example; Secure", "c=3; Domain=o.example", "e=5; Domain=", "=4", "f"]
    cookies.keep(home, lines, START)
    cookies.keep(news, ["d=5; Domain=example"], START)
    assert [cookies.header(place) for place in (home, news, other)] == ["a=1; b=2; e=5", "b=2", ""]
    cookies.keep(home, ["a=gone; Path=/; Max-Age=0", "b=6; domain=harbour.example"], START)
    assert cookies.header(home) == "b=6; e=5"


def test_cookies_stay_below_their_path() -> None:
    cookies = Cookies()
    lines = ["a=1; Path=/a", "b=2; Path=/a/b/", "c=3; Path=x", "d=4; Path=/z"]
    cookies.keep(urls.parse("http://harbour.example/a/b"), lines, START)
    places = [urls.parse(f"http://harbour.example{path}") for path in ("/a/c", "/a/b", "/ab", "/z?q")]
    assert [cookies.header(place) for place in places] == ["a=1; c=3", "a=1; b=2; c=3", "c=3", "c=3; d=4"]


def test_cookies_are_thrown_away_when_their_time_is_over() -> None:
    cookies, place = Cookies(), urls.parse("http://harbour.example/")
    past, future = "Thu, 01-Jan-1970 00:00:00 GMT", "Fri, 31 Dec 2049 23:59:59 GMT"
    lines = ["a=1", f"b=2; Expires={past}", f"c=3; expires={future}", "d=4; expires=soon"]
    cookies.keep(place, [*lines, f"e=5; max-age=9; expires={past}"], START)
    assert cookies.header(place) == "a=1; c=3; d=4; e=5"
    cookies.keep(place, [f"a=; expires={past}"], START)
    assert cookies.header(place) == "c=3; d=4; e=5"


def test_detours_are_read_as_curl_has_them() -> None:
    rules = ("A.example:443:127.0.0.1:8443", ":80::8080", "[::1]:80:[::2]:", "b.example::c.example:")
    parsed = detour.parse(rules)
    assert parsed == (
        Detour("a.example", 443, "127.0.0.1", 8443),
        Detour("", 80, "", 8080),
        Detour("::1", 80, "::2", None),
        Detour("b.example", None, "c.example", None),
    )
    places = [
        urls.parse(url) for url in ("https://a.example/", "http://x.example/", "http://[::1]/", "https://b.example/")
    ]
    assert [[rule.fits(place) for rule in parsed] for place in places] == [
        [True, False, False, False],
        [False, True, False, False],
        [False, True, True, False],
        [False, False, False, True],
    ]


def test_a_location_may_be_raw_utf8_or_latin1_and_names_a_host() -> None:
    def moved(location: str, status: int = 302) -> Exchange:
        return Exchange(
            url="http://harbour.example/a", started_at=START, http_status=status, headers=(("location", location),)
        )

    assert redirects.location(moved("/möwe".encode().decode("latin-1"))) == "/möwe"
    assert redirects.location(moved("/möwe")) == "/möwe"
    assert redirects.location(moved("/x", 200)) is None
    assert redirects.following(moved("b#c")) == urls.parse("http://harbour.example/b")
    with pytest.raises(ValueError, match=r"`a\.\.b` cannot be a host's name"):
        redirects.following(moved("http://a..b/"))
