"""What holds for all visits of a run, in whichever process they are made."""

from msgspec import Struct

from citecheck.clock import Clock
from citecheck.fetcher.manners import Hosts
from citecheck.settings import FetchSettings


class Terms(Struct, frozen=True):
    """How a run fetches."""

    settings: FetchSettings
    hosts: Hosts
    user_agent: str
    clock: Clock
    keep_bodies: bool = False
    """The exchanges keep all bytes."""
    is_renewable: bool = False
    """The next run may ask whether a page has changed since: its validators are kept."""
