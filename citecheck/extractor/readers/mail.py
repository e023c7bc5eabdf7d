"""E-mail newsletters: the HTML part, else the plain one."""

import re
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from citecheck.errors import ExtractError
from citecheck.extractor.allowance import AMPLE, Allowance
from citecheck.extractor.readers import Reading, html, text
from citecheck.patterns import regex

_HEADER_BYTES = 16_384
_LONG_HEADER = regex(
    rb"^(?:content-[a-z-]+|subject|from|date):(?:[^\r\n]|\r?\n[ \t]){%d}" % _HEADER_BYTES, re.IGNORECASE | re.MULTILINE
)
"""The library's parser of header fields is quadratic."""


def read(data: bytes, declared: str | None = None, allowance: Allowance = AMPLE) -> Reading:
    """The text of a mail; lines and columns count those of its part, decoded. Raises ExtractError when it has none."""
    limits = allowance.limits
    # The parser recurses.
    if data.lower().count(b"content-type: multipart/") > limits.mail_parts:
        raise ExtractError(
            f"the mail has more than {limits.mail_parts} parts within parts (limits.mail_parts); it was not read"
        )
    if _LONG_HEADER.search(data):
        raise ExtractError(f"the mail has a header of more than {_HEADER_BYTES} bytes; it was not read")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        part = message.get_body(("html", "plain"))
        content = part.get_payload(decode=True) if part else None
    except (LookupError, ValueError, AttributeError, RecursionError) as error:
        raise ExtractError(f"the mail is broken: {error}") from error
    if part is None or not isinstance(content, bytes):
        raise ExtractError("the mail has no text; name the message itself")
    if len(content) > limits.claims_bytes:
        raise ExtractError(
            f"the mail's text has more than {limits.claims_bytes} bytes (limits.claims_bytes); it was not read"
        )
    charset = part.get_content_charset()
    reading = (html.read if part.get_content_type() == "text/html" else text.read)(content, charset, allowance)
    subject = " ".join(_field(message, "subject").split())
    name, _ = parseaddr(_field(message, "from"))
    try:
        sent = parsedate_to_datetime(_field(message, "date")).date()
    except (ValueError, TypeError, IndexError):
        sent = None
    notes = [*reading.notes, f"lines are those of the mail's {part.get_content_type()} part"]
    others = _others(message, part)
    if others:
        notes.append(
            f"{'1 further part of text was' if others == 1 else f'{others} further parts of text were'} not read"
        )
    return reading._replace(
        title=subject or reading.title,
        published=reading.published or sent,
        publisher=reading.publisher or name or None,
        notes=tuple(notes),
    )


def _field(message: EmailMessage, name: str) -> str:
    """A header's words; none where they cannot be read, which costs the mail nothing else."""
    try:
        return str(message.get(name, ""))
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError):
        return ""


def _others(message: EmailMessage, part: MIMEPart) -> int:
    """How many texts stand beside the one that is read and are no other form of it, as a forwarded mail does."""
    if message.get_content_type() != "multipart/mixed":
        return 0
    texts = ("text/plain", "text/html", "message/rfc822")
    return sum(
        each is not part and each.get_content_type() in texts and not each.is_attachment()
        for each in message.iter_parts()
    )
