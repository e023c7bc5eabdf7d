"""URLs: found in running text, trimmed of what is not theirs, normalised, resolved, and the site they belong to."""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from citecheck import whatwg
from citecheck.extractor import faults
from citecheck.patterns import regex

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

SCHEMES = frozenset({"http", "https", "ftp"})

_STOPS = r"""[^\s<>"“”„«»‹›`\x00-\x20\x7f。，、；：！？（）【】《》〈〉「」『』〔〕｡､｢｣—―]"""
_WRITTEN = regex(
    rf"""(?<![a-z0-9])(?:                     # not in the middle of a word; scripts without blanks set it close
    (?P<url>(?:https?|ftp)://(?:(?!\]\(|[,;|]+https?://){_STOPS})+)  # a Markdown link's words, or a list, may go on
    |(?P<www>(?<![@./-])www\d?\.(?:(?!\]\(){_STOPS})*[.](?:(?!\]\(){_STOPS})+)
    |(?:doi:\s*+)?(?P<doi>(?<![\d.,])10\.\d{{4,9}}/{_STOPS}+)
    |arxiv:\s*+(?P<arxiv>(?:\d{{4}}\.\d{{4,5}}|[a-z][a-z-]*(?:\.[a-z]{{2}})?/\d{{7}})(?:v\d+)?)
    |(?P<slip>[a-z]{{2,8}}+(?:[:;]{{1,2}}[/\\]{{1,3}}|//))(?=[\w-]{{1,63}}\.[\w-]))""",
    re.IGNORECASE | re.VERBOSE,
)
_REST = regex(rf"(?:(?!\]\(){_STOPS})+")
_HOST_NAME = regex(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?=[:/?#]|\Z)")
_SPAN_OF_YEARS = regex(r"10\.(?:19|20)\d\d/\d{1,4}")
"""A month and two years ("10.2019/2020"), no DOI."""
_POSSESSIVE = regex(r"(?:’|')s$")
_TRAILING = frozenset(".,;:!?'’‘…*|\\")
_PUNCTUATION = frozenset({"Po", "Pd", "Pi", "Pf", "Ps", "Pe", "Cf"})
"""Unicode's categories: a list of signs would know but some scripts."""
_REFERENCE = regex(r"&[a-zA-Z]{2,8}\Z")
_REFERENCE_CHARS = 9
"""A character reference at the end (`&gt;`) is the markup's round the URL."""
_OPENING = {")": "(", "]": "[", "}": "{"}
_BRACKET = regex(r"[()]")
_HOST_START = regex(r"[^/]*//(?:/{1,2}(?=[\w-]{1,63}\.\w))?[^/?#]*[^\W_]")
_SCHEME = regex(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_STRIPPED = "".join(map(chr, range(33)))
_IGNORED = str.maketrans("", "", "\t\n\r")
_UNSAFE = regex(r"[\x00-\x20\x7f]")


class Found(Struct, frozen=True):
    """A URL in a text: `text[start:end]` is `url`."""

    start: int
    end: int
    url: str
    stands_for: str = ""
    """What it resolves to, where it is none by itself: a www host, a DOI, an arXiv id."""


def find(text: str) -> Iterator[Found]:
    """Every URL of a running text, as written, without the punctuation of the sentence round it.

    Http, https and ftp URLs; `www.` hosts, DOIs and arXiv ids with what they stand for. A bracket at its end is the
    URL's own when the URL opened it. Linear in the text's length.
    """
    if not _may_hold(text):
        return
    position = 0
    while match := _WRITTEN.search(text, position):
        kind = match.lastgroup or "url"
        start, position = match.span(kind)
        if kind == "slip":
            rest = _REST.match(text, position)
            if not rest or not faults.is_slip(match[kind]):
                continue
            position = rest.end()
        own = _trimmed(text[start:position], before=text[match.start() - 1 : match.start()])
        stands_for = _stands_for(kind, own)
        if stands_for is not None:
            end = start + len(own)
            yield Found(match.start(), end, text[match.start() : end], stands_for)


def _may_hold(text: str) -> bool:
    """Whether a text has the signs without which no URL is written; the pattern asks at every character."""
    if "//" in text or ":/" in text or ";/" in text or "\\" in text or ("/" in text and "10." in text):
        return True
    low = text.lower()
    return "www" in low or "arx" in low


def _stands_for(kind: str, written: str) -> str | None:
    """The URL that a www host, a DOI or an arXiv id stands for; empty for a URL itself; None for what is none."""
    match kind:
        case "www":
            return f"https://{written}" if _HOST_NAME.match(written) else None
        case "doi":
            is_doi = written[-1] != "/" and not _SPAN_OF_YEARS.fullmatch(written)
            return f"https://doi.org/{written}" if is_doi else None
        case "arxiv":
            return f"https://arxiv.org/abs/{written}"
        case "slip":
            return ""
        case _:
            return "" if _HOST_START.match(written) else None


def normalise(url: str) -> str | None:
    """The URL as a browser would ask for it (WHATWG), without its fragment; None when it cannot be asked for.

    Idempotent. Blanks and control characters inside, which browsers drop in silence, are not repaired: None.
    """
    plain = whatwg.PLAIN.fullmatch(url)
    if plain:
        return plain[1]
    if _UNSAFE.search(url) or not _SCHEME.match(url):
        return None
    try:
        parsed = whatwg.parse(url.partition("#")[0])
    except ValueError:
        return None
    return str(parsed.href) if parsed.protocol.rstrip(":") in SCHEMES and parsed.hostname else None


def resolve(reference: str, base: str | None) -> str | None:
    """The URL that a reference names on the page at `base`; None when it names none that could be requested.

    can-ada cannot resolve; this follows the basic URL parser of https://url.spec.whatwg.org/ up to the point from where
    an absolute URL can be handed to it.
    """
    plain = whatwg.PLAIN.fullmatch(reference)
    if plain:
        return plain[1]
    text = reference.strip(_STRIPPED)
    text = text if text.isprintable() else text.translate(_IGNORED)
    scheme = _SCHEME.match(text)
    if scheme and (base is None or text.startswith("//", scheme.end()) or scheme[1].lower() not in SCHEMES):
        return normalise(text)
    if text[:2].replace("\\", "/") == "//":
        return normalise((base or "https:").partition(":")[0] + ":" + text)
    try:
        page = whatwg.parse(base or "")
    except ValueError:
        return None
    if scheme:  # "https:other" beside an https page is relative
        text = text[scheme.end() :]
    path = str(page.pathname)
    if text[:1] in ("", "#"):
        return normalise(str(page.href))
    if text[:1] == "?":
        text = path + text
    elif text[:1] not in ("/", "\\"):
        text = path[: path.rindex("/") + 1] + text
    return normalise(f"{page.origin}{text}")


def scheme_of(url: str) -> str | None:
    """The scheme of a URL in lower case; None for a relative one."""
    match = _SCHEME.match(url)
    return match[1].lower() if match else None


def target_of(url: str) -> str:
    """The identity under which a URL is checked: normalised, or as written when it cannot be normalised."""
    return normalise(url) or url


def as_written(url: str) -> str:
    """The target of a URL that cannot be normalised: itself, but that nobody looks for a file of that name here.

    Only a relative URL names a file beside its text; `file:///etc/passwd` in a text would ask about the reader's disk.
    """
    return f"file:/{url[8:]}" if url[:8].lower() == "file:///" else url


def identity_of(target: str, tracking: Iterable[str]) -> str:
    """The target without the query parameters whose names match one of the patterns of `tracking` (`utm_*`).

    The others stay as they are, in their order. Idempotent.
    """
    head, mark, query = target.partition("?")
    patterns = [pattern.lower() for pattern in tracking]
    kept = [
        each
        for each in query.split("&")
        if not any(fnmatchcase(each.partition("=")[0].lower(), pattern) for pattern in patterns)
    ]
    return f"{head}?{'&'.join(kept)}" if mark and kept else head


def host_of(url: str) -> str:
    """The host of a URL in lower case, IDN as punycode, an IPv6 address in its brackets; empty when it has none."""
    plain = whatwg.PLAIN.fullmatch(url)
    if plain:
        return plain[3]
    try:
        return str(whatwg.parse(url).hostname).rstrip(".")
    except ValueError:
        return ""


def domain(host: str) -> str:
    """The registrable domain of a host ("news.example.co.uk" → "example.co.uk"); an address or a suffix is its own.

    Private suffixes count: "a.github.io" and "b.github.io" are two sites.
    """
    host = host.lower().rstrip(".")
    # The list takes 127.0.0.1 for a name under 0.1: addresses first.
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return _suffixes(host.rpartition(".")[2]).privatesuffix(host) or host
    return host


@cache
def _suffixes(top: str) -> "PublicSuffixList":
    """The suffixes below a top-level name: all take 34 ms to read, and the links of a text need few."""
    from publicsuffixlist import PublicSuffixList

    try:
        shown = top.encode().decode("idna")  # the list has the names as they are read
    except UnicodeError:
        shown = top
    return PublicSuffixList([rule for rule in _suffix_rules() if rule == shown or rule.endswith(f".{shown}")])


@cache
def _suffix_rules() -> list[str]:
    """The rules of the public suffix list."""
    from publicsuffixlist import PSLFILE

    lines = Path(PSLFILE).read_text(encoding="utf-8").splitlines()
    return [line.partition(" ")[0] for line in lines if line and not line.startswith("//")]


def _end_in_brackets(url: str) -> int:
    """Where the bracket closes that stands before the URL; its own brackets are in pairs."""
    depth = 0
    for match in _BRACKET.finditer(url):
        depth += 1 if match[0] == "(" else -1
        if depth < 0:
            return match.start()
    return len(url)


def _is_punctuation(character: str) -> bool:
    """Whether it is punctuation of a script beyond ASCII, or nothing that is seen."""
    if character.isascii():
        return False
    from unicodedata import category  # a megabyte, and most texts' URLs are plain

    return category(character) in _PUNCTUATION


def _trimmed(url: str, before: str) -> str:
    """The URL without what follows it: punctuation, an unopened bracket, emphasis."""
    if before == "(":
        url = url[: _end_in_brackets(url)]
    counts = {sign: url.count(sign) for pair in _OPENING.items() for sign in pair}
    end = len(url.rstrip("([{"))
    while end:
        last = url[end - 1]
        if last in _OPENING:
            if counts[_OPENING[last]] >= counts[last]:
                break
            counts[last] -= 1
            end -= 1
        elif last in _TRAILING or (last == before and last in "_~=") or _is_punctuation(last):
            end -= 1
            reference = _REFERENCE.search(url, max(0, end - _REFERENCE_CHARS), end) if last == ";" else None
            end = reference.start() if reference else end
        elif last == "s" and _POSSESSIVE.search(url, max(0, end - 2), end):
            end -= 2
        else:
            break
    return url[:end]
