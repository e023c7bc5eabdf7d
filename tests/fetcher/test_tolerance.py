"""What libcurl refuses to read is looked at a second time by requests; all else goes by libcurl."""

from citecheck import fetcher
from citecheck.clock import SYSTEM_CLOCK
from citecheck.fetcher.tolerance import TolerantTransport
from citecheck.settings import FetchSettings
from tests.fetcher.fakes import targets
from tests.web import BEHAVIOURS, Web

URLS = {each.name: each.url for each in BEHAVIOURS}


def test_an_odd_head_is_read_at_the_second_look(web: Web, settings: FetchSettings) -> None:
    transport = TolerantTransport(settings, keep_bodies=True, clock=SYSTEM_CLOCK)
    [visit] = fetcher.Crew(settings, keep_bodies=True, transport=transport).visits(targets(URLS["odd-line"]))
    assert (visit.verdict.status, visit.verdict.reason, visit.attempts) == ("alive", "ok", 2)
    [exchange] = visit.exchanges
    assert exchange.head.endswith(b"\r\nX-Behind: it\r\n\r\n")
    assert b"no header" not in exchange.head
    assert len(web.requests["odd-line.example"]) == 3


def test_what_libcurl_understands_it_reads_alone(settings: FetchSettings) -> None:
    transport = TolerantTransport(settings, keep_bodies=False, clock=SYSTEM_CLOCK)
    urls = (URLS["plain"], URLS["reset"])
    found = [visit.verdict.reason for visit in fetcher.Crew(settings, transport=transport).visits(targets(*urls))]
    assert sorted(found) == ["ok", "reset"]
    assert transport._other is None
