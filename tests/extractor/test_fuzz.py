"""Broken texts of every kind are read or refused, each in its time; fuzz.py tries more of them by hand."""

import pytest

from tests.extractor import fuzz


@pytest.mark.parametrize("begin", range(0, 240, 40))
def test_mutations_of_sound_texts_are_read_or_refused_in_time(begin: int) -> None:
    slow = [number for number in range(begin, begin + 40) if fuzz.tried(number) > fuzz.MOST_S]
    assert slow == []


def test_every_kind_is_among_the_first() -> None:
    assert {fuzz.source(number).media for number in range(240)} == set(fuzz.sound())
