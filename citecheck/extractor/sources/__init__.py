"""What the user names, found and read: files, folders, globs, standard input, web pages, sitemaps and feeds."""

import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from citecheck.errors import ExtractError, UsageError
from citecheck.extractor.encodings import decode, unmarked_wide
from citecheck.extractor.sources import media
from citecheck.model import Source
from citecheck.patterns import regex
from citecheck.settings import LimitSettings, ReadAs, Settings, SourceSettings

STDIN = "-"

Fetch = Callable[[str], Source]
"""Gets a web page; raises ExtractError when it cannot be read."""

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""Byte order marks of UTF-16 and UTF-32: such a text has NUL bytes and is none the less a text."""

_CONTROLS = bytes({*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)})
_SAMPLE_BYTES = 1 << 13
_CONTROL_SHARE = 0.05
_NUL_SHARE = 0.001
"""A stray NUL does not make a text binary."""
_GZIP = b"\x1f\x8b"
_MAGIC = frozenset("*?[")
"""What makes a name a pattern, to `glob`."""
_WEB = regex(r"https?://", re.IGNORECASE)
_SCHEME = regex(r"[a-z][a-z0-9+.-]*:/", re.IGNORECASE)
_SITEMAP_DEPTH = 3
"""Sitemaps that name sitemaps that name sitemaps: the protocol knows two levels."""


def find(names: Iterable[str | Source], settings: SourceSettings | None = None) -> list[str | Source]:
    """The files that the names stand for, each once, in order; web addresses and texts already read pass through.

    A folder gives the texts in and under it, sorted, without what .gitignore leaves out and, unless `settings.hidden`,
    without hidden files; a pipe, to which perhaps nobody writes, is read only where it is named. Raises UsageError for
    a name that does not exist and for a glob that matches nothing.
    """
    settings = settings or SourceSettings()
    found: dict[str | Source, None] = {}
    for name in names:
        if isinstance(name, Source) or name == STDIN or _WEB.match(name):
            found[name] = None
            continue
        path = Path(name)
        if path.is_dir():
            found.update(dict.fromkeys(_files_under(path, settings)))
        elif path.exists() or path.is_symlink():
            found[name] = None
        elif not _MAGIC.isdisjoint(name):
            found.update(dict.fromkeys(_matching(name, settings)))
        elif _SCHEME.match(name):
            raise UsageError(
                f"{name}: of web addresses only http and https are read; save it and name the file", about=name
            )
        else:
            raise UsageError(f"{name}: there is no such file or folder; check the spelling", about=name)
    return list(found)


def listed(path: str) -> list[str]:
    """The names in a list file, one a line; empty lines and those that begin with `#` are none.

    Raises UsageError when it cannot be read.
    """
    try:
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{path}: the list of sources cannot be read: {reason}", about=path) from error
    text, _ = decode(data)  # some shells redirect in UTF-16, some editors write a byte order mark
    names = (line.strip() for line in re.split(r"[\r\n]+", text))
    return [name for name in names if name and not name.startswith("#")]


def opened(name: str | Source, settings: Settings, fetch: Fetch | None = None) -> Iterator[Source | ExtractError]:
    """The texts behind a name: one, or those that a sitemap or feed names. What cannot be read is an error among them.

    `fetch` gets web pages; without it they are errors.
    """
    try:
        source = name if isinstance(name, Source) else _loaded(name, settings, fetch)
        yield from _parts(source, settings, fetch)
    except ExtractError as error:
        yield error


def load(name: str, limits: LimitSettings, forced: ReadAs = ReadAs.AUTO) -> Source:
    """The bytes behind the name of a file; `-` is standard input, read to its end. What is gzipped is unpacked.

    `forced` overrules what the content shows. Raises ExtractError when it cannot be
    opened, is larger than `limits.source_bytes`, or is no text.
    """
    try:
        if name == STDIN:
            data = sys.stdin.buffer.read(limits.source_bytes + 1)
        else:
            with Path(name).open("rb") as file:
                # Room for all that is allowed costs more than the reading does; a pipe says that it has no size.
                data = file.read(min(os.fstat(file.fileno()).st_size, limits.source_bytes) + 1)
                data += file.read(limits.source_bytes + 1 - len(data))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ExtractError(f"{name}: cannot be read: {reason}", about=name) from error
    return typed(Source(name=name, data=data), limits, forced)


def typed(source: Source, limits: LimitSettings, forced: ReadAs = ReadAs.AUTO) -> Source:
    """The source, unpacked and with its media type told. Raises ExtractError for what is too large or no text."""
    data, name = source.data, source.name
    notes = source.notes
    if data.startswith(_GZIP):
        data, is_whole = _unpacked(data, source.name, limits)
        name = name.removesuffix(".gz")
        if not is_whole:
            notes += ("the gzipped file breaks off: what came before was read",)
    if len(data) > limits.source_bytes:
        raise ExtractError(
            f"{source.name}: larger than {limits.source_bytes} bytes; split it, or raise limits.source_bytes",
            about=source.name,
        )
    kind = media.FORCED.get(forced) or media.media_of(data, name, source.media)
    if kind not in (media.PDF, media.DOCX) and _is_binary(data):
        raise ExtractError(
            f"{source.name}: is not a text (binary data); name the text it was made from", about=source.name
        )
    return replace(source, data=data, media=kind, notes=notes)


def read(names: Iterable[str | Source], settings: Settings) -> Iterator[Source]:
    """The sources behind the names, one after another, each loaded when it is asked for.

    Raises UsageError for a name that does not exist and ExtractError for one that cannot be read.
    """
    for name in find(names, settings.sources):
        for each in opened(name, settings):
            if isinstance(each, ExtractError):
                raise each
            yield each


def _loaded(name: str, settings: Settings, fetch: Fetch | None) -> Source:
    if not _WEB.match(name):
        return load(name, settings.limits, settings.sources.read_as)
    if fetch is None:
        raise ExtractError(f"{name}: a web page, and nothing here fetches one; save it and name the file", about=name)
    return typed(fetch(name), settings.limits, settings.sources.read_as)


def _parts(source: Source, settings: Settings, fetch: Fetch | None) -> Iterator[Source | ExtractError]:
    if source.media in (media.FEED, media.JSON_FEED):
        from citecheck.extractor.sources import feeds

        entries = feeds.entries(source)
        yield from islice(entries, settings.sources.pages)
        if next(entries, None):
            yield ExtractError(
                f"{source.name}: has more than {settings.sources.pages} entries, the first of which were read; "
                "raise sources.pages",
                about=source.name,
            )
    elif source.media in (media.SITEMAP, media.ROBOTS):
        yield from _pages(source, settings, fetch)
    else:
        yield source


def _pages(source: Source, settings: Settings, fetch: Fetch | None) -> Iterator[Source | ExtractError]:
    """The pages of a sitemap and of those that it names, each once, within `sources.pages`."""
    from citecheck.extractor.sources import feeds

    seen = {source.name}
    pages: dict[str, None] = {}
    pending = [(source, 0)]
    left = 0
    while pending:
        each, depth = pending.pop(0)
        try:
            named = feeds.sitemap(each)
        except ExtractError as error:
            yield error
            continue
        pages.update(dict.fromkeys(named.pages))
        for address in dict.fromkeys(named.sitemaps):
            if address in seen:
                continue
            if depth >= _SITEMAP_DEPTH or len(seen) > settings.sources.pages:
                left += 1
                continue
            seen.add(address)
            try:
                pending.append((_page(address, source, settings, fetch), depth + 1))
            except ExtractError as error:
                yield error
    if left:
        yield ExtractError(
            f"{source.name}: {left} sitemaps were not read: they are named {_SITEMAP_DEPTH} sitemaps deep, or are more "
            f"than {settings.sources.pages} (sources.pages)",
            about=source.name,
        )
    for address in list(pages)[: settings.sources.pages]:
        try:
            yield _page(address, source, settings, fetch)
        except ExtractError as error:
            yield error
    if len(pages) > settings.sources.pages:
        yield ExtractError(
            f"{source.name}: names {len(pages)} pages, of which {settings.sources.pages} were read; "
            "raise sources.pages",
            about=source.name,
        )


def _page(address: str, sitemap: Source, settings: Settings, fetch: Fetch | None) -> Source:
    """What a sitemap names, which is on the web: a page fetched from there may name no file of this machine."""
    if not _WEB.match(address):
        raise ExtractError(f"{sitemap.name}: names {address}, which is no web address", about=sitemap.name)
    return _loaded(address, settings, fetch)


def _unpacked(data: bytes, name: str, limits: LimitSettings) -> tuple[bytes, bool]:
    """What a gzipped file holds, up to just beyond the limit, of all its members; whether it is whole."""
    unpacked = bytearray()
    while data.startswith(_GZIP) and len(unpacked) <= limits.source_bytes:
        unpacker = zlib.decompressobj(wbits=31)
        try:
            unpacked += unpacker.decompress(data, limits.source_bytes + 1 - len(unpacked))
        except zlib.error as error:
            raise ExtractError(
                f"{name}: cannot be unpacked: {error}; unpack it, and name what comes out", about=name
            ) from error
        if not unpacker.eof:
            return bytes(unpacked), False
        data = unpacker.unused_data
    return bytes(unpacked), True


def _files_under(folder: Path, settings: SourceSettings) -> Iterator[str]:
    from citecheck.extractor.sources import ignored

    rules = {folder: ignored.rules_above(folder)}
    for place, folders, files in os.walk(folder):
        here = Path(place)
        root = here.resolve()
        ruling = (*rules[here], *ignored.rules_of(root))
        kept = [each for each in sorted(folders) if each != ".git" and (settings.hidden or not each.startswith("."))]
        folders[:] = [each for each in kept if not ignored.is_ignored(root / each, ruling, is_folder=True)]
        rules.update((here / each, ruling) for each in folders)
        for file in sorted(files):
            is_seen = (settings.hidden or not file.startswith(".")) and media.suffix_of(file) in media.BY_NAME
            if is_seen and not ignored.is_ignored(root / file, ruling, is_folder=False) and not (here / file).is_fifo():
                yield str(here / file)


def _matching(pattern: str, settings: SourceSettings) -> Iterator[str]:
    import glob  # Path's takes no absolute pattern

    matched = sorted(glob.glob(pattern, recursive=True, include_hidden=settings.hidden))  # noqa: PTH207
    if not matched:
        raise UsageError(f"{pattern}: matches no file", about=pattern)
    for name in matched:
        if Path(name).is_dir():
            if "**" not in pattern:
                yield from _files_under(Path(name), settings)
        elif not Path(name).is_fifo():
            yield name


def _is_binary(data: bytes) -> bool:
    if data.startswith(_WIDE_MARKS) or unmarked_wide(data):
        return False
    sample = data[:_SAMPLE_BYTES]
    if b"\0" in data and data.count(b"\0") > _NUL_SHARE * len(data):
        return True
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(sample)
