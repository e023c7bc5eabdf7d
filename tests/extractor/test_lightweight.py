"""Every form in which reStructuredText and AsciiDoc link, on two pages of them: numbered is a link, named is none."""

import re
from pathlib import Path

import pytest

from citecheck import extractor
from citecheck.model import Source
from citecheck.settings import Settings, SourceSettings

DATA = Path(__file__).parent / "data"
MEDIA = {"forms.rst": "text/x-rst", "forms.adoc": "text/asciidoc"}
_NUMBERED = re.compile(r"(?:https?|ftp)://form\.example/(h|\d+b?)\b")


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_form_is_a_link_at_its_place_and_code_and_comments_are_none(name: str, line_end: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    source = Source(name, text.replace("\n", line_end).encode(), MEDIA[name])
    links = extractor.extract(source, links_only=True).links
    lines = text.split("\n")
    misplaced = [
        link
        for link in links
        if not link.url.startswith(lines[link.line - 1][(link.column or 0) - 1 :][: len(link.url)])
    ]
    assert misplaced == []
    numbered = set(_NUMBERED.findall(text))
    assert {match[1] for link in links if (match := _NUMBERED.match(link.url))} == numbered
    others = {link.url.rpartition("/")[2] for link in links if not _NUMBERED.match(link.url)}
    assert {each for each in others if each.startswith(("code", "hidden"))} <= {"code6"}

    shown = extractor.extract(source, Settings(sources=SourceSettings(include_code=True)), links_only=True).links
    codes = {link.url.rpartition("/")[2] for link in shown if link.origin == "code"}
    assert codes | others >= {f"code{number}" for number in range(1, 7)}
    assert not [link for link in shown if "hidden" in link.url]


def test_the_first_line_of_a_link_may_be_indented_otherwise_than_the_next() -> None:
    text = "- See https://a.example/b\n  and `the\n  report <https://a.example/c>`_.\n"
    document = extractor.extract(Source("a.rst", text.encode(), "text/x-rst"))
    assert [(each.url, each.text, each.line, each.column) for each in document.links] == [
        ("https://a.example/b", "", 1, 7),
        ("https://a.example/c", "the report", 3, 11),
    ]
    assert [claim.text for update in document.updates for claim in update.claims] == [
        "See https://a.example/b and the report."
    ]
