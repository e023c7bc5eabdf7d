"""Where a URL without "//" could stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.extractor.inventory import hints as module
from citecheck.extractor.inventory.hints import hints

_PIECES = st.sampled_from(["www.", "WWW.", "10.", "arXiv:", "x", "é", "𝔘", "w", "1", "\udc80"])


@pytest.mark.parametrize("window_chars", [1, 3, 1 << 16])
@given(text=st.lists(_PIECES, max_size=20).map("".join))
def test_every_hint_is_found_at_its_place_also_across_windows(window_chars: int, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WINDOW_CHARS", window_chars)
        assert list(hints(text)) == [match.start() for match in re.finditer(r"www\.|WWW\.|10\.|iv:", text)]
