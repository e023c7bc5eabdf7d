"""`connect_to`: where to connect instead of what the resolver says, as curl has it."""

from collections.abc import Iterable
from typing import NamedTuple

from citecheck.errors import SettingsError
from citecheck.fetcher.urls import Place


class Detour(NamedTuple):
    """One `HOST:PORT:ADDRESS:PORT`. An empty HOST or PORT stands for any; the empty others leave things as they are."""

    host: str
    port: int | None
    address: str
    to_port: int | None

    def fits(self, place: Place) -> bool:
        """Whether `place` is to be reached this way."""
        return self.host in ("", place.host) and self.port in (None, place.port)


def parse(rules: Iterable[str]) -> tuple[Detour, ...]:
    """The detours that `rules` spell. Raises SettingsError for one that is none."""
    return tuple(map(_parsed, rules))


def _parsed(rule: str) -> Detour:
    host, rest = _host(rule)
    port, separator, rest = rest.partition(":")
    address, to_port = _host(rest)
    if not separator or not all(each == "" or (each.isascii() and each.isdigit()) for each in (port, to_port)):
        raise SettingsError(f"connect-to `{rule}`: it must read HOST:PORT:ADDRESS:PORT", about=rule)
    return Detour(host.lower(), int(port) if port else None, address, int(to_port) if to_port else None)


def _host(text: str) -> tuple[str, str]:
    """The host that `text` begins with, without brackets, and what follows its colon."""
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        return host, rest.removeprefix(":")
    host, _, rest = text.partition(":")
    return host, rest
