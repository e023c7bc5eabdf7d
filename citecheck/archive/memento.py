"""Asking archives that speak Memento (RFC 7089): which captures there are, and what one of them shows."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import urljoin

from citecheck.archive import archive_links, linkformat
from citecheck.archive.client import Answer, Client, Unanswered
from citecheck.model import Exchange
from citecheck.settings import PublicArchive

_REDIRECTS = 10
_TIMEMAP_PAGES = 20
_ORIGINAL_HEADER = "x-archive-orig-"


class Candidate(NamedTuple):
    """A capture that an archive says it has."""

    archive: str
    url: str
    """Where a reader finds it."""
    moment: datetime


class Memento(NamedTuple):
    """What a capture shows: the archived exchanges, hop by hop, under the addresses that they had."""

    url: str
    moment: datetime
    exchanges: tuple[Exchange, ...]


class MementoArchive:
    """One archive that has a TimeMap, a TimeGate or both."""

    def __init__(self, client: Client, place: PublicArchive) -> None:
        self._client = client
        self._place = place
        self.name = place.name

    def candidates(self, url: str, moment: datetime | None) -> tuple[list[Candidate], bool]:
        """The captures of `url`, the nearest to `moment` first (the newest, if none is named), and whether it is all.

        A TimeMap tells all; a TimeGate only the nearest. Raises Unanswered when the archive does not answer.
        """
        if self._place.timemap:
            found = list(self._listed(url))
            return nearest_first(found, moment), True
        nearest = self._from_gate(url, moment)
        return ([nearest] if nearest else []), False

    def _listed(self, url: str) -> Iterator[Candidate]:
        """Page by page: a TimeMap may name further TimeMaps."""
        pages, seen = [f"{self._place.timemap}{url}"], set[str]()
        while pages and len(seen) < _TIMEMAP_PAGES:
            page = pages.pop(0)
            seen.add(page)
            answer = self._ask(page)
            if answer.status == 404:
                continue
            if answer.status != 200 or ("<" not in answer.text and answer.text.strip()):
                raise Unanswered(f"{self.name}: its list of captures cannot be read ({answer.status})")
            for link in linkformat.parse(answer.text):
                address = urljoin(page, link.url)
                if "memento" in link.rels and link.moment:
                    yield Candidate(self.name, address, link.moment)
                elif "timemap" in link.rels and "self" not in link.rels and address not in seen:
                    pages.append(address)

    def _from_gate(self, url: str, moment: datetime | None) -> Candidate | None:
        headers = {"Accept-Datetime": format_datetime(moment.astimezone(UTC), usegmt=True)} if moment else {}
        gate = f"{self._place.timegate}{url}"
        answer = self._ask(gate, headers)
        if answer.status in (301, 302, 303, 307) and answer.header("location"):
            address = urljoin(gate, answer.header("location"))
        elif answer.status == 200 and answer.header("memento-datetime"):
            address = urljoin(gate, answer.header("content-location") or gate)
        else:
            return None
        told = linkformat.http_date(answer.header("memento-datetime"))
        known = archive_links.recognise(address)
        when = told or (known.moment if known else None) or moment or datetime.now(UTC)
        return Candidate(self.name, address, when)

    def _ask(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        return self._client.ask(url, lane="index", interval_s=self._place.interval_s, headers=headers)


def nearest_first(found: Sequence[Candidate], moment: datetime | None) -> list[Candidate]:
    """Each once; by distance from `moment`, or the newest first."""
    unique = dict.fromkeys(found)
    if moment is None:
        return sorted(unique, key=lambda each: each.moment, reverse=True)
    return sorted(unique, key=lambda each: abs(each.moment - moment))


def fetch(
    client: Client, candidate: Candidate, original: str, *, interval_s: float, raw_bases: Sequence[str]
) -> Memento | None:
    """What the candidate shows, its redirects followed; None when it is no memento (it has no Memento-Datetime).

    An archive that replays as Wayback does (`raw_bases`, and those known) is asked for the bytes as they were. Raises
    Unanswered when the archive does not answer.
    """
    address, shown = candidate.url, original
    hops: list[Exchange] = []
    seen: set[str] = set()
    while len(seen) <= _REDIRECTS:
        known = archive_links.recognise(address, raw_bases)
        asked = archive_links.raw(address) if known and known.moment else address
        if asked in seen:
            return None
        seen.add(asked)
        answer = client.ask(asked, lane="pages", interval_s=interval_s)
        moment = linkformat.http_date(answer.header("memento-datetime"))
        location = answer.header("location")
        is_redirect = 300 <= answer.status < 400 and bool(location)
        if moment:
            shown = known.original if known and known.original else shown
            hops.append(_exchange(answer, shown, moment))
            if not is_redirect:
                return Memento(archive_links.plain(address) if known else address, moment, tuple(hops))
        elif not is_redirect:
            return None
        address = urljoin(asked, location)
    return None


def _exchange(answer: Answer, url: str, moment: datetime) -> Exchange:
    """The archived answer as the page's own server gave it, as far as the archive tells."""
    own = [
        (name.removeprefix(_ORIGINAL_HEADER), value)
        for name, value in answer.headers.items()
        if name.startswith(_ORIGINAL_HEADER) and "encoding" not in name
    ]
    kept = [(name, answer.header(name)) for name in ("content-type",) if answer.header(name)]
    location = answer.header("location")
    if location:
        known = archive_links.recognise(urljoin(answer.url, location))
        kept.append(("location", (known.original if known else None) or location))
    named = {name for name, _ in kept}
    headers = (*kept, *((name, value) for name, value in own if name not in named))
    return Exchange(url=url, started_at=moment, http_status=answer.status, headers=headers, body=answer.body)
