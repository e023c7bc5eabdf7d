"""Changing URLs in a source's bytes, and nothing but them: where a URL stands, what takes its place, and the diff."""

import codecs
import difflib
import os
import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from citecheck.errors import CitecheckError
from citecheck.patterns import regex

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_VISIBLE = "".join(map(chr, range(0x20, 0x7F)))
_LINE_END = regex(r"\r\n|\r|\n")
_UNSAFE = regex(r"[\x00-\x20\x7f\"<>\\^`{|}]")
_UNPLAIN = regex(rb"[\x00-\x1f\x7f\"\\]")
_VALUE_END = {'"': regex('"'), "'": regex("'"), "": regex(r"[\s>]")}
_ANCHOR = regex(r"<a\s[^<>]*\Z", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = regex(r"\b(?:href|src)\s*=\s*([\"']?)\s*\Z", re.IGNORECASE)


class Edit(NamedTuple):
    """Bytes `start` to `end` of a source become `new`."""

    start: int
    end: int
    new: bytes


class Text(NamedTuple):
    """A source's bytes as text in which places can be found, and found again in the bytes."""

    data: bytes
    text: str
    encoding: str
    skipped: int
    """Bytes of the byte order mark."""
    line_starts: tuple[int, ...]

    @classmethod
    def of(cls, data: bytes) -> "Text":
        """Read by its byte order mark, as UTF-8, else byte by byte: what is found is compared, so no guess errs."""
        skipped, encoding = next(((len(mark), name) for mark, name in _MARKS if data.startswith(mark)), (0, "utf-8"))
        try:
            text = data[skipped:].decode(encoding)
        except UnicodeDecodeError:
            skipped, encoding = 0, "latin-1"
            text = data.decode(encoding)
        starts = (0, *(match.end() for match in _LINE_END.finditer(text)))
        return cls(data, text, encoding, skipped, starts)

    def offset(self, line: int, column: int | None, url: str) -> int | None:
        """Where in the text `url` stands at that place of the source, or, where that fails, alone on that line."""
        if not 1 <= line <= len(self.line_starts):
            return None
        start = self.line_starts[line - 1]
        spellings = {url, url.replace("&", "&amp;")}
        if column is not None and self.text.startswith(tuple(spellings), start + column - 1):
            return start + column - 1
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        places = {match.start() for each in spellings for match in re.finditer(re.escape(each), self.text[start:end])}
        if len(places) == 1:
            return start + places.pop()
        # In HTML an entity may stand for any letter of it: then the place itself decides.
        if column is not None and _ATTRIBUTE.search(self.text, max(0, start + column - 40), start + column - 1):
            return start + column - 1
        return None

    def encoded(self, words: str) -> bytes:
        """In the source's own encoding; what that lacks, percent-encoded."""
        try:
            return words.encode(self.encoding)
        except UnicodeEncodeError:
            return quote(words, safe=_VISIBLE).encode(self.encoding)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The bytes of a stretch of the text."""
        before = self.skipped + len(self.text[:start].encode(self.encoding))
        return before, before + len(self.text[start:end].encode(self.encoding))


def edits_for(text: Text, line: int, column: int | None, url: str, new: str, *, version_date: str | None) -> list[Edit]:
    """The edits that put `new` in the place of `url`; with a `version_date` also the Robust Links attributes of an <a>.

    None at all when the URL does not stand there as it was read.
    """
    start = text.offset(line, column, url)
    if start is None:
        return []
    attribute = _ATTRIBUTE.search(text.text, max(0, start - 40), start)
    if attribute is None:
        if not text.text.startswith(url, start):
            return []
        is_bracketed = text.text[:start].endswith("(")
        return [Edit(*text.span(start, start + len(url)), text.encoded(_safe(new, is_bracketed)))]
    return _in_attribute(text, start, attribute[1], url, new, version_date)


def _in_attribute(text: Text, start: int, quote: str, url: str, new: str, version_date: str | None) -> list[Edit]:
    stop = _VALUE_END[quote].search(text.text, start)
    value_end = stop.start() if stop else len(text.text)
    written = text.text[start:value_end].rstrip()
    if url not in (written, unescape(written)):
        return []
    safe = _safe(new, False).replace("'", "%27").replace("&", "&amp;")
    edits = [Edit(*text.span(start, start + len(written)), text.encoded(safe))]
    if version_date and _ANCHOR.search(text.text, max(0, start - 2000), start):
        after = value_end + len(quote)
        tag_end = text.text.find(">", after)
        if "data-originalurl" not in text.text[after:tag_end]:
            kept = written.replace('"', "&quot;")
            robust = f' data-originalurl="{kept}" data-versiondate="{version_date}"'
            place, _ = text.span(after, after)
            edits.append(Edit(place, place, text.encoded(robust)))
    return edits


def _safe(url: str, is_bracketed: bool) -> str:
    """The URL with what would end it early percent-encoded, as any server reads it."""
    safe = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", url)
    return safe.replace("(", "%28").replace(")", "%29") if is_bracketed else safe


def patched(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes with the edits made; of two that overlap the first."""
    parts: list[bytes] = []
    place = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= place:
            parts += (data[place : edit.start], edit.new)
            place = edit.end
    return b"".join((*parts, data[place:]))


def diff(name: str, before: bytes, after: bytes) -> bytes:
    """A unified diff that `patch -p1` and `git apply` take."""
    path = os.fsencode(name.removeprefix("./").lstrip("/"))
    names = (_quoted(b"a/" + path), _quoted(b"b/" + path))
    lines = difflib.diff_bytes(difflib.unified_diff, _lines(before), _lines(after), *names, lineterm=b"\n")
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)


def _quoted(name: bytes) -> bytes:
    """A file's name as git writes it in a diff: in quotes where a line end or a quote in it would be read as more."""
    if not _UNPLAIN.search(name):
        return name
    return b'"' + _UNPLAIN.sub(lambda match: b"\\%03o" % ord(match[0]), name) + b'"'


def write(path: Path, before: bytes, after: bytes) -> None:
    """Put `after` in the place of `before`, whole or not at all, mode kept.

    Raises CitecheckError when the file holds something else by now, or cannot be written.
    """
    place = path.resolve()
    try:
        if place.read_bytes() != before:
            raise CitecheckError(f"{path}: has changed since it was read; nothing was written to it: run fix again")
        descriptor, part = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(after)
                file.flush()
                os.fsync(file.fileno())
            Path(part).chmod(place.stat().st_mode & 0o7777)
            Path(part).replace(place)
        finally:
            with suppress(FileNotFoundError):
                Path(part).unlink()
    except OSError as error:
        raise CitecheckError(f"{path}: cannot be written: {error.strerror or error}", about=str(path)) from error


def _lines(data: bytes) -> list[bytes]:
    *lines, rest = data.split(b"\n")
    return [*(line + b"\n" for line in lines), *((rest,) if rest else ())]
