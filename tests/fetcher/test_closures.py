"""Services that have closed for good, and houses that are only shut for the night."""

import pytest

from citecheck.model import Exchange
from tests.fetcher.test_more_signs import judged
from tests.fetcher.test_signs import OK, D, one, pg

CERTAIN = (
    one("on a day, in german", D, pg("Ende", "<h1>Dieser Dienst wurde zum 1. Mai 2020 eingestellt</h1>", nav=False)),
    one("on a day", D, pg("Bye | Pinnery", "<h1>Pinnery closed down on 3 May</h1><p>It lasted.</p>", nav=False)),
    one("this service", D, pg("Bye", "<h1>This service was switched off on 3 May</h1>", nav=False)),
    one("this forum, in german", D, pg("Ende", "<p>Dieses Forum ist geschlossen.</p>", nav=False)),
    one("in japanese", D, pg("案内", "<p>本サービスは三月をもって終了いたしました。</p>", nav=False)),
    one(
        "by the title's name",
        D,
        pg("Notice | Pinnery", "<h1>Pinnery has shut down</h1><p>It lasted six years.</p>", nav=False),
    ),
    one("with thanks", D, pg("So long", "<h1>Pinnery has shut down</h1><p>Thank you. It has ceased.</p>", nav=False)),
    one("something of ours", OK, pg("News", "<h1>We have closed the old bridge</h1><p>Take the ferry.</p>")),
    one("a house by night", OK, pg("Hours", "<h1>The hall is closed</h1><p>Open again on Monday. Thank you.</p>")),
    one("news of one", OK, pg("News", "<h1>Pinnery to close</h1><p>It will be shut down in June, its owner said.</p>")),
    one("what the page is about", OK, pg("The Anchor", "<h1>The Anchor has closed</h1><p>Its last pint was free.</p>")),
    one(
        "another's",
        OK,
        pg(
            "Pinnery ends",
            "<a href=/>The Star</a><h1>Pinnery has shut down</h1><p>Members said goodbye. Thank you!</p>",
        ),
    ),
    one("a shop with a door", OK, pg("Hats", "<h1>Our shop in Mill Lane has closed</h1><p>Find us in Bridge St.</p>")),
    one("long ago", OK, pg("Ferry", "<h1>The Holm ferry</h1><p>It ran for a century and has ceased since.</p>")),
)
DOUBTFUL = (one("thanks alone", D, pg("So long", "<h1>Pinnery has shut down</h1><p>Thank you!</p>", nav=False)),)


@pytest.mark.parametrize("knows", [True, False])
@pytest.mark.parametrize(("want", "hops"), [pytest.param(case[1], case[2], id=case[0]) for case in CERTAIN])
def test_what_has_closed_is_gone(want: tuple[str, str], hops: tuple[Exchange, ...], knows: bool) -> None:
    assert judged(hops, knows=knows) == want


@pytest.mark.parametrize(("want", "hops"), [pytest.param(case[1], case[2], id=case[0]) for case in DOUBTFUL])
def test_in_doubt_the_site_says_whether_it_has(want: tuple[str, str], hops: tuple[Exchange, ...]) -> None:
    assert judged(hops, knows=False) == want
    assert judged(hops, knows=True) == OK
