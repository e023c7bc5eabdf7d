"""Hostile and broken inputs: each ends within its limits, with a note, and no traceback."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.extractor.sources import media
from citecheck.model import Source
from citecheck.reading import extract
from citecheck.settings import Settings
from tests.effort import ends_within
from tests.extractor.hostile import files

HOSTILE = files()

NOTES = {
    "nuls.html": "1 NUL was replaced by U+FFFD",
    "url.html": "line 1: a URL of 1000018 characters was left out; limits.url_chars is 8192",
    "url.md": "line 1: a URL of 1000018 characters was left out; limits.url_chars is 8192",
    "url.txt": "line 1: a URL of 1000018 characters was left out; limits.url_chars is 8192",
    "deep.ipynb": "deep.ipynb: the notebook is broken:",
    "mail.eml": "mail.eml: the mail has more than 50 parts within parts (limits.mail_parts); it was not read",
    "entities.xml": "entities.xml: declares XML entities, which are not expanded; name its pages",
    "page.pdf": "page.pdf: the PDF is broken: nothing can be read of it",
    "nuls.txt": "nuls.txt: is not a text (binary data); name the text it was made from",
    "line.txt": "9 MB is more than the 8 MB of which sentences are read (limits.claims_bytes)",
    "bomb.txt.gz": "10 MB is more than the 8 MB of which sentences are read (limits.claims_bytes)",
    "laughs.xml": "laughs.xml: declares XML entities, which are not expanded; name its pages",
    "laughs.docx": "laughs.docx: the document's word/document.xml declares XML entities; it was not read",
    "wide.docx": "wide.docx: the document's word/document.xml declares XML entities; it was not read",
    "wide.xml": "wide.xml: declares XML entities, which are not expanded; name its pages",
    "subject.eml": "subject.eml: the mail has a header of more than 16384 bytes; it was not read",
    "feed.xml": "feed.xml: has more than 1000 entries, the first of which were read; raise sources.pages",
    "text.docx": "text.docx: the document is broken: File is not a zip file",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_soon_and_the_others_go_on(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(HOSTILE[name])
    Path("sound.md").write_text("Rain fell, [Wren](https://wren.example/) said.")
    with ends_within(cpu_s=20):
        documents, unread = extract([name, "sound.md"], Settings())
    assert [link.url for link in documents[-1].links] == ["https://wren.example/"]
    said = "\n".join((*unread, *(note for document in documents for note in document.notes)))
    assert NOTES.get(name, "") in said
    if name not in NOTES:
        assert unread == ()


@given(
    data=st.binary(max_size=300),
    kind=st.sampled_from(
        [media.HTML, media.MARKDOWN, media.TEXT, media.RST, media.ASCIIDOC, media.MAIL, media.NOTEBOOK]
    ),
)
@settings(max_examples=int(os.environ.get("CITECHECK_FUZZ_EXAMPLES", "150")), deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, kind: str) -> None:
    documents, unread = extract([Source("x", data, kind), Source("y", b"Rain fell.")], Settings())
    assert len(documents) + len(unread) == 2
    for document in documents:
        json.dumps([claim.text for update in document.updates for claim in update.claims])
        for link in document.links:
            assert link.line >= 1
            assert (link.column or 1) >= 1


@given(
    parts=st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<article>", "</article>", "</blockquote>", "</a>", "<br>", "<li>", "<b>", "</b>", "<nav>"]
        )
        | st.sampled_from(
            (
                "<h2>12:30</h2>",
                "<time datetime='2024-03-05T10:00Z'>10:00</time>",
                "<blockquote class='twitter-tweet'>",
                "— A (@b) March 5, 2024",
                "<a href='https://a.example'>",
                "Rain fell on the town and the river rose.",
                "March 5, 2024",
            )
        ),
        max_size=25,
    )
)
@settings(max_examples=int(os.environ.get("CITECHECK_FUZZ_EXAMPLES", "150")), deadline=None)
def test_any_page_is_read_and_every_claim_stands_in_order(parts: list[str]) -> None:
    documents, _ = extract([Source("x", "\n".join(parts).encode(), media.HTML), Source("y", b"Rain fell.")], Settings())
    claims = [(claim.line, claim.column) for update in documents[0].updates for claim in update.claims]
    assert all(line <= len(parts) for line, _ in claims)


def test_a_page_with_too_many_links_to_lay_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citecheck.extractor.laying.MOST_CELLS", 3)
    text = b"The river rose on Monday.\n\nThe town waited for it.\n\nhttps://a.example/1\nhttps://b.example/2\n"
    documents, _ = extract([Source("x", text)], Settings())
    assert documents[0].notes == ("page 1: its 2 listed links were not laid to its 2 sentences: too many of both",)
