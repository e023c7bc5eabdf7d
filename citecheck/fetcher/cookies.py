"""The cookies of one visit: kept from hop to hop, for the pages that open only to those who bring them back."""

from msgspec import Struct

from citecheck.fetcher.urls import Place


class Cookies(Struct):
    """A small jar: names and values by domain. Paths and dates do not matter within one visit."""

    jar: dict[tuple[str, bool, str], str] = {}
    """By domain, whether its subdomains get it too, and name."""

    def keep(self, place: Place, lines: list[str]) -> None:
        """Takes the Set-Cookie `lines` of an answer from `place`."""
        for line in lines:
            pair, *attributes = line.split(";")
            name, separator, value = pair.partition("=")
            if not separator or not name.strip():
                continue
            known = {key.strip().lower(): text.strip() for key, _, text in (each.partition("=") for each in attributes)}
            domain = known.get("domain", "").lower().removeprefix(".")
            is_wide = "." in domain and f".{place.host}".endswith(f".{domain}")
            key = (domain if is_wide else place.host, is_wide, name.strip())
            if known.get("max-age", "1").startswith(("0", "-")):
                self.jar.pop(key, None)
            else:
                self.jar[key] = value.strip()

    def header(self, place: Place) -> str:
        """What the Cookie header to `place` says; empty: none is sent."""
        return "; ".join(
            f"{name}={value}"
            for (domain, is_wide, name), value in self.jar.items()
            if domain == place.host or (is_wide and place.host.endswith(f".{domain}"))
        )
