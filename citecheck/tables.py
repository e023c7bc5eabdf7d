"""The package's tables of words (TOML), read once: what they hold lies beside the bytecode, as Python keeps its own.

To parse a hundred kilobytes of TOML takes 10 ms, which every run and each of its processes would pay.
"""

import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

Table = dict[str, Any]


def table(path: Path, made: Callable[[Table], Table] | None = None) -> Table:
    """What the TOML file holds, or what is `made` of that by a function that only its own module has a part in.

    Raises OSError and tomllib.TOMLDecodeError for a file that cannot be read.
    """
    kept = kept_at(path, made)
    parts = [path.stat()]
    if made:
        parts.append(Path(sys.modules[made.__module__].__file__ or path).stat())
    mark = f"{' '.join(f'{each.st_mtime_ns} {each.st_size}' for each in parts)}\n".encode()
    with suppress(OSError, EOFError, ValueError, TypeError):
        data = kept.read_bytes()
        if data.startswith(mark):
            found: Table = marshal.loads(data[len(mark) :])  # noqa: S302 - as far to be trusted as bytecode
            return found
    import tomllib  # seldom: what it read the last time lies there

    parsed: Table = tomllib.loads(path.read_text(encoding="utf-8"))
    if made:
        parsed = made(parsed)
    if not sys.dont_write_bytecode:
        keep(kept, mark, parsed)
    return parsed


def kept_at(path: Path, made: Callable[[Table], Table] | None = None) -> Path:
    """Where that lies which the file holds, or what is made of it."""
    name = f"{path.name}.{made.__name__}" if made else path.name
    return path.parent / "__pycache__" / f"{name}.{sys.implementation.cache_tag}"


def keep(kept: Path, mark: bytes, parsed: Table) -> None:
    """Writes it there, all at once; where that cannot be, it is parsed the next time."""
    unfinished = kept.with_name(f"{kept.name}.{os.getpid()}")
    with suppress(OSError, ValueError):  # no right to write; a date, which marshal does not know
        data = mark + marshal.dumps(parsed)
        kept.parent.mkdir(exist_ok=True)
        unfinished.write_bytes(data)
        unfinished.replace(kept)


if __name__ == "__main__":  # at set-up, as compileall does it for the modules
    for each in Path(__file__).parent.rglob("*.toml"):
        table(each)
