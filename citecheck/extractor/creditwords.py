"""Sign-off lines told by their words alone: nothing but outlets and what such lines say of them, in any order.

"Information for this article was provided by TASS and Interfax", "Article réalisé avec AFP". Phrases that tell a line
by how it begins or ends stand in `credits`.
"""

import re
from collections.abc import Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick

from citecheck.extractor.creditnames import Part, articles, prepositions
from citecheck.extractor.cues import CreditCues, credit_cues
from citecheck.extractor.outlets import Mention
from citecheck.patterns import regex

_LONGEST = 240
_STOP = regex(r"[^\W\d_]{3}[.!?]\s+(?=\S)")
_WORD = regex(r"[^\W_]+(?:\.[^\W_]+)*")


def worded(text: str, folded: str, begin: int, end: int, mentions: Sequence[Mention]) -> list[Part]:
    """The list of a line in which every word is a credit line's, and one tells it; none for others."""
    if not mentions or end - begin > _LONGEST:
        return []
    stops = (match for match in _STOP.finditer(text, begin, end) if text[match.end()].isupper())
    if any(not any(each.start < stop.end() <= each.end for each in mentions) for stop in stops):
        return []  # more than one sentence
    said = [
        match
        for match in _WORD.finditer(folded, begin, end)
        if not any(each.start <= match.start() < each.end for each in mentions)
    ]
    tables = [table for table in credit_cues() if any(match[0] in table.telling for match in said)]
    if not any(_is_made_of(table, text, said) for table in tables):
        return []
    return [Part(min(each.start for each in mentions), end, is_people=True)]


def tells(text: str) -> bool:
    """Whether one of the words, all in lower case, tells such a line: only those need a closer look."""
    may_tell = len(text) <= _LONGEST and _telling_anywhere().find_matches_as_indexes(text)
    return bool(may_tell) and not telling().isdisjoint(_WORD.findall(text))


def _is_made_of(table: CreditCues, text: str, said: Sequence[re.Match[str]]) -> bool:
    """Whether the words beside the outlets are of the language's credit lines, names behind the first of them too."""
    known = table.words | table.telling | table.generic | articles() | prepositions()
    return all(match[0] in known or (index and text[match.start()].isupper()) for index, match in enumerate(said))


@cache
def _telling_anywhere() -> AhoCorasick:
    """Finds those words, parts of others too: a tenth of the work of parting a text into its words."""
    return AhoCorasick(sorted(telling()))


@cache
def telling() -> frozenset[str]:
    """The words of all languages that tell such a line."""
    return frozenset[str]().union(*(table.telling for table in credit_cues()))
