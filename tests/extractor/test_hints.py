"""Where a URL without "//" could stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.extractor.inventory import hints as module
from citecheck.extractor.inventory.hints import hints

_PIECES = st.sampled_from(["www.", "WWW.", "10.", "arXiv:", ":/", "s:\\", "x", "é", "𝔘", "w", "1", "\udc80"])


@pytest.mark.parametrize("window_chars", [1, 3, 1 << 16])
@given(text=st.lists(_PIECES, max_size=20).map("".join))
def test_every_hint_is_found_at_its_place_also_across_windows(window_chars: int, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WINDOW_CHARS", window_chars)
        found = list(hints(text))
    places = [match.start() for match in re.finditer(r"(?=www\.|WWW\.|10\.|iv:|:/[a-z0-9]|[ps]:\\)", text)]
    assert found == sorted(set(found) & set(places))
    # Of two that overlap one is enough: the words round it are read whole.
    assert all(any(each <= place < each + 4 for each in found) for place in places)
