"""What the user names, found and read: files, folders and standard input."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from citecheck.errors import ExtractError, UsageError
from citecheck.model import Source
from citecheck.settings import LimitSettings

STDIN = "-"

_MEDIA = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
"""What a folder gives, by the end of the name. A file named outright is read whatever its name."""

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""Byte order marks of UTF-16 and UTF-32: such a text has NUL bytes and is none the less a text."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE_BYTES = 1 << 16
_CONTROL_SHARE = 0.05


def find(names: Iterable[str | Source]) -> list[str | Source]:
    """The files that the names stand for, each once, in order; a text already read passes through.

    A folder gives the .txt and .md files in and under it, sorted, hidden ones left out. Raises UsageError for a name
    that does not exist.
    """
    found: dict[str | Source, None] = {}
    for name in names:
        if isinstance(name, Source) or name == STDIN:
            found[name] = None
            continue
        path = Path(name)
        if path.is_dir():
            found.update(dict.fromkeys(_files_under(path)))
        elif path.exists() or path.is_symlink():
            found[name] = None
        else:
            raise UsageError(f"{name}: there is no such file or folder; check the spelling", about=name)
    return list(found)


def load(name: str, limits: LimitSettings) -> Source:
    """The bytes behind a name; `-` is standard input, read to its end.

    Raises ExtractError when it cannot be opened, is larger than `limits.source_bytes`, or is no text.
    """
    try:
        if name == STDIN:
            data = sys.stdin.buffer.read(limits.source_bytes + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(limits.source_bytes + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ExtractError(f"{name}: cannot be read: {reason}", about=name) from error
    if len(data) > limits.source_bytes:
        raise ExtractError(
            f"{name}: larger than {limits.source_bytes} bytes; split it, or raise limits.source_bytes", about=name
        )
    if _is_binary(data):
        raise ExtractError(f"{name}: is not a text (binary data); name the text it was made from", about=name)
    return Source(name=name, data=data, media=_MEDIA.get(Path(name).suffix.lower(), "text/plain"))


def read(names: Iterable[str | Source], limits: LimitSettings) -> Iterator[Source]:
    """The sources behind the names, one after another, each loaded when it is asked for.

    Raises UsageError for a name that does not exist and ExtractError for one that cannot be read.
    """
    for found in find(names):
        yield found if isinstance(found, Source) else load(found, limits)


def _files_under(folder: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and Path(file).suffix.lower() in _MEDIA:
                yield str(Path(place) / file)


def _is_binary(data: bytes) -> bool:
    if data.startswith(_WIDE_MARKS):
        return False
    sample = data[:_SAMPLE_BYTES]
    return b"\0" in data or len(_CONTROLS.findall(sample)) > _CONTROL_SHARE * len(sample)
