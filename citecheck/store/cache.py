"""Visits remembered between runs, in SQLite: what was alive lately is not asked again."""

import os
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Self

import msgspec
from msgspec.structs import replace

from citecheck.clock import SYSTEM_CLOCK, Clock
from citecheck.errors import StoreError
from citecheck.model import Status, Target, Visit
from citecheck.patterns import regex
from citecheck.settings import CacheSettings
from citecheck.store import database

_VERSION = 4
"""Of the table and of the Visits in it; a file of another version is begun anew."""
_BATCH = 100
_WRITE_AFTER_S = 0.05
"""A row costs as much alone as in a batch, twice at most: 25 µs (measured)."""
_JITTER = 0.2
_LOGIN = regex(rb'(?<=//)[^/?#\\\s"]*@')
"""A user's name and password in a URL: not sent, so all who write theirs have one verdict, and not written down."""
_READ_ANEW = timedelta(days=30)
"""So long a verdict is renewed unread: signs that are learnt meanwhile, and servers that never see a change."""


class Cache:
    """The last visit of each target, while it is fresh. One object belongs to one thread; two runs may share the file.

    Alive and moved links are fresh for a week, 20 % more or less by URL, so that not all fall due in one run; blocked
    ones for a day, never for longer than alive ones; dead and failing ones never. Raises StoreError when the file
    cannot be opened. `asked_as` tells one way of asking from another: what was asked otherwise (without a password that
    is known by now, over a proxy) is not remembered.
    """

    def __init__(self, settings: CacheSettings, clock: Clock = SYSTEM_CLOCK, *, asked_as: str = "") -> None:
        self._settings = settings
        self._asked_as = asked_as
        self._clock = clock
        self._unwritten: dict[str, tuple[Visit, Path | None]] = {}
        self._waiting_since_s = 0.0
        self._decoder = msgspec.json.Decoder(Visit)
        self.path = Path(settings.path) if settings.path else default_path()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._database = database.opened(self.path, clock.sleep)
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"{self.path}: the cache cannot be opened: {error}; delete the file or use --no-cache",
                about=str(self.path),
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, target: Target) -> Visit | None:
        """The last visit of `target`: marked as cached while it is fresh, unmarked when it has to be renewed; or None.

        An alive one past its age can be renewed where its page has validators, until a month after the page was read.
        """
        visit = self._remembered(_without_login(target.url))
        if visit is None:
            return None
        now = self._clock.now()
        is_fresh = visit.checked_at is not None and now - visit.checked_at < self._max_age(visit)
        if not (is_fresh or (visit.validators and now - visit.exchanges[-1].started_at < _READ_ANEW)):
            return None
        is_elsewhere = _without_login(visit.target.request_url) != _without_login(target.request_url)
        if is_elsewhere or not set(target.fragments) <= set(visit.target.fragments):
            return None  # it was asked for elsewhere, or not searched for all that is wanted now
        missing = tuple(each for each in visit.missing_fragments if each in target.fragments)
        return replace(visit, target=target, missing_fragments=missing, is_cached=is_fresh)

    def kept_in(self, target: Target) -> Path | None:
        """The folder in which an audit that has not ended kept the bytes of the last visit of `target`; or None."""
        url = _without_login(target.url)
        if url in self._unwritten:
            return self._unwritten[url][1]
        asked = self._database.execute(
            "SELECT kept_in FROM visits WHERE url = ? AND asked_as = ?", (url, self._asked_as)
        )
        row = asked.fetchone()
        return Path(row[0]) if row and row[0] else None

    def put(self, visit: Visit, kept_in: Path | None = None) -> None:
        """Remembers `visit`, without its bytes; written in batches and on close. A cached visit is not put anew.

        `kept_in` is where the bytes are, until `ended` is told that the run has come to its end.
        """
        if visit.is_cached or visit.checked_at is None:
            return
        if not self._unwritten:
            self._waiting_since_s = self._clock.monotonic()
        self._unwritten[_without_login(visit.target.url)] = visit.light(), kept_in
        if len(self._unwritten) >= _BATCH:
            self.flush()
        else:
            self.keep_up()

    def keep_up(self) -> None:
        """Writes what has waited for a moment: a run that is killed has lost no more. To be called in every wait."""
        if self._unwritten and self._clock.monotonic() - self._waiting_since_s >= _WRITE_AFTER_S:
            self.flush()

    def flush(self) -> None:
        """Writes what is not written yet. Raises StoreError when that fails (a full disk, a lock held for long)."""
        rows = [
            (url, self._asked_as, _encoded(visit), str(folder.absolute()) if folder else None, self._today)
            for url, (visit, folder) in self._unwritten.items()
        ]
        self._write("INSERT OR REPLACE INTO visits (url, asked_as, visit, kept_in, day) VALUES (?, ?, ?, ?, ?)", rows)
        self._unwritten.clear()

    def ended(self, folder: Path, carried: Iterable[str]) -> None:
        """The run that kept its bytes in `folder` has come to its end: the next keeps its own.

        It has taken up what another had kept of the URLs `carried`, and nothing else of that. Raises as `flush`.
        """
        self.flush()
        self._write("UPDATE visits SET kept_in = NULL WHERE kept_in = ?", [(str(folder.absolute()),)])
        self._write("UPDATE visits SET kept_in = NULL WHERE url = ?", [(_without_login(url),) for url in carried])

    def close(self) -> None:
        """Writes what is left and closes the file."""
        try:
            if self._unwritten:
                self.flush()
        finally:
            self._database.close()

    def _remembered(self, url: str) -> Visit | None:
        if url in self._unwritten:
            return self._unwritten[url][0]
        asked = self._database.execute("SELECT visit FROM visits WHERE url = ? AND asked_as = ?", (url, self._asked_as))
        row = asked.fetchone()
        try:
            return self._decoder.decode(row[0]) if row else None
        except msgspec.MsgspecError:  # the work of another program; the link is simply asked again
            return None

    def _write(self, statement: str, rows: Sequence[tuple[str | bytes | int | None, ...]]) -> None:
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(statement, rows)
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise StoreError(
                f"{self.path}: the cache cannot be written: {error}; use --no-cache", about=str(self.path)
            ) from error

    def _prepare(self) -> None:
        execute = self._database.execute
        execute("PRAGMA synchronous = NORMAL")
        execute("BEGIN IMMEDIATE")  # two first runs at once must not both create the table
        if execute("PRAGMA user_version").fetchone() != (_VERSION,):
            execute("DROP TABLE IF EXISTS visits")
            execute(
                "CREATE TABLE visits (url TEXT PRIMARY KEY, asked_as TEXT NOT NULL, visit BLOB NOT NULL, kept_in TEXT,"
                " day INTEGER NOT NULL) WITHOUT ROWID"
            )
            execute("CREATE INDEX days ON visits (day)")
            execute(f"PRAGMA user_version = {_VERSION}")
        execute("DELETE FROM visits WHERE day < ?", (self._today - self._useless_after.days,))
        execute("COMMIT")

    @property
    def _today(self) -> int:
        return self._clock.now().toordinal()

    @property
    def _useless_after(self) -> timedelta:
        """A visit that is older neither counts nor can be renewed: links that are gone from the texts fill no disk."""
        return timedelta(days=1) + max(_READ_ANEW, timedelta(seconds=self._settings.alive_max_age_s) * (1 + _JITTER))

    def _max_age(self, visit: Visit) -> timedelta:
        match visit.verdict.status:
            case Status.ALIVE | Status.MOVED:
                share = zlib.crc32(visit.target.url.encode("utf-8", "replace")) / 0xFFFFFFFF
                seconds = self._settings.alive_max_age_s * (1 - _JITTER + 2 * _JITTER * share)
            case Status.BLOCKED:
                seconds = min(self._settings.blocked_max_age_s, self._settings.alive_max_age_s)
            case _:
                seconds = 0.0
        return timedelta(seconds=seconds)


def _encoded(visit: Visit) -> bytes:
    data = msgspec.json.encode(visit)
    return _LOGIN.sub(b"", data) if b"@" in data else data


def _without_login(url: str) -> str:
    return _LOGIN.sub(b"", url.encode("utf-8", "replace")).decode() if "@" in url else url


def default_path() -> Path:
    """The cache file in the user's cache folder (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    folder = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    return folder / "citecheck" / "visits.sqlite"
