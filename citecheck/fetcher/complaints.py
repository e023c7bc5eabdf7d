"""What answers for programs say: texts, and what JSON or XML complains of in the place of what was asked for."""

import re
from collections.abc import Iterator

import msgspec

from citecheck.patterns import regex

_XML = ("application/xml", "text/xml")
_COMPLAINT_BYTES = 4096
_OUTCOMES = frozenset(("error", "errors", "status", "code", "http", "fault", "exception", "problem", "ok", "success"))
_WORDS = _OUTCOMES | frozenset(("message", "msg", "detail", "details", "text"))
"""Of keys such as `statusCode` and `errorMessage`."""
_BESIDE = frozenset(("title", "description", "reason", "type"))
"""Of those that things have too: beside an outcome they tell of it."""
_ENVELOPES = _WORDS | frozenset(("response", "result", "meta"))
_PART = regex(r"[\n<>]")
_KEY = regex(r"[A-Za-z][a-z]*")
_BAD = regex(r"false|[45]\d\d|fail(?:ed|ure)?|error|.*[ _].*", re.IGNORECASE)
_RESULTS = ("status", "code", "ok", "success")
_GOOD = regex(r"ok|success|succeeded|true|[123]\d\d", re.IGNORECASE)


def is_one(media: str, body: bytes) -> bool:
    """Whether it is what stores of files say, in XML, in the place of a file."""
    return media in _XML and len(body) <= _COMPLAINT_BYTES and b"<error" in body[:300].lower()


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text; of JSON those that say how a request went, where they do not say that it went well."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            return tuple(_told(msgspec.json.decode(text)))
        except ValueError:
            pass
    return tuple(line for line in (" ".join(part.split()) for part in _PART.split(text)) if line)


def _told(data: object) -> Iterator[str]:
    if isinstance(data, list):
        data = data[0] if data else None
    if not isinstance(data, dict) or any(_GOOD.fullmatch(str(data.get(key))) for key in _RESULTS):
        return
    keys = {key: frozenset(word.lower() for word in _KEY.findall(key)) for key in data}
    has_outcome = any(words and words <= _OUTCOMES and _is_bad(data[key]) for key, words in keys.items())
    telling, envelopes = (_WORDS | _BESIDE, _ENVELOPES | {"data"}) if has_outcome else (_WORDS, _ENVELOPES)
    for key, words in keys.items():
        value = data[key]
        if isinstance(value, list) and value and not isinstance(value[0], dict):
            value = value[0]
        if isinstance(value, dict | list):
            if words <= envelopes:
                yield from _told(value)
        elif words and words <= telling and not isinstance(value, bool | None):
            yield " ".join(str(value).split())


def _is_bad(value: object) -> bool:
    """Whether an outcome is no good: a status such as "published" is that of a thing."""
    return _BAD.fullmatch(str(value)) is not None or (isinstance(value, dict | list) and bool(value))
