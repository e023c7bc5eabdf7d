"""What bad company costs good links, at default settings. A script, not a test:

python -m tests.bench.bench_company [hostile|silent] [ROUNDS]

5,000 links to 1,000 hosts that answer, alone and beside `hostile`: 50 links each to a host that always answers 429, one
that asks for an hour's patience, a maze of redirects, a tarpit and an endless body; or `silent`: 100 names that no
resolver answers for (getaddrinfo is replaced). Printed are the seconds until 95 % and all of the good ones were done,
and how long the run went on after the last.
"""

import socket
import statistics
import sys
import threading
import time
from typing import Any

import citecheck
from citecheck.settings import CacheSettings, FetchSettings, Settings
from tests.bench import web

LINKS, HOSTS, BAD_LINKS, NAMES = 5000, 1000, 50, 100
SETTINGS = Settings(fetch=FetchSettings(allow_private=True), cache=CacheSettings(enabled=False))
_asked = socket.getaddrinfo
_addresses = web.addresses(HOSTS)


def main() -> None:
    company, rounds = (*sys.argv[1:], *("hostile", "5")[len(sys.argv) - 1 :])
    is_silent = company == "silent"
    if is_silent:
        socket.getaddrinfo = _told
    with web.served() as port:
        hosts = [f"h{number}.good.test" for number in range(HOSTS)] if is_silent else web.addresses(HOSTS)
        good = [f"http://{hosts[number % HOSTS]}:{port}/{number}" for number in range(LINKS)]
        if is_silent:
            bad = [f"http://n{number}.silent.test:{port}/" for number in range(NAMES)]
        else:
            bad = [f"http://{host}:{port}/{number}/0" for number in range(BAD_LINKS) for host in web.HOSTILE]
        mixed = good.copy()
        for number, url in enumerate(bad):
            mixed.insert(number * (len(good) // len(bad) + 1), url)
        ratios = []
        for left in reversed(range(int(rounds))):
            alone_s = timed("alone", good)
            ratios.append(timed("beside", mixed, frozenset(bad), to_the_end=not left) / alone_s)
    print(f"95 % of the good ones: {statistics.median(ratios):.2f} times the time alone (median of {rounds})")


def _told(host: Any, *rest: Any, **more: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name.endswith(".silent.test"):
        threading.Event().wait()
    if name.endswith(".good.test"):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (_addresses[int(name[1:].partition(".")[0])], 0))]
    return _asked(host, *rest, **more)


def timed(name: str, urls: list[str], bad: frozenset[str] = frozenset(), *, to_the_end: bool = False) -> float:
    """The seconds until 95 % of the good ones of `urls` were done; prints the rest."""
    began = time.monotonic()
    ends: list[float] = []
    last: dict[str, str] = {}
    visits = citecheck.check(urls, SETTINGS)
    for visit in visits:
        at_s, host = time.monotonic() - began, visit.target.url.split("/")[2].partition(":")[0]
        if visit.target.url in bad:
            last[host if host in web.HOSTILE else "silent"] = f"{at_s:.1f} s {visit.verdict.reason}"
        else:
            assert visit.verdict.status == "alive", visit
            ends.append(at_s)
        if len(ends) == LINKS and not to_the_end:
            break
    after_s = time.monotonic() - began - ends[-1]
    visits.close()
    at_95 = ends[int(len(ends) * 0.95)]
    print(
        f"{name:6}  95 % {at_95:5.2f} s  all {ends[-1]:5.2f} s", f"then {after_s:.1f} s: {last}" if to_the_end else ""
    )
    return at_95


if __name__ == "__main__":
    main()
