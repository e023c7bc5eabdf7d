"""The anchors that renderers and scripts make of headings, each in its own spelling."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from citecheck.patterns import regex

_NUMBERED = regex(r"(.+)[-_](\d{1,4})")
"""The second heading of the same words, and further ones: GitHub counts `-1`, Python-Markdown `_1`."""
_COUNTED = regex(r"_\d{1,4}")
"""What Python-Markdown makes of words of which it keeps no letter."""


class Headings:
    """What the headings of a page can be pointed at by; those that bear an id of their own left out.

    GitHub, GitLab, Pandoc, Sphinx, MkDocs and the others drop, fold and join different characters; letters and digits
    are what their anchors have in common, and nothing else is looked at.
    """

    def __init__(self, headings: Iterable[str]) -> None:
        self._times: Counter[str] = Counter()
        self._has_foreign = False
        for heading in headings:
            key = _key(heading)
            self._times.update({key, key.lstrip("0123456789")} - {""})  # some drop a number in front
            self._has_foreign = self._has_foreign or not key.isascii()

    def __contains__(self, anchor: object) -> bool:
        if not isinstance(anchor, str):
            return False
        if _key(anchor) in self._times:
            return True
        numbered = _NUMBERED.fullmatch(anchor)
        if numbered:
            return int(numbered[2]) < self._times[_key(numbered[1])]
        return self._has_foreign and _COUNTED.fullmatch(anchor) is not None


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).casefold()))
