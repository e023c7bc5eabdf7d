"""URLs as browsers read them, after https://url.spec.whatwg.org/: by can-ada, and which need no reading at all."""

import re
from typing import TYPE_CHECKING

from citecheck.patterns import regex

if TYPE_CHECKING:
    import can_ada

_LABEL = r"(?!xn--)[a-z0-9][a-z0-9-]*+"
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_HOST = rf"(?:{_BYTE}\.){{3}}{_BYTE}|(?:{_LABEL}\.)*+(?=[a-z]){_LABEL}"
PLAIN = regex(
    r"((https?)://"
    rf"({_HOST})"
    r"(?::(?!80/|443/)([1-9]\d{0,3}|[1-5]\d{4}))?"
    r"((?:/(?!\.|%2[eE])[\w!$%&'()*+,.:;=@~-]*+)++)"
    r"(\?[\w!$%&()*+,./:;=?@~-]++)?)(?:#[!-~]*+)?",
    re.ASCII,
)
"""Matches, from end to end, an absolute URL that the standard leaves as it is, but for its fragment.

Its groups: the URL without fragment, scheme, host, port or None, path, query with its question mark or None. Nearly all
links are so, and need neither to be parsed nor to wait until the parser is loaded.
"""


def parse(url: str) -> "can_ada.URL":
    """The parts of a URL. Raises ValueError for what is none."""
    import can_ada  # late: see PLAIN

    try:
        return can_ada.parse(url)
    except TypeError as error:  # a lone surrogate
        raise ValueError(str(error)) from error
