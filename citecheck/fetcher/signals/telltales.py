"""In which languages a line may say that a page is missing: by the words without which none says so."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from citecheck.fetcher import markers
from citecheck.fetcher.markers import Language
from citecheck.tables import Table, table


class _Telltales(NamedTuple):
    automaton: AhoCorasick
    owners: tuple[tuple[int, ...], ...]
    """Of each of its patterns, the languages that have it."""


def any_in(line: str) -> bool:
    """Whether there are such words of any language in a line (made plain)."""
    return bool(_telltales().automaton.find_matches_as_indexes(line))


def languages(line: str) -> list[int]:
    """Those that have such words in a line (made plain), by their place in missing.toml."""
    automaton, owners = _telltales()
    hits = automaton.find_matches_as_indexes(line, overlapping=True)
    return sorted({index for hit in hits for index in owners[hit[0]]})


@cache
def _telltales() -> _Telltales:
    kept = table(markers.MISSING, telltales)
    return _Telltales(AhoCorasick(kept["words"]), tuple(map(tuple, kept["owners"])))


def telltales(tables: Table) -> Table:
    """`words`, and as `owners` the languages of each; without those that hold another one of the same languages."""
    owners: dict[str, list[int]] = {}
    for index, language in enumerate(markers.missing_of(markers.listed(tables)).language):
        for phrase in (*_needles(language), *language.before):
            if index not in owners.setdefault(phrase, []):
                owners[phrase].append(index)
    every = list(owners)
    automaton = AhoCorasick(every)
    least = []
    for phrase in every:
        within = {every[hit[0]] for hit in automaton.find_matches_as_indexes(phrase, overlapping=True)} - {phrase}
        if not any(set(owners[phrase]) <= set(owners[other]) for other in within):
            least.append(phrase)
    return {"words": least, "owners": [owners[phrase] for phrase in least]}


def _needles(language: Language) -> Iterator[str]:
    """What stands in every phrase of `after`: what is filled in says enough if it speaks of loss itself."""
    yield from language.gone
    yield from (max(each.split("{noun}"), key=len).strip() for each in language.whole)
    for phrase in language.after:
        if "{here}" in phrase:
            yield from (phrase.replace("{here}", each) for each in language.here)
        elif "{gone}" not in phrase:
            yield max((part.strip() for part in phrase.split("{gap}")), key=len)
