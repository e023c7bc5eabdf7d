"""In which order targets are visited: those of one host near each other, so that its connections serve them all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from citecheck import whatwg
from citecheck.fetcher import urls
from citecheck.model import Target

_ROUNDS = 16
_CHUNK = 8


def name_of(url: str) -> str:
    """The host of a URL; empty for what is no URL to be fetched."""
    plain = whatwg.PLAIN.match(url)
    if plain:
        return plain[3]
    try:
        return urls.parse(url).host
    except ValueError:
        return ""


def by_host(targets: Iterable[Target]) -> Iterator[Target]:
    """All of `targets`, in the order of their chunks."""
    for chunk in chunks(targets):
        yield from chunk


def chunks(targets: Iterable[Target]) -> Iterator[list[Target]]:
    """Eight of a host at a time; a host with many gets its share of each of sixteen rounds.

    Whoever has most comes first in a round: a host's pauses, not our speed, decide how long it takes.
    """
    of_host: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        of_host[name_of(target.request_url)].append(target)
    rounds: list[list[list[Target]]] = [[] for _ in range(_ROUNDS)]
    for index, group in enumerate(sorted(of_host.values(), key=len, reverse=True)):
        size = max(_CHUNK, -(-len(group) // _ROUNDS))
        for turn, start in enumerate(range(0, len(group), size)):
            rounds[(index + turn) % _ROUNDS].append(group[start : start + size])
    for each in rounds:
        yield from sorted(each, key=len, reverse=True)
