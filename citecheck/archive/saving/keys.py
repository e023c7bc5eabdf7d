"""Keys of public archives: from the environment, or from the file of the Internet Archive's own `ia` tool."""

import configparser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_PAIRS = (("IA_ACCESS_KEY_ID", "IA_SECRET_ACCESS_KEY"), ("SAVEPAGENOW_ACCESS_KEY", "SAVEPAGENOW_SECRET_KEY"))


class Keys(NamedTuple):
    access: str
    secret: str


def internet_archive(environment: Mapping[str, str]) -> Keys | None:
    """The keys of an account at archive.org, or None. Of a pair in the environment both count or neither."""
    for access, secret in _PAIRS:
        if environment.get(access) and environment.get(secret):
            return Keys(environment[access], environment[secret])
    for path in _files(environment):
        parser = configparser.ConfigParser(interpolation=None)
        try:
            parser.read_string(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, configparser.Error):
            continue
        access, secret = (parser.get("s3", name, fallback="") for name in ("access", "secret"))
        if access and secret:
            return Keys(access, secret)
    return None


def perma(environment: Mapping[str, str]) -> str | None:
    """The key of an account at perma.cc."""
    return environment.get("PERMA_API_KEY") or None


def _files(environment: Mapping[str, str]) -> Iterator[Path]:
    """Where the `ia` tool looks, in its order."""
    named = environment.get("IA_CONFIG_FILE")
    if named:
        yield Path(named)
    home = Path(environment.get("HOME") or Path.home())
    settings = environment.get("XDG_CONFIG_HOME")
    if settings:
        yield Path(settings) / "internetarchive" / "ia.ini"
    yield home / ".config" / "internetarchive" / "ia.ini"
    yield home / ".config" / "ia.ini"
    yield home / ".ia"
