"""URLs as browsers read them: parsed and joined after the WHATWG standard, and what of them a request needs."""

from functools import lru_cache

from msgspec import Struct

from citecheck import whatwg
from citecheck.patterns import regex

_CONTROLS_AND_SPACE = "".join(map(chr, range(33)))
_TABS_AND_NEWLINES = str.maketrans("", "", "\t\n\r")
_SCHEME = regex(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_file(url: str) -> bool:
    """Whether `url` names a file on this machine."""
    return url.startswith("file:///")


class Place(Struct, frozen=True):
    """Where a request goes. `url` is normalised, ASCII, without fragment and without credentials."""

    url: str
    scheme: str
    host: str
    """Lower case; an IPv6 address without its brackets."""
    port: int
    path: str
    query: str
    """With its question mark, or empty."""


@lru_cache(maxsize=4096)  # a visit asks for the same few again and again
def parse(url: str) -> Place:
    """The place that `url` names. Raises ValueError for what is no http or https URL."""
    plain = whatwg.PLAIN.fullmatch(url)
    if plain:
        whole, scheme, host, number, path, query = plain.groups("")
        return Place(whole, scheme, host, int(number) if number else _DEFAULT_PORTS[scheme], path, query)
    parsed = whatwg.parse(url)
    scheme = parsed.protocol[:-1]
    if scheme not in _DEFAULT_PORTS:
        raise ValueError(f"not http or https: {scheme}")
    path, port = parsed.pathname, parsed.port
    # The standard leaves a backslash in a query as it is; libcurl refuses it.
    query = parsed.search.replace("\\", "%5C")
    return Place(
        url=f"{scheme}://{parsed.host}{path}{query}",
        scheme=scheme,
        host=parsed.hostname.strip("[]"),
        port=int(port) if port else _DEFAULT_PORTS[scheme],
        path=path,
        query=query,
    )


def is_name(host: str) -> bool:
    """Whether `host` can be a host's name, by its length and that of its labels; numeric addresses are too."""
    labels = host.removesuffix(".").split(".")
    return len(host) <= 254 and all(0 < len(label) <= 63 for label in labels)


def join(base: Place, reference: str) -> Place:
    """The place that `reference`, found at `base`, names. Raises ValueError for what is no http or https URL.

    can-ada cannot resolve against a base; this follows the basic URL parser of https://url.spec.whatwg.org/ up to the
    point from where an absolute URL can be handed to it.
    """
    text = reference.strip(_CONTROLS_AND_SPACE).translate(_TABS_AND_NEWLINES)
    scheme = _SCHEME.match(text)
    if scheme:
        if scheme[1].lower() != base.scheme or text.startswith("//", scheme.end()):
            return parse(text)
        text = text[scheme.end() :]  # "http:other" beside an http page is relative
    lead = text[:2].replace("\\", "/")
    origin = base.url[: base.url.index("/", len(base.scheme) + 3)]
    if lead == "//":
        return parse(f"{base.scheme}:{text}")
    if lead[:1] == "/":
        return parse(origin + text)
    if lead[:1] == "?":
        return parse(origin + base.path + text)
    if lead[:1] in ("", "#"):
        return base
    return parse(origin + base.path[: base.path.rindex("/") + 1] + text)
