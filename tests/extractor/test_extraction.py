"""The extractor as a whole: a text of our own with the traps of a copy out of a PDF, and what must hold of any text."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck import extractor
from citecheck.model import Certainty, Document, Link, Source
from citecheck.settings import LimitSettings, Settings
from tests.effort import ends_within

DATA = Path(__file__).parent / "data"
RIVER = Settings(outlets=(str(DATA / "river-outlets.toml"),))


def extract(text: str, using: Settings | None = None, *, links_only: bool = False) -> Document:
    return extractor.extract(Source("a.txt", text.encode()), using, links_only=links_only)


def test_a_live_blog_copied_out_of_a_pdf_is_read_whole() -> None:
    source = Source("river.txt", (DATA / "river.txt").read_bytes())
    found: dict[str, Any] = json.loads(msgspec.json.encode(extractor.extract(source, RIVER)))
    for update in found["updates"]:
        for claim in update["claims"]:
            del claim["attributions"]  # tests/extractor/test_attributions.py holds these
    assert found == json.loads((DATA / "river.json").read_text(encoding="utf-8"))


def test_attributions_stand_with_their_claims() -> None:
    source = Source("river.txt", (DATA / "river.txt").read_bytes())
    document = extractor.extract(source, RIVER)
    named = {
        claim.id: [said.outlet for said in claim.attributions if said.outlet]
        for update in document.updates
        for claim in update.claims
    }
    assert {id_: outlets for id_, outlets in named.items() if outlets} == {
        "c2": ["Delta Wire"],
        "c4": ["Delta Wire"],
        "c6": ["Sluice Radio"],
        "c9": ["Delta Wire"],
        "c16": ["Ost.Am"],
        "c17": ["The Lower Bank"],
        "c20": ["The Lower Bank"],
    }


def test_links_only_gives_the_same_links_laid_to_nothing() -> None:
    source = Source("river.txt", (DATA / "river.txt").read_bytes())
    whole, quick = extractor.extract(source, RIVER), extractor.extract(source, RIVER, links_only=True)
    assert quick.updates == ()
    assert quick.links == tuple(
        msgspec.structs.replace(link, update=None, claim=None, confidence=None) for link in whole.links
    )


def test_a_url_in_a_sentence_belongs_to_that_sentence() -> None:
    document = extract("It rained. See [the\nlog](https://a.example/log#x) of it. It stopped.")
    assert document.links == (
        Link(
            id="l1",
            url="https://a.example/log#x",
            target="https://a.example/log",
            origin="a",
            line=2,
            column=6,
            text="the log",
            update="u1",
            claim="c2",
            confidence=Certainty.HIGH,
        ),
    )
    assert document.updates[0].claims[1].links == ("l1",)


def test_every_origin_is_told() -> None:
    text = (
        "Nov. 9, 2020\n\nOne ![a map](https://a.example/map.png) and https://b.example/ too.\n Post https://c.example/1\n\n"
        "— Ada (@ada) November 8, 2020\n\nIt rained and\n\nhttps://d.example/1\nhttps://d.example/2\n"
    )
    assert [(link.origin, link.url) for link in extract(text).links] == [
        ("img", "https://a.example/map.png"),
        ("bare", "https://b.example/"),
        ("embed", "https://c.example/1"),
        ("footnote", "https://d.example/1"),
        ("footnote", "https://d.example/2"),
    ]


def test_a_page_list_is_laid_to_the_texts_own_words_and_to_no_post() -> None:
    text = (
        "Nov. 9, 2020\n\nThe farmers drove off.\n Cattle over the Kessel Pass!\n\n— Ada (@ada) November 8, 2020\n\n"
        "https://a.example/cattle-kessel-pass\nhttps://a.example/farmers-drive-off\n"
    )
    assert [(link.claim, link.update) for link in extract(text).links] == [(None, "u1"), ("c1", "u1")]


def test_who_is_named_before_the_page_turns_is_meant_after_it() -> None:
    text = (
        "Nov. 9, 2020\n\nThe engineer Mara Lind wrote for three nights about the owners of the broken upper\n\f"
        "dam. The whole thread starts here.\n\nhttps://twitter.com/maralind/status/1\nhttps://a.example/1\n"
    )
    assert [(link.claim, link.page) for link in extract(text).links] == [("c2", 2), (None, 2)]


@pytest.mark.parametrize(("media", "keeps"), [("text/plain", False), ("text/markdown", True), ("text/html", True)])
def test_a_plain_text_may_have_lost_links_where_it_shows_none(media: str, keeps: bool) -> None:
    document = extractor.extract(Source("a", b"It rained. See https://a.example/.", media))
    assert document.keeps_links is keeps


def test_headings_credits_and_what_leads_away_are_no_claims() -> None:
    text = "Nov. 9, 2020\n\nIt rained.\n\nRelated article: The dam\n\nIt stopped.\n\nWith reporting by AFP.\n"
    (update,) = extract(text).updates
    assert [claim.text for claim in update.claims] == ["It rained.", "It stopped."]
    assert (update.credit_line, update.credit_line_at) == ("With reporting by AFP.", 9)
    assert [(credit.outlet, credit.line, credit.column) for credit in update.credits] == [("AFP", 9, 19)]


def test_the_publisher_of_the_settings_counts() -> None:
    document = extract("The Ford Gazette told Ada of it.", Settings(publisher="The Ford Gazette"))
    assert (document.publisher, document.evidence) == ("The Ford Gazette", ())


def test_a_url_without_end_is_left_out_with_a_note() -> None:
    document = extract(
        "It rained.\nSee https://a.example/" + "a" * 80 + " now.", Settings(limits=LimitSettings(url_chars=50))
    )
    assert document.links == ()
    assert document.notes == ("line 2: a URL of 98 characters was left out; limits.url_chars is 50",)


def test_sentences_end_by_the_rules_of_the_texts_language() -> None:
    said = ["Das meldete die dpa bzw. Reuters am Abend.", "Der Hafen ist von der Flut nicht betroffen und offen."]
    (update,) = extract(" ".join(said)).updates
    assert [claim.text for claim in update.claims] == said


def test_an_empty_text_has_nothing() -> None:
    assert extract("") == Document(source="a.txt", updates=(), links=(), keeps_links=False)


LINES = [
    "It rained, AFP reported.",
    " She said so",
    "",
    "Nov. 9",
    "Nov 8: Analysis",
    "https://a.example/1",
    "\f",
    "With reporting by AFP and",
    "— Ada (@ada) May 5, 2020",
    "and (https://b.example/x) went on, and on, and on-",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_whatever_the_lines_ids_are_unique_and_places_true(lines: list[str]) -> None:
    document = extract("\n".join(lines))
    rows = "\n".join(lines).split("\n")
    claims = [claim for update in document.updates for claim in update.claims]
    assert [claim.id for claim in claims] == [f"c{n + 1}" for n in range(len(claims))]
    assert [update.id for update in document.updates] == [f"u{n + 1}" for n in range(len(document.updates))]
    for claim in claims:
        assert rows[claim.line - 1].startswith(claim.text.split()[0], claim.column - 1)
    for link in document.links:
        assert rows[link.line - 1].startswith(link.url, (link.column or 0) - 1)
    held = {link.id: claim.id for claim in claims for link in document.links if link.id in claim.links}
    assert held == {link.id: link.claim for link in document.links if link.claim}


@pytest.mark.parametrize(
    "text",
    [
        "Nov. 3\n\nIt rained.\n" * 4000,
        "“" * 200_000,
        "See https://a.example/" + "a" * 1_000_000,
        "https://twitter.com/adavinter/status/1\n" * 3000 + "\n" + "Ada Vinter came. " * 3000,
        ("Ada Vinter came.\n\nhttps://twitter.com/ada/status/1\nhttps://a.example/ada\n\n") * 1500,
    ],
)
def test_hostile_texts_end_soon(text: str) -> None:
    with ends_within(cpu_s=10):
        extract(text)


def test_the_real_sample_is_read_as_annotated(shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("score_extract", shared / "tools" / "score_extract.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    gold = json.loads((shared / "gold" / "seed-moscowtimes-karabakh.json").read_text(encoding="utf-8"))
    run = subprocess.run(
        [sys.executable, "-m", "citecheck", "extract", str(shared / gold["file"]), "--format", "json"],
        capture_output=True,
        check=True,
    )
    scorer = tool.Scorer(str(shared / "gold"))
    counts = scorer.score(gold, scorer.predicted(json.loads(run.stdout)))[0]
    scores = {name: tool.prf(*count) for name, count in counts.items()}
    assert scores["updates"] == scores["credits"] == (1.0, 1.0, 1.0)
    assert scores["inline"][0] >= 0.97
    assert scores["inline"][2] >= 0.97
    assert scores["urls"][2] >= 0.97
    assert scores["link_claims"][2] >= 0.95


def test_paragraphs_are_numbered_within_their_section() -> None:
    document = extract("The rain fell. It fell long.\n\nThe dam held.\n")
    assert [(claim.text, claim.paragraph) for claim in document.updates[0].claims] == [
        ("The rain fell.", 0),
        ("It fell long.", 0),
        ("The dam held.", 1),
    ]


def test_the_row_nearest_to_an_unknown_outlet_comes_with_the_document() -> None:
    document = extract("The dam held, the news site Delta Wirre reported.\n", RIVER)
    assert [outlet.name for outlet in document.outlets] == ["Delta Wire"]


def test_of_a_text_beyond_the_limit_the_links_are_read_with_a_note() -> None:
    text = b"The quay reopened, AFP reported: https://quay.example/a.\n" * 30_000
    document = extractor.extract(
        Source(name="long.txt", data=text), Settings(limits=LimitSettings(claims_bytes=1_000_000))
    )
    assert (document.updates, len(document.links)) == ((), 30_000)
    assert document.notes == (
        "2 MB is more than the 1 MB of which sentences are read (limits.claims_bytes): its links were read, "
        "its claims were not",
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Fluss ist in der Nacht gestiegen, und die Straßen sind nicht mehr zu befahren.", "de"),
        ("The river rose in the night and the streets were closed to all traffic.", "en"),
        ("Le fleuve est monté dans la nuit et les rues du bas sont fermées.", "fr"),
        ("Flood 2024", None),
    ],
)
def test_the_language_is_told_by_the_words_where_the_text_does_not_say_it(text: str, language: str | None) -> None:
    assert extractor.extract(Source("a.txt", text.encode())).language == language
    html = f'<html lang="nl"><p>{text}'.encode()
    assert extractor.extract(Source("a.html", html, "text/html")).language == "nl"
