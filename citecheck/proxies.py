"""Which proxy serves which host: the setting `fetch.proxy`, or the variables that curl reads."""

import os
import re
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

from citecheck.errors import SettingsError
from citecheck.hosts import FROM_ENVIRONMENT
from citecheck.settings import FetchSettings

_PORTS = {"http": 1080, "https": 443, "socks4": 1080, "socks4a": 1080, "socks5": 1080, "socks5h": 1080}
"""The kinds of proxies, with the ports that curl takes where none is given."""
# curl reads no HTTP_PROXY: in a CGI script it is a header of the request (CVE-2016-5385).
_VARIABLES = {"http": ("http_proxy",), "https": ("https_proxy", "HTTPS_PROXY")}
_ALL = ("all_proxy", "ALL_PROXY")
_NONE = ("no_proxy", "NO_PROXY")


class Proxy(Struct, frozen=True):
    """Who carries requests."""

    url: str
    """Scheme, host and port: what may be shown."""
    user: str = ""
    password: str = ""

    @property
    def is_socks(self) -> bool:
        return self.url.startswith("socks")

    @property
    def whole_url(self) -> str:
        """With the user's name and password."""
        scheme, _, place = self.url.partition("://")
        login = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@" if self.user or self.password else ""
        return f"{scheme}://{login}{place}"


class _Choice(Struct, frozen=True):
    proxy: Proxy
    source: str
    """The setting or the variable that names it."""


class Proxies:
    """The proxies of one run. Raises SettingsError for one that cannot be read; its message shows no password."""

    def __init__(self, settings: FetchSettings, environment: Mapping[str, str] = os.environ) -> None:
        self._choices: dict[str, _Choice] = {}
        if settings.proxy is None:
            for scheme, names in _VARIABLES.items():
                found = _first(environment, (*names, *_ALL))
                if found:
                    self._choices[scheme] = _Choice(read(environment[found], found), found)
        elif settings.proxy:
            proxy = read(_meant(settings.proxy, environment), "fetch.proxy")
            self._choices = dict.fromkeys(_VARIABLES, _Choice(proxy, "fetch.proxy"))
        if settings.no_proxy is None:
            self._exempt = tuple(re.split(r"[\s,]+", environment.get(_first(environment, _NONE), "").strip()))
        else:
            self._exempt = settings.no_proxy
        self._exempt = tuple(each for each in self._exempt if each)

    def __bool__(self) -> bool:
        return bool(self._choices)

    def refuse_socks(self) -> None:
        """Raises SettingsError when one of them is a SOCKS proxy."""
        for choice in self._choices.values():
            if choice.proxy.is_socks:
                message = f"`{choice.source}`: requests speaks to no SOCKS proxy; use the transport curl"
                raise SettingsError(message, about=choice.source)

    def of(self, scheme: str, host: str, port: int) -> Proxy | None:
        """The proxy for what is asked of `host` (lower case, no brackets); None: it is reached directly."""
        choice = self._choices.get(scheme)
        return choice.proxy if choice and not is_exempt(host, port, self._exempt) else None

    def told(self) -> str:
        """In words, for a report: which proxies, and for what they are not used; empty when there are none."""
        by_proxy: dict[str, list[str]] = {}
        for choice in self._choices.values():
            sources = by_proxy.setdefault(choice.proxy.url, [])
            if choice.source not in sources:
                sources.append(choice.source)
        shown = " and ".join(f"{url} ({', '.join(sources)})" for url, sources in by_proxy.items())
        return f"{shown}, but for {', '.join(self._exempt)}" if shown and self._exempt else shown


def without_login(text: str) -> str:
    """A proxy's URL as it may be shown."""
    scheme, separator, rest = text.rpartition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def is_exempt(host: str, port: int, exempt: Iterable[str]) -> bool:
    """Whether `host` is among those that are reached without a proxy.

    As curl has it: a name stands for itself and all below it, whether it begins with a dot or not; `*` for all; an
    address or a network for addresses. With `:port`, it holds for that port alone.
    """
    host = host.removesuffix(".").lower()
    return any(_covers(each.lower(), host, port) for each in exempt)


def _covers(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    network = _network(entry.strip("[]"))
    if network is None:
        name, colon, wanted = entry.rpartition(":")
        if colon and wanted.isascii() and wanted.isdigit():
            return port == int(wanted) and _covers(name, host, port)
        name = entry.removeprefix("*").strip(".")
        return bool(name) and (host == name or (host.endswith(f".{name}") and _network(host) is None))
    try:
        return ip_address(host) in network
    except ValueError:
        return False


def _network(entry: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        return None


def _first(environment: Mapping[str, str], names: Iterable[str]) -> str:
    """The first variable of these that is set to something."""
    return next((name for name in names if environment.get(name, "").strip()), "")


def _meant(text: str, environment: Mapping[str, str]) -> str:
    if not text.startswith(FROM_ENVIRONMENT):
        return text
    variable = text.removeprefix(FROM_ENVIRONMENT)
    if not environment.get(variable):
        raise SettingsError(f"`fetch.proxy`: the variable {variable} is not set", about="fetch.proxy")
    return environment[variable]


def read(text: str, source: str) -> Proxy:
    """The proxy that `text` names. Raises SettingsError, with the name of the source alone, when it names none."""
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
        login = [unquote(each or "", errors="strict") for each in (parts.username, parts.password)]
    except ValueError:
        scheme = ""
    if scheme not in _PORTS or not host or not host.isprintable() or " " in host:
        raise SettingsError(
            f"`{source}`: no proxy can be read from it; write http://HOST:PORT, or with https, socks4a or socks5h",
            about=source,
        )
    if any(not each.isprintable() for each in login):
        raise SettingsError(f"`{source}`: the user's name or password holds a control character", about=source)
    # Names are for the proxy to look up: what we look up ourselves, we judge.
    scheme = {"socks5": "socks5h", "socks4": "socks4a"}.get(scheme, scheme)
    shown = f"[{host}]" if ":" in host else host
    return Proxy(f"{scheme}://{shown}:{port or _PORTS[scheme]}", *login)
