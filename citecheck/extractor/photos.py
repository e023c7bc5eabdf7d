"""Whose pictures a section shows: the outlets that close its captions, "Jo Doe/Reuters" or "(Getty Images)"."""

import re
from collections.abc import Iterator

from citecheck.extractor.cues import Cues
from citecheck.extractor.outlets import Mention, Registry
from citecheck.extractor.updates import Section
from citecheck.model import Attribution, AttributionKind, Block, BlockKind, OutletKind, Place, Strength
from citecheck.patterns import regex

_SET_OFF = regex(r"(?P<cue>[/©(|]|\bvia|\s[–—-]|:)\s*\Z", re.IGNORECASE)
"""What stands between the picture, or who took it, and whose it is."""
_LABEL = regex(r"[^\W\d_]+(?=[^.!?]{0,60}\Z)")
_REST_CHARS = 40
"""Behind the outlet stands at most another, a year or a bracket."""
_STOP = regex(r"[.!?]\s+\S")
_FIRST = regex(r"\s*([^\W\d_]+)")


def photo_credits(section: Section, registry: Registry, cues: Cues) -> tuple[Attribution, ...]:
    """The outlets and organisations that the section's captions credit, in order."""
    return tuple(
        found for block in section.blocks if block.kind is BlockKind.CAPTION for found in _of(block, registry, cues)
    )


def _of(block: Block, registry: Registry, cues: Cues) -> Iterator[Attribution]:
    for mention in registry.find(block.text):
        cue = _cue(block.text, mention, cues)
        if cue is not None:
            is_organisation = mention.outlet.kind is OutletKind.ORGANISATION
            yield Attribution(
                None if mention.others else mention.outlet.name,
                block.text[mention.start : mention.end],
                AttributionKind.ORGANISATION if is_organisation else AttributionKind.OUTLET,
                cue,
                *block.position(mention.start),
                place=Place.PHOTO,
                strength=Strength.WEAK,
            )


def _cue(text: str, mention: Mention, cues: Cues) -> str | None:
    """What shows that the outlet is credited; None where it is only named."""
    before, behind = text[: mention.start], text[mention.end :]
    if len(behind) > _REST_CHARS or _STOP.search(behind):
        return None
    label = next((match[0] for match in _LABEL.finditer(before) if match[0].lower() in cues.captions), None)
    if label:
        return label
    set_off = _SET_OFF.search(before)
    if set_off:
        return set_off["cue"].strip()
    follows = _FIRST.match(behind)
    if follows and follows[1].lower() in cues.captions:
        return follows[1]
    # "Smoke over town AFP": a page sets it apart by its looks alone.
    is_last = not behind.strip(" .)") and not mention.is_ambiguous
    return "" if is_last and (not before.strip() or mention.outlet.kind is OutletKind.WIRE) else None
