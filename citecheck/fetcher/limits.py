"""How much of a body is read, and for how long."""

from typing import Self

from msgspec import Struct

from citecheck.settings import FetchSettings

# What a mere check reads: enough of a page for its title and its tale, of anything else only as much as is under way.
# Of 1,614 stored pages of newsrooms 312 are longer than 256 KiB, many of these with nothing but scripts before; 20 are
# longer than this.
_PAGE_BYTES = 1024 * 1024
_OTHER_BYTES = 16 * 1024
_BODY_PATIENCE_S = 8.0


class Limits(Struct, frozen=True):
    """The limits of one run; a run that archives reads more."""

    whole_bytes: int
    page_bytes: int
    other_bytes: int
    body_patience_s: float
    """After the first body byte."""

    @classmethod
    def of(cls, settings: FetchSettings, *, keep_bodies: bool) -> Self:
        """The limits that `settings` ask for."""
        cap = settings.body_cap_bytes
        if keep_bodies:
            return cls(cap, cap, cap, settings.visit_timeout_s)
        return cls(cap, min(cap, _PAGE_BYTES), min(cap, _OTHER_BYTES), min(settings.visit_timeout_s, _BODY_PATIENCE_S))

    def body_bytes(self, content_type: str | None, *, is_whole: bool = False) -> int:
        """How much is read of a body of that type; an unnamed type may be a page."""
        if is_whole:
            return self.whole_bytes
        media = (content_type or "text/html").lower()
        is_page = media.startswith("text/") or "html" in media or "xml" in media or "json" in media
        return self.page_bytes if is_page else self.other_bytes
