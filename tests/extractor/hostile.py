"""Files that cost other parsers minutes, or all memory: `python -m tests.extractor.hostile FOLDER [TIMES]` writes them.

The suite reads them as they are; TIMES makes those longer that are a repetition, to try by hand what a limit is worth.
"""

import gzip
import io
import random
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

BYTES = bytes(random.Random(1).randrange(256) for _ in range(20_000))
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LAUGHS = b"".join(b'<!ENTITY l%d "%b">' % (number, b"&l%d;" % (number - 1) * 10) for number in range(1, 10))


def files(times: int = 1) -> Mapping[str, bytes]:
    """The files by name, repetitions `times` as long."""
    return {
        "nested.html": b"<div>" * 20_000 + b"deep",
        "lists.html": b"<ul><li>" * 10_000 + b"deep",
        "attributes.html": b"<a " + b"b " * 100_000 + b">x</a>",
        "quotes.html": b'<a href="' * 16_000,
        "quoted.html": b"<p>x" + "“".encode() * 100_000,
        "nuls.html": b"<p>text and more of it " * 500 + b"\0",
        "url.html": b'<p><a href="https://a.example/' + b"x" * 1_000_000 + b'">y</a>',
        "url.md": b"[a](https://a.example/" + b"x" * 1_000_000 + b")",
        "url.txt": b"https://a.example/" + b"x" * 1_000_000,
        "bytes.html": b"<p>" + BYTES.replace(b"\0", b""),
        "quotations.md": b">" * 100_000 + b"x",
        "brackets.md": b"[" * 100_000,
        "json.html": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>x",
        "deep.ipynb": b'{"nbformat": 4, "cells": ' + b"[" * 100_000,
        "lines.rst": b"`" * 100_000,
        "lines.adoc": b"*" * 100_000 + b"\n" + b"https://a[" * 10_000,
        "mail.eml": b"From: a\nTo: b\nSubject: c\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 1000,
        "entities.xml": b'<?xml version="1.0"?><!DOCTYPE a [' + b'<!ENTITY a "aaa">' * 10 + b"]><rss>&a;</rss>",
        "page.pdf": b"%PDF-1.7\n" + BYTES,
        "text.docx": b"PK\x03\x04word/" + BYTES,
        "distinct.html": b"<a " + b" ".join(b"a%d=1" % each for each in range(100_000 * times)) + b" href=/x>y</a>",
        "spans.html": b"<b>" * 30_000 * times + b"<a href=https://a.example/>deep</a>",
        "headings.html": b"<h2>Nov. 3: It rains</h2>\n" * 2_000 * times,
        "srcdoc.html": b"<iframe srcdoc='" * 20_000 * times,
        "entities.html": b"<p>" + b"&amp" * 50_000 * times + b"<a href='" + b"&copy" * 50_000 * times + b"'>",
        "line.txt": b"word " * 1_800_000 * times,
        "links.txt": b"https://a.example/ " * 30_000 * times,
        "headings.txt": b"Nov. 3: It rains\n\n" * 4_000 * times,
        "indented.txt": b"   It rains, AFP said.\n" * 4_000 * times,
        "capitals.txt": b"Aa Bb Cc, Dd Ee. " * 4_000 * times,
        "wide.txt": b"\xff\xfe" + b"\x00\xd8" * 20_000 * times,
        "nuls.txt": b"It rains.\0\n" * 20_000 * times,
        "definitions.md": b"[a]: /b\n" * 20_000 * times + b"[a]" * 20_000 * times,
        "emphasis.md": b"*a_ " * 40_000 * times,
        "front.md": b"---\n" + b"a: &a [*a]\n" * 20_000 * times + b"---\n",
        "cells.ipynb": b'{"nbformat": 4, "cells": ['
        + b'{"cell_type": "markdown", "source": "\\/"},' * 5_000 * times
        + b'{"cell_type": "code"}]}',
        "laughs.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">' + _LAUGHS + b"]><rss>&l9;</rss>",
        "wide.xml": "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a [<!ENTITY l 'ha'>]><rss>&l;</rss>".encode(
            "utf-16"
        ),
        "feed.xml": b"<rss><channel>" + b"<item><title>a</title></item>" * 1_500 * times + b"</channel></rss>",
        "sitemap.xml": b"<sitemapindex><sitemap><loc>sitemap.xml</loc></sitemap></sitemapindex>",
        "bomb.txt.gz": gzip.compress(b"It rains.\n" * 1_000_000 * times, 1, mtime=0),
        "bomb.docx": _docx("<w:p>" + " " * 5_000_000 * times + "</w:p>"),
        "laughs.docx": _docx("&l9;", f"<!DOCTYPE a [<!ENTITY l0 'ha'>{_LAUGHS.decode()}]>"),
        "deep.docx": _docx("<w:p>" * 5_000 * times + "<w:r><w:t>deep</w:t></w:r>" + "</w:p>" * 5_000 * times),
        "silences.md": b"<!-- citecheck-disable -->" * 20_000 * times,
        "comments.txt": b"<!--x-->\n" * 20_000 * times + b"<",
        "pictures.adoc": b"image::" * 30_000 * times + b"\n" + b"link:++a" * 20_000 * times,
        "subject.eml": b"From: a\nTo: b\nSubject: " + b"=?utf-8?q?a?= " * 20_000 * times + b"\n\nIt rains.",
        "sender.eml": b"From: " + b"(" * 10_000 + b"\nTo: b\nSubject: c\n\nIt rains.",
        "wide.docx": _docx("&l9;", f"<!DOCTYPE a [<!ENTITY l0 'ha'>{_LAUGHS.decode()}]>", "utf-16"),
        "parts.eml": b"From: a\nTo: b\nSubject: c\n" + b"x: y\n" * 20_000 * times + b"\nIt rains.",
    }


def _docx(body: str, head: str = "", encoding: str = "utf-8") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'
        document = f"{declared}{head}<w:document {_WORD}><w:body>{body}</w:body></w:document>".encode(encoding)
        zipped.writestr(zipfile.ZipInfo("word/document.xml"), document, zipfile.ZIP_DEFLATED)
    return file.getvalue()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files(int(sys.argv[2]) if len(sys.argv) > 2 else 1).items():
        (folder / name).write_bytes(data)
