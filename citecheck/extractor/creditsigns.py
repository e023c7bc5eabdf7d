"""Sign-off lines that are nothing but a signature: "(EFE)", "dpa/AFP/rtr", "Jo Doe avec AFP", "AFP, Reuters"."""

import re
from collections.abc import Sequence
from functools import cache

from citecheck.extractor.creditnames import Part, unnamed
from citecheck.extractor.cues import credit_cues
from citecheck.extractor.folding import fold
from citecheck.extractor.outlets import Mention, Registry
from citecheck.model import OutletKind
from citecheck.patterns import regex

LONGEST_SIGNATURE = 90
"""What has more characters is prose."""
_LONGEST_SIGNER, _FEWEST_OF_DESK = 9, 2
_MOST_BEFORE = 2
"""Words before the names of agencies alone: "Redacción / EFE". """
_SIGNS = regex(r"\s*\(?[a-z]{2,8}(?:\s?/\s?[a-z]{2,8})+\)?\s*")
_CODES = regex(r"\s*[a-z]{2,4}(?:[/,]\s?[a-z]{2,4})*\s*\(")
"""The signs of those who wrote it, before whose material they used."""
_WORDS = regex(r"[^\W_]+")


@cache
def _joint() -> re.Pattern[str]:
    """What stands between who signs and whose material it is: "avec"."""
    joints = {each for table in credit_cues() for each in table.joints}
    return re.compile(rf"[\s(](?:{'|'.join(sorted(joints))})\s+")


@cache
def _desks() -> frozenset[str]:
    return frozenset[str]().union(*(table.desks for table in credit_cues()))


@cache
def _signers() -> frozenset[str]:
    return _desks().union(*(table.signers for table in credit_cues()))


def codes(text: str, registry: Registry) -> list[Mention]:
    """The agencies of a line of nothing but signs: "sda/afp/jw"."""
    if not _SIGNS.fullmatch(text):
        return []
    signs = ((match, registry.named(match.group())) for match in re.finditer(r"[a-z]+", text))
    return [Mention(*match.span(), wire, False) for match, wire in signs if wire and wire.kind is OutletKind.WIRE]


def signed(text: str, begin: int, end: int, mentions: Sequence[Mention], closes: bool) -> list[Part]:
    """The list of a line that is nothing but a signature: "Jo Doe with AFP"; where it `closes` a text "AFP" alone."""
    whole = text[:end].strip()
    if not mentions or len(whole) > LONGEST_SIGNATURE or "@" in whole:
        return []
    coded = _CODES.match(text)  # "dh/zc (AFP, Reuters)"
    if coded:
        return [Part(coded.end(), end, is_strict=True)]
    joint = _joint().search(text, begin, end)
    if joint is None:
        is_set_off = whole[0] in "(—–" or ("/" in whole and " " not in whole)
        is_list = "/" not in whole and len({each.outlet for each in mentions}) > 1  # "AP, AFP and dpa"
        has_desk = any(name.strip() in unnamed() for name in fold(whole).split("/")[1:])  # "EFE / Redacción"
        is_agencies = closes and _are_agencies(text[:end], mentions)
        return [Part(begin, end, is_strict=True)] if is_set_off or is_list or has_desk or is_agencies else []
    signer = _WORDS.findall(text, begin, joint.start())
    is_desk = not _desks().isdisjoint(word.lower() for word in signer)
    is_told = is_desk or (
        (
            whole[0] == "("
            or text[joint.start() - 1] == ","  # "Jo Doe, with AFP"
            or any(word.lower() in _signers() for word in signer)
            or any(each.end <= joint.start() for each in mentions)
        )
        and all(word[0].isupper() or word.lower() in _signers() for word in signer)
    )
    is_strict = not is_desk or sum(each.start >= joint.end() for each in mentions) < _FEWEST_OF_DESK
    return [Part(joint.end(), end, is_strict=is_strict)] if is_told and len(signer) <= _LONGEST_SIGNER else []


def are_agencies(text: str, registry: Registry) -> bool:
    """Whether a short line begins with the names of agencies: "(AFP, Reuters)". What else it says is not asked."""
    return len(text) <= LONGEST_SIGNATURE and ":" not in text and _are_agencies(text, registry.find(text))


def _are_agencies(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether the text begins with names of agencies, none of them a word as well: "AP", but not "Mehr"."""
    return (
        bool(mentions)
        and len(_WORDS.findall(text, 0, mentions[0].start)) <= _MOST_BEFORE
        and all(
            each.outlet.kind is OutletKind.WIRE and (not each.is_ambiguous or text[each.start : each.end].isupper())
            for each in mentions
        )
    )
