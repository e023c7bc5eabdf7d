"""A live blog of our own writing, and the small web that it cites, served on loopback: citecheck at work, offline.

The island, its newspapers and every address under `.example` are invented.
"""

from pathlib import Path

from citecheck.demo.web import Web
from citecheck.model import Source
from citecheck.settings import (
    ArchiveSettings,
    CacheSettings,
    FetchSettings,
    PublicArchive,
    Settings,
    WaybackSettings,
)

__all__ = ["OUTLETS", "Web", "blog", "settings"]

OUTLETS = Path(__file__).with_name("outlets.toml")
"""The invented outlets, a registry of a user's own."""


def blog() -> Source:
    """The blog: six days, a dozen outlets, each kind of sourcing gap, a link of each status."""
    return Source(name="demo/blog.txt", data=Path(__file__).with_name("blog.txt").read_bytes())


def settings(web: Web) -> Settings:
    """How to audit the blog against `web`: its outlets, its addresses, no cache, no waiting, no word to the outside."""
    return Settings(
        outlets=(str(OUTLETS),),
        fetch=FetchSettings(
            allow_private=True,
            connect_to=web.connect_to,
            ca_file=str(web.ca_file),
            host_interval_s=0.01,
            attempts=1,
            second_look_timeout_s=0,
            canaries=(),
        ),
        cache=CacheSettings(enabled=False),
        archive=ArchiveSettings(
            wayback=WaybackSettings(url=""),
            public=(
                PublicArchive("Skerry Library", "http://web-archive.skerry-library.example/timemap/", interval_s=0),
            ),
        ),
    )
