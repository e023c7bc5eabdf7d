"""Saving pages in public archives, on request: who asks, what they answer, and the queue worked off."""
