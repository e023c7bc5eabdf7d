"""Where an answer sends its reader next."""

from citecheck.fetcher import urls
from citecheck.fetcher.urls import Place
from citecheck.model import Exchange

PERMANENT = frozenset((301, 308))
_STATUSES = PERMANENT | {300, 302, 303, 307}


def location(exchange: Exchange) -> str | None:
    """The Location of a redirect, or None when the answer is none."""
    if exchange.http_status not in _STATUSES:
        return None
    raw = exchange.header("location")
    if raw is None:
        return None
    try:
        return raw.encode("latin-1").decode("utf-8")  # servers send raw UTF-8, and browsers take it
    except UnicodeDecodeError:
        return raw


def following(exchange: Exchange) -> Place | None:
    """The place to which `exchange` redirects. Raises ValueError when that is no http or https URL."""
    target = location(exchange)
    return None if target is None else urls.join(urls.parse(exchange.url), target)
