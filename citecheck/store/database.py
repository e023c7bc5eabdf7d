"""SQLite files that two runs may share."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

_BUSY_S = 10.0
_SWITCH_TRIES, _SWITCH_EVERY_S = 200, 0.05


def opened(path: Path, sleep: Callable[[float], None] = time.sleep) -> sqlite3.Connection:
    """A connection in autocommit mode, with write-ahead logging. Raises sqlite3.Error when the file cannot be used."""
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    for tries_left in range(_SWITCH_TRIES, 0, -1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.Error as error:
            # The busy timeout does not hold for this switch: of two first runs at once one is told "locked".
            if "locked" not in str(error) or tries_left == 1:
                connection.close()
                raise
            sleep(_SWITCH_EVERY_S)
    return connection
