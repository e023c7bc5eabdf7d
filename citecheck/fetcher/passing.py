"""Which failures may pass, and how long a server asks to be left alone."""

import re
from datetime import UTC, datetime

from citecheck.model import Exchange, Failure
from citecheck.patterns import regex

LONGEST_WAIT_S = 60.0
"""A Retry-After beyond this is not waited for."""

# Time-outs are not among them: whoever was silent for long is not waited for in full again on the spot.
_PASSING_FAILURES = frozenset(
    (Failure.DNS_TEMPORARY, Failure.REFUSED, Failure.UNREACHABLE, Failure.RESET, Failure.EMPTY_REPLY)
)
# What is the same whenever and however it is asked.
_LASTING_FAILURES = frozenset(
    (
        Failure.DNS_NXDOMAIN,
        Failure.DNS_NO_ADDRESS,
        Failure.PRIVATE_ADDRESS,
        Failure.BAD_ENCODING,
        Failure.TLS_EXPIRED,
        Failure.TLS_HOSTNAME,
        Failure.TLS_SELF_SIGNED,
        Failure.TLS_UNTRUSTED,
        Failure.PROXY,
        Failure.CANCELLED,
    )
)
_PASSING_STATUSES = frozenset((408, 425, 429))
_LASTING_SERVER_ERRORS = frozenset((501, 505))
_ASKS_FOR_PATIENCE = frozenset((429, 503))
_RESET_HEADERS = ("ratelimit-reset", "x-ratelimit-reset", "x-ratelimit-reset-after", "x-rate-limit-reset")
_RESET = regex(r"\b(?:t|reset)=(\d+)")
_NUMBER = regex(r"\d+(?:\.\d+)?", re.ASCII)
_LONGEST_COUNT_S = 1e9
"""Greater numbers are seconds since 1970."""
_LONGEST_TIME_S = 1e11
"""Greater ones milliseconds."""


def asked_wait_s(exchange: Exchange, now: datetime) -> float | None:
    """How long a 429 or 503 asks to be left alone, or None.

    By Retry-After (RFC 9110, seconds or a date), else by the RateLimit headers (IETF httpapi drafts; GitHub, GitLab and
    others with an X- before them, and the time of day instead of seconds).
    """
    if exchange.http_status not in _ASKS_FOR_PATIENCE and not is_spent(exchange):
        return None
    text = (exchange.header("retry-after") or "").strip()
    if text:
        return _read_wait_s(text, now)
    structured = _RESET.search(exchange.header("ratelimit") or "")
    if structured:
        return float(structured[1][:9])
    for name in _RESET_HEADERS:
        text = (exchange.header(name) or "").strip()
        if text:
            return _read_wait_s(text, now)
    return None


def is_spent(exchange: Exchange) -> bool:
    """Whether a refusal says that the requests granted are used up: some answer 403 then, not 429."""
    if exchange.http_status not in (403, 429, 503):
        return False
    left = exchange.header("x-ratelimit-remaining") or exchange.header("ratelimit-remaining") or ""
    return left.strip() == "0"


def _read_wait_s(text: str, now: datetime) -> float | None:
    number = _NUMBER.fullmatch(text)
    if number:
        seconds = float(number[0][:15])
        if seconds > _LONGEST_TIME_S:
            seconds /= 1000
        return max(0.0, seconds - now.timestamp()) if seconds > _LONGEST_COUNT_S else seconds
    from email.utils import parsedate_to_datetime

    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def is_worth_a_second_look(exchange: Exchange) -> bool:
    """Whether a visit that failed with `exchange` may fare better at the end of the run, or asked in another way."""
    status = exchange.http_status
    if status is None or exchange.failure:
        return exchange.failure not in _LASTING_FAILURES
    return not 300 <= status < 400 and status not in _LASTING_SERVER_ERRORS


def may_pass(exchange: Exchange) -> bool:
    """Whether what `exchange` shows may be over soon."""
    status = exchange.http_status
    if status is None:
        return exchange.failure in _PASSING_FAILURES
    if status >= 500:
        return status < 600 and status not in _LASTING_SERVER_ERRORS and status != 511
    return status in _PASSING_STATUSES or is_spent(exchange)
