"""Keeps what was fetched, in the formats of the web-archiving world: WARC/1.1 records and a CDXJ index."""

from citecheck.archive.content import text_of
from citecheck.archive.unfinished import Unfinished
from citecheck.archive.writer import Writer

__all__ = ["Unfinished", "Writer", "text_of"]
