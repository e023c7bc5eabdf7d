"""Attributions in languages other than English: sentences of our own, and the annotated ones when they are at hand."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from citecheck.extractor.attributions import attribute
from citecheck.extractor.outlets import registry
from citecheck.extractor.words import Sentence
from citecheck.model import AttributionKind, Place, Position, Strength

DATA = Path(__file__).parent / "data" / "attributed-by-language.txt"
EXACT = DATA.with_name("told.txt")
GOLD = Path(__file__).parents[2] / "../shared/gold"


def told(text: str, language: str | None) -> set[str]:
    """The outlets that a sentence gives as its source."""
    (found,) = attribute([Sentence(text, lambda offset: Position(1, offset + 1))], registry(), None, language)
    return {each.name for each in found if each.kind is AttributionKind.OUTLET and each.strength is not Strength.WEAK}


def cases(path: Path = DATA) -> Iterator[tuple[str, set[str], str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, names, text = (part.strip() for part in line.split("|", 2))
            yield language, {name.strip() for name in names.split(";")} - {"-"}, text


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "it", "nl", "ru"])
def test_each_language_keeps_its_floors_over_sentences_of_our_own(language: str) -> None:
    right = false = missed = 0
    wrong = []
    for code, wanted, text in cases():
        if code == language:
            got = told(text, language)
            right, false, missed = right + len(wanted & got), false + len(got - wanted), missed + len(wanted - got)
            wrong += [(text, wanted, got)] if got != wanted else []
    assert right + missed >= 8
    assert right / (right + false) >= 0.95, wrong
    assert right / (right + missed) >= 0.9, wrong


@pytest.mark.parametrize(("language", "wanted", "text"), list(cases(EXACT)))
def test_a_rule_is_kept_by_its_sentence(language: str, wanted: set[str], text: str) -> None:
    assert told(text, language) == wanted


def test_the_language_is_told_by_the_text_where_nobody_states_it() -> None:
    assert told("Das Werk stehe still, und die Arbeiter sind zu Hause, meldete die dpa.", None) == {"dpa"}


@pytest.mark.parametrize(
    ("language", "first", "second", "name"),
    [
        ("de", "Der „Spiegel“ berichtete von Mängeln.", "Das Magazin beruft sich auf Akten.", "Der Spiegel"),
        ("fr", "L'AFP a recensé neuf morts.", "L'agence précise que trois sont des enfants.", "AFP"),
        ("es", "EFE informó del incendio.", "La agencia añadió que hay dos heridos.", "EFE"),
        ("pt", "A Lusa noticiou o caso.", "A agência acrescentou que há dois feridos.", "Lusa"),
        ("it", "L'Ansa riferisce di due arresti.", "L'agenzia aggiunge che si indaga.", "ANSA"),
        ("nl", "Het ANP meldt twee gewonden.", "Het persbureau meldt ook dat de weg dicht is.", "ANP"),
        ("ru", "Об этом сообщил «Интерфакс».", "Агентство уточняет, что причал закрыт.", "Interfax"),
        ("ru", "Об этом сообщил «Интерфакс».", "Журнал уточняет, что причал закрыт.", None),
        ("de", "Der „Spiegel“ berichtete von Mängeln.", "Die Agentur beruft sich auf Akten.", None),
    ],
)
def test_an_outlet_is_named_again_by_a_word_for_its_kind(
    language: str, first: str, second: str, name: str | None
) -> None:
    sentences = [Sentence(text, lambda offset: Position(1, offset + 1)) for text in (first, second)]
    found = attribute(sentences, registry(), None, language)[1]
    assert [each.outlet for each in found if each.strength is Strength.ANAPHORA] == ([name] if name else [])


def test_annotated_sentences_of_the_other_languages_keep_their_floor() -> None:
    if not GOLD.is_dir():
        pytest.skip("the annotated texts are not beside this checkout")
    right = missed = false = 0
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold.get("language", "en") == "en":
            continue
        for each in (each for update in gold["updates"] for each in update.get("inline", [])):
            known = registry().named(each["outlet"])
            name = known.name if known else each["outlet"]
            got = told(each["sentence"], gold["language"])
            required = each["kind"] == "outlet" and each["strength"] in ("explicit", "parenthetical")
            right += required and name in got
            missed += required and name not in got
            false += len(got - {name})
    assert 2 * right / (2 * right + missed + false) >= 0.9


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "By The Associated Press", ["Associated Press"]),
        ("fr", "Par Le Figaro et AFP", ["Le Figaro", "AFP"]),
        ("de", "Von Jo Doe, dpa", ["dpa"]),
        ("en", "By Reuters standards the report was thin.", []),
    ],
)
def test_a_line_of_names_alone_is_a_byline(language: str, text: str, names: list[str]) -> None:
    (found,) = attribute([Sentence(text, lambda offset: Position(1, offset + 1))], registry(), None, language)
    assert [each.outlet for each in found if each.place is Place.BYLINE] == names
