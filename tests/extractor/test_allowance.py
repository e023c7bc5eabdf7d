"""What one source may cost, by an injected clock: what takes longer gives its links alone, with a note."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from citecheck import extractor
from citecheck.clock import Clock
from citecheck.extractor.allowance import AMPLE, Allowance, OutOfTime
from citecheck.extractor.inventory import html
from citecheck.extractor.listing import Wanted, listing_of
from citecheck.extractor.readers import pdf
from citecheck.model import Source
from citecheck.reading import extract
from citecheck.settings import LimitSettings, Settings

SENTENCE = "The quay (https://quay.example/a) reopened, AFP reported.\n\n"
NOTE = "its sentences take longer than 30 s (limits.claims_s): its links were read, its claims were not"


def ticking(step_s: float) -> Clock:
    """A clock that goes on by so much whenever it is asked."""
    ticks = count()
    return Clock(monotonic=lambda: next(ticks) * step_s)


def test_items_come_as_long_as_there_is_time() -> None:
    allowance = Allowance(LimitSettings(claims_s=2.5), ticking(1))
    seen: list[str] = []
    with pytest.raises(OutOfTime):
        seen.extend(allowance.over("abcd"))
    assert seen == ["a", "b"]
    assert allowance.is_spent
    assert list(AMPLE.over("abcd")) == list("abcd")


@pytest.mark.parametrize(
    ("media", "text"),
    [
        ("text/plain", lambda: SENTENCE * 70),
        ("text/html", lambda: "<p>The quay reopened, AFP said. <a href=https://quay.example/a>It</a>\n" * 70),
        ("text/markdown", lambda: "The quay reopened, [AFP](https://quay.example/a) said.\n\n" * 70),
    ],
)
@pytest.mark.parametrize("step_s", [0.5, 1.5, 60])
def test_a_source_that_takes_too_long_gives_its_links_alone(media: str, text: Callable[[], str], step_s: float) -> None:
    source = Source("long", text().encode(), media)
    in_time = extractor.extract(source)
    late = extractor.extract(source, clock=ticking(step_s))
    assert (late.updates, late.notes) == ((), (NOTE,))
    assert [(each.url, each.line, each.column, each.claim) for each in late.links] == [
        (each.url, each.line, each.column, None) for each in in_time.links
    ]
    assert len(late.links) == 70


@pytest.mark.parametrize(
    ("media", "data"),
    [
        ("message/rfc822", b"From: a\nTo: b\nSubject: c\nContent-Type: text/html\n\n<p>Rain fell."),
        ("application/x-ipynb+json", b'{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "Rain"}]}'),
    ],
)
def test_what_is_packed_and_takes_too_long_is_refused(media: str, data: bytes) -> None:
    documents, unread = extract([Source("a", data, media)], Settings(), clock=ticking(60))
    assert (documents, unread) == (
        (),
        ("a: its sentences take longer than 30 s (limits.claims_s); it was not read",),
    )


def test_the_other_sources_are_unharmed() -> None:
    slow, sound = Source("slow", SENTENCE.encode() * 80), Source("sound", SENTENCE.encode())
    (first, second), unread = extract([slow, sound], Settings(), clock=ticking(0.5))
    assert (first.notes, unread) == ((NOTE,), ())
    assert [claim.text for update in second.updates for claim in update.claims] == [SENTENCE.strip()]


def test_pages_of_a_pdf_are_read_as_long_as_there_is_time() -> None:
    data = (Path(__file__).parent / "data" / "flood.pdf").read_bytes()
    pytest.importorskip("pypdfium2")
    whole = pdf.read(data)
    assert whole.notes == ()
    cut = pdf.read(data, allowance=Allowance(LimitSettings(), ticking(60)))
    assert (cut.blocks, cut.notes) == ((), ("of 2 pages 0 were read in 30 s (limits.claims_s)",))
    first = pdf.read(data, allowance=Allowance(LimitSettings(pdf_pages=1)))
    assert first.notes == ("of 2 pages the first 1 were read (limits.pdf_pages)",)
    assert first.blocks == tuple(each for each in whole.blocks if each.marks[0].page == 1)[: len(first.blocks)]


def test_a_large_text_of_any_kind_gives_its_urls_where_they_stand() -> None:
    settings = Settings(limits=LimitSettings(claims_bytes=20))
    text = b"See https://quay.example/a\nand www.quay.example, and so on."
    for media in ("text/plain", "text/x-rst", "text/asciidoc", "text/html", "text/markdown"):
        document = extractor.extract(Source("large", text, media), settings)
        assert [(each.url, each.target, each.line, each.column) for each in document.links] == [
            ("https://quay.example/a", "https://quay.example/a", 1, 5),
            ("www.quay.example", "https://www.quay.example/", 2, 5),
        ], media
        assert len(document.notes) == 1


@pytest.mark.parametrize(
    ("media", "text"),
    [
        ("text/plain", "See https://a.example/%d\n"),
        ("text/html", "<a href=https://a.example/%d>x</a>\n"),
        ("text/html", "See https://a.example/%d\n"),
        ("text/markdown", "[x](https://a.example/%d)\n"),
        ("text/markdown", "<a href=https://a.example/%d>x</a>\n"),
        ("text/css", "a{background:url(https://a.example/%d)}\n"),
    ],
)
def test_of_more_links_than_a_source_may_have_the_first_are_read(media: str, text: str) -> None:
    settings = Settings(limits=LimitSettings(links=30, claims_bytes=10))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "_TOKENS_AT_ONCE", 7)
        data = "".join(text % number for number in range(100)).encode()
        document = extractor.extract(Source("a", data, media), settings, links_only=True)
    assert [each.url for each in document.links] == [f"https://a.example/{number}" for number in range(30)]
    assert document.notes == ("of its links the first 30 were read (limits.links)",)
    assert listing_of(Source("a", data, media), settings, Wanted()).remarks == (f"a: {document.notes[0]}",)


def test_a_page_is_read_the_same_however_many_tags_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parent / "data" / "carriers.html").read_text(encoding="utf-8")
    whole = html.inventory(page)
    for at_once in range(1, 12):
        monkeypatch.setattr(html, "_TOKENS_AT_ONCE", at_once)
        assert html.inventory(page) == whole


@pytest.mark.parametrize(
    ("media", "data", "said"),
    [
        ("message/rfc822", b"From: a\nTo: b\nSubject: c\n\n" + b"Rain fell. " * 10, "the mail's text"),
        (
            "application/x-ipynb+json",
            b'{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "' + b"Rain fell. " * 10 + b'"}]}',
            "the notebook's text",
        ),
    ],
)
def test_what_is_packed_is_refused_by_the_size_of_its_text(media: str, data: bytes, said: str) -> None:
    documents, unread = extract([Source("a", data, media)], Settings(limits=LimitSettings(claims_bytes=105)))
    assert (documents, unread) == (
        (),
        (f"a: {said} has more than 105 bytes (limits.claims_bytes); it was not read",),
    )
    documents, unread = extract([Source("a", data, media)], Settings())
    assert (len(documents), unread) == (1, ())
