"""Files of any size, read as if they were in memory."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from citecheck.errors import ArchiveError


@contextmanager
def mapped(path: Path, *, may_be_gone: bool = False) -> Iterator[mmap.mmap | bytes]:
    """The bytes of a file; none of one that is gone, where that may be. Raises ArchiveError when it cannot be read."""
    try:
        with path.open("rb") as file:
            if not path.stat().st_size:
                yield b""
                return
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield data
    except OSError as error:
        if not (may_be_gone and isinstance(error, FileNotFoundError)):
            raise ArchiveError(f"{path}: cannot be read: {error.strerror or error}", about=str(path)) from error
        yield b""
