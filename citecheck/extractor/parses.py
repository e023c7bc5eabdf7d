"""A sentence taken apart by itself: its words, the names of outlets with their grounds, the persons who speak."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from citecheck.extractor.candidates import unknown_names
from citecheck.extractor.cues import Cues, cues
from citecheck.extractor.grounds import ground_of
from citecheck.extractor.groups import Group, groups_of
from citecheck.extractor.guesses import occurrences
from citecheck.extractor.namesakes import is_homonym, is_namesake
from citecheck.extractor.outlets import Registry
from citecheck.extractor.speakers import Speech, speeches
from citecheck.extractor.strengths import Ground
from citecheck.extractor.words import Name, WordList, words_of

# No sentence has more outlets; a bound, so that a line of nothing else stays fast.
_MOST_NAMES = 100


class Parse(NamedTuple):
    """What a sentence says wherever it stands."""

    words: WordList
    groups: Sequence[tuple[Group, Ground | None]]
    speeches: Sequence[Speech]


def parse_of(text: str, registry: Registry, language: str, guesses: frozenset[str] = frozenset()) -> Parse:
    """The parts of a sentence; `guesses` are names that other sentences of the text tell to be outlets'."""
    table = cues(language)
    words = _named_words(text, registry, table, guesses)
    groups = list(groups_of(words, table)) if words.named else []
    return Parse(words, [(group, ground_of(words, group, table)) for group in groups], speeches(words, groups, table))


def _named_words(text: str, registry: Registry, table: Cues, guesses: frozenset[str]) -> WordList:
    """The words of a sentence, the names of outlets found: those of the registry, and those that cues tell."""
    names = [
        Name(each.start, each.end, (each.outlet, *each.others), each.is_ambiguous)
        for each in registry.find(text)
        if not is_namesake(text, each, table)
    ][:_MOST_NAMES]
    names = _with_guesses(text, names, guesses) if guesses else names
    words = words_of(text, names, table.elisions)
    unknown = [each for each in unknown_names(words, table) if not is_homonym(text, each.start, each.end, table)]
    if not unknown:
        return words
    # Beside a word for its kind a name needs no article: "Britain's Sun newspaper".
    known = [(name, registry.named(text[name.start : name.end])) for name in unknown]
    names += [replace(name, outlets=(outlet,)) if outlet else name for name, outlet in known]
    return words_of(text, sorted(names, key=lambda name: name.start), table.elisions)


def _with_guesses(text: str, names: list[Name], guesses: frozenset[str]) -> list[Name]:
    taken = {place for name in names for place in range(name.start, name.end)}
    more = [Name(*match.span()) for match in occurrences(guesses).finditer(text) if match.start() not in taken]
    return sorted([*names, *more], key=lambda name: name.start) if more else names
