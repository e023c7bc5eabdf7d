"""Many phrases in a text: found if there are any, whatever their number."""

from hypothesis import given
from hypothesis import strategies as st

from citecheck.fetcher.needles import Needles

MANY = tuple(f"needle number {number}." for number in range(200))


@given(st.sets(st.text("abé", min_size=1, max_size=4), min_size=1, max_size=90), st.text("abcé", max_size=40))
def test_what_is_told_stands_there_and_nothing_there_is_untold(phrases: set[str], text: str) -> None:
    found = {each.decode() for each in Needles(phrases).found(text.encode())}
    standing = {each for each in phrases if each in text}
    assert found <= standing
    assert bool(found) == bool(standing)


def test_each_of_many_is_found() -> None:
    needles = Needles(MANY)
    assert all(needles.found(f"hay and {each} and hay".encode()) == {each.encode()} for each in MANY)
    assert needles.found(b"hay and needle number and hay") == set()
