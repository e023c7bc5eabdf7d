"""Texts of our own writing in many manners, with what an editor reads in them: days, credit lines, links to sentences.

`data/structure/*.txt`: `#lang`, `#ext`, then the text, a sentence that a link belongs to as `{{name|…}}`, then `#====`
and the annotation: `u DATE KIND` opens a section, `c Outlet; Outlet` credits, `l URL name` lays a link (`?`: nobody
could tell). The number before each name is the round in which it was written; no rule had been tuned on it then.
Whoever wrote it knew the rules. By first sight, rounds 8 to 23 had F1 of .78 .87 .86 .76 .90 .75 .89 .92 .95 .81
.85 .98 .97 1.0 .90 1.0 for days, .85 .76 .80 .82 .85 .90 .93 .92 .96 .92 1.0 .82 .75 .90 .83 .92 for credits, .86 .85
.78 .84 .89 .89 .99 1.0 .82 .83 .82 .87 .87 .98 .90 1.0 for URLs and .97 .79 .94 .84 1.0 .96 .91 .79 .87 .88 .78 .92
.92 .88 1.0 .82 for links to sentences.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from citecheck.extractor.extraction import document_of
from citecheck.extractor.outlets import registry
from citecheck.model import Document, Source, UpdateKind
from citecheck.settings import Settings

FOLDER = Path(__file__).parent / "data" / "structure"
MEDIA = {"txt": "text/plain", "md": "text/markdown"}
FLOORS = {"updates": 0.99, "credits": 0.97, "urls": 0.98, "links": 0.97}
"""F1 over all of them."""
DATED = (UpdateKind.UPDATE, UpdateKind.ANALYSIS)


class Told(NamedTuple):
    """What a text is told to hold, each as often as it does."""

    updates: Counter[object]
    credits: Counter[object]
    urls: Counter[object]
    links: Counter[object]


class Case(NamedTuple):
    text: str
    media: str
    told: Told
    sentences: dict[str, str]
    """Of the links whose sentence is sure."""


def read(path: Path) -> Case:
    text, _, notes = path.read_text(encoding="utf-8").partition("\n#====\n")
    media = MEDIA["txt"]
    while head := re.match(r"#(lang|ext) (\w+)\n", text):
        text = text[head.end() :]
        media = MEDIA[head[2]] if head[1] == "ext" else media
    named = {match[1]: match[2] for match in re.finditer(r"\{\{(\w+)\|(.*?)\}\}", text, re.DOTALL)}
    text = re.sub(r"\{\{\w+\|(.*?)\}\}", r"\1", text, flags=re.DOTALL)
    told = Told(Counter(), Counter(), Counter(), Counter())
    sentences: dict[str, str] = {}
    day: str | None = None
    for line in notes.strip().split("\n"):
        verb, _, rest = line.partition(" ")
        if verb == "u":
            written, kind = rest.split()
            is_dated = kind in DATED
            day = written if is_dated and written != "-" else None
            told.updates.update([(day, kind)] if is_dated else [])
        elif verb == "c":
            told.credits.update((day, name_of(each.strip())) for each in rest.split(";"))
        else:
            url, _, name = rest.partition(" ")
            told.urls[day, url] += 1
            if name in named:
                told.links[url] += 1
                sentences[url] = named[name]
    return Case(f"{text}\n", media, told, sentences)


def name_of(outlet: str) -> str:
    """The registry's name, so that new rows of it change nothing here; in small letters without its article."""
    known = [each.outlet.name for each in registry().find(outlet) if each.end - each.start == len(outlet)]
    return (known[0] if known else outlet).lower().removeprefix("the ")


def found(document: Document, sentences: dict[str, str]) -> Told:
    days = {
        update.id: update.date.isoformat() if update.date and update.kind in DATED else None
        for update in document.updates
    }
    claims = {claim.id: claim.text for update in document.updates for claim in update.claims}
    return Told(
        Counter((days[update.id], update.kind.value) for update in document.updates if update.kind in DATED),
        Counter(
            {
                (days[update.id], name_of(credit.outlet or credit.text))
                for update in document.updates
                for credit in update.credits
            }
        ),
        Counter({(days[link.update], link.url) for link in document.links if link.update}),
        Counter(
            link.url if _is_same(claims.get(link.claim or "", ""), sentences[link.url]) else f"wrong {link.url}"
            for link in document.links
            if link.claim and link.url in sentences
        ),
    )


def _is_same(one: str, other: str) -> bool:
    mine, theirs = (set(re.findall(r"\w+", each.lower())) for each in (one, other))
    return len(mine & theirs) >= 0.4 * max(len(mine), len(theirs))


def scored() -> Iterator[tuple[str, Told, Told]]:
    for path in sorted(FOLDER.glob("*.txt")):
        case = read(path)
        yield (
            path.stem,
            case.told,
            found(document_of(Source(path.name, case.text.encode(), case.media), Settings()), case.sentences),
        )


@pytest.fixture(scope="module")
def results() -> list[tuple[str, Told, Told]]:
    return list(scored())


@pytest.mark.parametrize("metric", FLOORS)
def test_days_credits_and_links_keep_their_floors(results: list[tuple[str, Told, Told]], metric: str) -> None:
    right = false = missed = 0
    wrong: list[object] = []
    for name, told, seen in results:
        wanted, got = getattr(told, metric), getattr(seen, metric)
        right, false, missed = (
            right + (wanted & got).total(),
            false + (got - wanted).total(),
            missed + (wanted - got).total(),
        )
        wrong += [(name, "missed", dict(wanted - got), "false", dict(got - wanted))] if wanted != got else []
    assert right >= 70
    assert 2 * right / (2 * right + false + missed) >= FLOORS[metric], wrong
