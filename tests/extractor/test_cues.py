import pytest

from citecheck.extractor.cues import LANGUAGES, NONE, Cues, credit_cues, cues, peoples

NESTED = ("again", "speakers", "credits", "heads", "own")


def lists(code: str) -> dict[str, frozenset[str]]:
    """Every list of words of a language by its name."""
    table = cues(code)
    found = {name: getattr(table, name) for name in Cues.__struct_fields__ if name not in NESTED}
    for part in (table.again, table.speakers, table.credits, table.own):
        found |= {f"{type(part).__name__}.{name}": getattr(part, name) for name in type(part).__struct_fields__}
    found |= {f"heads.{name}": words for name, words in table.heads.items()}
    return {name: words for name, words in found.items() if isinstance(words, frozenset)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_is_in_lower_case_and_in_one_form(code: str) -> None:
    words = {word for each in lists(code).values() for word in each}
    assert {word for word in words if word != word.lower() or word != word.strip() or set(word) & set("(),")} == set()
    assert all(word == word.lower() for word in peoples().adjectives | peoples().places)


def test_english_fills_every_list_but_those_of_other_grammars() -> None:
    empty = {name for name, words in lists("en").items() if not words}
    assert empty == {"elisions", "datives", "genitives", "bracket_opens", "bracket_closes"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_what_the_rules_cannot_do_without(code: str) -> None:
    needed = ("says", "inverted", "before", "media", "media_heads", "kinds", "not_names", "CreditCues.openings")
    assert {name for name in needed if not lists(code)[name]} == set()
    assert cues(code).kinds - {word for word in cues(code).kinds if " " in word} <= cues(code).media | {"news"}


def test_alternatives_elisions_and_verbs_are_spelt_out() -> None:
    assert {"berichtet", "berichtete", "berichteten"} <= cues("de").says
    assert {"d' après", "auprès de"} <= cues("fr").before
    assert cues("fr").plain("au micro d'") == "au micro de"
    assert {"informó", "informaron", "dijo", "dijeron"} <= cues("es").says & cues("es").heads["a"]
    assert "" not in {word for each in lists("ru").values() for word in each}
    assert len(credit_cues()) == len(LANGUAGES) + 1
    assert frozenset() == NONE


def test_a_language_without_cues_of_its_own_is_read_with_the_english_ones() -> None:
    assert cues("sq") == cues("en") == cues()
    assert cues("de-AT") == cues("de") != cues()
