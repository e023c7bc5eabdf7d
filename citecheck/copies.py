"""What public archives hold of the targets that are gone, near the date that the text means, by our own verdict.

Beside audit.py under the same licence: it knows the archive and the fetcher. Nobody's private pages are told to the
world: what answered from a private address, or bears a name that no public site can have, is looked up only in an
archive that is private too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date as Date
from urllib.parse import urlsplit

from msgspec.structs import replace

from citecheck import fetcher
from citecheck.archive import archive_links
from citecheck.clock import Clock
from citecheck.model import Archived, ArchivedCopy, CopyState, Document, Exchange, Status, Visit
from citecheck.settings import Settings

_RESERVED = ("localhost", "example", "invalid", "test", "local", "internal", "onion")
"""Last labels of names that no public site has (RFC 2606, RFC 6762, RFC 7686, RFC 8375 and the like)."""


def find(
    documents: Iterable[Document], visits: Sequence[Visit], settings: Settings, clock: Clock
) -> dict[str, Archived]:
    """By target URL, what archives hold of each dead target; and of each living one that is an archive's link itself.

    Takes up to `settings.archive.look_up_s`; Ctrl-C ends it, and what is known by then is given.
    """
    dates = _dates(documents)
    found = dict(_links_into_archives(visits, settings, dates))
    if not settings.archive.look_up or settings.offline:
        return found
    # No archive keeps a mail address or a file of ours.
    gone = [
        visit
        for visit in visits
        if visit.verdict.status is Status.DEAD and visit.target.url.startswith(("http://", "https://"))
    ]
    open_ones = [visit for visit in gone if not _is_private(visit)]
    for group, whose in (
        (open_ones, settings),
        ([each for each in gone if _is_private(each)], _private_only(settings)),
    ):
        if group and whose:
            with suppress(KeyboardInterrupt):
                found.update(_search({each.target.url: dates.get(each.target.url) for each in group}, whose, clock))
    return found


def suggested(visits: Iterable[Visit], archived: Mapping[str, Archived]) -> tuple[Visit, ...]:
    """The visits, the dead ones with the best copy as what to link to, where the verdict knew of nothing better."""

    def with_copy(visit: Visit) -> Visit:
        held = archived.get(visit.target.url)
        if visit.verdict.status is not Status.DEAD or visit.verdict.suggestion or not (held and held.copies):
            return visit
        return replace(visit, verdict=replace(visit.verdict, suggestion=held.copies[0].url))

    return tuple(map(with_copy, visits))


def _search(wanted: Mapping[str, Date | None], settings: Settings, clock: Clock) -> Iterator[tuple[str, Archived]]:
    # Imported late: requests costs 0.2 s, and most runs have nothing to look up.
    from citecheck.archive.copies import CopySearch

    def judge(exchanges: Sequence[Exchange]) -> str | None:
        from citecheck.fetcher.verdict import judge

        verdict = judge(exchanges, now=clock.now())
        if verdict.status in (Status.ALIVE, Status.MOVED):
            return None
        return next(iter(verdict.signals), str(verdict.reason))

    agent = settings.fetch.user_agent or fetcher.user_agent()
    return CopySearch(settings.archive, settings.fetch, judge=judge, clock=clock, user_agent=agent).find(wanted)


def _links_into_archives(
    visits: Iterable[Visit], settings: Settings, dates: Mapping[str, Date]
) -> Iterator[tuple[str, Archived]]:
    for visit in visits:
        known = archive_links.recognise(visit.target.url, (settings.archive.wayback.url,))
        if not known or visit.verdict.status not in (Status.ALIVE, Status.MOVED):
            continue
        # A Wayback link leads on to the capture nearest to its own time: what was reached tells the true one.
        reached = archive_links.recognise(visit.final_url or "", (settings.archive.wayback.url,)) or known
        moment = reached.moment or known.moment
        if moment:
            date = dates.get(visit.target.url)
            distance = abs((moment.date() - date).days) if date else None
            copy = ArchivedCopy(known.archive, visit.final_url or visit.target.url, moment, distance)
            yield visit.target.url, Archived(CopyState.FOUND, (copy,))


def _dates(documents: Iterable[Document]) -> dict[str, Date]:
    """By target, the first date that a text means by it: of the update it stands in, else of the text."""
    found: dict[str, Date] = {}
    for document in documents:
        for link in document.links:
            date = document.date_of(link) or document.published
            if date:
                found.setdefault(link.target, date)
    return found


def _is_private(visit: Visit) -> bool:
    host = (urlsplit(visit.target.url).hostname or "").rstrip(".")
    addresses = [each.peer_address for each in visit.exchanges if each.peer_address]
    return _is_private_host(host) or any(map(_is_private_host, addresses))


def _is_private_host(host: str) -> bool:
    from citecheck.fetcher import guard

    if guard.literal(host) is not None:
        return not guard.admits(host, False)
    return host.rpartition(".")[2] in _RESERVED or "." not in host


def _private_only(settings: Settings) -> Settings | None:
    """The settings with nothing but private archives; None when there are none."""
    archive = settings.archive

    def is_private(url: str) -> bool:
        return bool(url) and _is_private_host(urlsplit(url).hostname or "")

    wayback = archive.wayback if is_private(archive.wayback.url) else replace(archive.wayback, url="")
    public = tuple(each for each in archive.public if is_private(each.timemap or each.timegate))
    if not (wayback.url or public):
        return None
    return replace(settings, archive=replace(archive, wayback=wayback, public=public))
