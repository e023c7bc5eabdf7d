"""An audit in which every string that came from outside is hostile."""

from typing import Any

import msgspec

from citecheck.model import Audit

VENOM = (
    "</script></style><script>window.hurt=1;alert(1)</script><img src=x onerror=alert(2)>"
    "<svg onload=alert(3)>\"'><a href=javascript:alert(4)>{{ 7*7 }}{% raw %}]]>--><!-- \u202e\u2066\x1b[31m\x00\u2028"
    + "W"
    * 300
)
_OURS = {
    "id", "kind", "status", "level", "rule", "line", "column", "place", "strength", "confidence", "origin",
    "links", "claims", "updates", "schema", "date", "published", "time", "ownership", "started_at",
    "captured_at", "checked_at", "file", "digest", "source", "document", "update", "claim", "target",
    "failure", "http_status", "credit_line_at", "version", "country", "language", "repeats", "reason",
}  # fmt: skip
"""What citecheck itself writes, or what others refer to by the same words."""


def hostile(audit: Audit) -> Audit:
    """The same audit, venom behind every word of the texts, servers and registry."""
    plain = msgspec.to_builtins(audit)
    for target in plain["visits"]:
        target["verdict"]["suggestion"] = "javascript:alert(5)"
    return msgspec.convert(_poisoned(plain), Audit)


def _poisoned(value: Any, key: str = "") -> Any:
    match value:
        case str():
            return value if key in _OURS else f"{value} {VENOM}"
        case dict():
            return {name: _poisoned(each, name) for name, each in value.items()}
        case list():
            return [_poisoned(each, key) for each in value]
        case _:
            return value
