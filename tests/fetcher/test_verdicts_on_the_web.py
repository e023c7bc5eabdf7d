"""The whole path over real sockets: each behaviour of the loopback web gets the verdict that a reader would give."""

import time

from citecheck import fetcher
from citecheck.model import Target
from citecheck.settings import FetchSettings
from tests.web import BEHAVIOURS


def test_each_behaviour_gets_its_verdict(patient: FetchSettings) -> None:
    began = time.monotonic()
    visits = fetcher.Crew(patient).visits([Target(each.url, each.url) for each in BEHAVIOURS])
    found = {
        visit.target.url: (visit.verdict.status, visit.verdict.reason, visit.verdict.suggestion) for visit in visits
    }
    assert found == {each.url: (each.status, each.reason, each.suggestion) for each in BEHAVIOURS}
    assert time.monotonic() - began < 8
