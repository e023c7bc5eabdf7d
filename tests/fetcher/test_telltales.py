"""The words without which no line says that a page is missing: fewer than are written, and none is lost by it."""

from citecheck.fetcher.markers import missing_phrases
from citecheck.fetcher.signals import telltales


def test_every_phrase_is_told_by_the_words_that_are_kept() -> None:
    for index, language in enumerate(missing_phrases().language):
        bare = [phrase for phrase in language.after if "{" not in phrase]
        for phrase in (*bare, *language.gone, *language.before):
            assert index in telltales.languages(phrase), phrase
            assert telltales.any_in(phrase)


def test_a_line_without_such_words_is_of_no_language() -> None:
    assert telltales.languages("the ferry leaves the harbour at noon") == []
    assert not telltales.any_in("the ferry leaves the harbour at noon")


def test_words_that_hold_others_of_their_language_are_left_out() -> None:
    tables = {
        "lead": "well",
        "apologies": "sorry",
        "adverbs": "now",
        "conditional": "if",
        "indefinite": "a",
        "language": [
            {"code": "en", "noun": "page", "after": "not found | was not found | is lost", "whole": "no {noun} here"},
            {"code": "xx", "noun": "page", "after": "is lost at sea", "whole": "nothing", "before": "is lost"},
        ],
    }
    assert telltales.telltales(tables) == {
        "words": ["here", "not found", "is lost", "nothing"],
        "owners": [[0], [0], [0, 1], [1]],
    }
