"""Sentences taken apart by themselves: words, the names of outlets with their grounds, the persons who speak."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
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
# So many go through each step together: its code and tables stay at hand, which takes two thirds of the time.
_AT_ONCE = 64


class Parse(NamedTuple):
    """What a sentence says wherever it stands."""

    words: WordList
    groups: Sequence[tuple[Group, Ground | None]]
    speeches: Sequence[Speech]


def parses_of(
    texts: Iterable[str], registry: Registry, language: str, guesses: frozenset[str] = frozenset()
) -> Iterator[Parse]:
    """The parts of each sentence; `guesses` are names that other sentences of the text tell to be outlets'."""
    table = cues(language)
    remaining = iter(texts)
    while some := list(islice(remaining, _AT_ONCE)):
        named = [_names(text, registry, table, guesses) for text in some]
        words = [words_of(text, names, table.elisions) for text, names in zip(some, named, strict=True)]
        words = [_with_unknown(each, names, registry, table) for each, names in zip(words, named, strict=True)]
        groups = [list(groups_of(each, table)) if each.named else [] for each in words]
        grounds = [
            [(group, ground_of(each, group, table)) for group in own] for each, own in zip(words, groups, strict=True)
        ]
        said = [speeches(each, own, table) for each, own in zip(words, groups, strict=True)]
        yield from map(Parse, words, grounds, said)


def _names(text: str, registry: Registry, table: Cues, guesses: frozenset[str]) -> list[Name]:
    """The names of outlets that the registry has, and of those that are guessed."""
    names = [
        Name(each.start, each.end, (each.outlet, *each.others), each.is_ambiguous)
        for each in registry.find(text)
        if not is_namesake(text, each, table)
    ][:_MOST_NAMES]
    return _with_guesses(text, names, guesses) if guesses else names


def _with_unknown(words: WordList, names: Sequence[Name], registry: Registry, table: Cues) -> WordList:
    """The words, with the names too that cues tell."""
    text = words.text
    unknown = [each for each in unknown_names(words, table) if not is_homonym(text, each.start, each.end, table)]
    if not unknown:
        return words
    # Beside a word for its kind a name needs no article: "Britain's Sun newspaper".
    known = [(name, registry.named(text[name.start : name.end])) for name in unknown]
    told = [replace(name, outlets=(outlet,)) if outlet else name for name, outlet in known]
    return words_of(text, sorted([*names, *told], key=lambda name: name.start), table.elisions)


def _with_guesses(text: str, names: list[Name], guesses: frozenset[str]) -> list[Name]:
    taken = {place for name in names for place in range(name.start, name.end)}
    more = [Name(*match.span()) for match in occurrences(guesses).finditer(text) if match.start() not in taken]
    return sorted([*names, *more], key=lambda name: name.start) if more else names
