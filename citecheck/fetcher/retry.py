"""Again or not: the one place that decides it, by tenacity's stop, wait and retry objects.

Tenacity's own loop would sleep; here the frontier does the waiting, and a thousand visits wait side by side.
"""

from datetime import datetime
from typing import NamedTuple

from tenacity import Future, RetryCallState, Retrying
from tenacity.retry import retry_if_result
from tenacity.stop import stop_after_attempt
from tenacity.wait import wait_base, wait_chain, wait_fixed, wait_random

from citecheck.fetcher.passing import LONGEST_WAIT_S, asked_wait_s, may_pass
from citecheck.model import Exchange


class Again(NamedTuple):
    """Try once more, after `wait_s`; `is_for_host`: nothing of that host before then."""

    wait_s: float
    is_for_host: bool


class RetryPolicy:
    """Passing failures are tried again after 1 s and 4 s; what a server asks for, up to a minute, is waited for."""

    def __init__(self, attempts: int) -> None:
        self._policy = Retrying(
            stop=stop_after_attempt(attempts),
            wait=_AskedWait(wait_chain(wait_fixed(1), wait_fixed(4)) + wait_random(0, 0.5)),
            retry=retry_if_result(may_pass),
        )

    def after(self, exchange: Exchange, *, attempts: int, now: datetime) -> Again | None:
        """Whether to try once more when the last of `attempts` ended with `exchange`."""
        if not may_pass(exchange):
            return None
        asked_s = asked_wait_s(exchange, now)
        if asked_s is not None and asked_s > LONGEST_WAIT_S:
            return None
        state = _State(self._policy, None, (), {})
        state.attempt_number = attempts
        state.outcome = Future(attempts)
        state.outcome.set_result(exchange)
        state.asked_s = asked_s
        if not self._policy.retry(state) or self._policy.stop(state):
            return None
        return Again(self._policy.wait(state), is_for_host=asked_s is not None)


class _State(RetryCallState):
    asked_s: float | None = None


class _AskedWait(wait_base):
    """What the server asked for, else what `otherwise` says."""

    def __init__(self, otherwise: wait_base) -> None:
        self._otherwise = otherwise

    def __call__(self, retry_state: RetryCallState) -> float:
        asked_s = retry_state.asked_s if isinstance(retry_state, _State) else None
        return self._otherwise(retry_state) if asked_s is None else asked_s
