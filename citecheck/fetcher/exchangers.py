"""Who takes a domain's mail, on request: what its name server says (MX, RFC 5321 5.1 and 7505). Nobody is written to.

dnspython asks: the system's own resolver finds addresses only.
"""

import socket
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from select import POLLIN, poll
from typing import TYPE_CHECKING

from citecheck.clock import Clock
from citecheck.errors import SettingsError
from citecheck.fetcher import guard, mail
from citecheck.fetcher.resolver import Lookup, Resolver, Standing
from citecheck.model import Certainty, Failure, Reason, Status, Target, Verdict, Visit
from citecheck.settings import FetchSettings

if TYPE_CHECKING:
    import dns.resolver

_LOOK_EVERY_S = 0.1
_WORST_FIRST = (Status.DEAD, Status.FAILING, Status.UNCHECKED, Status.ALIVE)


def asking(settings: FetchSettings, servers: "dns.resolver.Resolver | None" = None) -> Callable[[str], Sequence[str]]:
    """A function from a domain to the hosts that take its mail, the preferred first; it raises socket.gaierror.

    `servers`: whom to ask; None: those of the system. Raises SettingsError where dnspython is not installed.
    """
    try:
        import dns.exception
        import dns.resolver
    except ImportError as error:
        message = "`fetch.mail_mx` needs dnspython: pip install 'citecheck[mail]'"
        raise SettingsError(message, about="fetch.mail_mx") from error

    def ask(domain: str, kind: str) -> list[str]:
        whom = servers or dns.resolver.get_default_resolver()
        found = whom.resolve(
            f"{domain.rstrip('.')}.", kind, lifetime=settings.connect_timeout_s, raise_on_no_answer=False
        )
        return [] if found.rrset is None else sorted(record.to_text() for record in found.rrset)

    def exchangers(domain: str) -> Sequence[str]:
        try:
            rows = [row.split(" ") for row in ask(domain, "MX")]
            hosts = [host.rstrip(".") for _, host in sorted(rows, key=lambda row: int(row[0]))]
            if any(hosts):
                return [host for host in hosts if host]
            if hosts:
                raise socket.gaierror(socket.EAI_NODATA, f"{domain} takes no mail: it says so")
            if ask(domain, "A") or ask(domain, "AAAA"):
                return [domain]
            raise socket.gaierror(socket.EAI_NODATA, f"{domain} takes no mail: it has neither MX nor address")
        except dns.resolver.NXDOMAIN as error:
            raise socket.gaierror(socket.EAI_NONAME, f"there is no domain {domain}") from error
        except dns.exception.DNSException as error:
            raise socket.gaierror(socket.EAI_AGAIN, f"no answer on who takes mail for {domain}") from error

    return exchangers


def parted(targets: Iterable[Target], settings: FetchSettings, letters: list[Target]) -> Iterable[Target]:
    """The targets that are fetched; `mailto:` URLs are put into `letters`, as the targets are read."""

    def fetched() -> Iterator[Target]:
        for target in targets:
            if mail.is_mail(target.request_url) and guard.refusal(target.request_url, settings) is None:
                letters.append(target)
            else:
                yield target

    return list(fetched()) if isinstance(targets, Sequence) else fetched()


def visits(
    targets: Iterable[Target],
    settings: FetchSettings,
    lookup: Callable[[str], Sequence[str]],
    clock: Clock,
    until_s: float,
) -> Generator[Visit, None, None]:
    """A visit of each of `targets`, `mailto:` URLs, as their domains are found; none any more after `until_s`."""
    began_s = clock.monotonic()
    wanted = {target: set(mail.domains(target.request_url)) for target in targets}
    of_domain: defaultdict[str, list[Target]] = defaultdict(list)
    for target, domains in wanted.items():
        for domain in domains:
            of_domain[domain].append(target)
    found: dict[str, Verdict] = {}
    resolver = Resolver(settings, clock=clock, lookup=lookup)
    try:
        for domain, lookup_of in _looked_up(resolver, list(of_domain), clock, until_s):
            found[domain] = _verdict(domain, lookup_of, resolver.standing)
            for target in of_domain[domain]:
                wanted[target].discard(domain)
                if not wanted[target]:
                    verdicts = [found[each] for each in mail.domains(target.request_url)]
                    worst = min(verdicts, key=lambda each: _WORST_FIRST.index(each.status))
                    elapsed_s = clock.monotonic() - began_s
                    yield Visit(target, worst, attempts=1, elapsed_s=elapsed_s, checked_at=clock.now())
    finally:
        resolver.close()


def _looked_up(
    resolver: Resolver, domains: Sequence[str], clock: Clock, until_s: float
) -> Generator[tuple[str, Lookup], None, None]:
    """What is found of each domain; a missing one is told when it is known whether the resolver can be believed."""
    unproven: list[tuple[str, Lookup]] = []
    answers = [(each, known) for each in domains if (known := resolver.find(each))]
    waiting = set(domains)
    while (waiting or unproven) and clock.monotonic() < until_s:
        for domain, lookup in answers:
            if domain not in waiting:  # a canary
                continue
            waiting.remove(domain)
            if lookup.failure is Failure.DNS_NXDOMAIN and not lookup.is_certain:
                resolver.prove()
                unproven.append((domain, lookup))
            else:
                yield domain, lookup
        if unproven and resolver.standing is not Standing.ASKING:
            yield from unproven
            unproven.clear()
        if waiting or unproven:
            _wait(resolver)
            answers = resolver.answers()


def _wait(resolver: Resolver) -> None:
    waiting = poll()
    waiting.register(resolver.fileno(), POLLIN)
    waiting.poll(_LOOK_EVERY_S * 1000)


def _verdict(domain: str, lookup: Lookup, standing: Standing) -> Verdict:
    match lookup.failure:
        case None:
            return Verdict(Status.ALIVE, Reason.OK, signals=(f"mail for {domain} goes to {lookup.addresses[0]}",))
        case Failure.DNS_NXDOMAIN if standing is not Standing.WORKS and not lookup.is_certain:
            signal = f"no name could be resolved in this run; {lookup.detail}"
            return Verdict(Status.UNCHECKED, Reason.NO_NETWORK, signals=(signal,))
        case Failure.DNS_NXDOMAIN | Failure.DNS_NO_ADDRESS:
            return Verdict(Status.DEAD, lookup.failure, signals=(lookup.detail,))
        case _:
            return Verdict(Status.FAILING, lookup.failure, Certainty.MEDIUM, (lookup.detail,))
