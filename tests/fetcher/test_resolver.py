"""No link is called dead because this machine is offline."""

import socket
import threading
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from itertools import islice

import pytest

from citecheck import fetcher
from citecheck.fetcher.resolver import Resolver, Standing
from citecheck.fetcher.transport import Request
from citecheck.model import Exchange, Failure, Reason, Status, Verdict, Visit
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import Time, ToldTransport, answered, targets, verdicts

SETTINGS = FetchSettings(
    host_interval_s=0, canaries=("canary.example",), connect_timeout_s=0.3, second_look_timeout_s=0
)
PUBLIC = "93.184.216.34"
HELD_S = 60
"""How long a silent name server is waited for by the threads of a test that has failed."""


class Names:
    """A resolver's whole knowledge; `asked` counts the questions."""

    def __init__(self, known: dict[str, Sequence[str] | int], otherwise: int = socket.EAI_NONAME) -> None:
        self.asked: Counter[str] = Counter()
        self._known = known
        self._otherwise = otherwise

    def __call__(self, host: str) -> Sequence[str]:
        self.asked[host] += 1
        found = self._known.get(host, self._otherwise)
        if isinstance(found, int):
            raise socket.gaierror(found, "told so")
        return found


def alive(request: Request) -> Exchange:
    return answered(request, 200)


def run(names: Names, *urls: str, settings: FetchSettings = SETTINGS) -> dict[str, Verdict]:
    return verdicts(list(visited(names, *urls, settings=settings, time=Time())))


def visited(
    lookup: Callable[[str], Sequence[str]], *urls: str, settings: FetchSettings, time: Time
) -> Generator[Visit, None, None]:
    """The visits, by a clock that stands still unless the test moves it: no thread can be late."""
    return fetcher.Crew(
        settings,
        clock=time.clock,
        transport=ToldTransport(Time(), alive),
        resolver=Resolver(settings, clock=time.clock, lookup=lookup),
    ).visits(targets(*urls))


def dead(detail: str = "told so") -> Verdict:
    return Verdict(Status.DEAD, Failure.DNS_NXDOMAIN, signals=(detail,))


def no_network(host: str, detail: str = "told so") -> Verdict:
    signal = f"no name could be resolved in this run; {host}: {detail}"
    return Verdict(Status.UNCHECKED, Reason.NO_NETWORK, signals=(signal,))


def test_a_missing_name_is_dead_when_another_host_was_found() -> None:
    names = Names({"harbour.example": [PUBLIC]})
    assert run(names, "http://gone.example/", "http://harbour.example/") == {
        "http://gone.example/": dead(),
        "http://harbour.example/": Verdict(Status.ALIVE, Reason.OK),
    }


def test_a_missing_name_is_dead_when_a_canary_was_found() -> None:
    names = Names({"canary.example": [PUBLIC]})
    assert run(names, "http://gone.example/") == {"http://gone.example/": dead()}
    assert names.asked == {"gone.example": 1, "canary.example": 1}


def test_canaries_are_not_asked_while_nothing_is_missing() -> None:
    names = Names({"harbour.example": [PUBLIC]})
    run(names, "http://harbour.example/")
    assert names.asked == {"harbour.example": 1}


@pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_NODATA])
def test_without_network_nothing_is_dead_nor_tried_again(code: int) -> None:
    names = Names({}, otherwise=code)
    urls = [f"http://h{number}.example/" for number in range(300)]
    assert run(names, *urls) == {url: no_network(url[7:-1]) for url in urls}
    assert names.asked == Counter(["canary.example", *(url[7:-1] for url in urls)])


def test_names_found_by_connect_to_and_literal_addresses_prove_nothing() -> None:
    settings = FetchSettings(
        allow_private=True,
        host_interval_s=0,
        canaries=(),
        connect_to=("harbour.example:80:127.0.0.1:8080",),
        second_look_timeout_s=0,
    )
    found = run(
        Names({}),
        "http://harbour.example/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://gone.example/",
        settings=settings,
    )
    assert {url: verdict.status for url, verdict in found.items()} == {
        "http://harbour.example/": Status.ALIVE,
        "http://127.0.0.1/": Status.ALIVE,
        "http://localhost/": Status.ALIVE,
        "http://gone.example/": Status.UNCHECKED,
    }


def test_the_machines_own_names_prove_nothing() -> None:
    settings = FetchSettings(allow_private=True, host_interval_s=0, canaries=(), second_look_timeout_s=0)
    names = Names({"machine.example": ["127.0.1.1"]})
    found = run(names, "http://machine.example/", "http://gone.example/", settings=settings)
    assert {url: verdict.status for url, verdict in found.items()} == {
        "http://machine.example/": Status.ALIVE,
        "http://gone.example/": Status.UNCHECKED,
    }


def test_canaries_do_not_queue_behind_silent_name_servers() -> None:
    release = threading.Event()

    def lookup(host: str) -> Sequence[str]:
        if host == "canary.example":
            return [PUBLIC]
        if host != "gone.example":
            release.wait(HELD_S)
        raise socket.gaierror(socket.EAI_NONAME, "told so")

    urls = ["http://gone.example/", *(f"http://silent{number}.example/" for number in range(200))]
    visits = visited(lookup, *urls, settings=SETTINGS, time=Time())
    assert next(visits).verdict == dead()
    visits.close()
    release.set()


def test_a_name_under_invalid_never_exists_and_nobody_is_asked() -> None:
    names = Names({})
    assert run(names, "http://photos.invalid./x") == {
        "http://photos.invalid./x": dead("names under .invalid never exist (RFC 6761)")
    }
    assert not names.asked


def test_a_resolver_in_trouble_is_no_missing_name_and_is_asked_again() -> None:
    time, settings = Time(), FetchSettings(host_interval_s=0, canaries=(), second_look_timeout_s=0)
    names = Names({"harbour.example": [PUBLIC], "shaky.example": socket.EAI_AGAIN})
    resolver = Resolver(settings, lookup=names)
    visits = fetcher.Crew(settings, clock=time.clock, transport=ToldTransport(time, alive), resolver=resolver).visits(
        targets("http://harbour.example/", "http://shaky.example/")
    )
    found = verdicts(list(visits))["http://shaky.example/"]
    assert (found.status, found.reason, names.asked["shaky.example"]) == (Status.FAILING, "dns-temporary", 3)


def test_a_public_name_with_a_private_address_is_skipped() -> None:
    names = Names({"harbour.example": ["10.0.0.8", "fe80::1"]})
    assert run(names, "http://harbour.example/") == {
        "http://harbour.example/": Verdict(
            Status.SKIPPED, "private-address", signals=("harbour.example is 10.0.0.8, a private address",)
        )
    }


def test_the_next_address_is_tried_when_one_refuses() -> None:
    names = Names({"harbour.example": ["93.184.216.1", "10.0.0.1", "93.184.216.2"]})
    time = Time()

    def answer(request: Request) -> Exchange:
        if request.address == "93.184.216.1":
            return Exchange(url=request.url, started_at=time.clock.now(), failure=Failure.REFUSED)
        return answered(request, 200)

    transport = ToldTransport(time, answer)
    visits = fetcher.Crew(SETTINGS, transport=transport, resolver=Resolver(SETTINGS, lookup=names)).visits(
        targets("http://harbour.example/")
    )
    assert [visit.verdict for visit in visits] == [Verdict(Status.ALIVE, Reason.OK)]
    assert [request.address for request in transport.requests] == ["93.184.216.1", "93.184.216.2"]


def test_silent_name_servers_hold_nobody_up() -> None:
    time, release = Time(), threading.Event()

    def lookup(host: str) -> Sequence[str]:
        if host.startswith("silent"):
            release.wait(HELD_S)
            raise socket.gaierror(socket.EAI_AGAIN, "too late")
        return [PUBLIC]

    urls = [f"http://{kind}{number}.example/" for number in range(100) for kind in ("silent", "good")]
    settings = FetchSettings(host_interval_s=0, canaries=(), connect_timeout_s=0.4, attempts=1, second_look_timeout_s=0)
    visits = visited(lookup, *urls, settings=settings, time=time)
    assert Counter(visit.verdict.reason for visit in islice(visits, 100)) == {"ok": 100}
    time.pass_by(0.4)
    assert Counter(visit.verdict.reason for visit in visits) == {"dns-temporary": 100}
    release.set()


def test_a_silent_resolver_ends_a_large_run_soon() -> None:
    time, release = Time(), threading.Event()

    def lookup(host: str) -> Sequence[str]:
        release.wait(HELD_S)
        raise socket.gaierror(socket.EAI_AGAIN, "too late")

    urls = [f"http://h{number}.example/" for number in range(3000)]
    settings = FetchSettings(
        host_interval_s=0, canaries=("canary.example",), connect_timeout_s=0.2, second_look_timeout_s=0
    )
    visits = fetcher.Crew(
        settings,
        clock=time.clock,
        transport=ToldTransport(time, alive),
        resolver=Resolver(settings, clock=time.clock, lookup=lookup),
    ).visits(targets(*urls))
    assert Counter(visit.verdict.reason for visit in visits) == {Reason.NO_NETWORK: 3000}
    assert time.elapsed_s < 2
    release.set()


def test_what_was_asked_with_hope_is_not_waited_for_without() -> None:
    time, held = Time(), threading.Event()

    def lookup(host: str) -> Sequence[str]:
        if host == "late.example":
            held.wait(HELD_S)
        raise socket.gaierror(socket.EAI_AGAIN, "told so")

    resolver = Resolver(SETTINGS, clock=time.clock, lookup=lookup)
    resolver.find("gone.example")
    resolver.prove()
    resolver.find("late.example")
    while resolver.pending > 1:
        resolver.answers()
    resolver.answers()
    assert resolver.standing is Standing.SILENT  # by those that were asked when the proof began
    assert resolver.answers() == []
    time.pass_by(1.0)
    assert [host for host, _ in resolver.answers()] == ["late.example"]
    held.set()
    resolver.close()
