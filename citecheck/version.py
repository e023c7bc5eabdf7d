"""Which citecheck this is, and where those whom it asks can read about it."""

__version__ = "0.1.0"

PAGE = ""
"""The project's page, told to every server in the user agent; empty until there is a public one."""
