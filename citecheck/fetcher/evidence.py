"""What a visit has to show, side by side, for the signs to be looked for."""

import re
from collections.abc import Sequence
from functools import cache, cached_property

from citecheck.fetcher import page, urls
from citecheck.fetcher.markers import markers
from citecheck.fetcher.page import Page
from citecheck.fetcher.urls import Place
from citecheck.fetcher.wording import any_of, plain, segments
from citecheck.model import Exchange

_FEW_WORDS = 150


class Evidence:
    """The exchanges of an attempt, first to last, and the page at their end."""

    def __init__(self, exchanges: Sequence[Exchange]) -> None:
        self.exchanges = exchanges
        self.last = exchanges[-1]
        self.asked: Place = urls.parse(exchanges[0].url)
        self.reached: Place = urls.parse(self.last.url)

    @cached_property
    def page(self) -> Page | None:
        return page.of(self.last)

    @property
    def is_redirected(self) -> bool:
        """Whether the page stands elsewhere than where it was asked for; the scheme and a slash make no difference."""
        return len(self.exchanges) > 1 and _spot(self.asked) != _spot(self.reached)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The title and its parts and the first headings, as plain words."""
        if self.page is None:
            return ()
        headings = (plain(heading) for heading in self.page.headings)
        return tuple(dict.fromkeys((*segments(self.page.title or ""), *(each for each in headings if each))))

    @cached_property
    def words(self) -> str:
        """All that can be seen, as plain words."""
        return plain(self.page.text) if self.page else ""

    @cached_property
    def is_short(self) -> bool:
        """Whether it is a page with next to no text of its own."""
        return self.page is not None and self.page.is_shorter(_FEW_WORDS)


def _spot(place: Place) -> tuple[str, str, str]:
    return place.host.removeprefix("www."), place.path.rstrip("/"), place.query


def path_words(place: Place) -> list[str]:
    """The segments of a path, lower case, the last without its extension."""
    segments = [segment for segment in place.path.lower().split("/") if segment]
    if segments:
        segments[-1] = segments[-1].partition(".")[0]
    return segments


def is_error_slug(word: str) -> bool:
    """Whether a path segment, whatever stands between its words, is what sites call their error pages."""
    return _slugs().fullmatch(re.sub(r"[\W_]+", "", word)) is not None


@cache
def _slugs() -> re.Pattern[str]:
    table = markers().missing
    beside = f"(?:{any_of(table.beside_code)})*"
    return re.compile(f"{any_of(table.slugs)}|{beside}(?:404|410){beside}")


def belongs_to(host: str, domains: Sequence[str]) -> bool:
    """Whether `host` is one of `domains` or stands below one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
