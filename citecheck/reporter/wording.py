"""How reports say things in words: statuses, reasons, days, numbers, lists of names."""

from collections.abc import Iterable, Sequence
from datetime import date
from http import HTTPStatus

from citecheck.model import Certainty, DaySourcing, Document, LinksKept, Status, UpdateKind, Visit

_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")

STATUS_MEANS = {
    Status.ALIVE: "a reader gets the page",
    Status.MOVED: "a permanent redirect leads to the page",
    Status.DEAD: "gone for a reader",
    Status.BLOCKED: "the server turns programs away, a reader may get the page",
    Status.FAILING: "broken now, perhaps not for ever",
    Status.INVALID: "cannot be requested as written",
    Status.SKIPPED: "left out on purpose",
    Status.UNCHECKED: "could not be verified in this run",
}

CERTAINTY_MEANS = {Certainty.HIGH: "sure", Certainty.MEDIUM: "likely", Certainty.LOW: "cannot tell"}

LINKS_MEAN = {
    LinksKept.KEPT: "every page of this day shows its links",
    LinksKept.PARTLY: "some pages of this day show no links: they may have been lost in copying",
    LinksKept.LOST: "no page of this day shows links: they may have been lost in copying",
}

_REASONS = {
    "ok": "the page opens",
    "permanent-redirect": "moved for good",
    "home-redirect": "sent to the home page",
    "login": "asks to log in",
    "consent": "asks for consent first",
    "redirect-loop": "redirects in a circle",
    "too-many-redirects": "redirects too often",
    "bad-redirect": "redirects to no usable address",
    "soft-404": "says “not found” under a good status",
    "no-file": "there is no such file",
    "parked": "the domain is parked",
    "hijacked": "the domain serves somebody else's content",
    "bot-wall": "a wall against programs",
    "paywall": "behind a paywall",
    "geo-block": "closed to this country",
    "out-of-service": "the site says that it is out of service for now",
    "rate-limited": "asked to come back later",
    "malformed": "not a well-formed URL",
    "unsupported-scheme": "not a web address",
    "private-address": "a private address",
    "excluded": "excluded by the settings",
    "robots": "disallowed by robots.txt",
    "offline": "offline run",
    "no-network": "no working network here",
    "interrupted": "the run was cut short",
    "dns-nxdomain": "no such name",
    "dns-temporary": "the name could not be looked up",
    "dns-no-address": "the name has no address",
    "connect-timeout": "no connection in time",
    "read-timeout": "no answer in time",
    "visit-timeout": "took too long",
    "refused": "connection refused",
    "unreachable": "host unreachable",
    "reset": "connection reset",
    "empty-reply": "closed without an answer",
    "bad-reply": "not an HTTP answer",
    "short-body": "the page broke off",
    "bad-encoding": "the page cannot be decoded",
    "tls-expired": "the certificate has expired",
    "tls-self-signed": "a self-signed certificate",
    "tls-hostname": "the certificate is for another name",
    "tls-untrusted": "the certificate is not trusted",
    "tls-failure": "no secure connection",
    "proxy": "the proxy does not work",
    "cancelled": "the run was cut short",
}


def reason_words(reason: str) -> str:
    """A verdict's reason for people: "404 Not Found", "no such name"."""
    if reason.startswith("http-"):
        code = reason.removeprefix("http-")
        try:
            return f"{code} {HTTPStatus(int(code)).phrase}"
        except ValueError:
            return f"HTTP status {code}"
    return _REASONS.get(reason, reason)


def verdict_words(visit: Visit) -> str:
    """The verdict of a visit: "404 Not Found", or what the reason means."""
    words = reason_words(visit.verdict.reason)
    if visit.verdict.confidence is not Certainty.HIGH:
        words += f" ({CERTAINTY_MEANS[visit.verdict.confidence]})"
    return words


def day_words(day: date | None, *, with_year: bool = False) -> str:
    """ "Nov. 16", or "undated"."""
    if day is None:
        return "undated"
    return f"{_MONTHS[day.month - 1]} {day.day}" + (f", {day.year}" if with_year else "")


def day_name(document: Document, day: DaySourcing) -> str:
    """How a day of the map is called: its date, else what it is and where."""
    if day.date:
        return day_words(day.date)
    first = document.updates_by_id.get(next(iter(day.updates), None))
    match first.kind if first else None:
        case UpdateKind.LEAD:
            return "Lead"
        case UpdateKind.ARTICLE:
            return "Article"
        case _:
            return f"Undated, line {first.line}" if first else "Undated"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 link", "1,200 links"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number) or f"{number:,} times"


def listed(names: Iterable[str], last: str = "and") -> str:
    """ "A", "A and B", "A, B and C"."""
    *rest, final = list(names) or [""]
    return f"{', '.join(rest)} {last} {final}" if rest else final


def shortened(text: str, limit: int = 160) -> str:
    """At most `limit` characters, cut at a word, with an ellipsis."""
    folded = " ".join(text[: limit * 4].split())
    if len(folded) <= limit and len(text) <= limit * 4:
        return folded
    head = folded[:limit]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:") + " …"


def first_words(names: Sequence[str], limit: int = 4) -> str:
    """The first names of a long list, and how many more there are."""
    if len(names) <= limit:
        return listed(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit} more"
