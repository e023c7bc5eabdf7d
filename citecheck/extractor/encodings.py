"""Bytes to text: byte order marks, UTF-8, and a guess where it is neither."""

import codecs
import re

from citecheck.patterns import regex

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESS_BYTES = 1 << 16
"""What a guess looks at: bs4's detector takes seconds for megabytes."""

_WIDE_SAMPLE_BYTES = 4096
_WIDE_SHARE = 0.7
"""Markup and most of a Latin text have a NUL in so many of their pairs of bytes."""

_MULTIBYTE = regex(rb"[\xc2-\xf4][\x80-\xbf]+")


_DECLARED = regex(
    rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{2,40})",
    re.I,
)
_DECLARED_WITHIN_BYTES = 4096
"""The HTML standard looks for a declaration in the first 1024 bytes; some pages have it farther down."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text and the notes on what had to be guessed or replaced. It holds no lone surrogate and no NUL.

    `declared` is the encoding that the source names; it counts where the bytes have no mark and are not UTF-8.
    """
    return _without_nuls(*_decoded(data, declared))


def _decoded(data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replaced(data[len(mark) :], encoding)
    unmarked = unmarked_wide(data)
    if unmarked:
        text, notes = _replaced(data, unmarked)
        return text, (f"the text has no byte order mark: it was read as {unmarked}, by its NULs", *notes)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        declared = _BROWSER_NAMES.get((declared or "").lower(), declared)
        if declared and _is_known(declared):
            return _replaced(data, declared)
        near = data[max(0, error.start - 16) : error.start + _GUESS_BYTES]
    broken = near.decode("utf-8", "replace").count("�")
    # UTF-8 with damage still has more whole characters than broken ones; another encoding has next to none.
    if len(_MULTIBYTE.findall(near)) >= broken:
        return _replaced(data, "utf-8")
    encoding = _guess(near)
    text, notes = _replaced(data, encoding)
    return text, (f"the text is not UTF-8: it was read as {encoding}, a guess", *notes)


def unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by NULs in every other byte; None for anything else."""
    sample = data[:_WIDE_SAMPLE_BYTES]
    if b"\0" not in sample:
        return None
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > _WIDE_SHARE * pairs and even < (1 - _WIDE_SHARE) * odd:
        return "utf-16-le"
    return "utf-16-be" if even > _WIDE_SHARE * pairs and odd < (1 - _WIDE_SHARE) * even else None


def declared_in(data: bytes) -> str | None:
    """The encoding that a markup text declares near its beginning, as browsers read the name; None when it does not."""
    match = _DECLARED.search(data[:_DECLARED_WITHIN_BYTES])
    if not match:
        return None
    return (match[1] or match[2]).decode("ascii").lower()


_BROWSER_NAMES = {
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "iso-8859-9": "windows-1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "x-cp1251": "windows-1251",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}
"""What the Encoding Standard reads under another name."""


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    # "utf-16" declared in bytes that can be read as ASCII is not true.
    return not encoding.startswith(("utf-16", "utf-32", "utf-7", "utf-8")) and encoding not in (
        "hex",
        "base64",
        "rot13",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "zip",
        "bz2",
        "uu",
        "quopri",
        "hex_codec",
        "base64_codec",
    )


def _replaced(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    notes: tuple[str, ...] = ()
    count = text.count("�") - _own_replacements(data, encoding)
    if count:
        what = "place that is" if count == 1 else "places that are"
        notes += (f"{count} {what} not {encoding.upper()} replaced by U+FFFD",)
    return text, notes


def _without_nuls(text: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The text with U+FFFD for each NUL, as browsers have it in attributes: columns stay what they are."""
    if "\0" not in text:
        return text, notes
    count = text.count("\0")
    what = "1 NUL was" if count == 1 else f"{count} NULs were"
    return text.replace("\0", "�"), (*notes, f"{what} replaced by U+FFFD")


def _own_replacements(data: bytes, encoding: str) -> int:
    """The U+FFFD that the source itself holds."""
    return data.count("�".encode(encoding)) if encoding.startswith("utf") else 0


_PAIR = regex(rb"[\x80-\xff]{2}")
_WIDE_NAMES = ("big5", "cp932", "cp949", "cp950", "euc", "gb", "hz", "iso2022", "johab", "shift")
"""Encodings of East Asia: no text in one is without two high bytes beside each other, as a few accents are."""


def _guess(sample: bytes) -> str:
    from bs4.dammit import EncodingDetector

    for encoding in EncodingDetector(sample, exclude_encodings=["utf-8", "ascii"]).encodings:
        try:
            codecs.lookup(encoding)
        except LookupError:
            continue
        name = encoding.lower()
        if name not in ("ascii", "utf-8") and not (name.startswith(_WIDE_NAMES) and not _PAIR.search(sample)):
            return name
    return "windows-1252"
