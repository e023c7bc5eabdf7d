"""Bytes to text as a reader would want it read: by what the page says of itself, unless its bytes belie that."""

import codecs
import re
from contextlib import suppress
from functools import lru_cache

from citecheck.patterns import regex

_DECLARED = regex(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]+)", re.IGNORECASE)
_HEAD_BYTES = 2048
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LATIN = frozenset(("iso8859-1", "ascii", "cp1252"))
"""Labels that mean windows-1252 (WHATWG encoding standard), and that servers add to whatever they serve."""
_OF_HOSTS = frozenset(("idna", "punycode"))
"""Python's codecs for names of hosts, which no page is written in."""
_TRIED_BYTES = 20_000
_RUNS = regex(rb"[\x80-\xff]+")
_LATIN_RUN = 1.8
"""In Latin script accented letters stand alone: so long their runs are at most, on average."""
_BROKEN = 0.1
_LANGUAGE = regex(rb"<html[^>]{0,200}?lang\s*=\s*[\"']?([A-Za-z]{2})", re.IGNORECASE)
_BY_LANGUAGE = dict.fromkeys(("pl", "cs", "sk", "hu", "hr", "sl", "ro"), "cp1250") | {"tr": "cp1254", "vi": "cp1258"}
_ENOUGH = 0.5
_LETTERS = {
    "cp1251": "оеаинтсрвлкмії",
    "koi8-r": "оеаинтсрвлкм",
    "cp1253": "αοιετσνηυρπκάίόέή",
    "cp1255": "יוהלארתבשמנ",
    "cp1256": "اليمونرتبعةد",
    "cp932": "".join(map(chr, range(0x3041, 0x30FF))),
    "euc_jp": "".join(map(chr, range(0x3041, 0x30FF))),
    "cp949": "이다의는에을가고하지한로기도사리아은나시자를어서인해수니",
    "gb18030": "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对页面访问存",
}
"""What most letters are in a text that is really in a charset; of the last two a fifth as many are as good."""
_MANY_LETTERS = frozenset(("cp949", "gb18030"))


def decoded(markup: bytes, content_type: str) -> str:
    """`markup` as text; `content_type` is the answer's header of that name. Whatever makes no text is replaced."""
    if markup.isascii() and not (b"\x1b" in markup or b"\0" in markup):
        return markup.decode("ascii")  # as in any charset that does not shift between tables, or take two bytes each
    for mark, marked in _MARKS:
        if markup.startswith(mark):
            return markup.decode(marked, errors="replace")
    label = content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    named = _DECLARED.search(markup[:_HEAD_BYTES])
    told = _codec(label)
    own = _codec(named[1].decode("ascii") if named else "")
    if own and own.startswith("utf-16"):  # where its name can be read, it is none (WHATWG)
        own = "utf-8"
    # A page knows itself better than the default of its server does.
    charset = own if own and told in (None, *_LATIN) else told or own
    if charset and charset != "utf-8":
        with suppress(ValueError):  # Python knows codecs that no page is in, and they refuse
            return markup.decode("cp1252" if charset in _LATIN else charset, errors="replace")
    try:
        return markup.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(markup):  # cut within a letter
            return markup.decode("utf-8", errors="replace")
    return markup.decode(own if own and own not in ("utf-8", *_LATIN) else _guessed(markup), errors="replace")


@lru_cache(maxsize=64)  # a run meets few
def _codec(label: str) -> str | None:
    """Python's name of a charset that makes text of bytes, or None."""
    try:
        b"a".decode(label or "none", errors="replace")
        name = codecs.lookup(label).name
        return None if name in _OF_HOSTS else name
    except (LookupError, ValueError):
        return None


def _guessed(markup: bytes) -> str:
    """The charset of bytes that are not UTF-8: that in which they look most like some language."""
    start = markup[:_TRIED_BYTES]
    foreign = [letter for letter in start.decode("utf-8", errors="replace") if letter > "\x7f"]
    if foreign.count("\ufffd") <= _BROKEN * len(foreign):
        return "utf-8"
    runs = _RUNS.findall(start)
    if sum(map(len, runs)) <= _LATIN_RUN * len(runs):
        told = _LANGUAGE.search(start)
        return _BY_LANGUAGE.get(told[1].decode("ascii").lower() if told else "", "cp1252")
    likeness, charset = max((_likeness(start, charset), charset) for charset in _LETTERS)
    return charset if likeness >= _ENOUGH else "cp1252"


def _likeness(start: bytes, charset: str) -> float:
    """The share of the foreign letters that are common ones in the languages of `charset`."""
    foreign = [letter for letter in start.decode(charset, errors="replace") if letter > "\x7f"]
    share = sum(letter in _LETTERS[charset] for letter in foreign) / max(1, len(foreign))
    return min(1.0, share * 5) if charset in _MANY_LETTERS else share
