"""An audit in which every string that came from outside is hostile."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import fields, replace

from citecheck.model import Audit

VENOM = (
    "</script></style><script>window.hurt=1;alert(1)</script><img src=x onerror=alert(2)>"
    "<svg onload=alert(3)>\"'><a href=javascript:alert(4)>{{ 7*7 }}{% raw %}]]>--><!-- \u202e\u2066\x1b[31m\x00\u2028"
    + "W"
    * 300
)
_OURS = frozenset(
    {"id", "rule", "origin", "source", "document", "update", "claim", "target", "repeats", "links", "updates", "claims"}
)
"""What citecheck itself writes, or what others refer to by the same words."""


def hostile(audit: Audit) -> Audit:
    """The same audit, venom behind every word of the texts, servers, archives and registry."""
    poisoned: Audit = _poisoned(audit)
    visits = tuple(
        replace(each, verdict=replace(each.verdict, suggestion="javascript:alert(5)")) for each in poisoned.visits
    )
    return replace(poisoned, visits=visits)


def _poisoned(value: Any) -> Any:
    if type(value) is str:
        return f"{value} {VENOM}"
    match value:
        case Struct():
            changes = {
                field.name: _poisoned(held)
                for field in fields(value)
                if not (_is_words(held := getattr(value, field.name)) and field.name in _OURS)
            }
            return replace(value, **changes)
        case tuple():
            return tuple(map(_poisoned, value))
        case Mapping():
            return {key: _poisoned(each) for key, each in value.items()}
        case _:
            return value


def _is_words(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, tuple) and all(isinstance(each, str) for each in value))
