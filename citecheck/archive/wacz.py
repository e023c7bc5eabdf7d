"""An archive's folder as one WACZ file, which replay tools open in a browser.

Version 1.1.1 of the format is said: the later 1.2.0 differs in nothing that is written here, and validators know it not
(py-wacz 0.6).
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from citecheck.archive import warcfile
from citecheck.archive.holdings import Holdings
from citecheck.errors import ArchiveError

_CHUNK_BYTES = 1 << 20


def export(folder: Path, target: Path, *, made_at: datetime, software: str) -> int:
    """Write the archive in `folder` to `target`, and give the number of pages in it.

    Raises ArchiveError when there is no archive or the file cannot be written.
    """
    holdings = Holdings(folder)
    part = target.with_name(f"{target.name}.open")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as package:
            count = _Package(package, made_at).fill(holdings, software)
        part.replace(target)
    except OSError as error:
        raise ArchiveError(f"{target}: cannot be written: {error.strerror or error}", about=str(target)) from error
    finally:
        part.unlink(missing_ok=True)
    return count


class _Package:
    def __init__(self, package: zipfile.ZipFile, made_at: datetime) -> None:
        self._package = package
        self._made_at = made_at.astimezone(UTC)
        self._resources: list[dict[str, object]] = []

    def fill(self, holdings: Holdings, software: str) -> int:
        for path in warcfile.files(holdings.folder):
            with path.open("rb") as file:
                self._add(f"archive/{path.name}", _chunks(file))
        self._add("indexes/index.cdxj", (line + b"\n" for line in holdings.index.lines()))
        pages = list(_pages(holdings))
        header = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
        self._add("pages/pages.jsonl", (json.dumps(each).encode() + b"\n" for each in (header, *pages)))
        description = {
            "profile": "data-package",
            "resources": self._resources,
            "created": f"{self._made_at:%Y-%m-%dT%H:%M:%SZ}",
            "wacz_version": "1.1.1",
            "software": software,
        }
        data = json.dumps(description, indent=2).encode()
        self._add("datapackage.json", (data,))
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        self._add("datapackage-digest.json", (json.dumps(digest, indent=2).encode(),))
        return len(pages)

    def _add(self, name: str, chunks: Iterator[bytes] | tuple[bytes, ...]) -> None:
        sha256, size_bytes = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, self._made_at.timetuple()[:6])
        with self._package.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
                sha256.update(chunk)
                size_bytes += len(chunk)
        self._resources.append(
            {
                "name": Path(name).name.lower(),
                "path": name,
                "hash": f"sha256:{sha256.hexdigest()}",
                "bytes": size_bytes,
            }
        )


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK_BYTES):
        yield chunk


def _pages(holdings: Holdings) -> Iterator[dict[str, str]]:
    """A line for every page of HTML that shows what was asked for."""
    for number, entry in enumerate(holdings.entries()):
        if not entry.is_page:
            continue
        capture = holdings.load(entry)
        if capture.is_html:
            yield {
                "id": f"page-{number}",
                "url": entry.url,
                "ts": f"{entry.captured_at:%Y-%m-%dT%H:%M:%SZ}",
                "title": capture.title() or entry.url,
            }
