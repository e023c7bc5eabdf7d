"""Healing an archive after a run that was killed: nothing before the last whole record is lost."""

from pathlib import Path

from citecheck.archive import warcfile
from citecheck.archive.cdxj import Entry
from citecheck.archive.index import Index
from citecheck.archive.records import records


def recover(folder: Path) -> list[Path]:
    """Cut what a killed run left behind to its whole records, index these, and give the files their names.

    Gives the files healed. A run killed here in turn is made good by the next. Raises ArchiveError when another run is
    still writing in the folder.
    """
    left = warcfile.left_open(folder)
    index = Index(folder)
    for path in left:
        warcfile.heal(path)
        part = warcfile.opened(path)
        if part.exists():
            index.add(lines_of(part, path.name), warcfile.stem(path))
            part.replace(path)
    for path in folder.glob("index*.cdxj.open"):
        path.unlink()
    if left:
        index.compact()
    return left


def lines_of(path: Path, filename: str) -> list[bytes]:
    """The lines of the index for a WARC file, as its writer made them."""
    return [entry.line() for record in records(path) if (entry := Entry.of(record, filename))]
