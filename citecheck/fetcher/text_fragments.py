"""Text fragments (`#:~:text=`, WICG scroll-to-text-fragment): whether a page has the words that a link quotes."""

import re
import unicodedata
from urllib.parse import unquote

from citecheck.patterns import regex

MARK = ":~:"
_GAP = r"\W{0,40}"
_UNPARTED = 0x0E00
"""From here on stand the scripts that put no blanks between words."""
_ALIKE = str.maketrans(
    {**dict.fromkeys("‘’‚‛ʼ′", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)
_UNSEEN = regex("[\u00ad\u200b-\u200f\u2060\ufeff]")


class Words:
    """The visible words of a page, as browsers search them."""

    def __init__(self, text: str) -> None:
        self._text = _folded(text)

    def has(self, directives: str) -> bool:
        """Whether every `text=` among the directives, parted by `&`, is found; others point to nothing."""
        return all(self._quotes(each[5:]) for each in directives.split("&") if each.startswith("text="))

    def _quotes(self, quoted: str) -> bool:
        """`[prefix-,]start[,end][,-suffix]`: the end is looked for behind the first start, so time is linear."""
        parts = quoted.split(",")
        prefix = parts.pop(0)[:-1] if len(parts) > 1 and parts[0].endswith("-") else ""
        suffix = parts.pop()[1:] if len(parts) > 1 and parts[-1].startswith("-") else ""
        start, end = _pattern(parts[0]), _pattern(parts[1]) if len(parts) > 1 else ""
        if prefix:
            start = _pattern(prefix) + _GAP + start
        if suffix:
            tail = _GAP + _pattern(suffix)
            start, end = (start, end + tail) if end else (start + tail, end)
        first = re.search(start, self._text)
        return first is not None and (not end or re.search(end, self._text[first.end() :]) is not None)


def _pattern(encoded: str) -> str:
    """Whole words; markup may part a word anywhere (a drop cap), and a page's blanks need not be the quotation's."""
    letters = "".join(_folded(unquote(encoded)).split())
    if not letters:
        return ""
    before = r"(?<!\w)" if _is_parted(letters[0]) else ""
    after = r"(?!\w)" if _is_parted(letters[-1]) else ""
    return before + " ?".join(map(re.escape, letters)) + after


def _is_parted(letter: str) -> bool:
    return letter.isalnum() and ord(letter) < _UNPARTED


def _folded(text: str) -> str:
    """Without regard to case, accents, kinds of blanks and quotation marks, and what nobody sees."""
    spread = unicodedata.normalize("NFKD", _UNSEEN.sub("", text)).translate(_ALIKE).casefold()
    return " ".join("".join(each for each in spread if not unicodedata.combining(each)).split())
