"""What the user must know of a run as a whole.

Beside audit.py under the same licence: it knows the fetcher.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from citecheck import fetcher
from citecheck.model import Failure, Reason, Visit
from citecheck.settings import Settings


def of(visits: Sequence[Visit], settings: Settings) -> Iterator[str]:
    """Who carried the requests, that the run was cut, that there was no network."""
    proxies = fetcher.proxies_told(settings.fetch)
    if proxies and any(visit.exchanges and not visit.is_cached for visit in visits):
        yield f"Links were asked for through the proxy {proxies}."
    reasons = Counter(visit.verdict.reason for visit in visits)
    if reasons[Reason.INTERRUPTED] and settings.fetch.max_run_s:
        yield (
            f"{_links_were(reasons[Reason.INTERRUPTED])} not checked: the run was cut after "
            f"{settings.fetch.max_run_s:.0f} s; raise --max-run, or run it again: what was alive is remembered."
        )
    if reasons[Reason.NO_NETWORK]:
        yield (
            f"{_links_were(reasons[Reason.NO_NETWORK])} not checked: {_cut_off(visits)}, so this machine seems "
            "to have no network. Nothing was called dead; run it again when the network is back."
        )


def _cut_off(visits: Iterable[Visit]) -> str:
    """What shows that it is our own network that does not work."""
    failures = (each.failure for visit in visits for each in visit.exchanges)
    return "the proxy does not work" if Failure.PROXY in failures else "no name could be resolved"


def _links_were(count: int) -> str:
    return f"{count} {'link was' if count == 1 else 'links were'}"
