"""From the bytes of an answer to its text: content coding undone, charset found."""

import codecs
import re
import zlib

from citecheck.model import Exchange

_DECODED_BYTES = 4 * 1024 * 1024  # a gzip bomb ends here
_TEXT_BYTES = 1024 * 1024
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]+)", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class UnknownCoding(ValueError):
    """A content coding that we did not ask for and cannot undo; a browser may."""


def content(exchange: Exchange) -> bytes:
    """The body of `exchange` with its content coding undone, capped. Raises ValueError when it cannot be decoded.

    A body that was cut, by us or by the wire, yields what could be decoded of it.
    """
    body = exchange.body
    for coding in reversed((exchange.header("content-encoding") or "").lower().split(",")):
        match coding.strip():
            case "" | "identity":
                pass
            case "gzip" | "x-gzip":
                body = _inflated(body, 31, is_cut=_is_cut(exchange))
            case "deflate":
                # RFC 9110 means zlib; some servers send the bare stream.
                window = 15 if body[:1] and body[0] & 0x0F == 8 else -15
                body = _inflated(body, window, is_cut=_is_cut(exchange))
            case unknown:
                raise UnknownCoding(unknown)
    return body


def text(exchange: Exchange, limit_bytes: int | None = _TEXT_BYTES) -> str:
    """The body of `exchange` as text, whatever it declares itself to be. Raises ValueError as `content` does."""
    return _text(content(exchange)[:limit_bytes], exchange.header("content-type") or "")


def _is_cut(exchange: Exchange) -> bool:
    return exchange.truncated is not None or exchange.failure is not None


def _inflated(body: bytes, window: int, *, is_cut: bool) -> bytes:
    stream = zlib.decompressobj(window)
    try:
        plain = stream.decompress(body, _DECODED_BYTES)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not (stream.eof or is_cut or stream.unconsumed_tail) and body:
        raise ValueError("the compressed body ends too early")
    return plain


def _text(markup: bytes, content_type: str) -> str:
    for mark, encoding in _MARKS:
        if markup.startswith(mark):
            return markup.decode(encoding, errors="replace")
    label = content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    if not label:
        declared = _DECLARED.search(markup[:2048])
        label = declared[1].decode("ascii") if declared else ""
    try:
        codec = codecs.lookup(label or "utf-8").name
        # As the WHATWG encoding standard has it, these labels mean windows-1252.
        return markup.decode("cp1252" if codec in ("iso8859-1", "ascii") else codec, errors="replace")
    except (LookupError, ValueError):  # no such codec, or one that makes no text
        return markup.decode("utf-8", errors="replace")
