"""HTML that is nested deeper than browsers go: parsers take a time for it that grows with the square of its depth."""

import re
from collections import Counter

from citecheck.patterns import regex

_DEEPEST = 512
"""As Chrome has it: what stands deeper is laid beside."""
_TAGS = 10_000
"""With fewer, no depth costs more than a quarter of a second: 32,000 lists in one another took half a minute."""
_TAG = regex(
    r"<(/?)(?!(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|td|th|tr|track|wbr)\b)"
    r"([a-z][^\s/>]{0,30}+)[^>]{0,300}+>",
    re.IGNORECASE,
)
"""Of the elements that make depth: the others have no end, or the next of their kind ends them."""


def flattened(markup: str) -> str:
    """The HTML without the tags that lead deeper than browsers go."""
    if markup.count("<") < _TAGS:
        return markup
    depth = 0
    open_: Counter[str] = Counter()

    def kept(tag: "re.Match[str]") -> str:
        nonlocal depth
        name = tag[2].lower()
        if tag[1] and not open_[name]:
            return ""  # it ends nothing
        step = -1 if tag[1] else 1
        open_[name] += step
        depth += step
        return tag[0] if depth < _DEEPEST else ""

    return _TAG.sub(kept, markup)
