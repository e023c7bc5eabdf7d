"""Replay of an archive's folder in the browser, on loopback."""

from citecheck.archive.replay.server import Replay

__all__ = ["Replay"]
