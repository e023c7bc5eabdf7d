"""The other forms of an outlet's name in running text: Russian and German cases, names without their article."""

import re
import unicodedata
from collections.abc import Iterator

from citecheck.patterns import regex

_CYRILLIC = regex(r"[а-яёіїєґ]", re.IGNORECASE)
# Endings of the nominative and those of the other cases; the longest ending that fits is taken.
_CASES: dict[str, tuple[str, ...]] = {
    "ая": ("ой", "ую"),
    "яя": ("ей", "юю"),
    "ый": ("ого", "ому", "ым", "ом"),
    "ий": ("ого", "ому", "им", "ом", "его", "ему"),
    "ое": ("ого", "ому", "ым", "ом"),
    "ия": ("ии", "ию", "ией", "ий", "иям", "иями", "иях"),
    "ости": ("остей", "остям", "остями", "остях"),
    "а": ("ы", "и", "е", "у", "ой"),
    "я": ("и", "е", "ю", "ей"),
    "ь": ("я", "и", "ю", "ем", "ью", "е"),
    "й": ("я", "ю", "ем", "е"),
    "ъ": ("", "а", "у", "ом", "е"),
    "о": (),
    "е": (),
    "и": (),
    "ы": (),
    "у": (),
}
_OTHERS = ("а", "у", "ом", "е")
_ADJECTIVES = ("ая", "яя", "ый", "ий", "ое")
# Names that begin with one of these are written without it behind "au", "del", "vom", or with it in lower case.
_ARTICLE = regex(r"(?:[Tt]he|Le|La|Les|El|Los|Las|Il|Lo|Die|Der|Das|De|Het|O|A|Os|As) (?=[A-ZÀ-Ý])|L'(?=[A-ZÀ-Ý])")
_NOUNS = r"eitung|lgemeine|undschau|achrichten|resse(?:-Agentur)?|elle|agentur|undfunk|[Pp]ost|timme|agblatt|oche|urier"
_GERMAN = regex(
    rf"\b[A-ZÄÖÜ]\w+e(?= (?:[A-ZÄÖÜ]\w+er )?[A-ZÄÖÜ]?\w*(?:{_NOUNS})\b)"
    r"|\bAllgemeine\b"
)
_MASCULINE = regex(r"([A-ZÄÖÜ]\w*(?:isch|deutsch))er ([A-ZÄÖÜ]\w+)\Z")
# What stands before such a bare name when it is one.
BEFORE_BARE = regex(
    r"(?:\b(?:le|la|les|el|los|las|il|lo|gli|die|der|das|dem|den|des|vom|im|beim|zum|zur|de|het|du|au|aux|del|al|do|da|"
    r"ao|à|no|na|pelo|pela|dal|dalla|dello|della|sul|sulla|nel|nella|alla|allo|col|o|a)\s|\b(?:l|d|dell|dall|all|sull)['’]|"
    r"[«„“”\"‹]\s?|['’]s\s)$",
    re.IGNORECASE,
)


def cases_of(name: str) -> Iterator[str]:
    """The name in the other cases of Russian ("«Медузу»", "Новой газеты") or German ("Süddeutschen Zeitung")."""
    if _CYRILLIC.search(name):
        yield from _russian(name)
    elif _GERMAN.search(name):
        yield from (_GERMAN.sub(rf"\g<0>{ending}", name) for ending in "nr")
    elif _MASCULINE.match(name):
        yield from (_MASCULINE.sub(rf"\1e{ending}", name) for ending in (" \\2", "n \\2", "n \\2s", "m \\2"))


def bare(name: str) -> str | None:
    """The name without an article that is part of it; None when it has none."""
    short = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else ""
    return short if len(short) > 2 else None


def unaccented(name: str) -> str:
    """The name as newsrooms write it that leave accents out: "Expansion", "Pagina/12"; Cyrillic stays."""
    if _CYRILLIC.search(name):
        return name
    return "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))


def _russian(name: str) -> Iterator[str]:
    words = name.split(" ")
    inflected = [place for place, word in enumerate(words) if _inflects(word)]
    if not inflected:
        return
    stems = [_stem(words[place]) for place in inflected]
    adjectives = next((n for n, place in enumerate(inflected) if not words[place].endswith(_ADJECTIVES)), 0)
    if adjectives:
        inflected, stems = inflected[: adjectives + 1], stems[: adjectives + 1]  # "Новая газета Европа"
    elif len(inflected) > 1:
        inflected, stems = inflected[-1:], stems[-1:]  # "Эхо Москвы"
    for last in stems[-1][1]:
        rest = [[stem + ending for ending in endings] for stem, endings in stems[:-1]]
        for first in rest[0] if rest else [""]:
            form = list(words)
            if rest:
                form[inflected[0]] = first
            form[inflected[-1]] = stems[-1][0] + last
            yield " ".join(form)


def _inflects(word: str) -> bool:
    return len(word) > 3 and bool(_CYRILLIC.search(word)) and not word.isupper() and not any(map(str.isdigit, word))


def _stem(word: str) -> tuple[str, tuple[str, ...]]:
    """The part that stays, and the endings of the other cases."""
    ending = next((each for each in sorted(_CASES, key=len, reverse=True) if word.endswith(each)), None)
    if ending is None:
        return word, _OTHERS
    return word.removesuffix(ending), _CASES[ending]
