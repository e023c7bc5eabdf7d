import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.extractor import urls
from tests.effort import ends_within


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://a.example/b.", ["https://a.example/b"]),
        ("(https://a.example/b_(c)), and", ["https://a.example/b_(c)"]),
        ("“https://a.example/é”, he said", ["https://a.example/é"]),
        ("https://a.example’s page", ["https://a.example"]),
        ("<https://a.example/x>;", ["https://a.example/x"]),
        ("[words](http://a.example/b?c=d#e).", ["http://a.example/b?c=d#e"]),
        ("![a](https://a.example/b_(c).jpg)Image: D", ["https://a.example/b_(c).jpg"]),
        ("[http://a.example](http://b.example/)", ["http://a.example", "http://b.example/"]),
        (
            "https://h.example/press#%7B%22id%22:[%22003%22]%7D now",
            ["https://h.example/press#%7B%22id%22:[%22003%22]%7D"],
        ),
        ("at http://[2001:db8::1]:8080/a!", ["http://[2001:db8::1]:8080/a"]),
        ("https://bücher.example/ü?", ["https://bücher.example/ü"]),
        ("https://user:pa55@a.example/", ["https://user:pa55@a.example/"]),
        ("HTTP://A.EXAMPLE and ftp://f.example/x", ["HTTP://A.EXAMPLE", "ftp://f.example/x"]),
        ("真https://a.example/b。次", ["https://a.example/b"]),
        ("看 https://a.example/b。次", ["https://a.example/b"]),
        ("**https://a.example/b** and _https://a.example/c_, then https://a.example/_",
         ["https://a.example/b", "https://a.example/c", "https://a.example/_"]),
        ("pic.twitter.com/abc, x-http.example, https://, http://.", []),
        ("at (www.a.example/b). and WWW2.B.example, a.www.c.example, d@www.e.example, www.f, www.1.2",
         ["www.a.example/b", "WWW2.B.example"]),
        ("doi:10.5555/abc.1(2), DOI: 10.5555/x; https://doi.org/10.5555/y and 10.2019/2020, 1.10.5555/z",
         ["doi:10.5555/abc.1(2)", "DOI: 10.5555/x", "https://doi.org/10.5555/y"]),
        ("https://a.example/b، https://a.example/c؟ https://a.example/d।", [f"https://a.example/{x}" for x in "bcd"]),
        ("https://a.example/b։ https://a.example/c។ https://a.example/d။", [f"https://a.example/{x}" for x in "bcd"]),
        ("https://a.example/b（注）https://a.example/c〉", ["https://a.example/b", "https://a.example/c"]),
        ("https://a.example/b—which https://a.example/c–d https://a.example/e\u200b\u202c.",
         ["https://a.example/b", "https://a.example/c–d", "https://a.example/e"]),
        ("&lt;https://a.example/b&gt; https://a.example/c?d=1&e;f", ["https://a.example/b", "https://a.example/c?d=1&e;f"]),
        ("https://a.example/b;https://a.example/c,http://a.example/d|https://a.example/e?f=https://g.example",
         ["https://a.example/b", "https://a.example/c", "http://a.example/d", "https://a.example/e?f=https://g.example"]),
        ("~~https://a.example/b~~ ==https://a.example/c== https://a.example/~ https://a.example/d[",
         ["https://a.example/b", "https://a.example/c", "https://a.example/~", "https://a.example/d"]),
        ("ttps://a.example/b http:/a.example/c https:///a.example/d https:\\\\a.example/e hxxp://a.example",
         ["ttps://a.example/b", "http:/a.example/c", "https:///a.example/d", "https:\\\\a.example/e"]),
        ("arXiv:2101.00001v2, arxiv: hep-th/9901001.", ["arXiv:2101.00001v2", "arxiv: hep-th/9901001"]),
    ],
)  # fmt: skip
def test_urls_are_found_as_written_without_the_sentence_round_them(text: str, expected: list[str]) -> None:
    assert [found.url for found in urls.find(text)] == expected


def test_what_is_no_url_by_itself_tells_what_it_stands_for() -> None:
    text = "www.a.example/b, doi:10.5555/c, arXiv:2101.00001 and https://d.example/"
    assert [found.stands_for for found in urls.find(text)] == [
        "https://www.a.example/b",
        "https://doi.org/10.5555/c",
        "https://arxiv.org/abs/2101.00001",
        "",
    ]


@given(st.text(alphabet="htps:/.()[]<>“”’ab# \n?", max_size=80))
def test_what_is_found_stands_in_the_text_where_it_says(text: str) -> None:
    for found in urls.find(text):
        assert text[found.start : found.end] == found.url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Example.COM:443/a/../b?q=1#part", "https://example.com/b?q=1"),
        ("http://bücher.example", "http://xn--bcher-kva.example/"),
        ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
        ("https://a.example/b c", None),
        ("https://a.example/\x01", None),
        ("https://", None),
        ("http://a.example:99999/", None),
        ("ttps://a.example/", None),
        ("mailto:a@b.example", None),
        ("\ud800http://a.example", None),
    ],
)
def test_a_url_is_normalised_as_a_browser_does_or_not_at_all(url: str, expected: str | None) -> None:
    assert urls.normalise(url) == expected


def test_a_url_that_cannot_be_normalised_is_its_own_target() -> None:
    assert urls.target_of("http://a.example:99999/#x") == "http://a.example:99999/#x"
    assert urls.target_of("http://A.example#x") == "http://a.example/"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_normalising_twice_changes_nothing_more(rest: str) -> None:
    once = urls.normalise("http://a.example/" + rest)
    assert once is None or urls.normalise(once) == once


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("A.B.Example", "b.example"),
        ("one.github.io", "one.github.io"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("localhost", "localhost"),
        ("co.uk", "co.uk"),
        ("a.b.kawasaki.jp", "a.b.kawasaki.jp"),
        ("x.a.city.kawasaki.jp", "city.kawasaki.jp"),
        ("news.пример.рф", "пример.рф"),
        ("news.xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ("a.公司.香港", "a.公司.香港"),
        ("b.a.xn--55qx5d.xn--j6w193g", "a.xn--55qx5d.xn--j6w193g"),
    ],
)
def test_the_domain_is_what_somebody_registered(host: str, expected: str) -> None:
    assert urls.domain(host) == expected


def test_the_host_is_lower_case_and_punycode_or_empty() -> None:
    assert urls.host_of("https://WWW.Bücher.example./x") == "www.xn--bcher-kva.example"
    assert urls.host_of("no url") == ""


@pytest.mark.parametrize("tail", ["a" * 1_000_000, "(" * 500_000 + ")" * 600_000, "." * 1_000_000, "’s" * 500_000])
def test_a_url_of_a_megabyte_takes_no_time(tail: str) -> None:
    with ends_within(cpu_s=2):
        assert len(list(urls.find("see https://a.example/" + tail + " now"))) == 1


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://a.example/?utm_source=x&id=1&UTM_Medium=y&fbclid=z", "https://a.example/?id=1"),
        ("https://a.example/b?fbclid=z", "https://a.example/b"),
        ("https://a.example/b?id=2&id=1&utm", "https://a.example/b?id=2&id=1&utm"),
        ("https://a.example/b?", "https://a.example/b?"),
        ("https://a.example/fbclid=1", "https://a.example/fbclid=1"),
    ],
)
def test_identity_leaves_tracking_parameters_out(target: str, expected: str) -> None:
    identity = urls.identity_of(target, ("utm_*", "fbclid"))
    assert identity == expected
    assert urls.identity_of(identity, ("utm_*", "fbclid")) == identity


_PIECES = (
    "www",
    "WwW",
    "a",
    "x",
    ".",
    "b1.cd",
    ":",
    ";",
    "/",
    "\\",
    "10.1000",
    "doi:",
    "arXiv:",
    "2101.00001",
    "http",
    " ",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_what_is_found_does_not_hang_on_the_signs_looked_for_first(text: str) -> None:
    assert list(urls.find(text)) == list(urls.find(f"{text} // "))
