"""A URL that cannot be requested as written is told, with what was likely meant."""

import pytest

from citecheck.extractor import faults, urls
from citecheck.extractor.faults import Fault


@pytest.mark.parametrize(
    ("url", "repair"),
    [
        ("ttps://a.example/x", "https://a.example/x"),
        ("ttp://a.example/x", "http://a.example/x"),
        ("htps://a.example", "https://a.example"),
        ("hhtp://a.example", "http://a.example"),
        ("htpp://a.example", "http://a.example"),
        ("http//a.example/b", "http://a.example/b"),
        ("https:/a.example/b", "https://a.example/b"),
        ("https:a.example/b", "https://a.example/b"),
        ("https;//a.example/b", "https://a.example/b"),
        ("https:\\\\a.example\\b", "https://a.example\\b"),
        ("https:///a.example/b", "https://a.example/b"),
        ("http://https://a.example/b", "https://a.example/b"),
        ("https://http//a.example/b", "http://a.example/b"),
        ("www.a.example/b", "https://www.a.example/b"),
        ("https://a.example/b c", "https://a.example/b%20c"),
        ("https://a.example/b\n  c", "https://a.example/b%20%20c"),
        ("https://a\u200b.example/b", "https://a.example/b"),
        ("http://a.example:99999/", None),
        ("http://a b.example/", None),
        ("https://1.2.3.4.5/", None),
        ("https://256.1.1.1", None),
        ("https://", None),
    ],
)
def test_a_slip_is_told_with_what_was_meant(url: str, repair: str | None) -> None:
    fault = faults.fault(url)
    assert fault is not None
    assert fault.repair == repair
    assert repair is None or faults.fault(repair) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x?y=1#z",
        "http://localhost:8080/",
        "http://[2001:db8::1]/",
        "http://127.0.0.1/",
        "https://bücher.example/ü",
        "https://user:pa55@a.example/",
        "ftp://f.example/x",
        "hxxps://a.example/",
        "smtp://a.example/",
        "mailto:a@b.example",
        "/a/b",
        "https/index.html",
        "wwwroot/index.html",
        "../http.html",
        "?a=b",
        "//a.example/x",
    ],
)
def test_what_can_be_requested_or_is_relative_or_of_another_scheme_has_no_fault(url: str) -> None:
    assert faults.fault(url) is None


def test_a_fault_says_what_is_wrong() -> None:
    slips = ("ttps://a.example", "https://https://a.example", "http://a.example:99999/")
    assert [faults.fault(url) for url in slips] == [
        Fault("`ttps://` is no `https://`", "https://a.example"),
        Fault("it has its scheme twice", "https://a.example"),
        Fault("no browser can ask for it"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See ttps://a.example/b. And http//b.example/c, too", ["ttps://a.example/b", "http//b.example/c"]),
        ("hxxps://a.example and/or.b git://c.example ssh://d.example 1://e.example", []),
        ("ab//cd.example https://a.example", ["https://a.example"]),
    ],
)
def test_slips_are_found_in_running_text(text: str, expected: list[str]) -> None:
    assert [found.url for found in urls.find(text)] == expected


def test_credentials_are_seen() -> None:
    assert [
        faults.has_credentials(url)
        for url in (
            "https://user:pa55@a.example/",
            "ftp://user@f.example/",
            "https://a.example/@b",
            "mailto:a@b.example",
        )
    ] == [True, True, False, False]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("https://b.example/x#y", "https://b.example/x"),
        ("//b.example/x", "http://b.example/x"),
        ("/x", "http://a.example/x"),
        ("x/../y", "http://a.example/d/y"),
        ("../y?z", "http://a.example/y?z"),
        ("?z", "http://a.example/d/e?z"),
        ("#z", "http://a.example/d/e?q"),
        ("", "http://a.example/d/e?q"),
        ("http:f", "http://a.example/d/f"),
        (" \n/x\ty ", "http://a.example/xy"),
        ("\\\\b.example\\x", "http://b.example/x"),
        ("mailto:a@b.example", None),
        ("https://b.example:99999/", None),
    ],
)
def test_a_reference_is_resolved_as_a_browser_does(reference: str, expected: str | None) -> None:
    assert urls.resolve(reference, "http://a.example/d/e?q#r") == expected


def test_without_a_base_only_what_has_a_host_is_resolved() -> None:
    assert [urls.resolve(each, None) for each in ("https://a.example", "//b.example", "/c", "d", "")] == [
        "https://a.example/",
        "https://b.example/",
        None,
        None,
        None,
    ]
