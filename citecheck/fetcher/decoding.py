"""From the bytes of an answer to its text: content coding undone, charset found (charsets.py)."""

import zlib
from contextlib import suppress

from citecheck.fetcher import charsets
from citecheck.model import Exchange

_DECODED_BYTES = 4 * 1024 * 1024  # a gzip bomb ends here
TEXT_BYTES = 1024 * 1024
"""Of a page so much is looked at, once its coding is undone."""
_PIECE_BYTES = 1024
_TOO_EARLY = "the compressed body ends too early"


class UnknownCoding(ValueError):
    """A content coding that we did not ask for and cannot undo; a browser may."""


def content(exchange: Exchange) -> bytes:
    """The body of `exchange` with its content coding undone, capped. Raises ValueError when it cannot be decoded.

    A body that was cut, by us or by the wire, or is broken, yields what could be decoded of it.
    """
    return _undone(exchange)[0]


def flaw(exchange: Exchange) -> str | None:
    """What is wrong with a body of which only a part can be decoded; None: nothing. Raises as `content` does."""
    return _undone(exchange)[1]


def text(exchange: Exchange, limit_bytes: int | None = TEXT_BYTES, *, is_sound: bool = False) -> str:
    """The body of `exchange` as text, whatever it declares itself to be. Raises ValueError as `content` does.

    `is_sound`: raises ValueError for a body with a flaw too.
    """
    body, wrong = _undone(exchange)
    if is_sound and wrong:
        raise ValueError(wrong)
    return charsets.decoded(body[:limit_bytes], exchange.header("content-type") or "")


def _undone(exchange: Exchange) -> tuple[bytes, str | None]:
    """What could be decoded, and why not all of it."""
    body, wrong = exchange.body, None
    is_cut = exchange.truncated is not None or exchange.failure is not None
    for coding in reversed((exchange.header("content-encoding") or "").lower().split(",")):
        match coding.strip():
            case "gzip" | "x-gzip":
                body, wrong = _inflated(body, 31, is_cut=is_cut)
            case "deflate":
                # RFC 9110 means zlib; some servers send the bare stream.
                body, wrong = _inflated(body, 15 if body[:1] and body[0] & 0x0F == 8 else -15, is_cut=is_cut)
            case "br" | "zstd" as unasked if body:
                if body.isascii() or body.lstrip()[:1] == b"<":
                    raise ValueError(f"it is not {unasked}, as it says")
                raise UnknownCoding(unasked)
            case _:  # browsers take a coding that they have never heard of for none
                pass
    return body, wrong


def _inflated(body: bytes, window: int, *, is_cut: bool) -> tuple[bytes, str | None]:
    """The body, and what is wrong with it. Raises ValueError when nothing comes of it."""
    stream = zlib.decompressobj(window)
    try:
        plain = stream.decompress(body, _DECODED_BYTES)
    except zlib.error as error:
        return _salvaged(body, window, str(error)), str(error)
    if stream.eof or stream.unconsumed_tail or is_cut or not body:
        return plain, None
    if not plain:
        raise ValueError(_TOO_EARLY)
    return plain, _TOO_EARLY


def _salvaged(body: bytes, window: int, wrong: str) -> bytes:
    """What comes of a body up to the place where it is broken. Raises ValueError for nothing."""
    stream, plain = zlib.decompressobj(window), bytearray()
    with suppress(zlib.error):
        for start in range(0, len(body), _PIECE_BYTES):
            piece = body[start : start + _PIECE_BYTES]
            before = stream.copy()
            try:
                plain += stream.decompress(piece, _DECODED_BYTES)
            except zlib.error:  # it has swallowed what it had of the piece
                for index in range(len(piece)):
                    plain += before.decompress(piece[index : index + 1], _DECODED_BYTES)
            if len(plain) >= _DECODED_BYTES:
                break
    if not plain:
        raise ValueError(wrong)
    return bytes(plain)
