"""What a user can do about hosts that did not answer as they should: told after a run."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from citecheck.model import Failure, Reason, Status, Visit
from citecheck.reporter.hosts import host_of, shown
from citecheck.reporter.wording import count

_HOSTS_NAMED = 3
_TROUBLED = frozenset((Status.BLOCKED, Status.FAILING, Status.SKIPPED))


class _Hint(NamedTuple):
    """What is said of hosts some of whose links have one of these reasons."""

    reasons: frozenset[str]
    says: str
    """`{hosts}` names them, `{host}` the one with most links."""


_HINTS = (
    _Hint(
        frozenset({Reason.RATE_LIMITED}),
        'rate limited by {hosts}: ask more slowly, [hosts."{host}"] interval_s = 2, concurrency = 1 in the settings, '
        "or run it again later",
    ),
    _Hint(
        frozenset({"http-401"}),
        'asked for a password by {hosts}: [hosts."{host}"] auth = "env:NAME" takes user:password from the variable '
        "NAME, bearer a token",
    ),
    _Hint(
        frozenset({Reason.BOT_WALL, Reason.LOGIN, "http-403", "http-999"}),
        'turned away by {hosts}: a reader may see more; [[exclude]] host = "{host}" with a reason leaves it out, and '
        '[hosts."{host}"] cookies or headers may open it',
    ),
    _Hint(
        frozenset({Reason.ROBOTS}),
        "disallowed by robots.txt of {hosts}: without --robots they are asked for",
    ),
    _Hint(
        frozenset({Failure.CONNECT_TIMEOUT, Failure.READ_TIMEOUT, Failure.VISIT_TIMEOUT}),
        'no answer in time from {hosts}: [hosts."{host}"] headers_timeout_s = 30 and visit_timeout_s = 60 have more '
        "patience",
    ),
    _Hint(
        frozenset({Failure.TLS_UNTRUSTED, Failure.TLS_SELF_SIGNED}),
        "unknown certificates at {hosts}: --ca-file PEM trusts an authority of your own",
    ),
    _Hint(
        frozenset({Reason.PRIVATE_ADDRESS}),
        "private addresses were left out: {hosts}; --allow-private fetches them too",
    ),
)


def hints(visits: Iterable[Visit]) -> Iterator[str]:
    """A line for each kind of trouble that a setting may help with, with the hosts that have it."""
    hosts: dict[str, Counter[str]] = {}
    for visit in visits:
        if visit.verdict.status in _TROUBLED:
            hosts.setdefault(visit.verdict.reason, Counter())[_asked_last(visit)] += 1
    for hint in _HINTS:
        troubled: Counter[str] = sum((hosts[each] for each in hint.reasons & hosts.keys()), Counter())
        del troubled[""]
        if troubled:
            yield "hint: " + hint.says.format(hosts=_named(troubled), host=_plain(troubled.most_common(1)[0][0]))


def _asked_last(visit: Visit) -> str:
    """The host that gave the trouble: behind redirects the last one."""
    return host_of(visit.final_url or visit.target.request_url)


def _named(hosts: Counter[str]) -> str:
    ranked = sorted(hosts.items(), key=lambda each: (-each[1], each[0]))
    named = [f"{shown(host)} ({count(number, 'link')})" for host, number in ranked[:_HOSTS_NAMED]]
    if len(ranked) > _HOSTS_NAMED:
        named.append(count(len(ranked) - _HOSTS_NAMED, "more host"))
    return ", ".join(named)


def _plain(host: str) -> str:
    """As a key in TOML has it."""
    return shown(host).replace("\\", "").replace('"', "")
