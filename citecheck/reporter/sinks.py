"""What each sink does to a string that came from a text or a server: all of them are taken for hostile.

Every format passes what it writes through one of these; none writes a remote string as it came.
"""

import re

from citecheck.patterns import regex

_CONTROLS = regex(
    # C0 and C1 with DEL; bidi marks, embeddings, overrides and isolates; line and paragraph separators; tags;
    # zero-width no-break space; lone surrogates, which no encoder writes.
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]+"
)
# Said by what it is: by what it is not, the pattern takes 3 ms to compile.
_XML_FORBIDDEN = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_USER, _PASSWORD = r"[^/\\?#\s\"'<>:@]+", r"[^/\\?#\s\"'<>]*"
# Browsers take all of these for a URL's beginning; where it may be another thing, only a name with a password goes.
_BEGINNINGS = r"(?<=//)|(?<=(?i:http):)|(?<=(?i:https):)|(?<=(?i:http):/)|(?<=(?i:https):/)"
_SLANTED = r"(?<=\\\\)|(?<=(?i:http):\\)|(?<=(?i:https):\\)"
_SLANTED_ENCODED = r"(?<=[^\\]\\\\)|(?<=[^\\]\\\\\\\\)"
"""In JSON, where a single backslash begins an escape that must stay whole."""


def _userinfo(slanted: str) -> re.Pattern[str]:
    # Every beginning ends with one of these three: to look for them first takes a fifth of the time.
    return regex(rf"(?<=[:/\\])(?:(?<=://){_PASSWORD}|(?:{_BEGINNINGS}|{slanted}){_USER}:{_PASSWORD})@")


_USERINFO = _userinfo(_SLANTED)
_USERINFO_ENCODED = _userinfo(_SLANTED_ENCODED)
_LINKABLE = regex(r"(?:https?://|mailto:)[^\s\x00-\x1f\x7f]+\Z", re.IGNORECASE)


def redacted(text: str) -> str:
    """The text with names and passwords taken out of its URLs: `https://***@host/`."""
    return _USERINFO.sub("***@", text) if "@" in text else text


def one_line(text: str) -> str:
    """For a terminal and everything read line by line: no control and no bidi character, runs of space as one."""
    return " ".join(_CONTROLS.sub(" ", redacted(text)).split())


def source_line(text: str) -> str:
    """For a terminal, a line of a source as it stands: as long as before, so that a caret below it is in place."""
    return _CONTROLS.sub(lambda match: " " * len(match.group()), redacted_in_place(text))


def redacted_in_place(text: str) -> str:
    """As `redacted`, keeping the length."""
    return _USERINFO.sub(lambda match: "*" * (len(match.group()) - 1) + "@", text)


def plain(text: str) -> str:
    """For HTML text, beside the template's own escaping: no character that could hide or turn what is read."""
    if text.isprintable() and "@" not in text:
        return text  # four strings of five: no control, format or surrogate character is printable
    return _CONTROLS.sub(lambda match: "\n" if "\n" in match.group() else " ", redacted(text))


def href(url: str) -> str | None:
    """For an HTML link: the URL when it is one to follow (http, https, mailto), else None."""
    clean = redacted(url)
    return clean if _LINKABLE.match(clean) and not _CONTROLS.search(clean) else None


def json_escaped(encoded: str) -> str:
    """For encoded JSON: no credentials, and as escapes of the same meaning what no terminal should see."""
    clean = _USERINFO_ENCODED.sub("***@", encoded) if "@" in encoded else encoded
    # Most is the one or the other, and told faster than by a pattern; the encoder has escaped the controls of ASCII.
    if (clean.isascii() and "\x7f" not in clean) or clean.replace("\xa0", " ").isprintable():
        return clean
    return _CONTROLS.sub(lambda match: "".join(map(_escape, match.group())), clean)


def encodable(text: str) -> str:
    """The text without lone surrogates, which no UTF-8 can write."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def cell(text: str) -> str:
    """For a CSV cell: one line, and no spreadsheet takes it for a formula."""
    clean = one_line(text)
    return "'" + clean if clean.startswith(("=", "+", "-", "@")) else clean


def xml(text: str) -> str:
    """For XML, beside its own escaping: without the characters that XML 1.0 forbids."""
    return _XML_FORBIDDEN.sub("\ufffd", plain(text))


def command(text: str) -> str:
    """For the message of a GitHub workflow command."""
    return one_line(text).replace("%", "%25")


def command_property(text: str) -> str:
    """For a property of a GitHub workflow command."""
    return command(text).replace(":", "%3A").replace(",", "%2C")


def markdown(text: str) -> str:
    """For running text and table cells of Markdown: nothing in it marks up, mentions or links."""
    clean = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = re.sub(r"([\\`*_{}\[\]#!|~])", r"\\\1", clean)
    return escaped.replace("@", "&#64;").replace("://", ":&#47;&#47;")


def _escape(character: str) -> str:
    if character == "\n":
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
