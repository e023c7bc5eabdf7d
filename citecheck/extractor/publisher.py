"""Who publishes a text that does not say so: the outlet to which it speaks of itself."""

import re
from collections.abc import Collection, Sequence

from citecheck.extractor.outlets import Registry
from citecheck.extractor.words import Sentence
from citecheck.model import Outlet, OutletKind
from citecheck.patterns import regex

_CERTAIN = 4
# What a newsroom writes of itself, before or behind its name, and how much each tells.
_BEFORE = regex(
    r"\b(told|tells|interviewed by|interview with|spoke to|speaking to|writes for|wrote for|reached by|contacted by)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PREVIOUSLY = regex(r"\s+(?:has\s+|had\s+)?(previously|earlier)\s+\w+", re.IGNORECASE)
_HERE = regex(r"\b(?:below|above|elsewhere)?\s*on this (?:page|site|blog)\b|\bour live ?blog\b", re.IGNORECASE)
# "O reported": said of others.
_REPORTED = regex(r"\s+(?:has\s+|had\s+)?(?:reported|reports|said|says|wrote)\b", re.IGNORECASE)
_LEADS = ("told", "tells", "by", "with", "to", "for", "citing", "quoting")
"""How what stands before the name ends, looked for first."""
_AS_REPORTED = regex(r"\b(?:according to|reported by|cited by|citing|quoting)\s+(?:the\s+)?$", re.IGNORECASE)


def publisher_of(
    updates: Sequence[Sequence[Sentence]], credited: Collection[str], registry: Registry, hosts: Collection[str]
) -> tuple[str | None, str]:
    """The publisher's name and the evidence in words; (None, "") unless one outlet is certain.

    `credited` are the outlets of the credit lines: a newsroom does not credit itself. `hosts` are those of the links.
    """
    signs: dict[str, dict[str, set[int]]] = {}
    outlets: dict[str, Outlet] = {}
    others = set(credited)
    for number, sentences in enumerate(updates):
        for sentence in sentences:
            for sign, outlet in _signs(sentence, registry):
                if sign is None:
                    others.add(outlet.name)
                else:
                    outlets[outlet.name] = outlet
                    signs.setdefault(outlet.name, {}).setdefault(sign, set()).add(number)
    scored = {name: _score(told, outlets[name], hosts, registry) for name, told in signs.items() if name not in others}
    best = sorted(scored, key=lambda name: -scored[name])
    if not best or scored[best[0]] < _CERTAIN or (len(best) > 1 and scored[best[1]] * 2 > scored[best[0]]):
        return None, ""
    name = best[0]
    seen = [
        f"“{sign}” in {len(where)} {'update' if len(where) == 1 else 'updates'}" for sign, where in signs[name].items()
    ]
    if any(registry.of_url(f"//{host}") == outlets[name] for host in hosts):
        seen.append("its own host among the links")
    return name, f"publisher taken to be {name}: {', '.join(seen)}; in no credit line"


def _signs(sentence: Sentence, registry: Registry) -> list[tuple[str | None, Outlet]]:
    """What one sentence tells: the sign, or None for an outlet that is reported from as another."""
    if sentence.is_embed:
        return []
    found: list[tuple[str | None, Outlet]] = []
    text = sentence.text
    for mention in registry.find(text):
        if mention.is_ambiguous or mention.outlet.kind is OutletKind.ORGANISATION:
            continue
        if _REPORTED.match(text, mention.end):
            found.append((None, mention.outlet))
            continue
        led = text[max(0, mention.start - 40) : mention.start]
        may_lead = led[-1:].isspace() and led.rstrip().lower().removesuffix("the").rstrip().endswith(_LEADS)
        before = _BEFORE.search(led) if may_lead else None
        behind = _PREVIOUSLY.match(text, mention.end)
        seen = text[mention.start : mention.end]
        if may_lead and _AS_REPORTED.search(led):
            found.append((None, mention.outlet))
        elif before:
            found.append((f"{' '.join(before.group(1).lower().split())} {seen}", mention.outlet))
        elif behind:
            found.append((f"{seen} {behind.group(1).lower()}", mention.outlet))
            here = _HERE.search(text, mention.end)
            if here:
                found.append((" ".join(here.group().split()), mention.outlet))
    return found


def _score(signs: dict[str, set[int]], outlet: Outlet, hosts: Collection[str], registry: Registry) -> int:
    """A point a sign, two for words about the page itself, one for each further update up to two, one for a host."""
    updates = set().union(*signs.values())
    points = sum(2 if _HERE.fullmatch(sign) else 1 for sign in signs) + min(len(updates) - 1, 2)
    return points + any(registry.of_url(f"//{host}") == outlet for host in hosts)
