"""Where an answer sends its reader next."""

from citecheck.fetcher import page, urls
from citecheck.fetcher.urls import Place
from citecheck.model import Exchange

PERMANENT = frozenset((301, 308))
_SHOWN = frozenset((200, 203))
_SOON_S = 10.0
_LARGEST_TURN_BYTES = 64 * 1024
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
    """The place to which `exchange` sends on: by redirect, refresh, or the script of a page without words.

    Raises ValueError when that is no http or https URL, or no host can have that name.
    """
    target = location(exchange)
    if target is not None:
        place = urls.join(urls.parse(exchange.url), target)
        if not urls.is_name(place.host):
            raise ValueError(f"`{place.host}` cannot be a host's name")
        return place
    return _turned(exchange) if exchange.http_status in _SHOWN else None


def is_unfollowed(exchange: Exchange) -> bool:
    """Whether `exchange` sends on to somewhere; at the end of a visit: in vain."""
    try:
        return location(exchange) is not None or following(exchange) is not None
    except ValueError:
        return True


def _turned(exchange: Exchange) -> Place | None:
    """Where a served page itself turns its reader, within the time that a reader takes for a redirect."""
    header = exchange.header("refresh")
    refresh = page.read_refresh(header) if header else None
    body, base = exchange.body, ""
    if (
        refresh is None
        and len(body) <= _LARGEST_TURN_BYTES
        and (b"efresh" in body or b"EFRESH" in body or b"ocation" in body)
    ):
        brought = page.of(exchange)
        if brought and brought.is_html:
            refresh = brought.refresh or ((0.0, brought.turn) if brought.turn else None)
            base = brought.base if refresh else ""
    if refresh is None or refresh[0] > _SOON_S:
        return None
    here = urls.parse(exchange.url)
    try:
        place = urls.join(urls.join(here, base), refresh[1])
    except ValueError:  # an app's scheme, or nonsense: the page itself is what a reader gets
        return None
    return None if place.url == here.url else place
