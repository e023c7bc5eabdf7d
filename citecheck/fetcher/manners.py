"""How single hosts are asked: what is set for all of them, with what `[hosts."NAME"]` tables lay over it."""

import os
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from citecheck import whatwg
from citecheck.errors import SettingsError
from citecheck.fetcher.frontier import Pace
from citecheck.hosts import FROM_ENVIRONMENT, HostSettings, is_field_value
from citecheck.proxies import Proxies
from citecheck.settings import FetchSettings

Fields = tuple[tuple[str, str], ...]
"""Names and values of headers or cookies."""

_KEYS = ("connect_timeout_s", "headers_timeout_s", "visit_timeout_s")


class Manners(Struct, frozen=True):
    """What holds for one host."""

    pace: Pace
    connect_timeout_s: float
    headers_timeout_s: float
    visit_timeout_s: float
    headers: Fields = ()
    """What the tables add to a request: for this host alone, and never for plain http when it was https before."""
    cookies: Fields = ()
    accept: frozenset[int] = frozenset()
    is_insecure: bool = False


class _Table(Struct, frozen=True):
    pattern: str
    """Lower case, ASCII; a name, `*.` and a name, or `*`."""
    settings: HostSettings
    headers: Fields
    cookies: Fields

    def fits(self, host: str) -> bool:
        return self.pattern in ("*", host) or (self.pattern[0] == "*" and host.endswith(self.pattern[1:]))


class Hosts:
    """The manners of every host, each worked out when it is first asked for.

    Raises SettingsError for a name that is no host's, and for a variable that is not set or holds what cannot be sent.
    """

    def __init__(
        self,
        fetch: FetchSettings,
        tables: Mapping[str, HostSettings] | None = None,
        environment: Mapping[str, str] = os.environ,
        proxies: Proxies | None = None,
    ) -> None:
        self._plain = Manners(
            pace=Pace(fetch.host_concurrency, fetch.host_interval_s),
            connect_timeout_s=fetch.connect_timeout_s,
            headers_timeout_s=fetch.headers_timeout_s,
            visit_timeout_s=fetch.visit_timeout_s,
        )
        self.proxies = proxies or Proxies(fetch, environment)
        read = (_read(name, table, environment) for name, table in (tables or {}).items())
        self._tables = sorted(read, key=lambda table: (table.pattern[0] != "*", len(table.pattern)))
        self._known: dict[str, Manners] = {}

    def of(self, host: str) -> Manners:
        """What holds for `host` (lower case, ASCII)."""
        if not self._tables:
            return self._known.get(host, self._plain) if self._known else self._plain
        known = self._known.get(host)
        if known is None:
            known = self._known[host] = self._laid_over(host.removesuffix("."))
        return known

    def pace_of(self, host: str) -> Pace:
        return self.of(host).pace

    def slow_down(self, host: str, interval_s: float) -> None:
        """From now on at least so long passes between two requests to `host`."""
        manners = self.of(host)
        pace = replace(manners.pace, interval_s=max(interval_s, manners.pace.interval_s))
        self._known[host] = replace(manners, pace=pace)

    def _laid_over(self, host: str) -> Manners:
        found = self._plain
        for table in self._tables:
            if table.fits(host):
                found = _over(found, table)
        return found


def _over(under: Manners, table: _Table) -> Manners:
    said = table.settings
    pace = Pace(
        under.pace.concurrency if said.concurrency is None else said.concurrency,
        under.pace.interval_s if said.interval_s is None else said.interval_s,
    )
    return replace(
        under,
        pace=pace,
        headers=with_fields(under.headers, table.headers),
        cookies=with_fields(under.cookies, table.cookies),
        accept=under.accept if said.accept is None else frozenset(said.accept),
        is_insecure=under.is_insecure if said.insecure_tls is None else said.insecure_tls,
        **{key: value for key in _KEYS if (value := getattr(said, key)) is not None},
    )


def with_fields(under: Fields, over: Fields) -> Fields:
    """Both, those of `over` in the place of those under it that have the same name."""
    replaced = {name.lower() for name, _ in over}
    return (*(each for each in under if each[0].lower() not in replaced), *over) if over else under


def _read(name: str, table: HostSettings, environment: Mapping[str, str]) -> _Table:
    """The table with what its variables hold."""
    wildcard, bare = ("*.", name[2:]) if name.startswith("*.") else ("", name)
    try:
        pattern = "*" if name == "*" else whatwg.parse(f"http://{bare}/").hostname.strip("[]").removesuffix(".")
    except ValueError as error:
        raise SettingsError(f"`hosts.{name}`: {name} cannot be a host's name", about=f"hosts.{name}") from error

    def value(key: str, text: str) -> str:
        if not text.startswith(FROM_ENVIRONMENT):
            return text
        variable, path = text.removeprefix(FROM_ENVIRONMENT), f"hosts.{name}.{key}"
        if not environment.get(variable):
            raise SettingsError(f"`{path}`: the variable {variable} is not set", about=path)
        if not is_field_value(environment[variable]):
            raise SettingsError(f"`{path}`: the variable {variable} holds what cannot stand in a header", about=path)
        return environment[variable]

    headers = [(key, value(f"headers.{key}", text)) for key, text in table.headers.items()]
    if table.auth:
        from base64 import b64encode

        headers.append(("Authorization", f"Basic {b64encode(value('auth', table.auth).encode()).decode()}"))
    if table.bearer:
        headers.append(("Authorization", f"Bearer {value('bearer', table.bearer)}"))
    cookies = tuple((key, value(f"cookies.{key}", text)) for key, text in table.cookies.items())
    return _Table(f"{wildcard}{pattern}", table, tuple(headers), cookies)
