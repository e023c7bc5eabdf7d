"""URLs that a line's end breaks, as mail programs leave them, and words that only follow a URL."""

import pytest

from citecheck import extractor
from citecheck.extractor.breaks import continues
from citecheck.model import Source

WIDTH = 66


def line(end: str) -> str:
    """A full line that ends so."""
    return "x" * (WIDTH - len(end) - 1) + " " + end


@pytest.mark.parametrize(
    ("url", "after"),
    [
        ("https://a.example/archive/", "2024-03-05-answer.pdf for those"),
        ("https://a.example/list.php?region=north&", "river=aure where you"),
        ("https://a.example/one_", "two/five.html until"),
        ("https://a.example/a/b?x=", "12&y=3."),
        ("https://a.example/valley/stat", "ion/list.html where"),
        ("<https://a.example/valley", "station> is"),
    ],
)
def test_what_plainly_goes_on_with_the_path_is_the_urls(url: str, after: str) -> None:
    assert continues(line(url), after, WIDTH)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (line("https://a.example/archive/"), "and then the river rose"),
        (line("https://a.example/archive/"), "Reuters reported"),
        (line("https://a.example/full-width"), "of the line, and then"),
        (line("https://a.example/full-width"), "twenty-two boats"),
        ("See https://a.example/archive/", "2024-03-05-answer.pdf"),
        (line("https://a.example/archive/"), "https://b.example/other"),
        (line("https://a.example/archive/"), "www.b.example/other"),
        (line("and/or"), "b/c.html"),
    ],
)
def test_a_word_of_the_sentence_is_never_glued_on(before: str, after: str) -> None:
    assert not continues(before, after, WIDTH)


TEXT = """\
The harbour master wrote a long report of the flood, which stands
at https://harbour.example/reports/2024/march/the-long-flood-and/
what-came-after.html and has forty pages. The map is on the site
<https://maps.example/valley/river/aure/levels/today?station=12&
unit=cm&scale=1000&from=2024-03-05&to=2024-03-06&language=en&form
=short> and is renewed. See https://wren.example/flood
tomorrow for more, and http://heron.example/long-
path for less.
"""


def test_a_broken_url_is_whole_and_stands_where_it_begins() -> None:
    document = extractor.extract(Source("mail.txt", TEXT.encode()))
    assert [(link.url, link.line, link.column) for link in document.links] == [
        ("https://harbour.example/reports/2024/march/the-long-flood-and/what-came-after.html", 2, 4),
        (
            "https://maps.example/valley/river/aure/levels/today?station=12&unit=cm&scale=1000&from=2024-03-05"
            "&to=2024-03-06&language=en&form=short",
            4,
            2,
        ),
        ("https://wren.example/flood", 6, 29),
        ("http://heron.example/long-path", 7, 24),
    ]
    claims = [claim.text for update in document.updates for claim in update.claims]
    assert claims[1].startswith("The map is on the site <https://maps") and "&unit=cm" in claims[1]
