"""The queue of what is to be saved elsewhere, in SQLite: it survives a crash, and the next run carries it on."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import msgspec

from citecheck.errors import StoreError
from citecheck.model.saves import Save
from citecheck.store import database
from citecheck.store.cache import default_path


class SaveQueue:
    """One row for each page and archive; written through at once. Raises StoreError when the file cannot be used."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path().with_name("saves.sqlite")
        self._decode = msgspec.json.Decoder(Save).decode
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._database = database.opened(self.path)
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS saves (archive TEXT, url TEXT, save BLOB NOT NULL, "
                "PRIMARY KEY (archive, url)) WITHOUT ROWID"
            )
        except (OSError, sqlite3.Error) as error:
            raise self._error("opened", error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, archive: str, urls: Iterable[str]) -> None:
        """Take in pages to be saved; one that is still open is left as it is, one that is settled begins anew."""
        known = {save.url: save for save in self.saves() if save.archive == archive}
        for url in urls:
            if url not in known or known[url].state.is_settled:
                self.put(Save(url, archive))

    def saves(self) -> list[Save]:
        """Every one, by archive and URL."""
        return [self._decode(row[0]) for row in self._database.execute("SELECT save FROM saves ORDER BY archive, url")]

    def put(self, save: Save) -> None:
        try:
            self._database.execute(
                "INSERT OR REPLACE INTO saves (archive, url, save) VALUES (?, ?, ?)",
                (save.archive, save.url, msgspec.json.encode(save)),
            )
        except sqlite3.Error as error:
            raise self._error("written", error) from error

    def _error(self, what: str, error: Exception) -> StoreError:
        return StoreError(f"{self.path}: the queue of saves cannot be {what}: {error}", about=str(self.path))
