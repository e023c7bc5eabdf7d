"""Who takes a domain's mail, asked of a real name server on loopback."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from citecheck import fetcher
from citecheck.clock import SYSTEM_CLOCK
from citecheck.errors import SettingsError
from citecheck.fetcher import exchangers, mail
from citecheck.model import Certainty, Reason, Status, Target, Verdict, Visit
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import targets

ZONE = {
    ("harbour.example.", "MX"): ("20 second.harbour.example.", "5 first.harbour.example."),
    ("xn--mwe-sna.example.", "MX"): ("1 mx.harbour.example.",),
    ("closed.example.", "MX"): ("0 .",),
    ("plain.example.", "A"): ("192.0.2.7",),
    ("six.example.", "AAAA"): ("2001:db8::7",),
    ("quiet.example.", "TXT"): ('"no mail and no address"',),
    ("wikipedia.org.", "MX"): ("10 mx.wikipedia.org.",),
}
BROKEN, SILENT = "broken.example.", "silent.example."
SETTINGS = FetchSettings(mail_mx=True, connect_timeout_s=0.5, canaries=("wikipedia.org",))


class NameServer:
    """Answers over UDP what the zone has; `asked` has each question."""

    def __init__(self, zone: dict[tuple[str, str], tuple[str, ...]]) -> None:
        self.asked: list[tuple[str, str]] = []
        self._zone = zone
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bell:
            bell.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            data, peer = self._socket.recvfrom(4096)
            if not data:
                return
            reply = self._answer(dns.message.from_wire(data))
            if reply:
                with suppress(OSError):
                    self._socket.sendto(reply.to_wire(), peer)

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        [question] = query.question
        name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if name == SILENT:
            return None
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        rows = self._zone.get((name, kind))
        if name == BROKEN:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif rows:
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *rows))
        elif not any(name == known for known, _ in self._zone):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply


@pytest.fixture
def server() -> Iterator[NameServer]:
    served = NameServer(ZONE)
    yield served
    served.close()


def asking(server: NameServer) -> Callable[[str], Sequence[str]]:
    whom = dns.resolver.Resolver(configure=False)
    whom.nameservers, whom.port = ["127.0.0.1"], server.port
    return exchangers.asking(SETTINGS, whom)


def seen(server: NameServer, *urls: str) -> dict[str, Verdict]:
    until_s = time.monotonic() + 10
    found = exchangers.visits(targets(*urls), SETTINGS, asking(server), SYSTEM_CLOCK, until_s)
    return {visit.target.url: visit.verdict for visit in found}


def dead(reason: str, signal: str) -> Verdict:
    return Verdict(Status.DEAD, reason, signals=(signal,))


def alive(signal: str) -> Verdict:
    return Verdict(Status.ALIVE, Reason.OK, signals=(signal,))


def test_what_a_domain_says_of_its_mail_is_the_verdict(server: NameServer) -> None:
    missing = dead("dns-nxdomain", "there is no domain gone.example")
    expected = {
        "mailto:desk@harbour.example": alive("mail for harbour.example goes to first.harbour.example"),
        "mailto:desk@möwe.example": alive("mail for xn--mwe-sna.example goes to mx.harbour.example"),
        "mailto:desk@plain.example": alive("mail for plain.example goes to plain.example"),
        "mailto:desk@six.example": alive("mail for six.example goes to six.example"),
        "mailto:desk@closed.example": dead("dns-no-address", "closed.example takes no mail: it says so"),
        "mailto:desk@quiet.example": dead(
            "dns-no-address", "quiet.example takes no mail: it has neither MX nor address"
        ),
        "mailto:desk@gone.example": missing,
        "mailto:desk@never.invalid": dead("dns-nxdomain", "names under .invalid never exist (RFC 6761)"),
        "mailto:desk@broken.example": Verdict(
            Status.FAILING, "dns-temporary", Certainty.MEDIUM, ("no answer on who takes mail for broken.example",)
        ),
        "mailto:desk@harbour.example,crew@gone.example?cc=desk@plain.example": missing,
    }
    assert seen(server, *expected) == expected
    assert [each for each in server.asked if each == ("harbour.example.", "MX")] == [("harbour.example.", "MX")]


def test_a_silent_name_server_is_not_waited_for(server: NameServer) -> None:
    began_s = time.monotonic()
    found = seen(server, "mailto:a@silent.example", "mailto:b@harbour.example")
    assert {url: each.status for url, each in found.items()} == {
        "mailto:a@silent.example": Status.FAILING,
        "mailto:b@harbour.example": Status.ALIVE,
    }
    assert time.monotonic() - began_s < 3


def test_where_no_name_exists_at_all_nothing_is_called_dead() -> None:
    served = NameServer({})
    try:
        assert seen(served, "mailto:a@harbour.example") == {
            "mailto:a@harbour.example": Verdict(
                Status.UNCHECKED,
                Reason.NO_NETWORK,
                signals=("no name could be resolved in this run; there is no domain harbour.example",),
            )
        }
    finally:
        served.close()


def checked(server: NameServer, monkeypatch: pytest.MonkeyPatch, settings: FetchSettings, *urls: str) -> list[Visit]:
    whom = dns.resolver.Resolver(configure=False)
    whom.nameservers, whom.port = ["127.0.0.1"], server.port
    monkeypatch.setattr(dns.resolver, "get_default_resolver", lambda: whom)
    return list(fetcher.Crew(settings).visits(targets(*urls)))


def test_a_run_asks_on_request_and_after_the_pages(server: NameServer, monkeypatch: pytest.MonkeyPatch) -> None:
    urls = ("mailto:desk@harbour.example", "mailto:desk@", "mailto:?subject=Tides", "ftp://harbour.example/")
    found = checked(server, monkeypatch, SETTINGS, *urls)
    assert [(each.target.url, each.verdict.status) for each in found] == [
        ("mailto:desk@", Status.INVALID),
        ("mailto:?subject=Tides", Status.SKIPPED),
        ("ftp://harbour.example/", Status.SKIPPED),
        ("mailto:desk@harbour.example", Status.ALIVE),
    ]
    lazily = fetcher.Crew(SETTINGS).visits(iter([Target(urls[0], urls[0])]))
    assert [each.verdict.status for each in lazily] == [Status.ALIVE]
    server.asked.clear()
    [unasked] = checked(server, monkeypatch, FetchSettings(canaries=()), urls[0])
    assert (unasked.verdict.status, server.asked) == (Status.SKIPPED, [])


def test_without_dnspython_the_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "dns.resolver", None)
    with pytest.raises(SettingsError) as refused:
        fetcher.Crew(SETTINGS).visits([])
    assert str(refused.value) == "`fetch.mail_mx` needs dnspython: pip install 'citecheck[mail]'"


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("mailto:a@b.example,%22c,d%22@e.example", ("a@b.example", '"c', 'd"@e.example')),
        ("mailto:%22c%2Cd%22@e.example?subject=a,b", ('"c,d"@e.example',)),
        ("MAILTO:?to=a%40b.example%2Cc@d.example&amp;BCC=e@f.example#x", ("a@b.example", "c@d.example", "e@f.example")),
        ("mailto:Jo Doe <a@b.example>,c@d.example", ("a@b.example", "c@d.example")),
        ("mailto:?cc=Jo%20Doe%20%3Ca@b.example%3E", ("a@b.example",)),
        ("mailto:<a@b.example> or", ("<a@b.example> or",)),
        ("mailto://?subject=Tides", ()),
        ("mailto:", ()),
    ],
)
def test_the_addresses_of_a_letter_are_found(url: str, addresses: tuple[str, ...]) -> None:
    assert mail.addresses(url) == addresses


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("desk@harbour.example", True),
        ("o'neil+news@sub.harbour.example", True),
        ('"a b..c"@harbour.example', True),
        ("möwe@möwe.example", True),
        ("desk@[192.0.2.1]", True),
        ("desk", False),
        ("desk@harbour", False),
        ("de..sk@harbour.example", False),
        (".desk@harbour.example", False),
        ("desk.@harbour.example", False),
        ("desk@-harbour.example", False),
        ("desk@harbour..example", False),
        ("desk desk@harbour.example", False),
        (f"{'d' * 65}@harbour.example", False),
        (f"desk@{'harbour.' * 31}example", False),
        ("desk@harbour.example\r\nBcc: a@b.example", False),
    ],
)
def test_what_cannot_be_an_address_is_told(address: str, expected: bool) -> None:
    assert mail.is_address(address) is expected
