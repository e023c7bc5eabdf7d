"""What is wrong with a URL as it is written, and what was likely meant. Nothing is repaired in silence."""

import re

from msgspec import Struct

from citecheck import whatwg
from citecheck.patterns import regex

_SCHEMES = ("https", "http", "ftp")
_LIKENESS = 0.7
"""By difflib's ratio: "ttps", "htp" and "hhtp" are slips of https and http; "hxxp", "smtp" and "sftp" are not."""

_SOUND = regex(r"https?://(?!https?[:/]|[\d.]+(?:[:/?#]|\Z))[a-zA-Z0-9][a-zA-Z0-9.-]*+(?::\d{1,4})?+(?:[/?#][!-~]*+)?+")
"""Matches, from end to end, nearly every URL that has no fault."""
_PARTS = regex(r"([a-z]{2,8})([:;.,]{0,3})([/\\]*)(.*)", re.IGNORECASE | re.DOTALL)
_HOST = regex(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?=[:/?#\\]|\Z)|localhost\b|\d+(?:\.\d+){3}\b")
_AGAIN = regex(r"https?(?::/*|//)(?=\w)", re.IGNORECASE)
_BLANKS = regex(r"[\t\n\r]+|%0[ad]", re.IGNORECASE)
_INVISIBLE = regex("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_CREDENTIALS = regex(r"[a-z][a-z0-9+.-]*://[^/?#\s]*@", re.IGNORECASE)


class Fault(Struct, frozen=True):
    """`what` is wrong, in words; `repair` is the URL that was likely meant, if that can be told."""

    what: str
    repair: str | None = None


def fault(url: str) -> Fault | None:
    """Why a URL cannot be requested as it is written; None for one that can, and for a relative one."""
    if _SOUND.fullmatch(url):
        return None
    if _INVISIBLE.search(url):
        clean = _INVISIBLE.sub("", url)
        return Fault("it holds characters that nobody sees", (fault(clean) or Fault("", clean)).repair)
    match = _PARTS.match(url)
    if match:
        word, points, slashes, rest = match[1].lower(), match[2], match[3], match[4]
        if word in _SCHEMES and (points, slashes) == (":", "//"):
            return _in_parts(url, rest)
        if _is_slip(word, points, slashes) and _HOST.match(rest):
            what = f"`{match[1]}{points}{slashes}` is no `{_nearest(word)}://`"
            return Fault(what, _sound(f"{_nearest(word)}://{rest}"))
    if url[:4].lower() == "www." and _HOST.match(url):
        return Fault("without `https://` it is a path beside the page itself", _sound(f"https://{url}"))
    return None


def is_slip(beginning: str) -> bool:
    """Whether what stands before a host's name ("ttps://", "http//") is a slip of a scheme."""
    match = _PARTS.fullmatch(beginning)
    return match is not None and _is_slip(match[1].lower(), match[2], match[3])


def has_credentials(url: str) -> bool:
    """Whether the URL shows a user's name, perhaps with a password, to everybody who reads it."""
    return _CREDENTIALS.match(url) is not None


def _is_slip(word: str, points: str, slashes: str) -> bool:
    if (points, slashes) == (":", "//") and word in _SCHEMES:
        return False
    # Without a colon only two slashes tell a scheme from a folder's name.
    return (":" in points or len(slashes) > 1) and _nearest(word) is not None


def _nearest(word: str) -> str | None:
    import difflib  # for the few that need it

    return next(iter(difflib.get_close_matches(word, ("https", "http"), 1, _LIKENESS)), None)


def _in_parts(url: str, rest: str) -> Fault | None:
    """The fault of a URL that begins as one does."""
    again = _AGAIN.match(rest)
    if again:
        inner = rest[again.end() :]
        scheme = "https" if again[0].lower().startswith("https") else "http"
        return Fault("it has its scheme twice", _sound(f"{scheme}://{inner}"))
    host = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    if not host:
        return Fault("it has no host", _sound(url.replace(rest, rest.lstrip("/\\"), 1)) if rest else None)
    if re.search(r"\s", url):
        clean = _BLANKS.sub("", url.strip()).replace(" ", "%20")
        return Fault("it has blanks in it", None if " " in host else _sound(clean))
    if _sound(url) is None:
        return Fault("no browser can ask for it")
    return None


def _sound(url: str) -> str | None:
    """The URL, if a browser could ask for it."""
    try:
        return url if whatwg.parse(url).hostname else None
    except ValueError:
        return None
