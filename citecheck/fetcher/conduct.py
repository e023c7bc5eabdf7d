"""How the hosts of a run behave, by their answers: who complains, who slows down, who is silent, who is left alone."""

from datetime import datetime
from enum import Enum
from math import inf
from typing import Any

from citecheck.fetcher.frontier import Frontier
from citecheck.fetcher.passing import LONGEST_WAIT_S, asked_wait_s
from citecheck.model import Exchange, Failure, Reason, Status, Truncation, Verdict

_TIMEOUTS = frozenset((Failure.CONNECT_TIMEOUT, Failure.READ_TIMEOUT, Failure.VISIT_TIMEOUT))
_SILENCES_BORNE = 2
_PROBE_S = 3.0
"""What a host gets that was silent so often: 44 links of a tarpit then cost 24 s instead of 80."""
_COMPLAINTS_BORNE = 8
"""So many times 429 in a row, with pauses between, and the host means all of its links."""
_FAILURES_BORNE = 3
_MAZES_BORNE = 3
_REDIRECTS_OF_A_MAZE = 5
"""So far the other links of such a host are followed: 50 of them then cost 320 requests instead of 550."""
_WAIT_BUDGET_S = 180.0
_WAITS_BORNE = 2
_WAITED_IN_VAIN_S = 60.0
"""After two waits in a row and so much time, as it asked, a host that still complains means all of its links."""
_SLOW_S = 1.0
_SLOWER = 4.0
_RECENT = 0.2
_LEAST_WINDOW = 0.25  # of a host that complains: one request every three seconds


class Sign(Enum):
    """What an exchange says of its host's budget."""

    WIDEN = "widen"
    NARROW = "narrow"
    PAUSE = "pause"
    """Less than one at a time."""
    NOTHING = "nothing"


class _Host:
    __slots__ = ("closed", "complaints", "failures", "in_vain_s", "mazes", "mean_s", "silences", "waited_s", "waits")

    def __init__(self) -> None:
        self.closed = ""
        self.complaints = 0
        self.failures = 0
        self.mazes = 0
        self.mean_s = 0.0
        self.silences = 0
        self.waited_s = 0.0
        self.waits = 0
        self.in_vain_s = 0.0
        """What was waited in `waits` in a row, since the last proper answer."""


class Conduct:
    """Counts begin anew with every proper answer: what matters is trouble in a row."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    def steer(self, frontier: Frontier[Any], host: str, exchange: Exchange, now_s: float) -> None:
        """Takes in what ended on the wire, and has the host asked for more at once or for less."""
        match self.note(host, exchange):
            case Sign.WIDEN:
                frontier.widen(host)
            case Sign.NARROW:
                frontier.narrow(host, now_s)
            case Sign.PAUSE:
                frontier.narrow(host, now_s, least=_LEAST_WINDOW)

    def note(self, host: str, exchange: Exchange) -> Sign:
        """Takes in what ended on the wire."""
        known = self._hosts.get(host) or self._hosts.setdefault(host, _Host())
        if exchange.failure in _TIMEOUTS or exchange.truncated is Truncation.TIME:
            known.silences += 1
            return Sign.NOTHING
        if exchange.http_status is None:
            return Sign.NOTHING
        known.silences = 0
        if exchange.http_status == 429:
            known.complaints += 1
            if known.complaints >= _COMPLAINTS_BORNE:
                known.closed = f"the host answered 429 {known.complaints} times in a row"
            return Sign.NARROW if exchange.header("retry-after") else Sign.PAUSE
        if exchange.http_status == 503:
            return Sign.NARROW
        known.complaints = known.failures = known.waits = 0
        known.in_vain_s = 0.0
        if not 300 <= exchange.http_status < 400:
            known.mazes = 0
        mean_s = known.mean_s or exchange.elapsed_s
        known.mean_s = mean_s + (exchange.elapsed_s - mean_s) * _RECENT
        return Sign.NARROW if exchange.elapsed_s > max(_SLOW_S, _SLOWER * mean_s) else Sign.WIDEN

    def heed(self, host: str, exchange: Exchange, now: datetime) -> None:
        """Closes the host when what it asks to be waited for is more than a run has, for one answer or for all."""
        asked_s = asked_wait_s(exchange, now) or 0.0
        known = self._hosts.get(host)
        if known and (asked_s > LONGEST_WAIT_S or known.waited_s + asked_s > _WAIT_BUDGET_S):
            known.closed = f"the host asks to wait {asked_s:.0f} s"
        elif known and asked_s and known.waits >= _WAITS_BORNE and known.in_vain_s >= _WAITED_IN_VAIN_S:
            known.closed = f"the host was left alone for {known.in_vain_s:.0f} s as it asked, in vain"

    def waited(self, host: str, seconds: float) -> None:
        """Notes what the host's budget was held for, as it asked."""
        known = self._hosts.setdefault(host, _Host())
        known.waited_s += seconds
        known.in_vain_s += seconds
        known.waits += seconds > 0

    def given_up(self, host: str) -> None:
        """Notes that a link was tried as often as it may be, in vain."""
        self._hosts.setdefault(host, _Host()).failures += 1

    def is_hopeless(self, host: str) -> bool:
        """Whether so many links in a row were tried in vain that the others get one try each."""
        known = self._hosts.get(host)
        return known is not None and (bool(known.closed) or known.failures >= _FAILURES_BORNE)

    def follows(self, host: str, times: int, most: int) -> bool:
        """Whether a link of `host` is followed on when it has led on so many times.

        Up to `most` times, and less often once three in a row have come to nothing.
        """
        known = self._hosts.get(host)
        if times <= (min(most, _REDIRECTS_OF_A_MAZE) if known and known.mazes >= _MAZES_BORNE else most):
            return True
        known = known or self._hosts.setdefault(host, _Host())
        known.mazes += 1
        return False

    def patience_s(self, host: str) -> float:
        """How long its head, and then its body, is waited for: a host that was silent twice running gets a probe."""
        known = self._hosts.get(host)
        return _PROBE_S if known and known.silences >= _SILENCES_BORNE else inf

    def closing(self, host: str) -> Verdict | None:
        """The verdict on every further link of a host that is to be left alone; None: it may be asked."""
        known = self._hosts.get(host)
        if known is None or not known.closed:
            return None
        return Verdict(Status.BLOCKED, Reason.RATE_LIMITED, signals=(known.closed,))
