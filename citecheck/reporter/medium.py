"""What a report is written for: how wide and colourful it may be, and where its sources lie."""

from pathlib import Path

from msgspec import Struct


class Medium(Struct, frozen=True):
    base: Path | None = None
    """The folder that the sources' names are relative to; None: the sources' lines are not at hand."""
    width: int = 100
    """In cells; only the terminal heeds it."""
    is_colourful: bool = False
