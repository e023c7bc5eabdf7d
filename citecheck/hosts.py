"""`[hosts."NAME"]`: what can be set for single hosts, and what may stand in a request's headers."""

from collections.abc import Mapping

from msgspec import Struct

from citecheck.amounts import Count, HttpStatus, Patience, Seconds
from citecheck.patterns import regex

FROM_ENVIRONMENT = "env:"
"""What a value begins with that is no secret, but the name of the variable that holds it."""

_FIELD_VALUE = regex(r"[\t\x20-\x7e]*")
_TOKEN = regex(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_COOKIE_VALUE = regex(r"[\x21-\x3a\x3c-\x7e]*")
_VARIABLE = regex(r"env:[A-Za-z_][A-Za-z0-9_]*")
_HOST_NAME = regex(r"\*|(?:\*\.)?[^\s/:@?#*\[\]%]+|\[[0-9a-fA-F:.]+\]")
# Of the connection and of the message's form, which are ours to say.
_OUR_HEADERS = frozenset(
    ("host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "accept-encoding", "expect")
)


class HostSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`[hosts."NAME"]`: what differs for a host, for all below a name (`*.example.org`) or for every host (`*`).

    Where several tables fit, each key is taken from the most specific one that has it.
    """

    concurrency: Count | None = None
    interval_s: Seconds | None = None
    connect_timeout_s: Patience | None = None
    headers_timeout_s: Patience | None = None
    visit_timeout_s: Patience | None = None
    headers: dict[str, str] = {}
    """Sent beside ours or in their place. As in `cookies`, a value `env:NAME` is taken from that variable."""
    cookies: dict[str, str] = {}
    auth: str | None = None
    """`env:NAME` of a variable that holds `user:password`."""
    bearer: str | None = None
    """`env:NAME` of a variable that holds a token."""
    accept: tuple[HttpStatus, ...] | None = None
    """Status codes that count as alive here, whatever the page says."""
    insecure_tls: bool | None = None
    """Take any certificate; the report says so at every link."""

    def __post_init__(self) -> None:
        for name, value in self.headers.items():
            _check_header(name, value)
        for name, value in self.cookies.items():
            if not (_TOKEN.fullmatch(name) and _COOKIE_VALUE.fullmatch(value)):
                raise ValueError(f"`cookies.{_printable(name)}` cannot stand in a Cookie header")
        for key, variable in (("auth", self.auth), ("bearer", self.bearer)):
            if variable is not None and not _VARIABLE.fullmatch(variable):
                raise ValueError(f"`{key}` must be `env:NAME`: a secret belongs in a variable, not in a settings file")
        if self.auth and self.bearer:
            raise ValueError("`auth` and `bearer` exclude each other")

    @property
    def has_secrets(self) -> bool:
        """Whether it sends what is meant for few."""
        values = (*self.headers.values(), *self.cookies.values())
        return bool(self.auth or self.bearer) or any(each.startswith(FROM_ENVIRONMENT) for each in values)


def _check_header(name: str, value: str) -> None:
    if not _TOKEN.fullmatch(name):
        raise ValueError(f"`headers.{_printable(name)}` cannot be a header's name")
    if not is_field_value(value):
        raise ValueError(f"`headers.{name}` must be printable ASCII on one line")
    lower = name.lower()
    if lower in _OUR_HEADERS or lower.startswith("proxy-"):
        raise ValueError(f"`headers.{name}` is not to be set")
    if lower == "cookie":
        raise ValueError("`headers.Cookie`: name each cookie under `cookies`")
    if lower == "authorization" and not _VARIABLE.fullmatch(value):
        raise ValueError(f"`headers.{name}` must be `env:NAME`: a secret belongs in a variable, not in a settings file")


def check_names(hosts: Mapping[str, HostSettings]) -> None:
    """Raises ValueError for a table that is not headed by a host's name, and for a secret meant for every host."""
    for name, table in hosts.items():
        if not _HOST_NAME.fullmatch(name):
            raise ValueError(
                f"`hosts.{_printable(name)}` is no host's name: `example.org`, `*.example.org` or `*`, without scheme, "
                "port and path"
            )
        if name == "*" and table.has_secrets:
            raise ValueError("`hosts.*` would send its secret to every host: name the host")


def _printable(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii")


def is_field_value(text: str) -> bool:
    """Whether `text` may stand in a header: nothing in it ends the line, or means another thing elsewhere."""
    return _FIELD_VALUE.fullmatch(text) is not None
