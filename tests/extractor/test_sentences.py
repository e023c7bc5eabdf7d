from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.extractor.sentences import Span, split
from tests.effort import ends_within


def sentences(text: str, *names: str) -> list[str]:
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    return [text[start:end] for start, end in split(text, spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  One went.  Two came. ", ["One went.", "Two came."]),
        ("It fell on Nov. 9 to the U.S. Army, Mr. Ode said.", ["It fell on Nov. 9 to the U.S. Army, Mr. Ode said."]),
        ("Look at https://a.example/b?c=D. Then go.", ["Look at https://a.example/b?c=D.", "Then go."]),
        ("It began at 10 a.m. Sunday. It ended.", ["It began at 10 a.m. Sunday.", "It ended."]),
        ("1. First of all. 2. Then more.", ["1. First of all.", "2. Then more."]),
        ("14:45. It rained.", ["14:45. It rained."]),
        ("“It holds. It will,” he said. So it did.", ["“It holds. It will,” he said.", "So it did."]),
        ("It holds.¹ It will.[2][3] So it did.[^so]", ["It holds.¹", "It will.[2][3]", "So it did.[^so]"]),
        (
            "Mo, 6. Oktober 2025: Es fiel. Am 7. November nicht.",
            ["Mo, 6. Oktober 2025: Es fiel.", "Am 7. November nicht."],
        ),
        ("Dijo que no. El ministro calló.", ["Dijo que no.", "El ministro calló."]),
        ("Lo scrive Il Sole 24 Ore. La lettera parte.", ["Lo scrive Il Sole 24 Ore.", "La lettera parte."]),
        ("She was ill. Sky said so.", ["She was ill.", "Sky said so."]),
        ("MADRID, 24 jul (EFE).- The party won.", ["MADRID, 24 jul (EFE).- The party won."]),
        ("* * *", []),
        ("", []),
    ],
)
def test_sentences_are_told(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Betrieb ist eingestellt. 70 Züge fallen aus.", ["Der Betrieb ist eingestellt.", "70 Züge fallen aus."]),
        ("Es kostet inkl. 70 Euro.", ["Es kostet inkl. 70 Euro."]),
        ("Am 6. Oktober fiel er.", ["Am 6. Oktober fiel er."]),
    ],
)
def test_a_german_sentence_may_begin_with_a_number(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split(text, (), "de")] == expected


def test_a_stop_behind_an_initial_ends_no_sentence() -> None:
    text = "De acordo com a Folha de S.Paulo, choveu. O rio subiu."
    spans = split(text, (), "pt")
    assert [text[start:end] for start, end in spans] == ["De acordo com a Folha de S.Paulo, choveu.", "O rio subiu."]


def test_a_stop_within_a_name_ends_no_sentence() -> None:
    text = "They told Ost.Am that it left. It was late."
    assert sentences(text, "Ost.Am") == ["They told Ost.Am that it left.", "It was late."]


@given(st.text(alphabet="aB. \n!“”(1)?x", max_size=200))
def test_the_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    spans = list(split(text))
    kept = "".join(text[start:end] for start, end in spans)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
    assert all(before.end <= after.start for before, after in pairwise(spans))


def test_a_sentence_longer_than_the_window_is_cut_at_a_blank_and_others_are_not() -> None:
    text = "word " * 4000 + "end. Next one here."
    found = sentences(text)
    assert found[-1] == "Next one here."
    assert " ".join(found) == text
    assert all(each.startswith(("word", "Next")) for each in found)
    many = "This is a sentence of some length. " * 1000
    assert sentences(many) == ["This is a sentence of some length."] * 1000


@pytest.mark.parametrize("text", ["“" * 200_000, "a “b. " * 60_000, "." * 500_000, "1. " * 100_000])
def test_hostile_paragraphs_end_soon(text: str) -> None:
    with ends_within(cpu_s=5):
        list(split(text))
