"""What a visit shows: a pure function from its exchanges to a Verdict. The signs in the pages are in signals/."""

from collections.abc import Container, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.fetcher import decoding, redirects, siblings, urls
from citecheck.fetcher import fragments as anchors
from citecheck.fetcher.evidence import Evidence
from citecheck.fetcher.ordinary import Ordinary
from citecheck.fetcher.passing import LONGEST_WAIT_S, asked_wait_s, is_spent
from citecheck.fetcher.siblings import Sibling
from citecheck.fetcher.signals import geography, hijacking, login, missing, outage, parking, paywall, shell, walls
from citecheck.fetcher.signals.home import is_sent_home
from citecheck.fetcher.signals.traces import ENOUGH
from citecheck.model import Certainty, Exchange, Failure, Reason, Status, Truncation, Verdict, http_reason

_GONE = frozenset((404, 410))
_TURNED_AWAY = frozenset((401, 402, 403, 407, 429, 451, 511, 999))
_NO_CONTENT = frozenset((204, 205))
_CONTENTS = (
    (hijacking.hijacked, Status.DEAD, Reason.HIJACKED, Certainty.MEDIUM),
    (login.login, Status.BLOCKED, Reason.LOGIN, Certainty.HIGH),
    (login.consent, Status.BLOCKED, Reason.CONSENT, Certainty.HIGH),
    (outage.out_of_service, Status.FAILING, Reason.OUT_OF_SERVICE, Certainty.MEDIUM),
)
_UNSURE_FAILURES = frozenset(
    (
        Failure.CONNECT_TIMEOUT,
        Failure.READ_TIMEOUT,
        Failure.VISIT_TIMEOUT,
        Failure.DNS_TEMPORARY,
        Failure.RESET,
        Failure.EMPTY_REPLY,
    )
)
_TELLING = 2
"""What the words of a page weigh that a script need not fill first."""
_ALIVE = Verdict(Status.ALIVE, Reason.OK)


class Judgement(NamedTuple):
    """A verdict, and whether the answer for a random sibling could change it."""

    verdict: Verdict
    is_doubtful: bool = False
    title: str | None = None
    """Of the page that a reader gets."""
    missing_fragments: tuple[str, ...] = ()


def judge(exchanges: Sequence[Exchange], *, now: datetime) -> Verdict:
    """The verdict that the last attempt's `exchanges`, hop by hop, bear by themselves."""
    return weigh(exchanges, now=now).verdict


def weigh(
    exchanges: Sequence[Exchange],
    *,
    now: datetime,
    sibling: Sequence[Exchange] | None = None,
    fragments: Sequence[str] = (),
    plainly: Ordinary | None = None,
    accept: Container[int] = (),
) -> Judgement:
    """The judgement that the last attempt's `exchanges`, hop by hop, bear.

    `sibling`: the exchanges for a random sibling; None: not asked yet. `fragments`: to be looked for in the page.
    `plainly`: what `ordinary.seen` says of the last exchange, when that has been asked. `accept`: the statuses that
    count as alive for the host at the end, though they mean otherwise.
    """
    if plainly and len(exchanges) == 1 and not fragments:
        return _noted(Judgement(_ALIVE, title=plainly.title), exchanges)
    evidence = Evidence(exchanges)
    status = evidence.last.http_status
    if plainly and len(exchanges) == 1:
        found = Judgement(_ALIVE, title=plainly.title)
    elif status and status in accept and not 200 <= status < 300:
        signal = f"the server answers {status}, which the settings count as alive for this host"
        return _noted(_shown(evidence, [signal]), exchanges)
    else:
        found = _weighed(evidence, now, sibling)
    found = _noted(found, exchanges)
    if not fragments or found.verdict.status not in (Status.ALIVE, Status.MOVED):
        return found
    return found._replace(missing_fragments=anchors.missing(evidence.last, evidence.page, fragments))


def _noted(found: Judgement, exchanges: Sequence[Exchange]) -> Judgement:
    """With a word on the hosts that could have been anybody."""
    hosts = dict.fromkeys(urls.parse(each.url).host for each in exchanges if each.is_unverified)
    if not hosts:
        return found
    signals = (*found.verdict.signals, *(f"the certificate of {host} was not checked" for host in hosts))
    return found._replace(verdict=replace(found.verdict, signals=signals))


def _weighed(evidence: Evidence, now: datetime, sibling: Sequence[Exchange] | None) -> Judgement:
    exchanges, last = evidence.exchanges, evidence.last
    if redirects.is_unfollowed(last):
        return Judgement(_unfinished(exchanges))
    if last.http_status is None:
        return Judgement(_broken(last, is_redirected=len(exchanges) > 1))
    abroad = None if walls.certain(last) else geography.abroad(evidence)
    if abroad:
        return Judgement(Verdict(Status.BLOCKED, Reason.GEO_BLOCK, signals=(abroad,)))
    gate = walls.seen(evidence)
    if gate:
        return Judgement(Verdict(Status.BLOCKED, Reason.BOT_WALL, signals=(gate,)))
    limit = walls.limited(evidence) if 200 <= last.http_status < 300 else None
    if limit:
        return Judgement(Verdict(Status.BLOCKED, Reason.RATE_LIMITED, signals=(limit,)))
    if last.http_status not in _GONE and (parked := parking.parked(evidence)):
        return Judgement(Verdict(Status.DEAD, Reason.PARKED, Certainty.MEDIUM, (parked,)))
    if 200 <= last.http_status < 300 or last.http_status == 300:
        return _served(evidence, sibling)
    return Judgement(_refused(last, now))


def _served(evidence: Evidence, sibling: Sequence[Exchange] | None) -> Judgement:
    broken = _unreadable(evidence)
    if broken:
        return Judgement(broken)
    for look, status, reason, certainty in _CONTENTS:
        seen = look(evidence)
        if seen:
            return Judgement(Verdict(status, reason, certainty, (seen,)))
    if evidence.is_redirected and is_sent_home(evidence.asked, evidence.reached):
        signal = f"a deep link ends at the front page {evidence.last.url}"
        return Judgement(Verdict(Status.DEAD, Reason.HOME_REDIRECT, Certainty.MEDIUM, (signal,)))
    notes = list(_notes(evidence))
    return _present(evidence, notes, sibling)


def _present(evidence: Evidence, notes: list[str], sibling: Sequence[Exchange] | None) -> Judgement:
    """Whether the page says that there is none."""
    signs = missing.signs(evidence)
    weight, words = sum(sign.weight for sign in signs), tuple(sign.words for sign in signs)
    if weight >= ENOUGH:
        certainty = Certainty.HIGH if len(signs) > 1 else Certainty.MEDIUM
        return Judgement(Verdict(Status.DEAD, Reason.SOFT_404, certainty, words))
    if not signs or (shell.UNREADABLE in notes and weight < _TELLING):
        return _shown(evidence, notes)
    if sibling is None:
        return _shown(evidence, [*notes, *words])._replace(is_doubtful=True)
    answer = siblings.compare(evidence, sibling)
    if answer is Sibling.ALIKE:
        return Judgement(Verdict(Status.DEAD, Reason.SOFT_404, signals=(*words, str(answer))))
    return _shown(evidence, [*notes, *words, str(answer)])


def _shown(evidence: Evidence, notes: list[str]) -> Judgement:
    """A page that a reader gets, where it was or where it has moved."""
    permanently = all(each.http_status in redirects.PERMANENT for each in evidence.exchanges[:-1])
    title = evidence.page.title if evidence.page else None
    wall = paywall.paywalled(evidence)
    signals = (*notes, wall) if wall else tuple(notes)
    if evidence.reached.url != evidence.asked.url and permanently:
        found = Verdict(Status.MOVED, Reason.PERMANENT_REDIRECT, signals=signals, suggestion=evidence.last.url)
    else:
        found = Verdict(Status.ALIVE, Reason.PAYWALL if wall else Reason.OK, signals=signals)
    return Judgement(found, title=title)


def _unreadable(evidence: Evidence) -> Verdict | None:
    last = evidence.last
    try:
        decoding.content(last)
    except decoding.UnknownCoding:
        return None
    except ValueError as error:
        return Verdict(Status.FAILING, Failure.BAD_ENCODING, signals=(f"the body cannot be decoded: {error}",))
    return _broken(last, is_redirected=len(evidence.exchanges) > 1) if last.failure and not last.body else None


def _notes(evidence: Evidence) -> Iterator[str]:
    """What an editor should know of a page that is there."""
    last = evidence.last
    try:
        wrong = decoding.flaw(last)
    except decoding.UnknownCoding as coding:
        yield f"the page comes in a coding that was not asked for and not read: {coding}"
        return
    if wrong:
        yield f"the page breaks off: {wrong}"
    elif last.failure:
        yield f"the page broke off: {last.detail or last.failure}"
    elif last.truncated is Truncation.TIME:
        yield f"the page comes so slowly that it was left after {last.elapsed_s:.0f} s"
    elif last.http_status in _NO_CONTENT or not last.body:
        yield f"the server answers {last.http_status} without any content"
    hollow = shell.hollow(evidence)
    if hollow:
        yield hollow


def _refused(last: Exchange, now: datetime) -> Verdict:
    status = last.http_status or 0
    signals = [last.detail or f"the server answers {status}"]
    asked_s = asked_wait_s(last, now)
    if asked_s is not None:
        signals.append(f"it asks to wait {asked_s:.0f} s")
    if status in redirects.PERMANENT or status in (302, 303, 307):
        return Verdict(Status.FAILING, Reason.BAD_REDIRECT, signals=(f"a redirect ({status}) that says not where to",))
    if status in _GONE:
        return Verdict(Status.DEAD, http_reason(status), signals=tuple(signals))
    if status == 429 or is_spent(last) or (asked_s is not None and asked_s > LONGEST_WAIT_S):
        return Verdict(Status.BLOCKED, Reason.RATE_LIMITED, signals=tuple(signals))
    if status in _TURNED_AWAY:
        return Verdict(Status.BLOCKED, http_reason(status), signals=tuple(signals))
    certainty = Certainty.MEDIUM if status >= 500 else Certainty.HIGH
    return Verdict(Status.FAILING, http_reason(status), certainty, tuple(signals))


def _broken(last: Exchange, *, is_redirected: bool) -> Verdict:
    failure = last.failure or Failure.BAD_REPLY
    signal = f"{last.url}: {last.detail or failure}" if is_redirected else last.detail or str(failure)
    if failure is Failure.PROXY:  # it is our own network that does not work
        return Verdict(Status.UNCHECKED, Reason.NO_NETWORK, signals=(signal,))
    if failure is Failure.DNS_NXDOMAIN:
        return Verdict(Status.DEAD, failure, signals=(signal,))
    if failure is Failure.PRIVATE_ADDRESS:
        if is_redirected:  # a reader outside that network gets nothing
            return Verdict(Status.FAILING, failure, signals=(f"redirects to a private address: {last.url}",))
        return Verdict(Status.SKIPPED, failure, signals=(signal,))
    certainty = Certainty.MEDIUM if failure in _UNSURE_FAILURES else Certainty.HIGH
    return Verdict(Status.FAILING, failure, certainty, (signal,))


def _unfinished(exchanges: Sequence[Exchange]) -> Verdict:
    """A redirect that was not followed: why not can be told from the exchanges."""
    last = exchanges[-1]
    where = redirects.location(last)
    try:
        target = redirects.following(last)
    except ValueError:
        return Verdict(
            Status.FAILING, Reason.BAD_REDIRECT, signals=(f"redirects to `{where}`, which no reader can follow",)
        )
    if target and target.url in {each.url for each in exchanges}:
        signal = f"{len(exchanges)} redirects lead round in a circle, to {target.url}"
        return Verdict(Status.FAILING, Reason.REDIRECT_LOOP, signals=(signal,))
    signal = f"still redirecting after {len(exchanges) - 1} redirects"
    return Verdict(Status.FAILING, Reason.TOO_MANY_REDIRECTS, signals=(signal,))
