"""How a journey asks for its next page: with which headers, and with how much patience."""

from math import inf

from citecheck.fetcher import renewal
from citecheck.fetcher.conduct import Conduct
from citecheck.fetcher.journey import Journey
from citecheck.fetcher.manners import Fields, Hosts, Manners, with_fields
from citecheck.fetcher.transport import Request
from citecheck.settings import FetchSettings

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_NOTHING: frozenset[str] = frozenset()


class Asking:
    """Requests for journeys: those of a first visit, and those of a second look, plain and patient."""

    def __init__(self, settings: FetchSettings, user_agent: str, conduct: Conduct, hosts: Hosts) -> None:
        self._settings = settings
        self._conduct = conduct
        self._hosts = hosts
        self._headers: Fields = (
            ("User-Agent", user_agent),
            ("Accept", _ACCEPT),
            ("Accept-Language", "en,*;q=0.5"),
            ("Accept-Encoding", "gzip"),
        )
        self._plain_headers: Fields = (("User-Agent", user_agent), ("Accept", "*/*"), ("Accept-Encoding", "gzip"))

    def request(self, journey: Journey) -> Request:
        """The request for the journey's place, at the first of its addresses."""
        place, cookie, untold = journey.place, journey.cookie_header(), _NOTHING
        manners = self._hosts.of(place.host)
        headers = self._plain_headers if journey.is_second_look else self._headers
        if journey.known:
            headers = (*headers, *renewal.conditions(journey))
        if (manners.headers or manners.cookies) and not journey.is_downgraded:
            headers = with_fields(headers, manners.headers)
            cookie = _with_cookies(cookie, manners)
            untold = frozenset(name.lower() for name, _ in manners.headers)
        probe_s = inf
        headers_s, visit_s = manners.headers_timeout_s, manners.visit_timeout_s
        if journey.is_second_look:
            headers_s = visit_s = self._settings.second_look_timeout_s
        else:
            probe_s = self._conduct.patience_s(place.host)
        return Request(
            url=place.url,
            host=place.host,
            port=place.port,
            address="" if journey.proxy else journey.addresses[0],
            to_port=journey.to_port,
            headers=(*headers, ("Cookie", cookie)) if cookie else headers,
            connect_timeout_s=manners.connect_timeout_s,
            headers_timeout_s=min(headers_s, probe_s),
            body_patience_s=probe_s,
            visit_timeout_s=max(0.0, visit_s - journey.spent_s),
            is_plain=journey.is_second_look,
            is_whole=bool(journey.target.fragments) or journey.is_errand,
            is_insecure=manners.is_insecure,
            is_away=journey.is_away,
            proxy=journey.proxy,
            untold=untold,
        )


def _with_cookies(brought: str, manners: Manners) -> str:
    """What the server has set on the way comes in the place of what was set for its host."""
    names = {each.partition("=")[0].strip() for each in brought.split(";")}
    ours = [f"{name}={value}" for name, value in manners.cookies if name not in names]
    return "; ".join((*ours, *([brought] if brought else ())))
