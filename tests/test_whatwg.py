"""The pattern of plain URLs against the parser that it stands in for."""

import can_ada
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck import whatwg

PLAIN = (
    "https://harbour.example/",
    "http://harbour.example:8080/a/b.html",
    "https://www.harbour-news.example/2026/11/~editor/a,b;c=d/(e)!f'g*h+i:j@k%20l%?q=1&r=2",
    "https://harbour.example/search?q=a/b?c:d@e%2F~f&x=1",
    "http://127.0.0.1:58080/x",
    "http://localhost/x",
    "http://1.2.3.4.example/x",
    "https://harbour.example//x//y/",
    "https://a--b.example/x",
)
NOT_PLAIN = (
    "HTTP://harbour.example/",
    "http://Harbour.example/",
    "http://harbour.example",
    "http://harbour.example:80/",
    "https://harbour.example:443/",
    "http://harbour.example:65536/",
    "http://harbour.example:08/",
    "http://harbour.example:/",
    "http://user@harbour.example/",
    "http://xn--mwe-sna.example/",
    "http://möwe.example/",
    "http://1.2.3/",
    "http://1.2.3.256/",
    "http://1.2.3.04/",
    "http://a.0x7f/",
    "http://harbour.example/./x",
    "http://harbour.example/a/../x",
    "http://harbour.example/a/%2E%2e/x",
    "http://harbour.example/ä",
    "http://harbour.example/a b",
    "http://harbour.example/a\n",
    "http://harbour.example\\x",
    "http://harbour.example/a|b",
    "http://harbour.example/x?",
    "http://harbour.example/x?a'b",
    "http://harbour.example/x?a\\b",
    "http:///harbour.example/",
    "ftp://harbour.example/x",
    "//harbour.example/x",
)


@pytest.mark.parametrize("url", PLAIN)
def test_a_url_that_is_left_as_it_is_needs_no_reading(url: str) -> None:
    plain = whatwg.PLAIN.fullmatch(f"{url}#part:~:text=x")
    read = can_ada.parse(url)
    assert plain is not None
    assert plain.groups("") == (
        read.href,
        read.protocol[:-1],
        read.hostname,
        read.port,
        read.pathname,
        read.search,
    )
    assert plain[1] == url


@pytest.mark.parametrize("url", NOT_PLAIN)
def test_all_others_are_read(url: str) -> None:
    assert whatwg.PLAIN.fullmatch(url) is None


_HOSTS = st.from_regex(r"(?:[a-z0-9.-]{1,20}|[0-9x]{1,4}(?:\.[0-9x]{1,4}){1,4})(?::[0-9]{1,5})?", fullmatch=True)
_RESTS = st.text(st.characters(min_codepoint=32, max_codepoint=127), max_size=30)


@given(st.sampled_from(("http", "https")), _HOSTS, _RESTS)
def test_what_is_plain_is_what_the_parser_makes_of_it(scheme: str, host: str, rest: str) -> None:
    plain = whatwg.PLAIN.fullmatch(f"{scheme}://{host}/{rest}")
    if plain:
        read = can_ada.parse(plain[1])
        assert plain.groups("") == (
            plain[1],
            read.protocol[:-1],
            read.hostname,
            read.port,
            read.pathname,
            read.search,
        )
        assert read.href == plain[1]


@pytest.mark.parametrize("url", ["http://", "harbour.example/x", "http://\ud800/"])
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        whatwg.parse(url)
