"""`connect_to`: where to connect instead of what the resolver says, as curl has it."""

from collections.abc import Iterable

from msgspec import Struct

from citecheck.errors import SettingsError
from citecheck.fetcher.urls import Place
from citecheck.patterns import regex

_HOST = r"(\[[0-9a-fA-F:.]*\]|[^:\[\]]*)"
_PORT = r"([0-9]{0,5})"
_RULE = regex(f"{_HOST}:{_PORT}:{_HOST}:{_PORT}")


class Detour(Struct, frozen=True):
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
    matched = _RULE.fullmatch(rule)
    if not matched:
        raise SettingsError(f"connect-to `{rule}`: it must read HOST:PORT:ADDRESS:PORT", about=rule)
    host, port, address, to_port = matched.groups()
    return Detour(
        host.strip("[]").lower(),
        int(port) if port else None,
        address.strip("[]"),
        int(to_port) if to_port else None,
    )
