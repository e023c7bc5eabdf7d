import re

import pytest

from citecheck.extractor.names import account_likeness, acronym_likeness, host_likeness

OFFICES = {"president": ["president", "leader"], "gov": ["government", "prime"]}


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


@pytest.mark.parametrize(
    ("account", "sentence", "expected"),
    [
        ("adavinter", "the writer Ada Vinter said", 4.0),
        ("Ada_Vinter", "the writer Ada Vinter said", 4.0),
        ("AVinter85", "the analyst Ada Vinter said", 4.0 * 6 / 7),
        ("VinterWatch", "the Vinter Watch account shows", 4.0),
        ("presidentlor", "Lorian leader Bo Karr announced", 4.0),
        ("lorgov", "the Lorian Prime Minister said", 4.0),
        ("lorgov", "the Lorian army said", 0.0),
        ("A1Peru", "The operator A1 blamed the rain", 4.0),
        ("A1Peru", "It rained all over Peru", 0.0),
        ("Peru", "It rained all over Peru", 4.0),
        ("adavinter", "the ada vinter of old", 0.0),
        ("Tom_Reed", "a reed in the wind", 0.0),
        ("Sund_vinterpalast", "Sund came", 0.0),
        ("ab", "Ab said", 0.0),
        ("", "Nobody said", 0.0),
    ],
)
def test_an_account_is_told_in_the_words_of_its_owners_name(account: str, sentence: str, expected: float) -> None:
    assert account_likeness(account, words(sentence), OFFICES) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("labels", "sentence", "expected"),
    [
        (["www", "echr", "example"], "The European Court (ECHR) ruled", 3.5),
        (["echr"], "the European Court of Human Rights ruled", 3.5),
        (["ohchr"], "the High Commissioner for Human Rights said", 2.5),
        (["echr"], "the European court ruled on human rights", 0.0),
        (["amcham"], "the American Chamber of Commerce said", 2.5),
        (["minfin"], "the Ministry of Finance said", 2.5),
        (["amchan"], "the American Chamber of Commerce said", 0.0),
        (["un"], "the UN said", 3.5),
        (["un"], "the United Nations said", 0.0),
        (["www", "com"], "World Wide Web", 3.5),
        (["verylongname"], "VERYLONGNAME", 0.0),
    ],
)
def test_an_acronym_is_told_in_the_words_it_stands_for(labels: list[str], sentence: str, expected: float) -> None:
    assert acronym_likeness(labels, words(sentence)) == expected


@pytest.mark.parametrize(
    ("host", "sentence", "expected"),
    [
        ("sluice.example", "the Sluice said in a statement", 2.0),
        ("www.harbour-master.example", "the Harbour Master closed it", 2.0),
        ("sluice.example", "a sluice broke", 0.0),
        ("senat.example", "the Senate has voted", 2.0),
        ("senat.example", "the Senators have voted", 0.0),
        ("www.airforce.example", "the air force said", 2.0),
        ("an.example", "An example", 0.0),
    ],
)
def test_a_host_is_told_in_a_name(host: str, sentence: str, expected: float) -> None:
    assert host_likeness(host, words(sentence)) == expected
