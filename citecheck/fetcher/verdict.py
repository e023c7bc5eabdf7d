"""What a visit shows: a pure function from its exchanges to a Verdict.

So far by status code and transport; signs in the pages themselves have their place in signals/.
"""

from collections.abc import Sequence
from datetime import datetime

from citecheck.fetcher import page, redirects, urls
from citecheck.fetcher.retry import LONGEST_WAIT_S, asked_wait_s
from citecheck.fetcher.signals.home import is_sent_home
from citecheck.model import Certainty, Exchange, Failure, Reason, Status, Truncation, Verdict, http_reason

_GONE = frozenset((404, 410))
_TURNED_AWAY = frozenset((401, 402, 403, 407, 429, 451, 511, 999))
_NO_CONTENT = frozenset((204, 205))
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


def judge(exchanges: Sequence[Exchange], *, now: datetime) -> Verdict:
    """The verdict that the last attempt's `exchanges`, hop by hop, bear."""
    last = exchanges[-1]
    if redirects.location(last) is not None:
        return _unfinished(exchanges)
    if last.http_status is None:
        return _broken(last, is_redirected=len(exchanges) > 1)
    if 200 <= last.http_status < 300 or last.http_status == 300:
        return _served(exchanges)
    return _refused(last, now)


def rate_limited(wait_s: float) -> Verdict:
    """The verdict on every link of a host that asks to be left alone for longer than a run can wait."""
    return Verdict(Status.BLOCKED, Reason.RATE_LIMITED, signals=(f"the host asks to wait {wait_s:.0f} s",))


def _served(exchanges: Sequence[Exchange]) -> Verdict:
    asked, last = exchanges[0], exchanges[-1]
    signals: list[str] = []
    try:
        page.content(last)
    except page.UnknownCoding as coding:
        signals.append(f"the page comes in a coding that was not asked for and not read: {coding}")
    except ValueError as error:
        signal = f"the body cannot be decoded: {error}"
        return Verdict(Status.FAILING, Failure.BAD_ENCODING, signals=(signal,))
    if last.failure:
        if not last.body:
            return _broken(last, is_redirected=len(exchanges) > 1)
        signals.append(f"the page broke off: {last.detail or last.failure}")
    elif last.truncated is Truncation.TIME:
        signals.append(f"the page comes so slowly that it was left after {last.elapsed_s:.0f} s")
    elif last.http_status in _NO_CONTENT or not last.body:
        signals.append(f"the server answers {last.http_status} without any content")
    reached = urls.parse(last.url)
    start = urls.parse(asked.url)
    if len(exchanges) > 1 and is_sent_home(start, reached):
        signals.append(f"a deep link ends at the front page {last.url}")
        return Verdict(Status.DEAD, Reason.HOME_REDIRECT, Certainty.MEDIUM, tuple(signals))
    if reached.url != start.url and all(each.http_status in redirects.PERMANENT for each in exchanges[:-1]):
        return Verdict(Status.MOVED, Reason.PERMANENT_REDIRECT, signals=tuple(signals), suggestion=last.url)
    return Verdict(Status.ALIVE, Reason.OK, signals=tuple(signals))


def _refused(last: Exchange, now: datetime) -> Verdict:
    status = last.http_status or 0
    signals = [f"the server answers {status}"]
    asked_s = asked_wait_s(last, now)
    if asked_s is not None:
        signals.append(f"it asks to wait {asked_s:.0f} s")
    if status in redirects.PERMANENT or status in (302, 303, 307):
        return Verdict(Status.FAILING, Reason.BAD_REDIRECT, signals=(f"a redirect ({status}) that says not where to",))
    if status in _GONE:
        return Verdict(Status.DEAD, http_reason(status), signals=tuple(signals))
    if status == 429 or (asked_s is not None and asked_s > LONGEST_WAIT_S):
        return Verdict(Status.BLOCKED, Reason.RATE_LIMITED, signals=tuple(signals))
    if status in _TURNED_AWAY:
        return Verdict(Status.BLOCKED, http_reason(status), signals=tuple(signals))
    certainty = Certainty.MEDIUM if status >= 500 else Certainty.HIGH
    return Verdict(Status.FAILING, http_reason(status), certainty, tuple(signals))


def _broken(last: Exchange, *, is_redirected: bool) -> Verdict:
    failure = last.failure or Failure.BAD_REPLY
    signal = f"{last.url}: {last.detail or failure}" if is_redirected else last.detail or str(failure)
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
