"""Posts of social networks set into a page: whose they are, and which of their words are none."""

from citecheck.extractor import dates
from citecheck.extractor.dates import Signature
from citecheck.patterns import regex

MEDIA_WORDS = regex(r"pic\.(?:twitter|x)\.com/\w+|https?://t\.co/\w+")
"""What a post says in place of its picture."""

_SHARED = regex(r"[^()@]{0,80}?(?P<name>[^()@\s][^()@]{0,80}?)\s*\(@(?P<handle>[\w.-]{1,60})\)\s*")
"""As Instagram signs: "A post shared by Ada Wong (@adawong)". """
_SHORT_CHARS = 140


def signature_of(text: str) -> Signature | None:
    """The signature that a paragraph of a post is; None for what the post says."""
    if "(@" not in text or len(text) > _SHORT_CHARS:
        return None
    signed = dates.signature(text)
    shared = None if signed else _SHARED.fullmatch(text)
    return signed or (Signature(shared["name"], shared["handle"], None) if shared else None)
