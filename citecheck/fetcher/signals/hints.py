"""What sentences hint at: that something is lost, and what their reader came for; by the same words as the notices."""

import re
from functools import cache

from citecheck.fetcher.markers import Language, missing_phrases
from citecheck.fetcher.signals import telltales
from citecheck.fetcher.signals.notices import NOTICE_CHARS, after_nouns
from citecheck.fetcher.wording import any_of, first_of, uncontracted
from citecheck.patterns import regex

_SPEECH = regex(r"[\"“”„«‘'].+[\"”“»’'],?\s+\w")


def speaks_of_loss(sentence: str) -> bool:
    """Whether a sentence (made plain) has the words for a page and those for its absence, in whatever order.

    What it says of them may be something else: this is but a sign among others. Suppositions are left out.
    """
    if len(sentence) > NOTICE_CHARS or supposes(sentence):
        return False
    sober = uncontracted(sentence)
    return any(_subjects(index).search(sober) and _losses(index).search(sober) for index in telltales.languages(sober))


def hints_at_loss(sentence: str) -> bool:
    """Whether a sentence (made plain) has a word for a page and one that begins like those for its absence.

    Not so what is said of any page, or what only supposes something.
    """
    clauses = sentence.split(", ")
    if len(sentence) > NOTICE_CHARS or is_general(sentence) or any(map(supposes, clauses)):
        return False
    sober = uncontracted(sentence)
    return any(stems.search(sober) and subjects.search(sober) for stems, subjects in _hints())


def regrets(line: str) -> bool:
    """Whether a line (made plain) says sorry, and behind it a word that begins like those for a loss, of whatever."""
    return len(line) <= NOTICE_CHARS and line.startswith(missing_phrases().apologies) and has_word_for_loss(line)


def has_word_for_loss(line: str) -> bool:
    """Whether a line (made plain) has a word that begins like those for a loss."""
    return any(stems.search(uncontracted(line)) for stems, _ in _hints())


@cache
def _hints() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The stems of each language that has some, and all its nouns, goods and all."""
    languages = missing_phrases().language
    found = []
    for language in languages:
        kin = [each for each in languages if each.code.partition("-")[0] == language.code]
        border = r"(?<!\w)" if language.is_spaced else ""
        if language.stems:
            nouns = "|".join(_subjects(languages.index(each)).pattern for each in kin)
            found.append((re.compile(f"{border}(?:{any_of(language.stems)})"), re.compile(nouns)))
    return tuple(found)


def supposes(sentence: str) -> bool:
    """Whether a sentence (made plain) only says what would be if, or begins to tell how and why."""
    return sentence.startswith(_suppositions())


def is_reported(sentence: str) -> bool:
    """Whether a sentence (as written) is what somebody said: in quotation marks, and then by whom."""
    return _SPEECH.match(sentence) is not None


def is_general(line: str) -> bool:
    """Whether a line (made plain) speaks of any page, not of this one."""
    if line.startswith("a "):  # which is "the" in Portuguese and Hungarian
        languages = missing_phrases().language
        return any(languages[index].code.startswith("en") for index in telltales.languages(uncontracted(line)))
    return line.startswith(_indefinites())


@cache
def _indefinites() -> tuple[str, ...]:
    return tuple(f"{word} " for word in missing_phrases().indefinite)


@cache
def _suppositions() -> tuple[str, ...]:
    return tuple(word if not word.isascii() and len(word) < 3 else f"{word} " for word in missing_phrases().conditional)


@cache
def _subjects(index: int) -> re.Pattern[str]:
    """What may be lost, in one language: by its noun, or as what is sought."""
    language = missing_phrases().language[index]
    every = any_of((*language.noun, *_sought(language)))
    return re.compile(rf"\b(?:{every})\b" if language.is_spaced else every)


@cache
def _losses(index: int) -> re.Pattern[str]:
    """What may have become of it."""
    language = missing_phrases().language[index]
    whole = (each for each in language.whole if "{noun}" not in each)
    every = f"{after_nouns(language)}|{any_of((*language.before, *whole))}"
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)" if language.is_spaced else every)


def _sought(language: Language) -> tuple[str, ...]:
    """How a language speaks of what its reader came for, without the noun."""
    bare = (each.replace("{noun}", "").strip(" ,") for each in language.wanted)
    return tuple(each for each in bare if " " in each)


def sought(sentence: str) -> str | None:
    """The words by which a sentence (made plain) speaks of what its reader came for, whatever that is, or None."""
    return first_of(_all_sought(), uncontracted(sentence))


@cache
def _all_sought() -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for language in missing_phrases().language for each in _sought(language)))


def wanted(text: str) -> str | None:
    """The words by which a text (made plain) speaks of the page that its reader came for, or None."""
    return first_of(_wanted(), uncontracted(text))


@cache
def _wanted() -> tuple[str, ...]:
    languages = missing_phrases().language
    every = (form.replace("{noun}", noun) for each in languages for form in each.wanted for noun in each.noun)
    return tuple(dict.fromkeys(every))
