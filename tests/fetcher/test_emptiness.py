"""Pages that speak of nothing but themselves, and pages that only seem to."""

import pytest

from citecheck.model import Exchange
from tests.fetcher.test_more_signs import judged
from tests.fetcher.test_signs import OK, D, one, pg

HOME = "<p><a href=/>Back to the orchard</a></p>"
CASES = (
    one(
        "a jest and a way home", D, pg("Orchard", f"<h1>Windfall!</h1><p>A badger had this page for supper.</p>{HOME}")
    ),
    one("a jest in dutch", D, pg("Boomgaard", f"<h1>Valfruit</h1><p>Deze pagina is door de egel opgegeten.</p>{HOME}")),
    one("a number in pictures", D, pg("Orchard", "<h1>4🍎4</h1><p>This page rolled under the cart.</p>", nav=False)),
    one("another thing sought", D, pg("Orchard", "<h1>These aren't the pears you're looking for</h1>")),
    one(
        "a cry before the headline", D, pg("Hmm, odd fruit", "<h1>Hmm, odd fruit</h1><p>We can't seem to find it.</p>")
    ),
    one("no text in a wiki", D, pg("Cox's Orange", "<h1>Cox's Orange</h1><p>There is no text in this page.</p>")),
    one("a line and nothing else", D, pg("", "<p>pears is not a registered orchard of ours</p>", nav=False)),
    one(
        "at home by a number",
        OK,
        pg("Pears", "<link rel=canonical href='/?p=12'><h1>Pears</h1><p>We graft in March.</p>"),
    ),
    one("a page on something", OK, pg("Pears", f"<h1>Pears</h1><p>This page lists what we graft in March.</p>{HOME}")),
    one("a riddle", OK, pg("Pears", f"<h1>Who tore this page out?</h1><p>This page is from 1911.</p>{HOME}")),
    one("yet to come", OK, pg("Pears", f"<h1>Pears</h1><p>This page is under construction.</p>{HOME}")),
    one("a film on it", OK, pg("Pears", f"<h1>Pears</h1><iframe src=/v></iframe><p>The page takes long.</p>{HOME}")),
    one("how it is done", OK, pg("Pears", f"<h1>How to dry pears</h1><p>Print this page and hang it up.</p>{HOME}")),
    one("a text", OK, pg("Pears", f"<h1>Windfall</h1><p>A badger had these for supper, page by page.</p>{HOME}")),
)


@pytest.mark.parametrize(("want", "hops"), [pytest.param(case[1], case[2], id=case[0]) for case in CASES])
def test_what_a_page_says_of_itself_alone(want: tuple[str, str], hops: tuple[Exchange, ...]) -> None:
    assert judged(hops, knows=False) == want
