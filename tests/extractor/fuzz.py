"""Mutations of sound texts of every kind: `python -m tests.extractor.fuzz [SECONDS] [SEED]` tries them so long.

Each is drawn from its number alone, so that one that fails can be had again; the suite tries the first hundreds.
"""

import io
import json
import random
import sys
import time
import zipfile
from pathlib import Path

import msgspec

from citecheck import extractor
from citecheck.errors import ExtractError
from citecheck.extractor.listing import Wanted, listing_of
from citecheck.extractor.sources import media
from citecheck.model import Document, Source
from citecheck.settings import Settings

DATA = Path(__file__).parent / "data"
MOST_S = 10.0
"""Of CPU for one mutation, which has at most as many bytes as MOST_BYTES: a hundredth of it is usual."""
MOST_BYTES = 60_000
_PIECES = (
    b"<", b">", b'"', b"'", b"&", b"&#", b"<!--", b"-->", b"</", b"]]>", b"<script>", b"<p>", b"</p>", b"<div", b"[",
    b"](", b"]: ", b"`", b"*", b"---\n", b"\n\n", b"\r", b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80",
    b"\xf0\x9d\x94\x98", b"https://",
    b"www.", b"10.1000/", b"{", b"}", b"\\", b"=", b"--", b"\t", b"Nov. 3", b"12:30", b"(Reuters)", b"AFP",
    b"With reporting by ", "“".encode(), "”".encode(), "«".encode(), "\u200b\u202e\xad".encode(),
)  # fmt: skip


def sound() -> dict[str, bytes]:
    """A text of every media type that has a reader."""
    river = (DATA / "river.txt").read_bytes()
    markdown = (DATA / "carriers.md").read_bytes()
    cell = {"cell_type": "markdown", "source": markdown.decode().splitlines(keepends=True)}
    document = io.BytesIO()
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("The dam held, AFP said.", "Nov. 3", "It rains.")
    )
    with zipfile.ZipFile(document, "w") as file:  # stored, so that a mutation reaches the XML
        file.writestr(
            zipfile.ZipInfo("word/document.xml"), f"<w:document xmlns:w='{word}'><w:body>{body}</w:body></w:document>"
        )
    page = (DATA / "flood.html").read_bytes()
    return {
        media.TEXT: river,
        media.HTML: page + (DATA / "carriers.html").read_bytes(),
        media.MARKDOWN: markdown,
        media.CSS: b"@import 'https://a.example/b.css'; a { background: url(https://a.example/i.png) }",
        media.PDF: (DATA / "flood.pdf").read_bytes(),
        media.DOCX: document.getvalue(),
        media.NOTEBOOK: json.dumps({"nbformat": 4, "cells": [cell]}).encode(),
        media.MAIL: b"From: a@b.example\nTo: c\nSubject: d\nContent-Type: text/html\n\n" + page,
        media.RST: b"Title\n=====\n\nSee `the quay <https://a.example/>`_ and quay_.\n\n.. _quay: https://b.example/\n\n"
        + river,
        media.ASCIIDOC: b"= Title\n\nSee https://a.example/[the quay] and link:b[c].\n\n----\ncode\n----\n" + river,
        media.FEED: b"<rss><channel><title>a</title><item><link>https://a.example/</link><description>&lt;p&gt;Rain"
        b"</description></item></channel></rss>",
        media.SITEMAP: b"<urlset><url><loc>https://a.example/</loc></url></urlset>",
    }


def mutated(data: bytes, draw: random.Random) -> bytes:
    """The text with a few parts cut, doubled, moved, overwritten or repeated."""
    for _ in range(draw.randint(1, 6)):
        start = draw.randrange(len(data) + 1)
        end = min(len(data), start + draw.choice((1, 3, 20, 300)))
        piece = draw.choice((draw.choice(_PIECES), draw.randbytes(3), data[start:end]))
        match draw.randrange(5):
            case 0:
                data = data[:start] + data[end:]
            case 1:
                data = data[:start] + piece + data[start:]
            case 2:
                data = data[:start] + piece + data[end:]
            case 3:
                data = data[:start] + piece * draw.choice((2, 50, 2000)) + data[start:]
            case _:
                data = data[:start]
        data = data[:MOST_BYTES]
    return data


def source(number: int) -> Source:
    """The mutation of that number."""
    draw = random.Random(number)
    kind, data = draw.choice(sorted(sound().items()))
    return Source(f"mutation {number}", mutated(data, draw), kind)


def tried(number: int) -> float:
    """Read a mutation in every way; the seconds of CPU that took. Raises AssertionError for what must not be."""
    began = time.process_time()
    for each in extractor.opened(source(number), Settings()):
        if isinstance(each, ExtractError):
            continue
        try:
            whole, links = extractor.extract(each), extractor.extract(each, links_only=True)
            listing_of(each, Settings(), Wanted())
        except ExtractError:
            continue
        _hold(whole)
        _hold(links)
    return time.process_time() - began


def _hold(document: Document) -> None:
    msgspec.json.encode(document)  # no lone surrogate
    claims = [claim for update in document.updates for claim in update.claims]
    ids = (
        [claim.id for claim in claims]
        + [update.id for update in document.updates]
        + [each.id for each in document.links]
    )
    assert len(ids) == len(set(ids))
    places = [(each.line, each.column) for each in claims] + [(each.line, each.column) for each in document.links]
    assert all(line >= 1 and (column or 1) >= 1 for line, column in places)
    assert {link.claim for link in document.links if link.claim} <= {claim.id for claim in claims}
    assert all(claim.text.strip() for claim in claims)


def _main(seconds: float = 60.0, seed: int = 0) -> None:
    until, slowest = time.monotonic() + seconds, (0.0, seed)
    while time.monotonic() < until:
        try:
            taken = tried(seed)
        except BaseException:
            print(f"mutation {seed} fails: tests.extractor.fuzz.tried({seed})", file=sys.stderr)
            raise
        slowest = max(slowest, (taken, seed))
        if taken > MOST_S:
            print(f"mutation {seed} takes {taken:.1f} s", file=sys.stderr)
        seed += 1
    print(f"{seed} mutations; the slowest, {slowest[1]}, took {slowest[0]:.2f} s")


if __name__ == "__main__":
    _main(float(sys.argv[1]) if sys.argv[1:] else 60.0, int(sys.argv[2]) if sys.argv[2:] else 0)
