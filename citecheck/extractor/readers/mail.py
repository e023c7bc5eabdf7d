"""E-mail newsletters: the HTML part, else the plain one."""

from email import policy
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from citecheck.errors import ExtractError
from citecheck.extractor.readers import Reading, html, text

_DEEPEST = 50
"""Parts within parts: the parser recurses."""


def read(data: bytes, declared: str | None = None) -> Reading:
    """The text of a mail; lines and columns count those of its part, decoded. Raises ExtractError when it has none."""
    if data.lower().count(b"content-type: multipart/") > _DEEPEST:
        raise ExtractError(f"the mail has more than {_DEEPEST} parts within parts; it was not read")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        part = message.get_body(("html", "plain"))
        content = part.get_payload(decode=True) if part else None
    except (LookupError, ValueError, AttributeError, RecursionError) as error:
        raise ExtractError(f"the mail is broken: {error}") from error
    if part is None or not isinstance(content, bytes):
        raise ExtractError("the mail has no text; name the message itself")
    charset = part.get_content_charset()
    reading = (html.read if part.get_content_type() == "text/html" else text.read)(content, charset)
    subject = " ".join(str(message.get("subject", "")).split())
    name, _ = parseaddr(str(message.get("from", "")))
    try:
        sent = parsedate_to_datetime(str(message.get("date", ""))).date()
    except (ValueError, TypeError, IndexError):
        sent = None
    return reading._replace(
        title=subject or reading.title,
        published=reading.published or sent,
        publisher=reading.publisher or name or None,
        notes=(*reading.notes, f"lines are those of the mail's {part.get_content_type()} part"),
    )
