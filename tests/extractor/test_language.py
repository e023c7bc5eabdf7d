import pytest

from citecheck.extractor.language import detected_language, language_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The bridge over the river was closed on Monday and the mayor said that he would resign.", "en"),
        ("Die Brücke über den Fluss wurde am Montag gesperrt, und der Bürgermeister ist nicht zu sprechen.", "de"),
        ("Le pont sur le fleuve a été fermé lundi, et les habitants ont dû passer par une route de montagne.", "fr"),
        ("El puente sobre el río fue cerrado el lunes por una tormenta y los vecinos cruzan con barcas.", "es"),
        ("A ponte sobre o rio foi fechada na segunda-feira e os moradores não sabem quando será aberta.", "pt"),
        ("Il ponte sul fiume è stato chiuso lunedì e gli abitanti non sanno quando sarà riaperto, anche se.", "it"),
        ("De brug over de rivier is maandag gesloten en het is niet bekend wanneer ze wordt geopend.", "nl"),
        ("Мост через реку закрыли в понедельник, и неизвестно, когда его откроют.", "ru"),
        ("AFP, TASS, Reuters", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_told_by_its_small_words(text: str, code: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry was late and the crew of the ship had left with the pilot.", "en"),
        ("Fergen var sen, og alle sang alla alla alla. " + "Mannskapet hadde gått i land før losen kom. " * 8, None),
    ],
)
def test_a_language_without_cues_is_not_taken_for_another(text: str, expected: str | None) -> None:
    assert detected_language(text) == expected


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        ("en", "El puente sobre el río fue cerrado el lunes por una tormenta y los vecinos cruzan con barcas.", "es"),
        (
            "en-GB",
            "The ferry was late and the crew of the ship had left with the pilot, and «el mar y los que».",
            "en-GB",
        ),
        ("sv", "Die Fähre war nicht da, und der Lotse ist mit dem Boot von der Insel gekommen, das sich drehte.", "sv"),
        ("de", "AFP, TASS, Reuters", "de"),
    ],
)
def test_what_a_page_declares_holds_unless_its_words_tell_otherwise(declared: str, text: str, expected: str) -> None:
    assert detected_language(text, declared) == declared
    assert detected_language(f"{text} " * 6, declared) == expected
