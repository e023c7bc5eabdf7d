"""What is never asked for."""

import pytest

from citecheck.fetcher import guard
from citecheck.model import Reason, Status, Verdict
from citecheck.settings import FetchSettings

OUTSIDE = FetchSettings()
INSIDE = FetchSettings(allow_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.1.1",
        "172.31.255.255",
        "192.168.0.1",
        "198.18.0.1",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:192.168.1.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:1::1",
        "fc00::1",
        "fe80::1%eth0",
        "2001:db8::1",
    ],
)
def test_a_private_address_in_any_form_needs_permission(address: str) -> None:
    assert (guard.admits(address, False), guard.admits(address, True)) == (False, True)


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "fd00:ec2::254",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "ff02::1",
        "100.100.100.200",
    ],
)
def test_groups_and_cloud_metadata_are_never_asked(address: str) -> None:
    assert (guard.admits(address, False), guard.admits(address, True)) == (False, False)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34",
        "172.32.0.1",
        "100.128.0.1",
        "2606:2800::1",
        "64:ff9b::5db8:d822",
        "::ffff:8.8.8.8",
        "2002:808:808::1",
    ],
)
def test_a_public_address_is_admitted(address: str) -> None:
    assert guard.admits(address, False)


@pytest.mark.parametrize(
    ("url", "signal"),
    [
        ("harbour.example/x", "it is no URL"),
        ("http://", "it is no URL"),
        ("http://tide.example:808O/x", "it is no URL"),
        ("http://exa mple.example/", "it is no URL"),
        ("http://\ud800.example/", "it is no URL"),
        ("ttps://harbour.example/", "the scheme `ttps` is not `https`"),
        ("htp://harbour.example/", "the scheme `htp` is not `http`"),
        ("http:harbour.example", "no host after `//`"),
        ("https:///harbour.example", "no host after `//`"),
        ("http://harbour.example:0/", "port 0 cannot be asked"),
        ("http://a..b/", "`a..b` cannot be a host's name"),
        (f"http://{'a' * 64}.example/", f"`{'a' * 64}.example` cannot be a host's name"),
    ],
)
def test_what_cannot_be_requested_is_invalid(url: str, signal: str) -> None:
    assert guard.refusal(url, INSIDE) == Verdict(Status.INVALID, Reason.MALFORMED, signals=(signal,))


@pytest.mark.parametrize(
    "url", ["mailto:a@b.example", "tel:+1", "ftp://harbour.example/", "javascript:void(0)", "data:,x"]
)
def test_other_schemes_are_skipped(url: str) -> None:
    scheme = url.partition(":")[0]
    expected = Verdict(Status.SKIPPED, Reason.UNSUPPORTED_SCHEME, signals=(f"`{scheme}:` is not fetched",))
    assert guard.refusal(url, OUTSIDE) == expected


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://2130706433/", "127.0.0.1"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://[::ffff:127.0.0.1]/", "::ffff:7f00:1"),
        ("https://localhost:8443/x", "localhost"),
        ("http://api.localhost./", "api.localhost."),
    ],
)
def test_a_private_host_is_skipped_unless_allowed(url: str, host: str) -> None:
    expected = Verdict(Status.SKIPPED, Reason.PRIVATE_ADDRESS, signals=(f"{host} is a private address",))
    assert guard.refusal(url, OUTSIDE) == expected
    assert guard.refusal(url, INSIDE) is None


@pytest.mark.parametrize(
    "url", ["http://harbour.example", "HTTPS://Harbour.Example./x y", "http://8.8.8.8/", "http://пример.рф/"]
)
def test_a_public_url_may_be_tried(url: str) -> None:
    assert guard.refusal(url, OUTSIDE) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.com/a", "excluded"),
        ("https://www.example.org/", "excluded"),
        ("https://example.community/", None),
        ("https://harbour.example/", None),
        ("mailto:crew@harbour.example,%22a%20b%22@harbour.example?subject=Tides", "unsupported-scheme"),
        ("mailto:", "unsupported-scheme"),
        ("mailto:crew@harbour", "malformed"),
        ("mailto:crew at harbour.example", "malformed"),
        ("MAILTO:crew@@harbour.example", "malformed"),
    ],
)
def test_examples_and_mail_are_not_fetched(url: str, expected: str | None) -> None:
    refused = guard.refusal(url, OUTSIDE)
    assert (refused.reason if refused else None) == expected


def test_an_example_is_fetched_where_the_settings_say_how_or_that() -> None:
    directed = FetchSettings(connect_to=("example.com:443:127.0.0.1:8443",))
    assert guard.refusal("https://example.com/a", directed) is None
    assert guard.refusal("https://example.com/a", FetchSettings(skip_examples=False)) is None


def test_a_scheme_can_be_left_out() -> None:
    refused = guard.refusal("http://harbour.example/", FetchSettings(schemes=("https",)))
    assert refused == Verdict(Status.SKIPPED, Reason.UNSUPPORTED_SCHEME, signals=("`http:` is not to be fetched",))
