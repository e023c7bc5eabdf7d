"""The cookies of one visit: kept from hop to hop, for the pages that open only to those who bring them back."""

from contextlib import suppress
from datetime import UTC, datetime

from msgspec import Struct

from citecheck.fetcher.urls import Place


class Cookies(Struct):
    """A small jar, as browsers keep it (RFC 6265), save that `Secure` is not heeded and no path means every path."""

    jar: dict[tuple[str, bool, str, str], str] = {}
    """By domain, whether its subdomains get it too, path, and name."""

    def keep(self, place: Place, lines: list[str], now: datetime) -> None:
        """Takes the Set-Cookie `lines` of an answer from `place`."""
        for line in lines:
            pair, *attributes = line.split(";")
            name, separator, value = pair.partition("=")
            if not separator or not name.strip():
                continue
            known = {key.strip().lower(): text.strip() for key, _, text in (each.partition("=") for each in attributes)}
            domain = known.get("domain", "").lower().removeprefix(".")
            if domain not in ("", place.host) and not ("." in domain and place.host.endswith(f".{domain}")):
                continue
            path = known.get("path", "")
            key = (domain or place.host, domain != "", path if path.startswith("/") else "/", name.strip())
            if _is_over(known, now):
                self.jar.pop(key, None)
            else:
                self.jar[key] = value.strip()

    def header(self, place: Place) -> str:
        """What the Cookie header to `place` says; empty: none is sent."""
        return "; ".join(
            f"{name}={value}"
            for (domain, is_wide, path, name), value in self.jar.items()
            if (domain == place.host or (is_wide and place.host.endswith(f".{domain}")))
            and f"{place.path}/".startswith(f"{path.rstrip('/')}/")
        )


def _is_over(attributes: dict[str, str], now: datetime) -> bool:
    """Whether the cookie is to be thrown away."""
    age = attributes.get("max-age")
    if age:
        return age.startswith(("0", "-"))
    if attributes.get("expires"):
        from email.utils import parsedate_to_datetime  # only few tell a date

        with suppress(ValueError):
            return parsedate_to_datetime(attributes["expires"]).replace(tzinfo=UTC) <= now
    return False
