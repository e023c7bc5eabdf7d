"""A blank at a line's beginning may be a page's or the writer's: a list is then laid across it, if that fits better."""

from citecheck.extractor import extract
from citecheck.model import Source

TEXT = """\
Jan. 12

Ferries will stop at noon because the ice is back in the outer harbour of the town, Reuters
reported. The harbour office wants two more tugs before the end of the month, Bloomberg said,
and it has asked the ministry for the money that the third one would need for the season.
{blank}"Nobody here has seen such ice," the pilot told neighbours who had come to the quay to look
at the ferry that had been caught in it since the evening, some of them with coffee and bread.

https://www.reuters.com/world/ferries-stop-noon-ice-outer-harbour
https://www.bloomberg.com/news/harbour-office-wants-more-tugs
{more}"""
MORE = "\n\nThe town slept badly, and the ice went on singing under the quay until the morning came at last." * 12


def claims_of_links(blank: str, more: str = MORE) -> list[tuple[str | None, str]]:
    document = extract(Source(name="ice.txt", data=TEXT.format(blank=blank, more=more).encode()))
    texts = {claim.id: claim.text for update in document.updates for claim in update.claims}
    return [(link.outlet, texts[link.claim][:12] if link.claim else "") for link in document.links]


def test_a_list_is_laid_across_a_break_that_is_a_guess() -> None:
    assert claims_of_links(" ") == [("Reuters", "Ferries will"), ("Bloomberg", "The harbour ")]


def test_a_list_is_not_laid_across_a_form_feed() -> None:
    assert claims_of_links("\f") == [("Reuters", '"Nobody here'), ("Bloomberg", "")]
