"""What is never asked for: URLs that cannot be requested, other schemes, and addresses inside a private network.

The address is judged three times: as written in a URL, as resolved, and as connected to (by the transport), because
each can differ from the one before.
"""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from citecheck import whatwg
from citecheck.fetcher import mail, urls
from citecheck.model import Reason, Status, Verdict
from citecheck.patterns import regex
from citecheck.settings import FetchSettings

# Own tables, because `ipaddress` calls 224.0.0.1, 64:ff9b::/96 and 2002::/16 global and changes between patch releases.
# Source: the IANA special-purpose address registries.
_PRIVATE = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
        ),
    )
) + tuple(
    map(
        IPv6Network,
        (
            "::/127",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",  # Teredo, ORCHID, benchmarking and the rest of the protocol assignments
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
        ),
    )
)
# Not even with allow_private: nobody links to a group, to a reserved address, or to the credentials of a cloud machine.
_FORBIDDEN = tuple(
    map(IPv4Network, ("224.0.0.0/4", "240.0.0.0/4", "169.254.169.254/32", "100.100.100.200/32", "168.63.129.16/32"))
) + tuple(map(IPv6Network, ("ff00::/8", "fd00:ec2::254/128")))

# IPv6 networks that carry an IPv4 address, and by how many bits it stands above the end.
_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
    (IPv6Network("::/96"), 0),  # IPv4-compatible
)

_EXAMPLES = ("example.com", "example.net", "example.org")
_AS_WRITTEN = regex(r"https?://[^/?#\\\s]", re.IGNORECASE)
_WRITTEN_SCHEME = regex(r"\s*([a-zA-Z][a-zA-Z0-9+.\-]*):")


@lru_cache(maxsize=4096)
def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address that `host` is, or None for a name."""
    if not (":" in host or host[-1:].isdigit()):
        return None
    try:
        return ip_address(host)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def admits(address: str, allow_private: bool) -> bool:
    """Whether a connection to `address` (numeric) may be opened."""
    parsed = ip_address(address.partition("%")[0])
    for carrier, shift in _CARRIERS:
        if parsed.version == 6 and parsed in carrier and int(parsed) > 1:
            parsed = IPv4Address(int(parsed) >> shift & 0xFFFFFFFF)
            break
    if any(parsed in network for network in _FORBIDDEN):
        return False
    return allow_private or not any(parsed in network for network in _PRIVATE)


def is_local_name(host: str) -> bool:
    """Whether `host` is a name of this machine, whatever a resolver says (RFC 6761)."""
    return host.rstrip(".") == "localhost" or host.rstrip(".").endswith(".localhost")


def refusal(url: str, settings: FetchSettings) -> Verdict | None:
    """Why `url` is not asked for at all: invalid, or skipped. None: it may be tried."""
    try:
        place = urls.parse(url)
    except ValueError:
        return _unfetchable(url, settings)
    if not _AS_WRITTEN.match(url.strip()):
        return _malformed("no host after `//`")  # browsers mend `http:x` and `https:///x` to some host or other
    if place.scheme not in settings.schemes:
        return Verdict(Status.SKIPPED, Reason.UNSUPPORTED_SCHEME, signals=(f"`{place.scheme}:` is not to be fetched",))
    if settings.skip_examples and _is_example(place.host, settings):
        return Verdict(Status.SKIPPED, Reason.EXCLUDED, signals=(f"{place.host} is a name for examples (RFC 2606)",))
    if place.port == 0:
        return _malformed("port 0 cannot be asked")
    if literal(place.host) is not None:
        return None if admits(place.host, settings.allow_private) else _private(place.host)
    if not urls.is_name(place.host):
        return _malformed(f"`{place.host}` cannot be a host's name")
    return _private(place.host) if is_local_name(place.host) and not settings.allow_private else None


def _unfetchable(url: str, settings: FetchSettings) -> Verdict | None:
    """The same of what is no http or https URL; None for an address of which one may ask whether it takes mail."""
    try:
        whatwg.parse(url)
    except ValueError:
        return _malformed("it is no URL")
    written = _WRITTEN_SCHEME.match(url)
    if written and written[1].lower() == "mailto":
        return _mail(url, settings)
    scheme = written[1].lower() if written else ""
    import difflib  # most runs meet no such URL

    near = difflib.get_close_matches(scheme, ("https", "http"), n=1, cutoff=0.75)
    if near:
        return _malformed(f"the scheme `{scheme}` is not `{near[0]}`")
    return Verdict(Status.SKIPPED, Reason.UNSUPPORTED_SCHEME, signals=(f"`{scheme}:` is not fetched",))


def _is_example(host: str, settings: FetchSettings) -> bool:
    """Whether `host` stands for others; not where the settings say how to reach it."""
    is_reserved = any(host == each or host.endswith(f".{each}") for each in _EXAMPLES)
    return is_reserved and not any(rule.lower().startswith(f"{host}:") for rule in settings.connect_to)


def _mail(url: str, settings: FetchSettings) -> Verdict | None:
    """Nobody is written to; but an address that is none is told, and one may ask whether its domain takes mail."""
    addresses = mail.addresses(url)
    bad = next((each for each in addresses if not mail.is_address(each)), None)
    if bad is not None:
        return _malformed(f"`{bad}` cannot be a mail address")
    if settings.mail_mx and mail.domains(url):
        return None
    return Verdict(Status.SKIPPED, Reason.UNSUPPORTED_SCHEME, signals=("`mailto:` is not fetched",))


def _malformed(what: str) -> Verdict:
    return Verdict(Status.INVALID, Reason.MALFORMED, signals=(what,))


def _private(host: str) -> Verdict:
    return Verdict(Status.SKIPPED, Reason.PRIVATE_ADDRESS, signals=(f"{host} is a private address",))
