"""citecheck: checks what a text cites."""

__version__ = "0.1.0"
