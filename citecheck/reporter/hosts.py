"""How each host answered in a run: `--host-stats`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from citecheck.model import HostUse, Visit

_ROWS = 50
_NAME_CELLS = 40
_HEAD = ("host", "links", "requests", "tries more", "median", "longest", "waited", "verdicts", "answers")
_LEFT = frozenset({0, 7, 8})
"""Columns of words; those of numbers are set to the right."""


class _Tally:
    """One host while it is counted."""

    def __init__(self) -> None:
        self.links = self.cached = self.requests = self.retries = 0
        self.statuses: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self.times_s: list[float] = []
        self.waited_s = 0.0

    def use(self, host: str) -> HostUse:
        times = sorted(self.times_s)
        middle = len(times) // 2
        return HostUse(
            host=host,
            links=self.links,
            requests=self.requests,
            retries=self.retries,
            cached=self.cached,
            statuses=dict(self.statuses.most_common()),
            answers=dict(self.answers.most_common()),
            median_s=(times[middle] + times[-1 - middle]) / 2 if times else None,
            longest_s=times[-1] if times else None,
            waited_s=self.waited_s,
        )


def host_uses(visits: Iterable[Visit]) -> tuple[HostUse, ...]:
    """What the visits show of each host, those with most requests first."""
    tallies: dict[str, _Tally] = {}
    for visit in visits:
        host = host_of(visit.target.request_url)
        if not host:
            continue
        own = tallies.setdefault(host, _Tally())
        own.links += 1
        own.statuses[visit.verdict.status.value] += 1
        if visit.is_cached:
            own.cached += 1
            continue
        retries = max(0, visit.attempts - 1)
        own.retries += retries
        own.requests += retries if visit.exchanges else visit.attempts
        own.waited_s = max(own.waited_s, visit.elapsed_s - sum(each.elapsed_s for each in visit.exchanges))
        for each in visit.exchanges:
            asked = tallies.setdefault(host_of(each.url) or host, _Tally())
            asked.requests += 1
            asked.answers[str(each.http_status or each.failure or "none")] += 1
            if each.http_status:
                asked.times_s.append(each.elapsed_s)
    uses = (tally.use(host) for host, tally in tallies.items())
    return tuple(sorted(uses, key=lambda each: (-each.requests, -each.links, each.host)))


def host_table(uses: Sequence[HostUse]) -> Iterator[str]:
    """The hosts as lines of a table, the busiest; the report as JSON has all."""
    rows = [_HEAD, *map(_cells, uses[:_ROWS])]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for row in rows:
        cells = (
            cell.ljust(width) if column in _LEFT else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
    if len(uses) > _ROWS:
        yield f"… and {len(uses) - _ROWS} more hosts: --format json has them all"


def host_of(url: str) -> str:
    """The host's name; empty for a URL without one."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def shown(host: str) -> str:
    """A host's name for a terminal: in one line, without what moves the cursor, and no longer than names are."""
    from citecheck.reporter.sinks import one_line  # late: a progress line needs none of it

    clean = one_line(host)
    return clean if len(clean) <= _NAME_CELLS else f"{clean[: _NAME_CELLS - 1]}…"


def _cells(use: HostUse) -> tuple[str, ...]:
    return (
        shown(use.host),
        str(use.links),
        str(use.requests),
        str(use.retries),
        _seconds(use.median_s),
        _seconds(use.longest_s),
        _seconds(use.waited_s),
        _counts({**use.statuses, **({"of these remembered": use.cached} if use.cached else {})}),
        ", ".join(f"{answer} ×{number}" for answer, number in use.answers.items()),
    )


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{max(0.0, seconds):.2f} s"


def _counts(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counted.items())
