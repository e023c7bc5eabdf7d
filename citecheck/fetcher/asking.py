"""How a journey asks for its next page: with which headers, and with how much patience."""

from math import inf

from citecheck.fetcher import renewal
from citecheck.fetcher.conduct import Conduct
from citecheck.fetcher.journey import Journey
from citecheck.fetcher.transport import Request
from citecheck.settings import FetchSettings

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Asking:
    """Requests for journeys: those of a first visit, and those of a second look, plain and patient."""

    def __init__(self, settings: FetchSettings, user_agent: str, conduct: Conduct) -> None:
        self._settings = settings
        self._conduct = conduct
        self._headers = (
            ("User-Agent", user_agent),
            ("Accept", _ACCEPT),
            ("Accept-Language", "en,*;q=0.5"),
            ("Accept-Encoding", "gzip"),
        )
        self._plain_headers = (("User-Agent", user_agent), ("Accept", "*/*"), ("Accept-Encoding", "gzip"))

    def request(self, journey: Journey) -> Request:
        """The request for the journey's place, at the first of its addresses."""
        place, cookie = journey.place, journey.cookie_header()
        headers = self._plain_headers if journey.is_second_look else self._headers
        if journey.known:
            headers = (*headers, *renewal.conditions(journey))
        probe_s = inf
        if journey.is_second_look:
            headers_s = visit_s = self._settings.second_look_timeout_s
        else:
            probe_s = self._conduct.patience_s(place.host)
            headers_s, visit_s = self._settings.headers_timeout_s, self._settings.visit_timeout_s
        return Request(
            url=place.url,
            host=place.host,
            port=place.port,
            address=journey.addresses[0],
            to_port=journey.to_port,
            headers=(*headers, ("Cookie", cookie)) if cookie else headers,
            headers_timeout_s=min(headers_s, probe_s),
            body_patience_s=probe_s,
            visit_timeout_s=max(0.0, visit_s - journey.spent_s),
            is_plain=journey.is_second_look,
            is_whole=bool(journey.target.fragments),
        )
