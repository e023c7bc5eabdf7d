"""`mailto:` URLs: whom they write to (RFC 6068), and whether these can be addresses."""

from urllib.parse import unquote

from citecheck import whatwg
from citecheck.patterns import regex

_ADDRESS = regex(
    r"(?:[^\s@<>()\[\],;:\\\"]+|\"[^\"]+\")@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}|[^\s@]+@\[[0-9A-Fa-f:.]+\]"
)
_NAMED = regex(r"[^<>]*<([^<>]*)>")
"""An address behind a name, as mail programs write it and take it: "Jo Doe <jo@harbour.example>"."""
_RECIPIENTS = frozenset(("to", "cc", "bcc"))


def is_mail(url: str) -> bool:
    return url.lstrip()[:7].lower() == "mailto:"


def addresses(url: str) -> tuple[str, ...]:
    """Those that a `mailto:` URL names, also as fields behind its question mark; a letter may be to nobody yet."""
    to, _, fields = url.partition(":")[2].partition("#")[0].partition("?")
    # A comma that belongs to an address is written %2C before the question mark; behind it all commas may be.
    found = [unquote(each) for each in to.split(",") if each != "//"]  # as share buttons write to nobody yet
    for field in fields.replace("&amp;", "&").split("&"):
        name, _, value = field.partition("=")
        if name.lower() in _RECIPIENTS:
            found += unquote(value).split(",")
    bare = (named[1] if (named := _NAMED.fullmatch(each.strip())) else each for each in found)
    return tuple(each.strip() for each in bare if each.strip())


def is_address(text: str) -> bool:
    """Whether mail could be written to `text` (RFC 5321, with letters of any alphabet)."""
    local = text.rpartition("@")[0]
    is_dotted_well = local[:1] == '"' or not (local[:1] == "." or local[-1:] == "." or ".." in local)
    return _ADDRESS.fullmatch(text) is not None and is_dotted_well and len(local) <= 64 and len(text) <= 254


def domains(url: str) -> tuple[str, ...]:
    """The names to the right of the addresses' `@`, once each, lower case, ASCII; addresses of machines left out."""
    names = (each.rpartition("@")[2] for each in addresses(url) if not each.endswith("]"))
    return tuple(dict.fromkeys(whatwg.parse(f"http://{each}/").hostname for each in names))
