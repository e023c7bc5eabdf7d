import http.client
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from citecheck import demo
from citecheck.demo.web import Page, pages


@pytest.fixture(scope="module")
def web() -> Iterator[demo.Web]:
    with demo.Web.start() as started:
        yield started


def ask(web: demo.Web, url: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and body that the web answers with, certificates checked."""
    parts = urlsplit(url)
    assert parts.hostname
    port = {"http": 80, "https": 443}[parts.scheme]
    address, to_port = next(
        rule.split(":")[2:] for rule in web.connect_to if rule.startswith(f"{parts.hostname}:{port}:")
    )
    connection = socket.create_connection((address, int(to_port)), timeout=5)
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=web.ca_file)
        try:
            connection = context.wrap_socket(connection, server_hostname=parts.hostname)
        except ssl.SSLError:
            connection.close()
            raise
    client = http.client.HTTPConnection(parts.hostname)
    client.sock = connection
    try:
        client.request("GET", parts.path)
        answer = client.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        client.close()


@pytest.mark.parametrize("page", [page for page in pages().values() if "foreign-ministry" not in page.url])
def test_every_address_answers_as_listed(web: demo.Web, page: Page) -> None:
    status, headers, body = ask(web, page.url)
    assert (status, body) == (page.status, page.body)
    assert headers == [
        ("Content-Type", page.media),
        ("Content-Length", str(len(page.body))),
        *([("Location", page.location)] if page.location else []),
        *page.headers.items(),
        ("Connection", "close"),
    ]


def test_an_article_is_a_page_with_its_particulars() -> None:
    page = Page(
        url="x", title="Tugs & <pilots>", site="Gazette", author="A. Aune", date="2024-03-09", text="\nOne\n\nTwo\n"
    )
    assert page.body.decode() == (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<title>Tugs &amp; &lt;pilots&gt; | Gazette</title>\n</head>\n<body>\n<article>\n"
        "<h1>Tugs &amp; &lt;pilots&gt;</h1>\n"
        '<p class="byline">A. Aune, Gazette, <time datetime="2024-03-09">2024-03-09</time></p>\n'
        "<p>One</p>\n<p>Two</p>\n</article>\n</body>\n</html>\n"
    )


def test_an_answer_without_a_title_says_its_status() -> None:
    assert b"<h1>410 Gone</h1>" in Page(url="x", status=410).body


def test_a_redirect_links_to_where_it_leads() -> None:
    body = Page(url="x", status=302, location="/?a&b").body
    assert b'<h1>302 Found</h1>\n<p><a href="/?a&amp;b">The page is here</a></p>' in body


def test_another_address_is_not_found(web: demo.Web) -> None:
    assert ask(web, "https://harbour-gazette.example/nothing")[0] == 404


def test_one_host_signed_its_own_certificate(web: demo.Web) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="self-signed certificate"):
        ask(web, "https://foreign-ministry.example/treaties/1954-strait-open")


def test_a_client_that_leaves_makes_no_noise(capfd: pytest.CaptureFixture[str]) -> None:
    with demo.Web.start() as web, pytest.raises(ssl.SSLCertVerificationError):
        ask(web, "https://foreign-ministry.example/treaties/1954-strait-open")
    assert capfd.readouterr() == ("", "")


def test_a_silent_client_is_left(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("citecheck.demo.web._PATIENCE_S", 0.05)
    with demo.Web.start() as web:
        ports = {rule.rsplit(":", 1)[1] for rule in web.connect_to if rule.startswith("harbour-master.example")}
        clients = [socket.create_connection(("127.0.0.1", int(port)), timeout=5) for port in ports]
        assert [client.recv(1) for client in clients] == [b"", b""]
        for client in clients:
            client.close()
    assert capfd.readouterr() == ("", "")


def test_nobody_listens_at_one_host(web: demo.Web) -> None:
    with pytest.raises(ConnectionRefusedError):
        ask(web, "https://maps.island-ledger.example/detours/seven-hours")


def test_the_certificates_outlive_us(web: demo.Web) -> None:
    for name in ("ca.pem", "sites.pem", "self-signed.pem"):
        details = ssl._ssl._test_decode_cert(web.ca_file.with_name(name))  # type: ignore[attr-defined]  # the one decoder of the standard library
        assert details["notAfter"] == "Jan  1 00:00:00 2126 GMT"


def test_a_closed_web_answers_nobody() -> None:
    with demo.Web.start() as web:
        pass
    with pytest.raises(ConnectionRefusedError):
        ask(web, "https://harbour-master.example/sailings")
