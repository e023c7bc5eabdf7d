"""The words of languages/*.toml in all their forms, which the files have in short: "melde(t,te)", "inform~ar"."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from citecheck.patterns import regex
from citecheck.tables import Table

_CHOICE = regex(r"\(([^()]*)\)")


class _Spelling(NamedTuple):
    """What the words of a table may be short for."""

    elisions: Sequence[str]
    endings: Mapping[str, Sequence[str]]
    """Of a class of verbs: "inform~ar" is "informa", "informó", "informaron" …"""
    classes: Mapping[str, Sequence[str]]
    """Words that several lists share: "@tells"."""


def spelt_out(table: Table) -> Table:
    """The table, every word in all its forms: "melde(t,te)" is "meldet" and "meldete"; "d'après" is two words."""
    spelling = _Spelling(table.get("elisions", ()), table.pop("endings", {}), table.pop("classes", {}))
    return {key: _in_full(each, spelling) for key, each in table.items()}


def _in_full(value: object, spelling: _Spelling) -> object:
    match value:
        case dict():
            return {key: _in_full(each, spelling) for key, each in value.items()}
        case list():
            return [form for each in value for form in _forms(each, spelling)]
        case _:
            return value


def _forms(word: str, spelling: _Spelling) -> list[str]:
    if word.startswith("@"):
        return [form for each in spelling.classes[word[1:]] for form in _forms(each, spelling)]
    choice = _CHOICE.search(word)
    if choice:
        each = (word[: choice.start()] + end.strip() + word[choice.end() :] for end in choice[1].split(","))
        return [form for one in each for form in _forms(one, spelling)]
    stem, inflected, conjugation = word.partition("~")
    if inflected:
        return [stem + ending for ending in spelling.endings[conjugation]]
    word = " ".join(word.split())  # of "with (,some) reports" one form has two blanks
    for elided in spelling.elisions:
        if word.startswith(f"{elided}'") or f" {elided}'" in word:
            return [re.sub(rf"(^| ){elided}'(?=\w)", rf"\1{elided}' ", word)]
    return [word]
