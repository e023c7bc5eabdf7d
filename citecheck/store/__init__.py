"""What outlives a run."""

from citecheck.store.cache import Cache

__all__ = ["Cache"]
